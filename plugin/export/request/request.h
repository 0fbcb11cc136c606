/* request.h - a user's request: parsed, checked, explained, carried out
 *
 * The command line, the dialogs and the replay program all use it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_H
#define HG_EXPORT_REQUEST_H

#include "analysis/analysis.h"
#include "append.h"
#include "export/formats/all_formats.h"
#include "export/report/report.h"
#include "tally/pseudonym.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const HgFormat *format;
  char *path;
} HgExport;

typedef struct {
  GPtrArray *exports;   /* HgExport */
  HgTallyOptions tally; /* layer, protocols, caps, evidence, info; the request owns the protocols
                           and home networks */
  HgAnalysisOptions *analysis;
  HgReportOptions report; /* suspects, traces, top; owned by the request */
  gboolean by_device; /* each device is shown as one host; stores keep hosts as they were tallied */
  gboolean subnets;   /* nodes of graphs are subnets */
  gboolean text;      /* write the text report to standard output */
  GPtrArray *known;   /* HgKnownPackets: of the stores that are added to; `tally` refers to it */
  HgAppend append;    /* what becomes of stores that are there already */
  int progress;       /* 1 yes, 0 no, -1: yes if standard error is a terminal */
  /* display filter; NULL: none. Only the Wireshark adapter can check it. Also in report.filter. */
  char *filter;
  /* known-normal traffic, with pseudonyms if the request asks for them; NULL: none. `analysis`
   * refers to it. */
  HgTally *baseline;
  HgPseudonyms *pseudonyms; /* replace all addresses and names; NULL: real ones are shown */
  /* print this text and stop, because help was requested; NULL: it was not */
  GString *answer;
} HgRequest;

/* Parses "OPTION,OPTION=VALUE,..." ("" and NULL: all defaults). A comma in a value is written "\,",
 * a backslash "\\" (a backslash before any other character stands for itself); filter= takes the
 * rest. Checks everything that can be checked before a packet is read: names, numbers, addresses,
 * formats, whether targets can be written and whether two exports share a file. Reads the baseline.
 * NULL and `error` (G_OPTION_ERROR): one line that names the option and the valid values. */
HgRequest *hg_request_parse(const char *options, GError **error);

/* Parses `options` over other defaults, which are options of the same form. Errors in the defaults
 * are reported as errors in the preferences. */
HgRequest *hg_request_parse_over(const char *defaults, const char *options, GError **error);

void hg_request_free(HgRequest *request);

/* Analyses the tally and writes every export, then the text report to `text` if the request asks
 * for one (NULL: never). Does nothing if the request asks for neither. Every export is tried even
 * if one fails; `error` joins the messages, one a line. `notes` (char *; owned by it) gets what else the
 * user should know, one line each. */
gboolean hg_request_run(const HgRequest *request, const HgTally *tally, const char *capture,
                        FILE *text, GPtrArray *notes, GError **error);

G_END_DECLS
#endif

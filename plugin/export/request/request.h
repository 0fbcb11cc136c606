/* request.h - what the user asks for: parsed, checked, explained, carried out
 *
 * The same request comes from the command line, from a dialog and from the replay program.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_H
#define HG_EXPORT_REQUEST_H

#include "analysis/analysis.h"
#include "export/format.h"
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
  HgTallyOptions tally; /* layer, protocols, caps, evidence; protocols owned by the request */
  HgAnalysisOptions *analysis;
  HgReportOptions report;   /* suspects, traces, top; owned by the request */
  gboolean text;            /* text report on standard output */
  gboolean append;          /* add to exports that can be added to, instead of replacing them */
  int progress;             /* 1 yes, 0 no, -1: when standard error is a terminal */
  char *filter;             /* display filter; NULL: none. Only the door can check it. Also in
                             report.filter. */
  HgTally *baseline;        /* known-normal traffic, under pseudonyms where these are asked for;
                               NULL: none. `analysis` refers to it. */
  HgPseudonyms *pseudonyms; /* in the place of all addresses and names; NULL: they are shown */
  GString *answer;          /* print this and stop: help was asked for; NULL: it was not */
} HgRequest;

/* Parses "OPTION,OPTION=VALUE,..." ("" and NULL: all defaults). A comma in a value is written
 * "\,", a backslash "\\" (before anything else it stands for itself); filter= takes the rest.
 * Checks everything that can be checked before a packet is read: names, numbers, addresses,
 * formats, that targets can be written and that no two exports share a file; reads the baseline.
 * NULL and `error` (G_OPTION_ERROR): one line that names the option and what would be valid. */
HgRequest *hg_request_parse(const char *options, GError **error);

/* The same over other defaults: options of the same form, which `options` override. What is wrong
 * with them is said to be in the preferences. */
HgRequest *hg_request_parse_over(const char *defaults, const char *options, GError **error);

void hg_request_free(HgRequest *request);

/* All options, formats, rules with their parameters, and caps, from the tables. (transfer full) */
char *hg_request_help(void);

/* Analyses the tally and writes every export, then the text report to `text` when the request
 * wants one (NULL: never); nothing when it wants neither. Every export is tried even when one fails; `error` joins the messages,
 * one a line. */
gboolean hg_request_run(const HgRequest *request, const HgTally *tally, const char *capture,
                        FILE *text, GError **error);

G_END_DECLS
#endif

/* append.h - adds a tally to a file that holds an earlier one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_APPEND_H
#define HG_EXPORT_APPEND_H

#include "export/report/format.h"

G_BEGIN_DECLS

/* What becomes of files that are there already, if their format can be added to. */
typedef enum {
  HG_APPEND_NO,  /* they are replaced */
  HG_APPEND_YES, /* the capture is added; one that they hold already is an error */
  HG_APPEND_NEW  /* a capture that they hold already is skipped */
} HgAppend;

/* How a tally is added. */
typedef struct {
  HgAppend how;
  const HgKnownPackets
      *known; /* what the file had when the tally was begun; NULL: there was none */
  const HgAnalysisOptions *analysis;
  const HgReportOptions *report;
  GPtrArray *notes; /* char *; owned by it: gets what the user should know, one line each */
} HgAddition;

/* Writes a report of the tally in `path` merged with `tally`, as if all captures had been tallied
 * at once; without such a file, of `tally` alone. Waits for other writers. A capture counts once: where
 * the file holds it already nothing is written, which is an error or, with HG_APPEND_NEW, a note.
 * Packets that the file has (hg_tally_remainder) count once, too; a note tells how many, and where captures
 * overlap of whose packets that is not known. */
gboolean hg_append(const HgFormat *format, const char *path, const HgTally *tally,
                   const HgAddition *addition, GError **error);

/* Writes as hg_format_save does. For formats that can be added to, it waits for other writers. */
gboolean hg_replace(const HgFormat *format, const HgReport *report, const char *path,
                    GError **error);

G_END_DECLS
#endif

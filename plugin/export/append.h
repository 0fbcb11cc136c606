/* append.h - adds a tally to a file of an earlier one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_APPEND_H
#define HG_EXPORT_APPEND_H

#include "format.h"

G_BEGIN_DECLS

/* Whether `path` can be added to: it is not there yet, or the format can read it and what is in it
 * was tallied alike. Changes nothing. */
gboolean hg_append_check(const HgFormat *format, const char *path, const HgTallyOptions *options,
                         GError **error);

/* Writes a report of what `path` holds and `tally` together, as if all captures had been tallied at
 * once; of `tally` alone when there is no such file. Waits for others that are at it. */
gboolean hg_append(const HgFormat *format, const char *path, const HgTally *tally,
                   const HgAnalysisOptions *analysis, const HgReportOptions *options,
                   GError **error);

/* As hg_format_save; formats that can be added to wait for whoever is at it. */
gboolean hg_replace(const HgFormat *format, const HgReport *report, const char *path,
                    GError **error);

G_END_DECLS
#endif

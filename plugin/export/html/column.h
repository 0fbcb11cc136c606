/* column.h - lists of a JSON object, written piece by piece
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_COLUMN_H
#define HG_EXPORT_HTML_COLUMN_H

#include "export/files/output.h"

G_BEGIN_DECLS

typedef struct {
  HgOutput *output;
  GString *text; /* not yet written */
} HgColumn;

/* Writes `separator` and `"NAME":[`. */
HgColumn hg_column_begin(HgOutput *output, const char *separator, const char *name);
/* Sets the list's next item apart; what follows is appended to the answer (borrowed). */
GString *hg_column_next(HgColumn *column);
/* Beyond 2^53 as a string, so that JavaScript rounds nothing. */
void hg_column_integer(HgColumn *column, gint64 value);
void hg_column_end(HgColumn *column);

G_END_DECLS
#endif

/* column.h - writes lists of a JSON object piece by piece
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_COLUMN_H
#define HG_EXPORT_HTML_COLUMN_H

#include "export/files/output.h"

G_BEGIN_DECLS

typedef struct {
  HgOutput *output;
  GString *text; /* text that is not written yet */
} HgColumn;

/* Writes `separator` and `"NAME":[`. */
HgColumn hg_column_begin(HgOutput *output, const char *separator, const char *name);
/* Begins the next item of the list. The caller appends its text to the result (borrowed). */
GString *hg_column_next(HgColumn *column);
/* Above 2^53 as a string, because JavaScript would round it. */
void hg_column_integer(HgColumn *column, gint64 value);
void hg_column_end(HgColumn *column);

G_END_DECLS
#endif

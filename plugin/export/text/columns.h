/* columns.h - text measured in terminal columns: cut, padded, wrapped
 *
 * Wide characters (CJK, emoji) take two columns, combining ones none.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_COLUMNS_H
#define HG_EXPORT_COLUMNS_H

#include <glib.h>

G_BEGIN_DECLS

/* The width of a line. */
#define HG_COLUMNS_LINE 100

/* The number of columns that valid UTF-8 takes. */
guint hg_columns_width(const char *text);

/* Appends text from packets, made harmless, and cut with an ellipsis if it is wider than `width`.
 */
void hg_columns_cut(GString *out, const char *text, guint width);

/* Appends `count` blanks. */
void hg_columns_blanks(GString *out, guint count);

/* Appends text, made harmless, broken at blanks. The first line continues what is in `out` at
 * column `at`; further lines are indented by `indent`. A word that does not fit in a line is
 * cut with an ellipsis. Ends with a line feed. */
void hg_columns_wrap(GString *out, const char *text, guint at, guint indent);

G_END_DECLS
#endif

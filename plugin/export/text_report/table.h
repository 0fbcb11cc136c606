/* table.h - a table for people, fitted into a line's columns
 *
 * Cells are given row by row, in the order of the columns. Texts that are empty in all rows get no
 * column. When the rows do not fit, texts are cut first; then the list moves under its row; then
 * rows whose keys are too wide put these on a line of their own.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TABLE_H
#define HG_EXPORT_TABLE_H

#include "export/files/output.h"

G_BEGIN_DECLS

typedef enum {
  HG_COLUMN_KEY,   /* leading columns; whole, unless they would not fit on their own line */
  HG_COLUMN_WORD,  /* to the left, whole */
  HG_COLUMN_TEXT,  /* to the left, cut where room is short */
  HG_COLUMN_LIST,  /* the last column; to the left, cut or moved where room is short */
  HG_COLUMN_NUMBER /* to the right, whole */
} HgColumnKind;

typedef struct {
  const char *title; /* NULL ends a list of columns */
  HgColumnKind kind;
} HgTableColumn;

typedef struct HgTable HgTable;

/* `columns` must outlive the table. (transfer full) */
HgTable *hg_table_new(const HgTableColumn *columns, guint indent);
void hg_table_free(HgTable *table);

/* The next cell; packet text is made harmless. */
void hg_table_add(HgTable *table, const char *text);
void hg_table_add_number(HgTable *table, guint64 number);

/* A line under the row that was completed last; cut to fit, or, when `wrap`, broken at blanks. */
void hg_table_note(HgTable *table, const char *text, gboolean wrap);

/* Titles and rows; nothing when there are no rows. */
void hg_table_print(const HgTable *table, HgOutput *output);

G_END_DECLS
#endif

/* table.h - a table for people, fitted into the width of a line
 *
 * Cells are added row by row, in the order of the columns. A text column that is empty in all rows
 * is not printed. If the rows do not fit, texts are cut first; then the list moves below its row;
 * then rows with wide keys put these on a line of their own.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TABLE_H
#define HG_EXPORT_TABLE_H

#include "export/files/output.h"

G_BEGIN_DECLS

typedef enum {
  HG_COLUMN_KEY,   /* leading columns; never cut unless they do not fit on their own line */
  HG_COLUMN_WORD,  /* left-aligned, never cut */
  HG_COLUMN_TEXT,  /* left-aligned, cut if necessary */
  HG_COLUMN_LIST,  /* the last column; left-aligned, cut or moved if necessary */
  HG_COLUMN_NUMBER /* right-aligned, never cut */
} HgColumnKind;

typedef struct {
  const char *title; /* NULL ends a list of columns */
  HgColumnKind kind;
} HgTableColumn;

typedef struct HgTable HgTable;

/* `columns` must outlive the table. (transfer full) */
HgTable *hg_table_new(const HgTableColumn *columns, guint indent);
void hg_table_free(HgTable *table);

/* Adds the next cell; text from packets is made harmless. */
void hg_table_add(HgTable *table, const char *text);
void hg_table_add_number(HgTable *table, guint64 number);

/* Adds a line below the row that was completed last, cut to fit or, if `wrap`, broken at blanks. */
void hg_table_note(HgTable *table, const char *text, gboolean wrap);

/* Prints titles and rows; nothing if there are no rows. */
void hg_table_print(const HgTable *table, HgOutput *output);

G_END_DECLS
#endif

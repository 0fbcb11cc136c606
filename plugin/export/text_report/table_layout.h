/* table_layout.h - the widths of a table's columns, and which of them are moved
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TABLE_LAYOUT_H
#define HG_EXPORT_TABLE_LAYOUT_H

#include "table.h"

G_BEGIN_DECLS

/* Blanks between columns. */
#define HG_TABLE_GAP 2
/* The smallest width to which texts and lists are cut. */
#define HG_TABLE_TEXT_MIN 10
#define HG_TABLE_LIST_MIN 14

struct HgTable {
  const HgTableColumn *columns;
  guint count; /* columns */
  guint keys;  /* number of leading columns, including the last key */
  guint indent;
  GPtrArray *cells;  /* char *, row by row */
  GHashTable *notes; /* by row */
};

typedef enum {
  HG_PLACE_COLUMN,
  HG_PLACE_NOWHERE, /* empty in all rows */
  HG_PLACE_UNDER    /* on a line under the row */
} HgPlaceKind;

typedef struct {
  HgPlaceKind kind;
  guint width;
} HgPlace;

const char *hg_table_cell(const HgTable *table, guint row, guint column);
guint hg_table_rows(const HgTable *table);

/* A place for each column. (transfer full) */
HgPlace *hg_table_layout(const HgTable *table);

G_END_DECLS
#endif

/* stat_table.h - what a sortable table shows, and its rows in Wireshark's form
 *
 * A table is one file stat_*.c, which ends in a `const HgStatTable hg_stat_NAME`; stat_table_list.c
 * names them all.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_TABLE_H
#define HG_WIRESHARK_STAT_TABLE_H

#include "wireshark/compat.h"

#include "export/report/report.h"

G_BEGIN_DECLS

typedef enum {
  HG_STAT_TEXT,
  HG_STAT_COUNT,  /* up to 32 bits: packets, hosts, frames */
  HG_STAT_BYTES,  /* may need more than 32 bits */
  HG_STAT_SCORE,  /* one decimal */
  HG_STAT_NUMBER, /* as many decimals as it has, up to six digits */
  HG_STAT_SECONDS /* six decimals, as in the Time column */
} HgStatType;

typedef struct {
  const char *title;
  HgStatType type;
} HgStatColumn;

/* Takes a table's rows, cell by cell. */
typedef struct HgStatRows HgStatRows;

typedef struct {
  const char *name;                             /* "hosts" */
  const char *title;                            /* "Hosts" */
  const char *what;                             /* for the menu */
  const HgStatColumn *(*columns)(guint *count); /* borrowed, static */
  void (*fill)(const HgReport *report, HgStatRows *rows);
} HgStatTable;

/* --- for the tables: the next cell. A new row begins after the last column. --- */

void hg_stat_rows_text(HgStatRows *rows, const char *text); /* may be NULL, and hostile */
void hg_stat_rows_count(HgStatRows *rows, guint64 count);
void hg_stat_rows_number(HgStatRows *rows, double number); /* all other types */
/* HG_STAT_SECONDS: the time since the first packet, as in the Time column. */
void hg_stat_rows_time(HgStatRows *rows, const HgReport *report, gint64 time_ns);

/* --- for the window: Wireshark sorts and copies from these cells as long as it shows them --- */

/* The columns in Wireshark's form. (transfer full; as long as Wireshark knows the table) */
stat_tap_table_item *hg_stat_columns_new(const HgStatColumn *columns, guint count);

/* Adds the report's rows to an empty `into`. May change the types in `columns` to fit the rows. */
void hg_stat_table_fill(const HgStatTable *table, const HgReport *report, stat_tap_table *into,
                        stat_tap_table_item *columns);

/* Frees what a cell holds. */
void hg_stat_cell_clear(stat_tap_table_item_type *cell);

G_END_DECLS
#endif

/* stat_rows.h - the rows of one of Wireshark's statistics tables
 *
 * Wireshark sorts and copies from these cells as long as a window shows them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_ROWS_H
#define HG_WIRESHARK_STAT_ROWS_H

#include "stat_table.h"

G_BEGIN_DECLS

/* What Wireshark needs to know of the columns. (transfer full; as long as it knows the table) */
stat_tap_table_item *hg_stat_columns_new(const HgStatColumn *columns, guint count);

/* Adds the report's rows to an empty `into`. What is known of the columns can change with them. */
void hg_stat_rows_fill(const HgStatTable *table, const HgReport *report, stat_tap_table *into,
                       stat_tap_table_item *columns);

/* Frees what a cell holds. */
void hg_stat_cell_clear(stat_tap_table_item_type *cell);

G_END_DECLS
#endif

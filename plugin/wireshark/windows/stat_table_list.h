/* stat_table_list.h - all sortable tables
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_TABLE_LIST_H
#define HG_WIRESHARK_STAT_TABLE_LIST_H

#include "stat_table.h"

/* NULL-terminated, in the order of the menu. */
extern const HgStatTable *const hg_stat_tables[];

#endif

/* stat_table_list.c - all sortable tables
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table_list.h"

extern const HgStatTable hg_stat_conversations;
extern const HgStatTable hg_stat_findings;
extern const HgStatTable hg_stat_hosts;
extern const HgStatTable hg_stat_protocols;

const HgStatTable *const hg_stat_tables[] = {
    &hg_stat_hosts, &hg_stat_conversations, &hg_stat_protocols, &hg_stat_findings, NULL,
};

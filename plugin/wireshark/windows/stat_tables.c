/* stat_tables.c - the tables, in the order of the menu
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_tables.h"

const HgStatTable *const hg_stat_tables[] = {
    &hg_stat_hosts, &hg_stat_conversations, &hg_stat_protocols, &hg_stat_findings, NULL,
};

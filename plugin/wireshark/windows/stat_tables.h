/* stat_tables.h - what the files of single tables need
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_TABLES_H
#define HG_WIRESHARK_STAT_TABLES_H

#include "stat_table.h"

/* A cell of HG_STAT_SECONDS: since the first packet, as in the Time column. */
static inline void hg_stat_rows_time(HgStatRows *rows, const HgReport *report, gint64 time_ns) {
  hg_stat_rows_number(rows, (double)(time_ns - hg_tally_start(hg_report_tally(report))) / 1e9);
}

extern const HgStatTable hg_stat_conversations;
extern const HgStatTable hg_stat_findings;
extern const HgStatTable hg_stat_hosts;
extern const HgStatTable hg_stat_protocols;

#endif

/* stat_protocols.c - the table of protocols, as in the Protocol column
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table.h"

static const HgStatColumn all[] = {
    {"Protocol", HG_STAT_TEXT},       {"Packets", HG_STAT_COUNT}, {"Bytes", HG_STAT_BYTES},
    {"Packets %", HG_STAT_SCORE},     {"Bytes %", HG_STAT_SCORE}, {"First packet", HG_STAT_SECONDS},
    {"Last packet", HG_STAT_SECONDS},
};

static const HgStatColumn *columns(guint *count) {
  *count = G_N_ELEMENTS(all);
  return all;
}

static double percent(guint64 part, guint64 whole) {
  return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void fill(const HgReport *report, HgStatRows *rows) {
  const HgTally *tally = hg_report_tally(report);
  const HgTraffic *total = hg_tally_traffic(tally);

  for (guint i = 0; i < hg_tally_protocol_count(tally); i++) {
    const HgProtocol *protocol = hg_tally_protocol(tally, (guint16)i);
    const HgTraffic *traffic = &protocol->traffic;

    if (traffic->packets == 0)
      continue;
    hg_stat_rows_text(rows, *protocol->name != '\0' ? protocol->name : "(none)");
    hg_stat_rows_count(rows, traffic->packets);
    hg_stat_rows_number(rows, (double)traffic->bytes);
    hg_stat_rows_number(rows, percent(traffic->packets, total->packets));
    hg_stat_rows_number(rows, percent(traffic->bytes, total->bytes));
    hg_stat_rows_time(rows, report, traffic->first_ns);
    hg_stat_rows_time(rows, report, traffic->last_ns);
  }
}

const HgStatTable hg_stat_protocols = {
    .name = "protocols",
    .title = "Protocols",
    .what = "Every protocol with packets and bytes, to be sorted",
    .columns = columns,
    .fill = fill,
};

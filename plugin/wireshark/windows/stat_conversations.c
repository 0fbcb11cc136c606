/* stat_conversations.c - the table of conversations, in both directions
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table.h"

static const HgStatColumn all[] = {
    {"Address A", HG_STAT_TEXT},       {"Address B", HG_STAT_TEXT},
    {"Packets", HG_STAT_COUNT},        {"Bytes", HG_STAT_BYTES},
    {"Packets A to B", HG_STAT_COUNT}, {"Bytes A to B", HG_STAT_BYTES},
    {"Packets B to A", HG_STAT_COUNT}, {"Bytes B to A", HG_STAT_BYTES},
    {"First packet", HG_STAT_SECONDS}, {"Duration", HG_STAT_SECONDS},
    {"First frame", HG_STAT_COUNT},    {"Last frame", HG_STAT_COUNT},
    {"Protocols", HG_STAT_TEXT},
};

static const HgStatColumn *columns(guint *count) {
  *count = G_N_ELEMENTS(all);
  return all;
}

static const char *host_id(const HgReport *report, guint32 host) {
  return host == HG_NO_HOST ? NULL : hg_report_host_id(report, host);
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

/* "DNS, TCP" */
static void add_protocols(const HgTally *tally, const HgConversation *conversation,
                          HgStatRows *rows) {
  GPtrArray *names = g_ptr_array_new();
  char *text;

  for (guint32 at = conversation->first_protocol; at != HG_NO_LINK;) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(tally, at);

    g_ptr_array_add(names, hg_tally_protocol(tally, spoken->protocol)->name);
    at = spoken->next;
  }
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  text = g_strjoinv(", ", (char **)names->pdata);
  hg_stat_rows_text(rows, text);
  g_free(text);
  g_ptr_array_unref(names);
}

static void add_traffic(const HgTraffic *traffic, HgStatRows *rows) {
  hg_stat_rows_count(rows, traffic->packets);
  hg_stat_rows_number(rows, (double)traffic->bytes);
}

static void fill(const HgReport *report, HgStatRows *rows) {
  const HgTally *tally = hg_report_tally(report);

  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *conversation = hg_tally_conversation(tally, i);
    HgTraffic both = conversation->traffic[0];

    hg_traffic_merge(&both, &conversation->traffic[1]);
    hg_stat_rows_text(rows, host_id(report, conversation->host[0]));
    hg_stat_rows_text(rows, host_id(report, conversation->host[1]));
    add_traffic(&both, rows);
    add_traffic(&conversation->traffic[0], rows);
    add_traffic(&conversation->traffic[1], rows);
    hg_stat_rows_time(rows, report, both.first_ns);
    hg_stat_rows_number(rows, (double)hg_time_span(both.first_ns, both.last_ns) / 1e9);
    hg_stat_rows_count(rows, both.first_frame);
    hg_stat_rows_count(rows, both.last_frame);
    add_protocols(tally, conversation, rows);
  }
}

const HgStatTable hg_stat_conversations = {
    .name = "conversations",
    .title = "Conversations",
    .what = "Every pair of hosts with packets each way and protocols, to be sorted",
    .columns = columns,
    .fill = fill,
};

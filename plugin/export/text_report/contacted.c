/* contacted.c - part: the hosts that a host sent packets to, and the protocols
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

#include <string.h>

/* --- hosts contacted --- */

static const HgTableColumn peer_columns[] = {
    {"Address", HG_COLUMN_KEY},  {"Scope", HG_COLUMN_WORD},      {"Sent", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER}, {"Received", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER},
    {"First", HG_COLUMN_NUMBER}, {"Frame", HG_COLUMN_NUMBER},    {"Name", HG_COLUMN_LIST},
    {NULL, HG_COLUMN_WORD},
};

typedef struct {
  guint32 host;
  const HgTraffic *to, *from;
} Peer;

static gint by_packets_to(gconstpointer a, gconstpointer b, gpointer data) {
  const Peer *const one = a, *const two = b;
  return hg_report_writer_compare(data, one->to->packets, one->host, two->to->packets, two->host);
}

static void add_peer(const HgReportWriter *writer, HgTable *table, const Peer *peer) {
  g_autoptr(GString) first = g_string_new(NULL);
  hg_report_writer_append_time(writer, first, peer->to->first_ns);
  hg_table_add(table, hg_report_writer_host(writer, peer->host));
  hg_table_add(table, peer->host == HG_NO_HOST
                          ? ""
                          : hg_scope_name(hg_host_scope(hg_tally_host(writer->tally, peer->host))));
  hg_table_add_number(table, peer->to->packets);
  hg_table_add_number(table, peer->to->bytes);
  hg_table_add_number(table, peer->from->packets);
  hg_table_add_number(table, peer->from->bytes);
  hg_table_add(table, first->str);
  hg_table_add_number(table, peer->to->first_frame);
  hg_table_add(table, hg_report_writer_name(writer, peer->host));
}

void hg_part_contacted(const HgReportWriter *writer, guint32 host) {
  g_autoptr(GArray) peers = g_array_new(FALSE, FALSE, sizeof(Peer));
  for (guint32 i = 0; i < hg_tally_conversation_count(writer->tally); i++) {
    const HgConversation *const conversation = hg_tally_conversation(writer->tally, i);
    const int side = hg_report_writer_side(writer, conversation, host);
    if (side < 0)
      continue;
    const Peer peer = {conversation->host[1 - side], &conversation->traffic[side],
                       &conversation->traffic[1 - side]};
    if (peer.to->packets > 0)
      g_array_append_val(peers, peer);
  }
  if (peers->len == 0) {
    hg_output_puts(writer->output, "\n  It sent nothing to anybody.\n");
    return;
  }
  g_array_sort_with_data(peers, by_packets_to, (gpointer)writer);
  HgTable *const table = hg_table_new(peer_columns, 4);
  const guint shown = MIN(peers->len, writer->top);
  for (guint i = 0; i < shown; i++)
    add_peer(writer, table, &g_array_index(peers, Peer, i));
  hg_output_printf(writer->output, "\n  Hosts contacted (%u), by packets sent to them\n",
                   peers->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 4, shown, peers->len);
  hg_table_free(table);
}

/* --- protocols --- */

static const HgTableColumn spoken_columns[] = {
    {"Protocol", HG_COLUMN_KEY},    {"Sent", HG_COLUMN_NUMBER},  {"Bytes", HG_COLUMN_NUMBER},
    {"Received", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER}, {"Peers", HG_COLUMN_NUMBER},
    {"First", HG_COLUMN_NUMBER},    {"Last", HG_COLUMN_NUMBER},  {"Frame", HG_COLUMN_NUMBER},
    {NULL, HG_COLUMN_WORD},
};

typedef struct {
  const char *name;
  HgTraffic sent, received, both;
  guint32 peers;
} Spoken;

static gint by_packets(gconstpointer a, gconstpointer b) {
  const Spoken *const one = a, *const two = b;
  if (one->both.packets != two->both.packets)
    return one->both.packets > two->both.packets ? -1 : 1;
  return strcmp(one->name, two->name);
}

static void collect(const HgReportWriter *writer, GArray *all, int side,
                    const HgConversation *conversation) {
  for (guint32 i = conversation->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *const one = hg_tally_conversation_protocol(writer->tally, i);
    Spoken *const spoken = &g_array_index(all, Spoken, one->protocol);
    hg_traffic_merge(&spoken->sent, &one->traffic[side]);
    hg_traffic_merge(&spoken->received, &one->traffic[1 - side]);
    hg_traffic_merge(&spoken->both, &one->traffic[0]);
    hg_traffic_merge(&spoken->both, &one->traffic[1]);
    spoken->peers++;
    i = one->next;
  }
}

static void add_spoken(const HgReportWriter *writer, HgTable *table, const Spoken *spoken) {
  g_autoptr(GString) first = g_string_new(NULL);
  g_autoptr(GString) last = g_string_new(NULL);
  hg_report_writer_append_time(writer, first, spoken->both.first_ns);
  hg_report_writer_append_time(writer, last, spoken->both.last_ns);
  hg_table_add(table, spoken->name);
  hg_table_add_number(table, spoken->sent.packets);
  hg_table_add_number(table, spoken->sent.bytes);
  hg_table_add_number(table, spoken->received.packets);
  hg_table_add_number(table, spoken->received.bytes);
  hg_table_add_number(table, spoken->peers);
  hg_table_add(table, first->str);
  hg_table_add(table, last->str);
  hg_table_add_number(table, spoken->both.first_frame);
}

void hg_part_spoken(const HgReportWriter *writer, guint32 host) {
  const guint protocols = hg_tally_protocol_count(writer->tally);
  g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(Spoken));
  g_array_set_size(all, protocols);
  for (guint i = 0; i < protocols; i++)
    g_array_index(all, Spoken, i).name = hg_report_writer_protocol(writer, (guint16)i);
  for (guint32 i = 0; i < hg_tally_conversation_count(writer->tally); i++) {
    const HgConversation *const conversation = hg_tally_conversation(writer->tally, i);
    const int side = hg_report_writer_side(writer, conversation, host);
    if (side >= 0)
      collect(writer, all, side, conversation);
  }
  g_array_sort(all, by_packets);
  HgTable *const table = hg_table_new(spoken_columns, 4);
  guint total = 0;
  for (guint i = 0; i < all->len && g_array_index(all, Spoken, i).both.packets > 0; i++) {
    if (total++ < writer->top)
      add_spoken(writer, table, &g_array_index(all, Spoken, i));
  }
  if (total > 0)
    hg_output_printf(writer->output, "\n  Protocols spoken (%u), by packets\n", total);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 4, MIN(total, writer->top), total);
  hg_table_free(table);
}

/* save_graph.c - saves the tables protocols, segments, hosts, conversations, conversation_protocols
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"

#include <string.h>

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static gint by_name(gconstpointer a, gconstpointer b, gpointer data) {
  return strcmp(hg_tally_protocol(data, (guint16) * (const guint32 *)a)->name,
                hg_tally_protocol(data, (guint16) * (const guint32 *)b)->name);
}

void hg_store_save_protocols(HgStoreSave *save) {
  const guint count = hg_tally_protocol_count(save->tally);
  guint32 *order = hg_store_sorted(count, by_name, save->tally), row = 0;
  save->protocol = g_new0(guint32, count);
  hg_store_table(save->writer, "protocols");
  for (guint i = 0; i < count; i++) {
    const HgProtocol *protocol = hg_tally_protocol(save->tally, (guint16)order[i]);
    if (order[i] == HG_PROTOCOL_UNKNOWN && protocol->traffic.packets == 0)
      continue; /* it always exists */
    save->protocol[order[i]] = ++row;
    hg_store_integer(save->writer, row);
    hg_store_raw_text(save->writer, protocol->name);
    hg_store_traffic(save->writer, &protocol->traffic);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static void save_segments(HgStoreSave *save) {
  const HgSegmentTable *segments = hg_tally_segments(save->tally);
  hg_store_table(save->writer, "segments");
  for (guint i = 0; i < hg_segment_table_count(segments); i++) {
    const HgSegment *segment = hg_segment_table_get(segments, (guint16)i);
    hg_store_integer(save->writer, i);
    hg_store_text(save->writer, segment->name);
    hg_store_text(save->writer, segment->filter);
    hg_store_integer(save->writer, segment->routed ? 1 : 0);
    hg_store_row(save->writer);
  }
}

void hg_store_save_hosts(HgStoreSave *save) {
  save_segments(save);
  hg_store_table(save->writer, "hosts");
  for (guint32 i = 0; i < hg_report_host_count(save->report); i++) {
    const HgHost *host = hg_tally_host(save->tally, hg_report_host(save->report, i));
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_literal(save->writer, hg_report_host_id(save->report, host->number));
    hg_store_literal(save->writer, hg_address_kind_name(host->address.kind));
    if (host->address.kind == HG_ADDRESS_OTHER)
      hg_store_hex(save->writer, host->address.data, host->address.length);
    else
      hg_store_null(save->writer);
    hg_store_integer(save->writer, host->address.segment);
    hg_store_literal(save->writer, hg_scope_name(hg_host_scope(host)));
    hg_store_integer(save->writer, host->link_broadcast ? 1 : 0);
    hg_store_traffic(save->writer, &host->sent);
    hg_store_traffic(save->writer, &host->received);
    hg_store_row(save->writer);
  }
}

/* --- conversations --- */

/* The rank of a host; HG_NO_HOST sorts last. */
static guint32 rank(const HgStoreSave *save, guint32 host) {
  return host == HG_NO_HOST ? G_MAXUINT32 : hg_report_host_rank(save->report, host);
}

/* The host of column a or b of the row. */
static guint32 column_host(const HgStoreSave *save, guint32 number, int column) {
  return hg_tally_conversation(save->tally, number)->host[column ^ save->flipped[number]];
}

static gint by_hosts(gconstpointer a, gconstpointer b, gpointer data) {
  const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  const HgStoreSave *save = data;
  for (int column = 0; column < 2; column++)
    ORDER(rank(save, column_host(save, x, column)), rank(save, column_host(save, y, column)));
  return 0;
}

static void save_pairs(HgStoreSave *save) {
  const guint32 count = hg_tally_conversation_count(save->tally);
  save->flipped = g_new(gboolean, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++) {
    const HgConversation *c = hg_tally_conversation(save->tally, i);
    save->flipped[i] = rank(save, c->host[0]) > rank(save, c->host[1]);
  }
  guint32 *order = hg_store_sorted(count, by_hosts, save);
  save->conversation = g_new(guint32, (gsize)count + 1);
  hg_store_table(save->writer, "conversations");
  for (guint32 i = 0; i < count; i++) {
    const HgConversation *c = hg_tally_conversation(save->tally, order[i]);
    save->conversation[order[i]] = i + 1;
    hg_store_integer(save->writer, (gint64)i + 1);
    for (int column = 0; column < 2; column++) {
      const guint32 host = column_host(save, order[i], column);
      if (host == HG_NO_HOST)
        hg_store_null(save->writer);
      else
        hg_store_integer(save->writer, hg_store_host_row(save, host));
    }
    for (int column = 0; column < 2; column++)
      hg_store_traffic(save->writer, &c->traffic[column ^ save->flipped[order[i]]]);
    for (int column = 0; column < 2; column++)
      hg_store_copies(save->writer, &c->copies[column ^ save->flipped[order[i]]]);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static gint by_pair(gconstpointer a, gconstpointer b, gpointer data) {
  const HgStoreSave *save = data;
  const HgConversationProtocol *x =
      hg_tally_conversation_protocol(save->tally, *(const guint32 *)a);
  const HgConversationProtocol *y =
      hg_tally_conversation_protocol(save->tally, *(const guint32 *)b);
  ORDER(save->conversation[x->conversation], save->conversation[y->conversation]);
  ORDER(save->protocol[x->protocol], save->protocol[y->protocol]);
  return 0;
}

static void save_spoken(HgStoreSave *save) {
  const guint32 count = hg_tally_conversation_protocol_count(save->tally);
  guint32 *order = hg_store_sorted(count, by_pair, save);
  save->spoken = g_new(guint32, (gsize)count + 1);
  hg_store_table(save->writer, "conversation_protocols");
  for (guint32 i = 0; i < count; i++) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(save->tally, order[i]);
    const int flip = save->flipped[spoken->conversation];
    save->spoken[order[i]] = i + 1;
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_integer(save->writer, save->conversation[spoken->conversation]);
    hg_store_integer(save->writer, save->protocol[spoken->protocol]);
    for (int column = 0; column < 2; column++)
      hg_store_traffic(save->writer, &spoken->traffic[column ^ flip]);
    for (int column = 0; column < 2; column++)
      hg_store_text(save->writer, spoken->info[column ^ flip]);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static gint by_vlan(gconstpointer a, gconstpointer b, gpointer data) {
  const HgStoreSave *save = data;
  const HgConversationVlan *x = hg_tally_conversation_vlan(save->tally, *(const guint32 *)a);
  const HgConversationVlan *y = hg_tally_conversation_vlan(save->tally, *(const guint32 *)b);
  ORDER(save->conversation[x->conversation], save->conversation[y->conversation]);
  ORDER(x->vlan, y->vlan);
  return 0;
}

static void save_vlans(HgStoreSave *save) {
  const guint32 count = hg_tally_conversation_vlan_count(save->tally);
  guint32 *order = hg_store_sorted(count, by_vlan, save);
  hg_store_table(save->writer, "conversation_vlans");
  for (guint32 i = 0; i < count; i++) {
    const HgConversationVlan *one = hg_tally_conversation_vlan(save->tally, order[i]);
    g_autofree char *vlan = hg_vlan_text(one->vlan);
    hg_store_integer(save->writer, save->conversation[one->conversation]);
    hg_store_text(save->writer, vlan);
    for (int column = 0; column < 2; column++)
      hg_store_count(save->writer, one->packets[column ^ save->flipped[one->conversation]]);
    hg_store_row(save->writer);
  }
  g_free(order);
}

void hg_store_save_conversations(HgStoreSave *save) {
  save_pairs(save);
  save_spoken(save);
  save_vlans(save);
}

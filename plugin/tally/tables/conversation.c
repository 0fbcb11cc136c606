/* conversation.c - pairs of hosts, with the protocols and the VLANs of each pair
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "conversation.h"

#include "tally/memory/hash_index.h"

struct HgConversationTable {
  HgChunkedArray conversations; /* HgConversation */
  HgChunkedArray protocols;     /* HgConversationProtocol */
  HgHashIndex by_hosts;         /* equal when the pair is */
  HgChunkedArray vlans;         /* HgConversationVlan */
  HgHashIndex by_vlan; /* equal when conversation and VLAN are; a frame can claim any of 2^24 */
};

/* Of two numbers in either order. */
static guint32 pair_hash(guint32 from, guint32 to) {
  const guint64 mixed =
      ((guint64)MAX(from, to) << 32 | MIN(from, to)) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  return (guint32)(mixed >> 32); /* Fibonacci hashing */
}

static gboolean pair_equal(gconstpointer a, gconstpointer b) {
  const HgConversation *x = a, *y = b;
  return (x->host[0] == y->host[0] && x->host[1] == y->host[1]) ||
         (x->host[0] == y->host[1] && x->host[1] == y->host[0]);
}

static gboolean vlan_equal(gconstpointer a, gconstpointer b) {
  const HgConversationVlan *x = a, *y = b;
  return x->conversation == y->conversation && x->vlan == y->vlan;
}

HgConversationTable *hg_conversation_table_new(void) {
  HgConversationTable *table = g_new0(HgConversationTable, 1);
  hg_chunked_array_init(&table->conversations, sizeof(HgConversation));
  hg_chunked_array_init(&table->protocols, sizeof(HgConversationProtocol));
  hg_hash_index_init(&table->by_hosts, &table->conversations, pair_equal);
  hg_chunked_array_init(&table->vlans, sizeof(HgConversationVlan));
  hg_hash_index_init(&table->by_vlan, &table->vlans, vlan_equal);
  return table;
}

void hg_conversation_table_free(HgConversationTable *table) {
  if (!table)
    return;
  hg_hash_index_clear(&table->by_hosts);
  hg_hash_index_clear(&table->by_vlan);
  hg_chunked_array_clear(&table->vlans);
  hg_chunked_array_clear(&table->conversations);
  hg_chunked_array_clear(&table->protocols);
  g_free(table);
}

HgConversation *hg_conversation_table_find(const HgConversationTable *table, guint32 from,
                                           guint32 to, int *side) {
  const HgConversation key = {.host = {from, to}};
  HgConversation *conversation = hg_hash_index_find(&table->by_hosts, pair_hash(from, to), &key);
  if (conversation && side)
    *side = conversation->host[0] == from ? HG_SIDE_A : HG_SIDE_B;
  return conversation;
}

void hg_conversation_table_fetch_slots(const HgConversationTable *table, guint32 from, guint32 to) {
  hg_hash_index_fetch_slots(&table->by_hosts, pair_hash(from, to));
}

HgConversation *hg_conversation_table_add(HgConversationTable *table, guint32 from, guint32 to) {
  HgConversation *conversation = hg_chunked_array_add(&table->conversations);
  conversation->host[0] = from;
  conversation->host[1] = to;
  conversation->number = (guint32)(table->conversations.count - 1);
  conversation->first_protocol = conversation->first_vlan = HG_NO_LINK;
  hg_hash_index_add(&table->by_hosts, pair_hash(from, to));
  return conversation;
}

HgConversation *hg_conversation_table_get(const HgConversationTable *table, guint32 number) {
  g_return_val_if_fail(number < table->conversations.count, NULL);
  return hg_chunked_array_get(&table->conversations, number);
}

guint32 hg_conversation_table_count(const HgConversationTable *table) {
  return (guint32)table->conversations.count;
}

guint32 hg_conversation_table_protocol(HgConversationTable *table, HgConversation *conversation,
                                       guint16 protocol) {
  guint32 *link = &conversation->first_protocol;
  HgConversationProtocol *entry;
  for (; *link != HG_NO_LINK; link = &entry->next) {
    entry = hg_chunked_array_get(&table->protocols, *link);
    if (entry->protocol == protocol)
      break;
  }
  const guint32 found = *link;
  if (found != HG_NO_LINK) { /* moves to the front: packets of one protocol come in runs */
    *link = entry->next;
    entry->next = conversation->first_protocol;
    return conversation->first_protocol = found;
  }
  entry = hg_chunked_array_add(&table->protocols);
  entry->conversation = conversation->number;
  entry->next = conversation->first_protocol;
  entry->protocol = protocol;
  return conversation->first_protocol = (guint32)(table->protocols.count - 1);
}

HgConversationProtocol *hg_conversation_table_get_protocol(const HgConversationTable *table,
                                                           guint32 number) {
  g_return_val_if_fail(number < table->protocols.count, NULL);
  return hg_chunked_array_get(&table->protocols, number);
}

guint32 hg_conversation_table_protocol_count(const HgConversationTable *table) {
  return (guint32)table->protocols.count;
}

HgConversationVlan *hg_conversation_table_vlan(HgConversationTable *table,
                                               HgConversation *conversation, HgVlan vlan) {
  const HgConversationVlan key = {.conversation = conversation->number, .vlan = vlan};
  const guint32 hash = pair_hash(conversation->number, vlan);
  HgConversationVlan *entry = hg_hash_index_find(&table->by_vlan, hash, &key);
  if (entry)
    return entry;
  entry = hg_chunked_array_add(&table->vlans);
  *entry = key;
  entry->next = conversation->first_vlan;
  conversation->first_vlan = (guint32)(table->vlans.count - 1);
  hg_hash_index_add(&table->by_vlan, hash);
  return entry;
}

HgConversationVlan *hg_conversation_table_get_vlan(const HgConversationTable *table,
                                                   guint32 number) {
  g_return_val_if_fail(number < table->vlans.count, NULL);
  return hg_chunked_array_get(&table->vlans, number);
}

guint32 hg_conversation_table_vlan_count(const HgConversationTable *table) {
  return (guint32)table->vlans.count;
}

int hg_conversation_first_side(const HgConversation *conversation) {
  const HgTraffic *a = &conversation->traffic[HG_SIDE_A], *b = &conversation->traffic[HG_SIDE_B];
  return hg_traffic_is_before(b, a) ? HG_SIDE_B : HG_SIDE_A;
}

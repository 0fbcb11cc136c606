/* sums.c - traffic of conversations and hosts, as sums over conversation protocols
 *
 * A packet is counted once, in its conversation's entry for its protocol. Adding it to its
 * conversation and both hosts, too, would touch three more places in memory, too many for a
 * processor's cache in a large capture.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"

static void sum_conversations(HgTallyBuilder *builder) {
  HgConversationTable *const table = builder->tally.conversations;
  for (guint32 i = 0; i < hg_conversation_table_count(table); i++) {
    HgConversation *conversation = hg_conversation_table_get(table, i);
    conversation->traffic[0] = conversation->traffic[1] = (HgTraffic){0};
  }
  for (guint32 i = 0; i < hg_conversation_table_protocol_count(table); i++) {
    const HgConversationProtocol *entry = hg_conversation_table_get_protocol(table, i);
    HgConversation *conversation = hg_conversation_table_get(table, entry->conversation);
    for (int side = 0; side < 2; side++)
      hg_traffic_merge(&conversation->traffic[side], &entry->traffic[side]);
  }
}

static void add_to_hosts(HgTallyBuilder *builder, const HgConversation *conversation) {
  const guint32 *number = conversation->host;
  const gboolean two = number[0] != number[1] && number[0] != HG_NO_HOST && number[1] != HG_NO_HOST;
  for (int side = 0; side < 2; side++) {
    if (number[side] == HG_NO_HOST)
      continue;
    HgHost *host = hg_host_table_get(builder->tally.hosts, number[side]);
    hg_traffic_merge(&host->sent, &conversation->traffic[side]);
    /* Of a host that talks to itself direction 0 holds everything. */
    hg_traffic_merge(&host->received, &conversation->traffic[1 - side]);
    hg_copies_merge(&host->sent_copies, &conversation->copies[side]);
    hg_copies_merge(&host->received_copies, &conversation->copies[1 - side]);
    if (two) {
      host->peers++;
      host->peers_out += conversation->traffic[side].packets > 0;
      host->peers_in += conversation->traffic[1 - side].packets > 0;
    }
  }
}

void hg_builder_sum_up(HgTallyBuilder *builder) {
  if (builder->summed)
    return;
  sum_conversations(builder);
  for (guint32 i = 0; i < hg_host_table_count(builder->tally.hosts); i++) {
    HgHost *host = hg_host_table_get(builder->tally.hosts, i);
    host->sent = host->received = (HgTraffic){0};
    host->sent_copies = host->received_copies = (HgCopies){0};
    host->peers = host->peers_out = host->peers_in = 0;
    if (i < builder->tally.unattributed->len) {
      const HgUnattributed *unattributed =
          &g_array_index(builder->tally.unattributed, HgUnattributed, i);
      host->sent = unattributed->traffic[HG_UNATTRIBUTED_SENT];
      host->received = unattributed->traffic[HG_UNATTRIBUTED_RECEIVED];
    }
  }
  for (guint32 i = 0; i < hg_conversation_table_count(builder->tally.conversations); i++)
    add_to_hosts(builder, hg_conversation_table_get(builder->tally.conversations, i));
  builder->summed = TRUE;
}

/* intern.c - finds or adds rows of a tally's tables, within the caps
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"

#include <string.h>

guint32 hg_builder_max(const HgTallyBuilder *builder, HgCap cap) {
  return (guint32)MIN(builder->tally.options.caps[cap], G_MAXUINT32 - 1);
}

/* Adds a host, whose text names the segment that it is told apart by. */
static HgHost *add_host(HgTallyBuilder *builder, const HgAddress *address) {
  const HgSegment *segment = hg_tally_segment(&builder->tally, address);
  return hg_host_table_add(builder->tally.hosts, address, segment ? segment->name : NULL);
}

HgHost *hg_builder_intern_host(HgTallyBuilder *builder, const HgAddress *address) {
  HgHost *host = hg_host_table_find(builder->tally.hosts, address);
  if (!host && hg_host_table_count(builder->tally.hosts) < hg_builder_max(builder, HG_CAP_HOSTS))
    host = add_host(builder, address);
  return host;
}

/* Adds a conversation, with what its hosts tell about it. */
static HgConversation *add_conversation(HgTallyBuilder *builder, guint32 from, guint32 to) {
  HgConversation *conversation = hg_conversation_table_add(builder->tally.conversations, from, to);
  conversation->unicast = TRUE;
  for (int side = 0; side < 2; side++) {
    const guint32 number = conversation->host[side];
    const HgHost *host =
        number != HG_NO_HOST ? hg_host_table_get(builder->tally.hosts, number) : NULL;
    conversation->unicast &= host && host->unicast;
    conversation->binding[side] = host ? host->binding : NULL;
  }
  return conversation;
}

HgConversation *hg_builder_intern_conversation(HgTallyBuilder *builder, guint32 from, guint32 to,
                                               int *side) {
  HgConversation *conversation =
      hg_conversation_table_find(builder->tally.conversations, from, to, side);
  if (!conversation && hg_conversation_table_count(builder->tally.conversations) <
                           hg_builder_max(builder, HG_CAP_CONVERSATIONS)) {
    conversation = add_conversation(builder, from, to);
    *side = HG_SIDE_A;
  }
  return conversation;
}

gboolean hg_builder_keep_info(HgTallyBuilder *builder, HgConversationProtocol *entry, int direction,
                              const char *info) {
  char *const before = g_steal_pointer(&entry->info[direction]);
  if (!info)
    return TRUE;
  const gsize length = hg_packet_info_length(info);
  if (before && strlen(before) >= length) { /* an earlier packet came late: reuse the memory */
    memcpy(before, info, length);
    before[length] = '\0';
    entry->info[direction] = before;
    return TRUE;
  }
  if (builder->info_bytes + length > builder->tally.options.caps[HG_CAP_INFO])
    return FALSE;
  entry->info[direction] = g_string_chunk_insert_len(builder->tally.infos, info, (gssize)length);
  builder->info_bytes += length;
  return TRUE;
}

void hg_builder_add_unattributed(HgTallyBuilder *builder, guint32 host, int end,
                                 const HgTraffic *traffic) {
  if (traffic->packets == 0)
    return;
  if (builder->tally.unattributed->len <= host)
    g_array_set_size(builder->tally.unattributed, hg_host_table_count(builder->tally.hosts));
  hg_traffic_merge(&g_array_index(builder->tally.unattributed, HgUnattributed, host).traffic[end],
                   traffic);
}

void hg_builder_keep_pending_icmp_error(HgTallyBuilder *builder, const HgPendingIcmpError *error) {
  if (builder->tally.pending_errors->len < hg_builder_max(builder, HG_CAP_CONNECTIONS))
    hg_pending_icmp_errors_add(builder->tally.pending_errors, error);
  else
    builder->tally.left_out[HG_CAP_CONNECTIONS]++;
}

/* find.c - which conversation each packet that waits belongs to
 *
 * Most are of a pair that the pair cache remembers. The others, strangers, need three look-ups in large
 * tables: each step is done for all of them, after what it reads was asked for.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"
#include "tally/memory/cache_line.h"

static void fetch_place(HgTallyBuilder *builder, HgQueuedPacket *queued) {
  const HgPacket *packet = &queued->packet;
  const gboolean is_pair = hg_pair_key_init(&queued->pair, &packet->source, &packet->destination);
  queued->place = is_pair ? hg_pair_cache_place(builder->pairs, &queued->pair) : NULL;
  hg_fetch_ahead(queued->place, HG_CACHE_LINE);
}

static gboolean recall(HgQueuedPacket *queued) {
  queued->conversation =
      queued->place ? hg_pair_place_find(queued->place, &queued->pair, &queued->side) : NULL;
  return queued->conversation != NULL;
}

static const HgAddress *address_of(const HgQueuedPacket *queued, int end) {
  return end == 0 ? &queued->packet.source : &queued->packet.destination;
}

/* Finds or adds one host; NULL: no address, or a cap forbids it. */
static HgHost *intern_host(HgTallyBuilder *builder, const HgAddress *address) {
  return hg_address_is_none(address) ? NULL : hg_builder_intern_host(builder, address);
}

static guint32 number_of(const HgHost *host) {
  return host ? host->number : HG_NO_HOST;
}

static void find_hosts(HgTallyBuilder *builder, HgQueuedPacket *stranger) {
  for (int end = 0; end < 2; end++)
    stranger->host[end] = intern_host(builder, address_of(stranger, end));
  hg_conversation_table_fetch_slots(builder->tally.conversations, number_of(stranger->host[0]),
                                    number_of(stranger->host[1]));
}

/* Finds or adds the conversation of both hosts, and counts what a cap leaves out. */
static HgConversation *intern_pair(HgTallyBuilder *builder, HgQueuedPacket *stranger) {
  HgHost *const *host = stranger->host;
  for (int end = 0; end < 2; end++) {
    if (!host[end] && !hg_address_is_none(address_of(stranger, end))) {
      builder->tally.left_out[HG_CAP_HOSTS]++;
      return NULL;
    }
  }
  if (!host[0] && !host[1])
    return NULL;
  HgConversation *conversation = hg_builder_intern_conversation(
      builder, number_of(host[0]), number_of(host[1]), &stranger->side);
  if (!conversation)
    builder->tally.left_out[HG_CAP_CONVERSATIONS]++;
  return conversation;
}

static void find_conversation(HgTallyBuilder *builder, HgQueuedPacket *stranger) {
  if (recall(stranger)) /* another stranger was of the same pair */
    return;
  stranger->conversation = intern_pair(builder, stranger);
  if (stranger->conversation && stranger->place)
    hg_pair_place_store(stranger->place, &stranger->pair, stranger->conversation, stranger->side);
}

static void find_strangers(HgTallyBuilder *builder, HgQueuedPacket *const *strangers, guint count) {
  for (guint i = 0; i < 2 * count; i++)
    hg_host_table_fetch_slots(builder->tally.hosts, address_of(strangers[i / 2], i % 2));
  for (guint i = 0; i < 2 * count; i++)
    hg_host_table_fetch_host(builder->tally.hosts, address_of(strangers[i / 2], i % 2));
  for (guint i = 0; i < count; i++)
    find_hosts(builder, strangers[i]);
  for (guint i = 0; i < count; i++)
    find_conversation(builder, strangers[i]);
}

void hg_builder_find(HgTallyBuilder *builder, HgQueuedPacket *waiting, guint count) {
  HgQueuedPacket *strangers[HG_QUEUED_PACKETS];
  guint unknown = 0;
  for (guint i = 0; i < count; i++)
    fetch_place(builder, &waiting[i]);
  for (guint i = 0; i < count; i++) {
    if (!recall(&waiting[i]))
      strangers[unknown++] = &waiting[i];
  }
  find_strangers(builder, strangers, unknown);
  for (guint i = 0; i < count; i++)
    hg_fetch_ahead(waiting[i].conversation, G_STRUCT_OFFSET(HgConversation, traffic));
}

/* find.c - finds the conversation of each queued packet
 *
 * The pair cache knows the conversation of most packets. The others, here "uncached", take three
 * look-ups in large tables: each step is done for all of them, after its memory was fetched ahead.
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

static void find_hosts(HgTallyBuilder *builder, HgQueuedPacket *queued) {
  for (int end = 0; end < 2; end++)
    queued->host[end] = intern_host(builder, address_of(queued, end));
  hg_conversation_table_fetch_slots(builder->tally.conversations, number_of(queued->host[0]),
                                    number_of(queued->host[1]));
}

/* Finds or adds the conversation of both hosts, and counts what a cap leaves out. */
static HgConversation *intern_pair(HgTallyBuilder *builder, HgQueuedPacket *queued) {
  HgHost *const *host = queued->host;
  for (int end = 0; end < 2; end++) {
    if (!host[end] && !hg_address_is_none(address_of(queued, end))) {
      builder->tally.left_out[HG_CAP_HOSTS]++;
      return NULL;
    }
  }
  if (!host[0] && !host[1])
    return NULL;
  HgConversation *conversation = hg_builder_intern_conversation(builder, number_of(host[0]),
                                                                number_of(host[1]), &queued->side);
  if (!conversation)
    builder->tally.left_out[HG_CAP_CONVERSATIONS]++;
  return conversation;
}

static void find_conversation(HgTallyBuilder *builder, HgQueuedPacket *queued) {
  if (recall(queued)) /* an earlier packet was of the same pair */
    return;
  queued->conversation = intern_pair(builder, queued);
  if (queued->conversation && queued->place)
    hg_pair_place_store(queued->place, &queued->pair, queued->conversation, queued->side);
}

static void find_uncached(HgTallyBuilder *builder, HgQueuedPacket *const *uncached, guint count) {
  for (guint i = 0; i < 2 * count; i++)
    hg_host_table_fetch_slots(builder->tally.hosts, address_of(uncached[i / 2], i % 2));
  for (guint i = 0; i < 2 * count; i++)
    hg_host_table_fetch_host(builder->tally.hosts, address_of(uncached[i / 2], i % 2));
  for (guint i = 0; i < count; i++)
    find_hosts(builder, uncached[i]);
  for (guint i = 0; i < count; i++)
    find_conversation(builder, uncached[i]);
}

void hg_builder_find(HgTallyBuilder *builder, HgQueuedPacket *waiting, guint count) {
  HgQueuedPacket *uncached[HG_QUEUED_PACKETS];
  guint missed = 0;
  for (guint i = 0; i < count; i++)
    fetch_place(builder, &waiting[i]);
  for (guint i = 0; i < count; i++) {
    if (!recall(&waiting[i]))
      uncached[missed++] = &waiting[i];
  }
  find_uncached(builder, uncached, missed);
  for (guint i = 0; i < count; i++)
    hg_fetch_ahead(waiting[i].conversation, G_STRUCT_OFFSET(HgConversation, traffic));
}

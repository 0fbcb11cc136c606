/* pair_cache.c - remembers which conversation a packet's two addresses led to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pair_cache.h"

#include <string.h>

#define SLOTS 4096 /* a power of two */
#define LONGEST 16 /* an IPv6 address */

#define LINE 64 /* bytes of a processor's cache that come and go together */

typedef struct {
  HgConversation *conversation; /* NULL: empty */
  guint8 side;
  guint8 kind[2], length[2];
  guint8 bytes[2][LONGEST];
  guint8 unused[LINE - sizeof(void *) - 5 - 2 * LONGEST];
} Slot;
G_STATIC_ASSERT(sizeof(Slot) == LINE);

struct HgPairCache {
  gpointer memory; /* holds the slots, somewhere */
  Slot *slots;     /* each one line */
};

HgPairCache *hg_pair_cache_new(void) {
  HgPairCache *cache = g_new(HgPairCache, 1);
  cache->memory = g_malloc0(SLOTS * sizeof(Slot) + LINE);
  cache->slots = (Slot *)(void *)((char *)cache->memory + LINE - (guintptr)cache->memory % LINE);
  return cache;
}

void hg_pair_cache_free(HgPairCache *cache) {
  if (!cache)
    return;
  g_free(cache->memory);
  g_free(cache);
}

static gboolean fits(const HgAddress *address) {
  return !hg_address_is_none(address) && address->length <= LONGEST;
}

/* The same in both directions. */
static guint slot_of(const HgAddress *source, const HgAddress *destination) {
  const guint hash = hg_address_hash(source) + hg_address_hash(destination);
  return (hash * 2654435769u) >> 20; /* Fibonacci hashing; 12 bits for 4096 slots */
}
G_STATIC_ASSERT(SLOTS == 1u << (32 - 20));

/* Most are IPv4: a comparison of a fixed size takes no call. */
static gboolean holds(const Slot *slot, int end, const HgAddress *address) {
  if (slot->kind[end] != address->kind || slot->length[end] != address->length)
    return FALSE;
  return address->length == 4 ? memcmp(slot->bytes[end], address->data, 4) == 0
                              : memcmp(slot->bytes[end], address->data, address->length) == 0;
}

static void hold(Slot *slot, int end, const HgAddress *address) {
  slot->kind[end] = (guint8)address->kind;
  slot->length[end] = address->length;
  memcpy(slot->bytes[end], address->data, address->length);
}

gconstpointer hg_pair_cache_place(const HgPairCache *cache, const HgAddress *source,
                                  const HgAddress *destination) {
  return &cache->slots[slot_of(source, destination)];
}

HgConversation *hg_pair_cache_find(const HgPairCache *cache, const HgAddress *source,
                                   const HgAddress *destination, int *side) {
  if (!fits(source) || !fits(destination))
    return NULL;
  const Slot *slot = &cache->slots[slot_of(source, destination)];
  if (!slot->conversation)
    return NULL;
  if (holds(slot, 0, source) && holds(slot, 1, destination))
    *side = slot->side;
  else if (holds(slot, 1, source) && holds(slot, 0, destination))
    *side = 1 - slot->side;
  else
    return NULL;
  return slot->conversation;
}

void hg_pair_cache_store(HgPairCache *cache, const HgAddress *source, const HgAddress *destination,
                         HgConversation *conversation, int side) {
  if (!fits(source) || !fits(destination))
    return;
  Slot *slot = &cache->slots[slot_of(source, destination)];
  slot->conversation = conversation;
  slot->side = (guint8)side;
  hold(slot, 0, source);
  hold(slot, 1, destination);
}

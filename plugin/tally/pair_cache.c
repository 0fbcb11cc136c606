/* pair_cache.c - remembers which conversation a packet's two addresses led to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pair_cache.h"

#include <string.h>

#include "cache_line.h"

/* Two pairs of the same hash must not drive each other out by turns. */
#define WAYS 2
#define PLACES 2048 /* a power of two */
#define LONGEST 16  /* an IPv6 address */

typedef struct {
  HgConversation *conversation; /* NULL: empty */
  guint8 side;
  guint8 kind[2], length[2];
  guint8 bytes[2][LONGEST];
  guint8 unused[HG_CACHE_LINE - sizeof(void *) - 5 - 2 * LONGEST];
} Slot;
G_STATIC_ASSERT(sizeof(Slot) == HG_CACHE_LINE);

/* The one that was stored last comes first. */
struct HgPairPlace {
  Slot slots[WAYS];
};

struct HgPairCache {
  gpointer memory;     /* holds the places, somewhere */
  HgPairPlace *places; /* each slot one line */
};

HgPairCache *hg_pair_cache_new(void) {
  HgPairCache *cache = g_new(HgPairCache, 1);
  cache->memory = g_malloc0(PLACES * sizeof(HgPairPlace) + HG_CACHE_LINE);
  cache->places = (HgPairPlace *)(void *)((char *)cache->memory + HG_CACHE_LINE -
                                          (guintptr)cache->memory % HG_CACHE_LINE);
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
HgPairPlace *hg_pair_cache_place(const HgPairCache *cache, const HgAddress *source,
                                 const HgAddress *destination) {
  const guint hash = hg_address_hash(source) + hg_address_hash(destination);
  return &cache->places[(hash * 2654435769u) >> 21]; /* Fibonacci hashing; 11 bits: 2048 places */
}
G_STATIC_ASSERT(PLACES == 1u << (32 - 21));

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

/* The side that `source` has in the slot's conversation; HG_SIDE_UNKNOWN: it holds another pair. */
static int side_in(const Slot *slot, const HgAddress *source, const HgAddress *destination) {
  if (!slot->conversation)
    return HG_SIDE_UNKNOWN;
  if (holds(slot, 0, source) && holds(slot, 1, destination))
    return slot->side;
  if (holds(slot, 1, source) && holds(slot, 0, destination))
    return 1 - slot->side;
  return HG_SIDE_UNKNOWN;
}

HgConversation *hg_pair_place_find(const HgPairPlace *place, const HgAddress *source,
                                   const HgAddress *destination, int *side) {
  if (!fits(source) || !fits(destination))
    return NULL;
  for (guint way = 0; way < WAYS; way++) {
    *side = side_in(&place->slots[way], source, destination);
    if (*side != HG_SIDE_UNKNOWN)
      return place->slots[way].conversation;
  }
  return NULL;
}

void hg_pair_place_store(HgPairPlace *place, const HgAddress *source, const HgAddress *destination,
                         HgConversation *conversation, int side) {
  if (!fits(source) || !fits(destination))
    return;
  Slot *slot = &place->slots[0];
  memmove(&place->slots[1], slot, sizeof *slot * (WAYS - 1));
  slot->conversation = conversation;
  slot->side = (guint8)side;
  hold(slot, 0, source);
  hold(slot, 1, destination);
}

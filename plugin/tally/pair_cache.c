/* pair_cache.c - remembers which conversation a packet's two addresses led to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pair_cache.h"

#include <string.h>

/* Two pairs of the same hash must not drive each other out by turns. */
#define WAYS 2
#define SETS 2048  /* a power of two */
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

/* The one that was stored last comes first. */
typedef struct {
  Slot slots[WAYS];
} Set;

struct HgPairCache {
  gpointer memory; /* holds the sets, somewhere */
  Set *sets;       /* each slot one line */
};

HgPairCache *hg_pair_cache_new(void) {
  HgPairCache *cache = g_new(HgPairCache, 1);
  cache->memory = g_malloc0(SETS * sizeof(Set) + LINE);
  cache->sets = (Set *)(void *)((char *)cache->memory + LINE - (guintptr)cache->memory % LINE);
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
static Set *set_of(const HgPairCache *cache, const HgAddress *source,
                   const HgAddress *destination) {
  const guint hash = hg_address_hash(source) + hg_address_hash(destination);
  return &cache->sets[(hash * 2654435769u) >> 21]; /* Fibonacci hashing; 11 bits for 2048 sets */
}
G_STATIC_ASSERT(SETS == 1u << (32 - 21));

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
  return set_of(cache, source, destination);
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

HgConversation *hg_pair_cache_find(const HgPairCache *cache, const HgAddress *source,
                                   const HgAddress *destination, int *side) {
  if (!fits(source) || !fits(destination))
    return NULL;
  const Set *set = set_of(cache, source, destination);
  for (guint way = 0; way < WAYS; way++) {
    *side = side_in(&set->slots[way], source, destination);
    if (*side != HG_SIDE_UNKNOWN)
      return set->slots[way].conversation;
  }
  return NULL;
}

void hg_pair_cache_store(HgPairCache *cache, const HgAddress *source, const HgAddress *destination,
                         HgConversation *conversation, int side) {
  if (!fits(source) || !fits(destination))
    return;
  Set *set = set_of(cache, source, destination);
  Slot *slot = &set->slots[0];
  memmove(&set->slots[1], slot, sizeof *slot * (WAYS - 1));
  slot->conversation = conversation;
  slot->side = (guint8)side;
  hold(slot, 0, source);
  hold(slot, 1, destination);
}

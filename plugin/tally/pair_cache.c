/* pair_cache.c - remembers what a packet's two addresses led to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pair_cache.h"

#include <string.h>

#define SLOTS 4096 /* a power of two */
#define LONGEST 16 /* an IPv6 address */

/* One cache line. */
typedef struct {
  HgPair pair; /* conversation NULL: empty */
  guint8 kind[2], length[2];
  guint8 bytes[2][LONGEST];
} Slot;

struct HgPairCache {
  Slot slots[SLOTS];
};

HgPairCache *hg_pair_cache_new(void) {
  return g_new0(HgPairCache, 1);
}

void hg_pair_cache_free(HgPairCache *cache) {
  g_free(cache);
}

static gboolean fits(const HgAddress *address) {
  return !hg_address_is_none(address) && address->length <= LONGEST;
}

static guint slot_of(const HgAddress *source, const HgAddress *destination) {
  const guint hash = hg_address_hash(source) * 31u + hg_address_hash(destination);
  return (hash * 2654435769u) >> 20; /* Fibonacci hashing; 12 bits for 4096 slots */
}
G_STATIC_ASSERT(SLOTS == 1u << (32 - 20));

static gboolean holds(const Slot *slot, int end, const HgAddress *address) {
  return slot->kind[end] == address->kind && slot->length[end] == address->length &&
         memcmp(slot->bytes[end], address->data, address->length) == 0;
}

static void hold(Slot *slot, int end, const HgAddress *address) {
  slot->kind[end] = (guint8)address->kind;
  slot->length[end] = address->length;
  memcpy(slot->bytes[end], address->data, address->length);
}

gboolean hg_pair_cache_find(const HgPairCache *cache, const HgAddress *source,
                            const HgAddress *destination, HgPair *pair) {
  if (!fits(source) || !fits(destination))
    return FALSE;
  const Slot *slot = &cache->slots[slot_of(source, destination)];
  if (!slot->pair.conversation || !holds(slot, 0, source) || !holds(slot, 1, destination))
    return FALSE;
  *pair = slot->pair;
  return TRUE;
}

void hg_pair_cache_store(HgPairCache *cache, const HgAddress *source, const HgAddress *destination,
                         const HgPair *pair) {
  if (!pair->conversation || !fits(source) || !fits(destination))
    return;
  Slot *slot = &cache->slots[slot_of(source, destination)];
  slot->pair = *pair;
  hold(slot, 0, source);
  hold(slot, 1, destination);
}

/* pair_cache.c - remembers which conversation a packet's two addresses led to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pair_cache.h"

#include <string.h>

#include "cache_line.h"

#define PLACE_BITS 12 /* there are 1 << PLACE_BITS places */

/* The pair that was stored here last. */
struct HgPairPlace {
  HgPairEnd end[2];
  HgConversation *conversation; /* NULL: none was */
  guint8 side;                  /* of end[0] */
};
G_STATIC_ASSERT(sizeof(HgPairPlace) == HG_CACHE_LINE);

struct HgPairCache {
  gpointer memory;     /* allocated; holds the places */
  HgPairPlace *places; /* each begins a cache line */
};

HgPairCache *hg_pair_cache_new(void) {
  HgPairCache *cache = g_new(HgPairCache, 1);
  cache->memory = g_malloc0((sizeof(HgPairPlace) << PLACE_BITS) + HG_CACHE_LINE);
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
  return !hg_address_is_none(address) && address->length <= sizeof(guint64[2]);
}

static inline HgPairEnd end_of(const HgAddress *address) {
  HgPairEnd end = {.form = (guint32)address->kind | (guint32)address->length << 8 |
                           (guint32)address->segment << 16};
  guint32 word;
  if (address->length == sizeof word) { /* IPv4, mostly: a copy of a fixed size takes no call */
    memcpy(&word, address->data, sizeof word);
    end.bytes[0] = word;
  } else {
    memcpy(end.bytes, address->data, address->length);
  }
  return end;
}

/* Any total order does. */
static gboolean is_before(const HgPairEnd *a, const HgPairEnd *b) {
  if (a->bytes[0] != b->bytes[0])
    return a->bytes[0] < b->bytes[0];
  if (a->bytes[1] != b->bytes[1])
    return a->bytes[1] < b->bytes[1];
  return a->form < b->form;
}

static gboolean is_same(const HgPairEnd *a, const HgPairEnd *b) {
  return a->bytes[0] == b->bytes[0] && a->bytes[1] == b->bytes[1] && a->form == b->form;
}

gboolean hg_pair_key_init(HgPairKey *key, const HgAddress *source, const HgAddress *destination) {
  if (!fits(source) || !fits(destination))
    return FALSE;
  const HgPairEnd from = end_of(source), to = end_of(destination);
  key->swapped = is_before(&to, &from);
  key->end[0] = key->swapped ? to : from;
  key->end[1] = key->swapped ? from : to;
  return TRUE;
}

HgPairPlace *hg_pair_cache_place(const HgPairCache *cache, const HgPairKey *key) {
  /* Fibonacci hashing, and primes of xxHash (XXH64) */
  const guint64 hash =
      (key->end[0].bytes[0] ^ key->end[0].form) * G_GUINT64_CONSTANT(0x9E3779B185EBCA87) +
      key->end[1].bytes[0] * G_GUINT64_CONSTANT(0xC2B2AE3D27D4EB4F) +
      (key->end[0].bytes[1] ^ key->end[1].bytes[1]) * G_GUINT64_CONSTANT(0x165667B19E3779F9);
  return &cache->places[(hash * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)) >> (64 - PLACE_BITS)];
}

HgConversation *hg_pair_place_find(const HgPairPlace *place, const HgPairKey *key, int *side) {
  if (!is_same(&place->end[0], &key->end[0]) || !is_same(&place->end[1], &key->end[1]))
    return NULL;
  *side = place->side ^ key->swapped;
  return place->conversation;
}

void hg_pair_place_store(HgPairPlace *place, const HgPairKey *key, HgConversation *conversation,
                         int side) {
  *place = (HgPairPlace){.end = {key->end[0], key->end[1]},
                         .conversation = conversation,
                         .side = (guint8)(side ^ key->swapped)};
}

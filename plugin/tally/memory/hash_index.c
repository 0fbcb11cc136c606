/* hash_index.c - a hash table over the elements of a chunked array
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "hash_index.h"

#include "cache_line.h"

#define FIRST_BITS 6

void hg_hash_index_init(HgHashIndex *index, const HgChunkedArray *elements, GEqualFunc equal) {
  *index = (HgHashIndex){.elements = elements, .equal = equal, .bits = FIRST_BITS};
  index->slots = g_new0(guint64, (gsize)1 << index->bits);
}

void hg_hash_index_clear(HgHashIndex *index) {
  g_free(index->slots);
  *index = (HgHashIndex){0};
}

/* The slot where a search begins: Fibonacci hashing. */
static guint32 home(const HgHashIndex *index, guint32 hash) {
  return (hash * 2654435769u) >> (32 - index->bits);
}

static guint32 next(const HgHashIndex *index, guint32 slot) {
  return (slot + 1) & ((1u << index->bits) - 1);
}

static guint32 hash_of(guint64 slot) {
  return (guint32)(slot >> 32);
}

static gpointer element_of(const HgHashIndex *index, guint64 slot) {
  return hg_chunked_array_get(index->elements, (guint32)slot - 1);
}

static void put(HgHashIndex *index, guint64 slot) {
  guint32 at = home(index, hash_of(slot));
  while (index->slots[at])
    at = next(index, at);
  index->slots[at] = slot;
}

static void grow(HgHashIndex *index) {
  const gsize before = (gsize)1 << index->bits;
  guint64 *old = index->slots;
  index->bits++;
  index->slots = g_new0(guint64, before * 2);
  for (gsize i = 0; i < before; i++) {
    if (old[i])
      put(index, old[i]);
  }
  g_free(old);
}

void hg_hash_index_add(HgHashIndex *index, guint32 hash) {
  if (((guint64)index->count + 1) * 3 > G_GUINT64_CONSTANT(2)
                                            << index->bits) /* two thirds are full */
    grow(index);
  put(index, (guint64)hash << 32 | (guint32)index->elements->count);
  index->count++;
}

gpointer hg_hash_index_find(const HgHashIndex *index, guint32 hash, gconstpointer key) {
  for (guint32 at = home(index, hash); index->slots[at]; at = next(index, at)) {
    const guint64 slot = index->slots[at];
    if (hash_of(slot) == hash && index->equal(element_of(index, slot), key))
      return element_of(index, slot);
  }
  return NULL;
}

void hg_hash_index_fetch_slots(const HgHashIndex *index, guint32 hash) {
  hg_fetch_ahead(&index->slots[home(index, hash)], sizeof(guint64));
}

void hg_hash_index_fetch_element(const HgHashIndex *index, guint32 hash, gsize size) {
  const guint64 slot = index->slots[home(index, hash)];
  if (slot)
    hg_fetch_ahead(element_of(index, slot), size);
}

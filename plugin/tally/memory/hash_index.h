/* hash_index.h - a hash table over the elements of a chunked array
 *
 * A hash table with linear probing (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm
 * L). Unlike GHashTable it can fetch ahead what a look-up will read: where dozens of look-ups
 * follow, the memory is fetched for all of them together.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_HASH_INDEX_H
#define HG_TALLY_HASH_INDEX_H

#include "chunked_array.h"

G_BEGIN_DECLS

/* To be embedded; a zeroed struct is none. Only hash_index.c changes it. */
typedef struct {
  const HgChunkedArray *elements; /* borrowed */
  GEqualFunc equal;               /* an element and a key */
  guint64 *slots; /* owned; the hash of an element, then its number and 1; 0: free */
  guint bits;     /* there are 1 << bits slots */
  guint32 count;  /* that are not free */
} HgHashIndex;

/* An index of no elements yet; at most G_MAXUINT32 - 1 can be added. */
void hg_hash_index_init(HgHashIndex *index, const HgChunkedArray *elements, GEqualFunc equal);
void hg_hash_index_clear(HgHashIndex *index); /* also what was never initialised */

/* Adds the last element of the array, whose hash is `hash`. No element that equals it may be in the
 * index. */
void hg_hash_index_add(HgHashIndex *index, guint32 hash);

/* The element that equals `key`, whose hash is given; NULL: none. Borrowed. */
gpointer hg_hash_index_find(const HgHashIndex *index, guint32 hash, gconstpointer key);

/* Fetch ahead for a look-up: first the slots, for many keys, then, when these have arrived, the
 * first `size` bytes of each element. */
void hg_hash_index_fetch_slots(const HgHashIndex *index, guint32 hash);
void hg_hash_index_fetch_element(const HgHashIndex *index, guint32 hash, gsize size);

G_END_DECLS
#endif

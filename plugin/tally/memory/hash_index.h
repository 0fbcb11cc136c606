/* hash_index.h - finds the elements of an array by what they hold
 *
 * A hash table with linear probing (Knuth, The Art of Computer Programming, vol. 3, 6.4, algorithm L).
 * Unlike GLib's it can be told that a look-up will come: where dozens of them wait, what they will
 * read is fetched for all together.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_HASH_INDEX_H
#define HG_TALLY_HASH_INDEX_H

#include "chunked_array.h"

G_BEGIN_DECLS

/* To be embedded; a zeroed struct is none. Only index.c changes it. */
typedef struct {
  const HgChunkedArray *elements; /* borrowed */
  GEqualFunc equal;               /* an element and a key */
  guint64 *slots; /* owned; the hash of an element, then its number and 1; 0: free */
  guint bits;     /* there are 1 << bits slots */
  guint32 count;  /* that are not free */
} HgHashIndex;

/* Of elements that are added one by one; at most G_MAXUINT32 - 1. */
void hg_hash_index_init(HgHashIndex *index, const HgChunkedArray *elements, GEqualFunc equal);
void hg_hash_index_clear(HgHashIndex *index); /* also what was never initialised */

/* Takes in the last element; one that equals it must not be there. `hash`: of it. */
void hg_hash_index_add(HgHashIndex *index, guint32 hash);

/* The element that equals `key`, whose hash is given; NULL: none. Borrowed. */
gpointer hg_hash_index_find(const HgHashIndex *index, guint32 hash, gconstpointer key);

/* A look-up will come. First the one for many keys, then, when that has arrived, the other: it asks for
 * the first `size` bytes of the element. */
void hg_hash_index_fetch_slots(const HgHashIndex *index, guint32 hash);
void hg_hash_index_fetch_element(const HgHashIndex *index, guint32 hash, gsize size);

G_END_DECLS
#endif

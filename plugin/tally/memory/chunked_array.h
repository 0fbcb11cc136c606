/* chunked_array.h - an array that grows without moving its elements
 *
 * Elements stand in pieces of a fixed size. So pointers to them stay good, growing copies nothing,
 * and no more than a piece is ever allocated in advance.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CHUNKED_ARRAY_H
#define HG_TALLY_CHUNKED_ARRAY_H

#include <glib.h>

G_BEGIN_DECLS

/* To be embedded; a zeroed struct is none. Only chunked_array.c changes it. */
typedef struct {
  GPtrArray *pieces; /* owned */
  gsize element;     /* bytes */
  guint shift;       /* a piece has 1 << shift elements */
  guint64 count;
} HgChunkedArray;

/* `element`: the size of an element, bytes. */
void hg_chunked_array_init(HgChunkedArray *pieces, gsize element);
void hg_chunked_array_clear(HgChunkedArray *pieces); /* also what was never initialised */

/* A new element at the end, zeroed. Borrowed; never moves. To zero a piece at once would drive all else
 * out of a processor's cache. */
gpointer hg_chunked_array_add(HgChunkedArray *pieces);

/* The i-th; `i` must be below `count`. Borrowed. */
static inline gpointer hg_chunked_array_get(const HgChunkedArray *pieces, guint64 i) {
  char *piece = (char *)g_ptr_array_index(pieces->pieces, (guint)(i >> pieces->shift));
  return piece + (i & ((G_GUINT64_CONSTANT(1) << pieces->shift) - 1)) * pieces->element;
}

void hg_chunked_array_grow(
    HgChunkedArray *pieces); /* by one piece; for hg_chunked_array_add_unset */

/* The same, for who sets all of it. */
static inline gpointer hg_chunked_array_add_unset(HgChunkedArray *pieces) {
  if (pieces->count >> pieces->shift == pieces->pieces->len)
    hg_chunked_array_grow(pieces);
  return hg_chunked_array_get(pieces, pieces->count++);
}

G_END_DECLS
#endif

/* chunked_array.h - an array that grows without moving its elements
 *
 * Elements are in chunks of a fixed size: pointers to them stay good, growing copies nothing,
 * and no more than a chunk is ever allocated in advance.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CHUNKED_ARRAY_H
#define HG_TALLY_CHUNKED_ARRAY_H

#include <glib.h>

G_BEGIN_DECLS

/* To be embedded; a zeroed struct is none. Only chunked_array.c changes it. */
typedef struct {
  GPtrArray *chunks; /* owned */
  gsize element;     /* bytes */
  guint shift;       /* a chunk has 1 << shift elements */
  guint64 count;
} HgChunkedArray;

/* `element`: the size of an element, bytes. */
void hg_chunked_array_init(HgChunkedArray *array, gsize element);
void hg_chunked_array_clear(HgChunkedArray *array); /* also what was never initialised */

/* A new element at the end, zeroed. Borrowed; never moves. Elements are zeroed one by one:
 * zeroing a whole chunk would evict everything else from the processor's cache. */
gpointer hg_chunked_array_add(HgChunkedArray *array);

/* The i-th; `i` must be below `count`. Borrowed. */
static inline gpointer hg_chunked_array_get(const HgChunkedArray *array, guint64 i) {
  char *chunk = (char *)g_ptr_array_index(array->chunks, (guint)(i >> array->shift));
  return chunk + (i & ((G_GUINT64_CONSTANT(1) << array->shift) - 1)) * array->element;
}

void hg_chunked_array_grow(
    HgChunkedArray *array); /* by one chunk; for hg_chunked_array_add_unset */

/* The same, not zeroed: the caller sets every field. */
static inline gpointer hg_chunked_array_add_unset(HgChunkedArray *array) {
  if (array->count >> array->shift == array->chunks->len)
    hg_chunked_array_grow(array);
  return hg_chunked_array_get(array, array->count++);
}

G_END_DECLS
#endif

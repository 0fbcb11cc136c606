/* chunked_array.c - an array that grows without moving its elements
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "chunked_array.h"

#include <string.h>

/* A piece takes at least half of this, bytes: little enough for a small tally, and enough that a large
 * one has few. */
#define PIECE_SIZE (256u * 1024)

void hg_chunked_array_init(HgChunkedArray *pieces, gsize element) {
  *pieces = (HgChunkedArray){.pieces = g_ptr_array_new_with_free_func(g_free), .element = element};
  while (element << (pieces->shift + 1) <= PIECE_SIZE)
    pieces->shift++;
}

void hg_chunked_array_clear(HgChunkedArray *pieces) {
  if (pieces->pieces)
    g_ptr_array_free(pieces->pieces, TRUE);
  *pieces = (HgChunkedArray){0};
}

void hg_chunked_array_grow(HgChunkedArray *pieces) {
  g_ptr_array_add(pieces->pieces, g_malloc(pieces->element << pieces->shift));
}

gpointer hg_chunked_array_add(HgChunkedArray *pieces) {
  return memset(hg_chunked_array_add_unset(pieces), 0, pieces->element);
}

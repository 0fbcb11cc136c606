/* pieces.c - an array that grows without moving its elements
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pieces.h"

#include <string.h>

/* A piece takes at least half of this, bytes: little enough for a small tally, and enough that a large
 * one has few. */
#define PIECE_SIZE (256u * 1024)

void hg_pieces_init(HgPieces *pieces, gsize element) {
  *pieces = (HgPieces){.pieces = g_ptr_array_new_with_free_func(g_free), .element = element};
  while (element << (pieces->shift + 1) <= PIECE_SIZE)
    pieces->shift++;
}

void hg_pieces_clear(HgPieces *pieces) {
  if (pieces->pieces)
    g_ptr_array_free(pieces->pieces, TRUE);
  *pieces = (HgPieces){0};
}

void hg_pieces_grow(HgPieces *pieces) {
  g_ptr_array_add(pieces->pieces, g_malloc(pieces->element << pieces->shift));
}

gpointer hg_pieces_add(HgPieces *pieces) {
  return memset(hg_pieces_add_unset(pieces), 0, pieces->element);
}

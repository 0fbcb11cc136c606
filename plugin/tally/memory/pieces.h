/* pieces.h - an array that grows without moving its elements
 *
 * Elements stand in pieces of a fixed size. So pointers to them stay good, growing copies nothing,
 * and no more than a piece is ever allocated in advance.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PIECES_H
#define HG_TALLY_PIECES_H

#include <glib.h>

G_BEGIN_DECLS

/* To be embedded; a zeroed struct is none. Only pieces.c changes it. */
typedef struct {
  GPtrArray *pieces; /* owned */
  gsize element;     /* bytes */
  guint shift;       /* a piece has 1 << shift elements */
  guint64 count;
} HgPieces;

/* `element`: the size of an element, bytes. */
void hg_pieces_init(HgPieces *pieces, gsize element);
void hg_pieces_clear(HgPieces *pieces); /* also what was never initialised */

/* A new element at the end, zeroed. Borrowed; never moves. To zero a piece at once would drive all else
 * out of a processor's cache. */
gpointer hg_pieces_add(HgPieces *pieces);

/* The i-th; `i` must be below `count`. Borrowed. */
static inline gpointer hg_pieces_get(const HgPieces *pieces, guint64 i) {
  char *piece = (char *)g_ptr_array_index(pieces->pieces, (guint)(i >> pieces->shift));
  return piece + (i & ((G_GUINT64_CONSTANT(1) << pieces->shift) - 1)) * pieces->element;
}

void hg_pieces_grow(HgPieces *pieces); /* by one piece; for hg_pieces_add_unset */

/* The same, for who sets all of it. */
static inline gpointer hg_pieces_add_unset(HgPieces *pieces) {
  if (pieces->count >> pieces->shift == pieces->pieces->len)
    hg_pieces_grow(pieces);
  return hg_pieces_get(pieces, pieces->count++);
}

G_END_DECLS
#endif

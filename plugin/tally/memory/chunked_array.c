/* chunked_array.c - an array that grows without moving its elements
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "chunked_array.h"

#include <string.h>

/* A chunk takes more than half of this, bytes: a small tally wastes little, and a large one has few
 * chunks. */
#define CHUNK_SIZE (256u * 1024)

void hg_chunked_array_init(HgChunkedArray *array, gsize element) {
  *array = (HgChunkedArray){.chunks = g_ptr_array_new_with_free_func(g_free), .element = element};
  while (element << (array->shift + 1) <= CHUNK_SIZE)
    array->shift++;
}

void hg_chunked_array_clear(HgChunkedArray *array) {
  if (array->chunks)
    g_ptr_array_free(array->chunks, TRUE);
  *array = (HgChunkedArray){0};
}

void hg_chunked_array_grow(HgChunkedArray *array) {
  g_ptr_array_add(array->chunks, g_malloc(array->element << array->shift));
}

gpointer hg_chunked_array_add(HgChunkedArray *array) {
  return memset(hg_chunked_array_add_unset(array), 0, array->element);
}

/* test_chunked_array.c - elements of any size, zeroed, in order, that never move
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/memory/chunked_array.h"

#include <string.h>

static void test_size(gsize element, guint count) {
  HgChunkedArray pieces;
  GPtrArray *places = g_ptr_array_new();
  guint8 *zero = g_malloc0(element);
  hg_chunked_array_init(&pieces, element);
  for (guint i = 0; i < count; i++) {
    guint8 *added = hg_chunked_array_add(&pieces);
    g_assert_cmpmem(added, element, zero, element);
    memset(added, (int)(i % 251) + 1, element);
    g_ptr_array_add(places, added);
  }
  g_assert_cmpuint(pieces.count, ==, count);
  for (guint i = 0; i < count; i++) {
    const guint8 *place = hg_chunked_array_get(&pieces, i);
    g_assert_true(place == g_ptr_array_index(places, i));
    g_assert_cmpuint(place[0], ==, i % 251 + 1);
    g_assert_cmpuint(place[element - 1], ==, i % 251 + 1);
  }
  hg_chunked_array_clear(&pieces);
  hg_chunked_array_clear(&pieces);
  g_ptr_array_free(places, TRUE);
  g_free(zero);
}

static void test_sizes(void) {
  test_size(1, 600000);
  test_size(16, 50000);
  test_size(112, 7000);
  test_size(300000, 3); /* more than a piece usually takes */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pieces/sizes", test_sizes);
  return g_test_run();
}

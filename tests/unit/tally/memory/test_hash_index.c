/* test_hash_index.c - an index finds what a GHashTable of the same elements finds
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/memory/hash_index.h"

/* `few`: so many hashes for all keys. */
static guint32 hash_of(guint64 key, guint32 few) {
  return (guint32)(key >> 32) % few;
}

static void test_random(guint32 keys, guint32 few, guint count) {
  HgChunkedArray elements;
  HgHashIndex index;
  GRand *rand = g_rand_new_with_seed(few);
  GHashTable *oracle = g_hash_table_new(g_int64_hash, g_int64_equal);
  hg_chunked_array_init(&elements, sizeof(guint64));
  hg_hash_index_init(&index, &elements, g_int64_equal);
  for (guint i = 0; i < count; i++) {
    const guint64 key =
        g_rand_int_range(rand, 0, (gint32)keys) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    const guint32 hash = hash_of(key, few);
    hg_hash_index_fetch_slots(&index, hash);
    hg_hash_index_fetch_element(&index, hash, sizeof(guint64));
    guint64 *found = hg_hash_index_find(&index, hash, &key);
    g_assert_true(found == g_hash_table_lookup(oracle, &key));
    if (found)
      continue;
    guint64 *added = hg_chunked_array_add(&elements);
    *added = key;
    hg_hash_index_add(&index, hash);
    g_hash_table_add(oracle, added);
  }
  g_assert_cmpuint(index.count, ==, g_hash_table_size(oracle));
  hg_hash_index_clear(&index);
  hg_hash_index_clear(&index);
  hg_chunked_array_clear(&elements);
  g_hash_table_destroy(oracle);
  g_rand_free(rand);
}

static void test_all(void) {
  test_random(50, G_MAXUINT32, 1000);
  test_random(100000, G_MAXUINT32, 300000); /* grows many times */
  test_random(400, 3, 3000);                /* most have the hash of another */
  test_random(400, 1, 3000);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/index/random", test_all);
  return g_test_run();
}

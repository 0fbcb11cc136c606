/* test_fnv.c - the published vectors of FNV-1a with 64 bits
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/fnv.h"

#include <string.h>

/* test_fnv.c of Landon Curt Noll's reference implementation. */
static const struct {
  const char *text;
  guint64 digest;
} vectors[] = {
    {"", G_GUINT64_CONSTANT(0xcbf29ce484222325)},
    {"a", G_GUINT64_CONSTANT(0xaf63dc4c8601ec8c)},
    {"foobar", G_GUINT64_CONSTANT(0x85944171f73967e8)},
};

static void test_vectors(void) {
  for (guint i = 0; i < G_N_ELEMENTS(vectors); i++)
    g_assert_cmphex(hg_fnv_add(HG_FNV_BEGIN, vectors[i].text, strlen(vectors[i].text)), ==,
                    vectors[i].digest);
}

static void test_in_parts(void) {
  g_assert_cmphex(hg_fnv_add(hg_fnv_add(HG_FNV_BEGIN, "foo", 3), "bar", 3), ==, vectors[2].digest);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/fnv/vectors", test_vectors);
  g_test_add_func("/fnv/in-parts", test_in_parts);
  return g_test_run();
}

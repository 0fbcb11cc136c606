/* test_fingerprints.c - fingerprints are packed and unpacked, and nothing else is unpacked
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/fingerprints.h"
#include "tally/types/packet_time.h"

#include <string.h>

static GArray *random_fingerprints(GRand *rand, guint count) {
  GArray *all = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
  for (guint i = 0; i < count; i++) {
    HgFingerprint one;
    const gint64 time = g_rand_int_range(rand, -5, 5) * (gint64)g_rand_int(rand);
    g_assert_true(hg_fingerprint_init(&one, (guint64)g_rand_int(rand) << 32 | 1, time));
    g_array_append_val(all, one);
  }
  return all;
}

static void test_there_and_back(void) {
  GRand *rand = g_rand_new_with_seed(1);
  for (guint count = 0; count < 200; count++) {
    GArray *all = random_fingerprints(rand, count);
    GBytes *packed = hg_fingerprints_pack(all); /* sorts them */
    GArray *again = hg_fingerprints_unpack(packed);
    g_assert_cmpmem(again->data, again->len * sizeof(HgFingerprint), all->data,
                    count * sizeof(HgFingerprint));
    g_array_unref(all);
    g_array_unref(again);
    g_bytes_unref(packed);
  }
  g_rand_free(rand);
}

static void test_init(void) {
  static const struct {
    gint64 ns, us;
  } times[] = {{0, 0},
               {999, 0},
               {1000, 1},
               {-1, -1},
               {-1000, -1},
               {-1001, -2},
               {HG_TIME_MIN, HG_TIME_MIN / 1000 - 1},
               {HG_TIME_MAX, HG_TIME_MAX / 1000}};
  HgFingerprint one;
  for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
    g_assert_true(hg_fingerprint_init(&one, G_MAXUINT64, times[i].ns));
    g_assert_cmpint(one.time_us, ==, times[i].us);
    g_assert_cmpuint(one.key, ==, (G_GUINT64_CONSTANT(1) << 48) - 1);
    GArray *all = g_array_new(FALSE, FALSE, sizeof one);
    g_array_append_val(all, one);
    GBytes *packed = hg_fingerprints_pack(all);
    GArray *again = hg_fingerprints_unpack(packed);
    g_assert_cmpint(g_array_index(again, HgFingerprint, 0).time_us, ==, times[i].us);
    g_array_unref(all);
    g_array_unref(again);
    g_bytes_unref(packed);
  }
  g_assert_false(hg_fingerprint_init(&one, 0, 1));
  g_assert_false(hg_fingerprint_init(&one, 1, HG_TIME_NONE));
}

/* Whatever the bytes are: nothing, or fingerprints in order of time. */
static void test_hostile(void) {
  GRand *rand = g_rand_new_with_seed(2);
  guint refused = 0;
  for (guint round = 0; round < 3000; round++) {
    GArray *all = random_fingerprints(rand, 20);
    GBytes *packed = hg_fingerprints_pack(all);
    gsize length;
    guint8 *bytes = g_bytes_unref_to_data(packed, &length);
    const gsize end = round % 2 ? length : (gsize)g_rand_int_range(rand, 0, (gint32)length);
    for (guint i = 0; i < round % 5; i++)
      bytes[g_rand_int_range(rand, 0, (gint32)length)] = (guint8)g_rand_int(rand);
    GBytes *changed = g_bytes_new_take(bytes, end);
    GArray *again = hg_fingerprints_unpack(changed);
    for (guint i = 1; again && i < again->len; i++)
      g_assert_cmpint(g_array_index(again, HgFingerprint, i - 1).time_us, <=,
                      g_array_index(again, HgFingerprint, i).time_us);
    refused += !again;
    if (again)
      g_array_unref(again);
    g_array_unref(all);
    g_bytes_unref(changed);
  }
  g_assert_cmpuint(refused, >, 1000);
  g_rand_free(rand);
}

/* More than fit: the first and the last ones are kept. */
static void test_bound(void) {
  const guint more = 1000;
  HgFingerprintLog *log = hg_fingerprint_log_new();
  guint64 without;
  hg_fingerprint_log_add(log, 0, 0);
  for (guint i = 0; i < HG_FINGERPRINTS_MAX + more; i++)
    hg_fingerprint_log_add(log, (guint64)1 << 16, (gint64)i * 1000);
  GBytes *packed = hg_fingerprint_log_pack(log, &without);
  g_assert_cmpuint(without, ==, more + 1);
  g_assert_cmpuint(g_bytes_get_size(packed), <, 8 * HG_FINGERPRINTS_MAX);
  GArray *all = hg_fingerprints_unpack(packed);
  g_assert_cmpuint(all->len, ==, HG_FINGERPRINTS_MAX);
  for (guint i = 0; i < HG_FINGERPRINTS_MAX; i++)
    if (g_array_index(all, HgFingerprint, i).time_us !=
        i + (i < HG_FINGERPRINTS_MAX / 2 ? 0 : more))
      g_error("%u has another time", i);
  /* one more than a store may hold */
  g_array_append_val(all, g_array_index(all, HgFingerprint, 0));
  GBytes *long_one = hg_fingerprints_pack(all);
  g_assert_null(hg_fingerprints_unpack(long_one));
  g_bytes_unref(long_one);
  g_array_unref(all);
  g_bytes_unref(packed);
  hg_fingerprint_log_free(log);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/fingerprints/there-and-back", test_there_and_back);
  g_test_add_func("/fingerprints/init", test_init);
  g_test_add_func("/fingerprints/hostile", test_hostile);
  g_test_add_func("/fingerprints/bound", test_bound);
  return g_test_run();
}

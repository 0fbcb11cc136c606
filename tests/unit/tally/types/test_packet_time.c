/* test_packet_time.c - differences of times, at the ends of their range and where there are none
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/packet_time.h"

#define SECOND G_GINT64_CONSTANT(1000000000)

static void test_range(void) {
  g_assert_true(hg_time_is_known(0));
  g_assert_true(hg_time_is_known(HG_TIME_MIN));
  g_assert_true(hg_time_is_known(HG_TIME_MAX));
  g_assert_false(hg_time_is_known(HG_TIME_MIN - 1));
  g_assert_false(hg_time_is_known(HG_TIME_MAX + 1));
  g_assert_false(hg_time_is_known(HG_TIME_NONE));
  g_assert_false(hg_time_is_known(G_MAXINT64));
  /* pcap's seconds are unsigned and end in 2106. */
  g_assert_true(hg_time_is_known(G_GINT64_CONSTANT(0xFFFFFFFF) * SECOND + SECOND - 1));
  g_assert_cmpint(HG_TIME_NONE, <, HG_TIME_MIN); /* it sorts first */
}

/* No two times are so far apart that their difference does not fit. */
static void test_differences(void) {
  g_assert_cmpint(hg_time_span(3, 10), ==, 7);
  g_assert_cmpint(hg_time_span(10, 3), ==, -7);
  g_assert_cmpint(hg_time_distance(10, 3), ==, 7);
  g_assert_cmpint(hg_time_span(HG_TIME_MIN, HG_TIME_MAX), ==, 2 * HG_TIME_MAX);
  g_assert_cmpint(hg_time_span(HG_TIME_MAX, HG_TIME_MIN), ==, 2 * HG_TIME_MIN);
  g_assert_cmpint(hg_time_distance(HG_TIME_MAX, HG_TIME_MIN), ==, 2 * HG_TIME_MAX);
}

/* What has no time has not lasted, and is within no window of anything, itself included. */
static void test_unknown(void) {
  static const gint64 unknown[] = {HG_TIME_NONE, G_MAXINT64, HG_TIME_MAX + 1, HG_TIME_MIN - 1};
  for (guint i = 0; i < G_N_ELEMENTS(unknown); i++) {
    g_assert_cmpint(hg_time_span(unknown[i], 5), ==, 0);
    g_assert_cmpint(hg_time_span(5, unknown[i]), ==, 0);
    g_assert_cmpint(hg_time_distance(unknown[i], 5), ==, G_MAXINT64);
    g_assert_cmpint(hg_time_distance(5, unknown[i]), ==, G_MAXINT64);
    g_assert_cmpint(hg_time_distance(unknown[i], unknown[i]), ==, G_MAXINT64);
  }
}

static void test_seconds(void) {
  g_assert_cmpint(hg_time_from_seconds(1, 5), ==, SECOND + 5);
  g_assert_cmpint(hg_time_from_seconds(-1, 5), ==, -SECOND + 5);
  g_assert_cmpint(hg_time_from_seconds(1614578400, -1139092000), ==,
                  G_GINT64_CONSTANT(1614578398860908000));
  g_assert_cmpint(hg_time_from_seconds(HG_TIME_MAX / SECOND, HG_TIME_MAX % SECOND), ==,
                  HG_TIME_MAX);
  g_assert_cmpint(hg_time_from_seconds(HG_TIME_MAX / SECOND, HG_TIME_MAX % SECOND + 1), ==,
                  HG_TIME_NONE);
  g_assert_cmpint(hg_time_from_seconds(HG_TIME_MIN / SECOND, HG_TIME_MIN % SECOND - 1), ==,
                  HG_TIME_NONE);
  /* 2262-04-12: the first day that 64 bits of nanoseconds do not reach */
  g_assert_cmpint(hg_time_from_seconds(G_GINT64_CONSTANT(9223459200), 0), ==, HG_TIME_NONE);
  g_assert_cmpint(hg_time_from_seconds(G_MAXINT64, G_MAXINT64), ==, HG_TIME_NONE);
  g_assert_cmpint(hg_time_from_seconds(G_MININT64, G_MININT64), ==, HG_TIME_NONE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/packet-time/range", test_range);
  g_test_add_func("/packet-time/differences", test_differences);
  g_test_add_func("/packet-time/unknown", test_unknown);
  g_test_add_func("/packet-time/seconds", test_seconds);
  return g_test_run();
}

/* test_timestamp.c - points in time that people type
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/text/timestamp.h"

#define SECOND G_GINT64_CONSTANT(1000000000)

/* Epoch seconds as `date -u -d TEXT +%s` prints them. */
static const struct {
  const char *text;
  gint64 ns;
} good[] = {
    {"0", 0},
    {"1700000000", 1700000000 * SECOND},
    {"1700000000.5", 1700000000 * SECOND + 500000000},
    {"1700000000.000000001", 1700000000 * SECOND + 1},
    {"-1.25", -1250000000},
    {"2023-11-14T22:13:20Z", 1700000000 * SECOND},
    {"2023-11-14t22:13:20z", 1700000000 * SECOND},
    {"2023-11-14 22:13:20", 1700000000 * SECOND},
    {"2023-11-14T22:13:20.123456789Z", 1700000000 * SECOND + 123456789},
    {"2023-11-14T23:13:20+01:00", 1700000000 * SECOND},
    {"2023-11-14T16:43:20-0530", 1700000000 * SECOND},
    {"2023-11-15T00:13:20+02", 1700000000 * SECOND},
    {"2023-11-14T22:13", 1699999980 * SECOND},
    {"2023-11-14", 1699920000 * SECOND},
    {"2024-02-29T00:00:00Z", 1709164800 * SECOND},
    {"1969-12-31T23:59:59.5Z", -500000000},
};

static const char *const bad[] = {
    "",
    "now",
    "-",
    "1.",
    "1.0000000001",
    " 1",
    "1 ",
    "1e3",
    "99999999999999999999",
    "9999999999",
    "2023-13-01",
    "2023-02-29",
    "2023-11-14T",
    "2023-11-14T24:13:20Z",
    "2023-11-14T22:61:20Z",
    "2023-11-14T22:13:20X",
    "2023-11-14T22:13:20+1",
    "2023-11-14T22:13:20+01:60",
    "2023-11-14T22:13:20Zulu",
    "14.11.2023",
    "9999-01-01",
};

static void test_good(void) {
  for (guint i = 0; i < G_N_ELEMENTS(good); i++) {
    gint64 ns = -1;
    g_test_message("%s", good[i].text);
    g_assert_true(hg_timestamp_parse(good[i].text, &ns));
    g_assert_cmpint(ns, ==, good[i].ns);
  }
}

static void test_bad(void) {
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    gint64 ns;
    g_test_message("%s", bad[i]);
    g_assert_false(hg_timestamp_parse(bad[i], &ns));
  }
}

/* What this machine calls local time has no say. */
static void test_zone_of_the_machine(void) {
  gint64 ns;
  g_setenv("TZ", "Pacific/Chatham", TRUE);
  g_assert_true(hg_timestamp_parse("2023-11-14T22:13:20", &ns));
  g_assert_cmpint(ns, ==, 1700000000 * SECOND);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/timestamp/good", test_good);
  g_test_add_func("/timestamp/bad", test_bad);
  g_test_add_func("/timestamp/zone", test_zone_of_the_machine);
  return g_test_run();
}

/* test_outlying_times.c - packets whose time lies far from those of all others
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"
#include "tally/merge/merge.h"

#define NOW "1767607200"          /* 2026-01-05 10:00:00 UTC */
#define FAR_OFF "2714378400"      /* 30 years later */
#define A_WEEK_LATER "1768212000" /* as after an NTP step, or a quiet week */

static GString *steady(guint packets) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < packets; i++)
    g_string_append_printf(script, "%u 10.0.0.1 10.0.0.2 DNS udp=4000:53\n", 1767607200 + i);
  return script;
}

static void check(const char *script, guint64 expected) {
  HgTally *tally = hg_script_tally(script);
  HgOutlyingTimes *outlying = hg_outlying_times_new(tally);
  g_assert_cmpuint(outlying->packets, ==, expected);
  hg_outlying_times_free(outlying);
  hg_tally_free(tally);
}

static void test_counts(void) {
  g_autoptr(GString) script = steady(50);
  check("", 0);
  check("- 10.0.0.1 10.0.0.2 DNS udp=4000:53\n", 0);
  check(NOW " 10.0.0.1 10.0.0.2 DNS udp=4000:53\n", 0);
  check(script->str, 0);
  g_string_append(script, A_WEEK_LATER " 10.0.0.1 10.0.0.2 DNS udp=4000:53\n");
  check(script->str, 0);
  g_string_append(script, FAR_OFF " 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"
                                  "5 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"
                                  "6 10.0.0.1 10.0.0.2 DNS udp=4000:53\n");
  check(script->str, 3);
}

/* The log of contacts has no broadcasts: that one is off shows in the totals. */
static void test_broadcast(void) {
  g_autoptr(GString) script = steady(50);
  g_string_append(script, FAR_OFF " 10.0.0.1 255.255.255.255 DHCP udp=68:67\n");
  check(script->str, 1);
}

/* Captures of different years in one store are no wrong clocks. */
static void test_captures(void) {
  g_autoptr(GString) script = steady(50);
  HgTally *now = hg_script_tally(script->str);
  HgTally *then = hg_script_tally(FAR_OFF " 10.0.0.1 10.0.0.2 DNS udp=4000:53\n");
  HgTally *both = hg_tally_union(now, then);
  HgOutlyingTimes *outlying = hg_outlying_times_new(both);
  g_assert_cmpuint(outlying->packets, ==, 0);
  hg_outlying_times_free(outlying);
  hg_tally_free(both);
  hg_tally_free(now);
  hg_tally_free(then);
}

/* A connection of two hours, and one that only a wrong clock makes long. */
static const char connection[] = "%s 10.0.0.1 203.0.113.9 TCP tcp=4000:443:S seq=1\n"
                                 "%s 203.0.113.9 10.0.0.1 TCP tcp=443:4000:SA\n"
                                 "%s 10.0.0.1 203.0.113.9 TLS tcp=4000:443:PA payload=9\n"
                                 "%s 203.0.113.9 10.0.0.1 TLS tcp=443:4000:PA payload=9\n";

static guint count_long(const char *const times[4]) {
  GString *script = steady(100);
  g_string_append(script, connection);
  for (guint i = 0; i < 4; i++)
    g_string_replace(script, "%s", times[i], 1);
  const guint count = count_findings(script->str, "long-connection", NULL);
  g_string_free(script, TRUE);
  return count;
}

static void test_long_connection(void) {
  static const char *const real[] = {NOW, NOW, "1767610800", "1767614400"};
  static const char *const once_off[] = {NOW, NOW, FAR_OFF, NOW};
  static const char *const first_off[] = {"5", NOW, NOW, NOW};
  static const char *const set_back[] = {NOW, NOW, "1767571200", "1767571201"}; /* by ten hours */
  g_assert_cmpuint(count_long(real), ==, 1);
  g_assert_cmpuint(count_long(once_off), ==, 0);
  g_assert_cmpuint(count_long(first_off), ==, 0);
  g_assert_cmpuint(count_long(set_back), ==, 0);
}

/* Nothing that needs times is concluded where there are none, or too few. */
static void test_without_times(void) {
  static const struct {
    guint gone, of;
    gboolean assessed;
  } cases[] = {{0, 10, TRUE}, {1, 10, TRUE}, {2, 10, FALSE}, {10, 10, FALSE}};
  for (guint c = 0; c < G_N_ELEMENTS(cases); c++) {
    GString *script = g_string_new(NULL);
    for (guint i = 0; i < 100; i++) {
      if (i % cases[c].of < cases[c].gone)
        g_string_append_c(script, '-');
      else
        g_string_append_printf(script, "%u", 1767607200 + i);
      g_string_append_printf(script, " 10.0.0.%u 10.0.0.9 TCP tcp=%u:%u:%s seq=%u\n",
                             i % 2 ? 9 : 66, i % 2 ? 1000 + i / 2 : 40000,
                             i % 2 ? 40000 : 1000 + i / 2, i % 2 ? "RA" : "S", i);
      if (i % 2) /* who refuses is the server */
        g_string_replace(script, "10.0.0.9 10.0.0.9", "10.0.0.9 10.0.0.66", 0);
    }
    Analysed analysed = analyse(script->str, "port-scan", NULL);
    g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, cases[c].assessed);
    g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, !cases[c].assessed);
    if (!cases[c].assessed)
      g_assert_cmpstr(hg_analysis_not_assessed(analysed.analysis, 0)->why, ==,
                      cases[c].gone == cases[c].of ? "the packets have no times"
                                                   : "too many packets have no time");
    analysed_clear(&analysed);
    g_string_free(script, TRUE);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/outlying-times/counts", test_counts);
  g_test_add_func("/outlying-times/broadcast", test_broadcast);
  g_test_add_func("/outlying-times/captures", test_captures);
  g_test_add_func("/outlying-times/long-connection", test_long_connection);
  g_test_add_func("/outlying-times/without-times", test_without_times);
  return g_test_run();
}

/* test_times.c - packets without a time, and clocks that cannot be right
 *
 * What takes a neighbour's time is counted as if it had been its own: the tally of a script with
 * missing times gives the same text as that of the script in which they are filled in.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/merge.h"
#include "tally_text.h"
#include "traffic.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT(86400000000000)
#define NOW "1767607200" /* 2026-01-05 10:00:00 UTC */

static void check_same(const char *got_script, const char *expected_script, guint64 without) {
  HgTally *got = hg_script_tally(got_script), *expected = hg_script_tally(expected_script);
  g_autofree char *got_text = hg_tally_text(got), *expected_text = hg_tally_text(expected);
  g_assert_cmpstr(got_text, ==, expected_text);
  g_assert_cmpint(hg_tally_start(got), ==, hg_tally_start(expected));
  g_assert_cmpuint(hg_tally_packets_without_time(got), ==, without);
  hg_tally_free(got);
  hg_tally_free(expected);
}

/* Everything that keeps a time: packets of all kinds and every kind of evidence. %s: a time. */
#define EVERYTHING                                                                                 \
  "%s 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S smac=00:00:00:00:00:01\n"                                \
  "login 10.0.0.1 10.0.0.2 FTP alice\n"                                                            \
  "name 10.0.0.2 www.example.com\n"                                                                \
  "%s 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA\n"                                                      \
  "arp 00:00:00:00:00:01 10.0.0.1 10.0.0.2\n"                                                      \
  "observe dns-query 10.0.0.1 10.0.0.2 a.example 50\n"                                             \
  "observe server-name 10.0.0.1 10.0.0.2 a.example 50\n"                                           \
  "unreachable 10.0.0.1 10.0.0.9 udp 5 6\n"                                                        \
  "%s 10.0.0.1 - XYZ len=10\n"

static char *everything(const char *a, const char *b, const char *c) {
  GString *text = g_string_new(EVERYTHING);
  const char *const times[] = {a, b, c};
  for (guint i = 0; i < G_N_ELEMENTS(times); i++)
    g_string_replace(text, "%s", times[i], 1);
  return g_string_free(text, FALSE);
}

static void test_neighbours(void) {
  static const struct {
    const char *given[3], *counted[3];
    guint64 without;
  } cases[] = {
      {{NOW, "-", "1767607201"}, {NOW, NOW, "1767607201"}, 1},
      {{"-", NOW, "1767607201"}, {NOW, NOW, "1767607201"}, 1},
      {{"-", "-", NOW}, {NOW, NOW, NOW}, 2},
      {{NOW, "-", "-"}, {NOW, NOW, NOW}, 2},
      /* 0 is what tools write that know no time */
      {{NOW, "0", "1767607201"}, {NOW, NOW, "1767607201"}, 1},
      {{"0", "0", NOW}, {NOW, NOW, NOW}, 2},
      {{"0", "-", NOW}, {NOW, NOW, NOW}, 2},
      /* but where the clock stands near it */
      {{"0", "0.5", "1"}, {"0", "0.5", "1"}, 0},
      {{"0", "0", "0.000001"}, {"0", "0", "0.000001"}, 0},
      {{"0", "-", "1"}, {"0", "0", "1"}, 1},
      {{"-", "0", "1"}, {"0", "0", "1"}, 1},
      {{"5", "0", "1"}, {"5", "0", "1"}, 0},
      {{"-5", "0", "-1"}, {"-5", "0", "-1"}, 0},
      /* no time may be so early or late */
      {{NOW, "4611686019", "1767607201"}, {NOW, NOW, "1767607201"}, 1},
      {{"-4611686019", NOW, NOW}, {NOW, NOW, NOW}, 1},
      {{"-1.5", "-1.000000001", "4611686018"}, {"-1.5", "-1.000000001", "4611686018"}, 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *const *given = cases[i].given, *const *counted = cases[i].counted;
    g_autofree char *got = everything(given[0], given[1], given[2]);
    g_autofree char *expected = everything(counted[0], counted[1], counted[2]);
    g_test_message("%s %s %s", given[0], given[1], given[2]);
    check_same(got, expected, cases[i].without);
  }
}

/* Many packets, of which many have no time, also at the start; the queue of packets is full often. */
static void test_random(void) {
  for (guint32 seed = 0; seed < 40; seed++) {
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GPtrArray) lines = hg_traffic_random(random, 300);
    g_autoptr(GString) got = g_string_new(NULL), expected = g_string_new(NULL);
    g_autofree char *now = NULL;
    guint64 without = 0;
    guint leading = (guint)g_rand_int_range(random, 0, 150);
    for (guint i = 0; i < lines->len; i++) { /* a line may hold several: evidence */
      const char *line = g_ptr_array_index(lines, i), *rest = strchr(line, ' ');
      g_autofree char *time = g_strndup(line, (gsize)(rest - line));
      const gboolean packet = g_ascii_isdigit(*line) || *line == '-';
      const gboolean gone = packet && (i < leading || g_rand_boolean(random));
      if (packet && !gone) {
        g_free(now);
        now = g_strdup(time);
      }
      g_string_append_printf(got, "%s%s", gone ? "-" : time, rest);
      g_string_append_printf(expected, "%s%s", !packet ? time : now ? now : "FIRST", rest);
      without += gone;
    }
    if (!now)
      continue;
    const char *first = NULL;
    for (const char *at = got->str; at && !first;
         at = strchr(at, '\n') ? strchr(at, '\n') + 1 : NULL)
      if (g_ascii_isdigit(*at))
        first = at;
    g_assert_nonnull(first);
    g_autofree char *first_time = g_strndup(first, strcspn(first, " "));
    g_string_replace(expected, "FIRST", first_time, 0);
    check_same(got->str, expected->str, without);
  }
}

static void test_none_at_all(void) {
  static const char *const absent[] = {"-", "0", "4611686019"};
  for (guint i = 0; i < G_N_ELEMENTS(absent); i++) {
    g_autofree char *script = everything(absent[i], absent[i], absent[i]);
    HgTally *tally = hg_script_tally(script);
    const HgTraffic *traffic = hg_tally_traffic(tally);
    g_assert_cmpuint(hg_tally_packets_without_time(tally), ==, 3);
    g_assert_cmpint(hg_tally_start(tally), ==, HG_TIME_NONE);
    g_assert_cmpint(traffic->first_ns, ==, HG_TIME_NONE);
    g_assert_cmpint(traffic->last_ns, ==, HG_TIME_NONE);
    g_assert_cmpuint(traffic->first_frame, ==, 1);
    g_assert_cmpuint(traffic->last_frame, ==, 3);
    hg_tally_free(tally);
  }
}

/* A tally that was looked at before the first time came is dated all the same. */
static void test_finish_between(void) {
  HgTallyBuilder *builder = hg_script_builder("- 10.0.0.1 10.0.0.2 TCP tcp=1:2:S\n", NULL);
  g_assert_cmpint(hg_tally_traffic(hg_tally_finish(builder))->first_ns, ==, HG_TIME_NONE);
  const guint8 address[2][4] = {{10, 0, 0, 1}, {10, 0, 0, 2}};
  const HgPacket packet = {
      .frame = 2,
      .time_ns = 5 * DAY,
      .wire_length = 60,
      .source = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = address[0]},
      .destination = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = address[1]},
      .protocol = "TCP"};
  hg_tally_builder_packet(builder, &packet);
  const HgTally *tally = hg_tally_finish(builder);
  g_assert_cmpint(hg_tally_traffic(tally)->first_ns, ==, 5 * DAY);
  g_assert_cmpint(hg_host_traffic(hg_tally_host(tally, 0)).first_ns, ==, 5 * DAY);
  g_assert_cmpuint(hg_host_traffic(hg_tally_host(tally, 0)).first_frame, ==, 1);
  g_assert_cmpint(hg_tally_start(tally), ==, 5 * DAY);
  hg_tally_builder_free(builder);
}

/* A display filter hides the first packet: relative times still count from it. 0 is no start, unless
 * the clock stands near it. */
static void test_start(void) {
  static const struct {
    gint64 start_ns, first_ns, expected_ns;
  } cases[] = {
      {3 * DAY, 4 * DAY, 3 * DAY},      {0, 4 * DAY, 4 * DAY}, {0, DAY / 2, 0},
      {HG_TIME_NONE, 4 * DAY, 4 * DAY}, {-5, 4 * DAY, -5},
  };
  HgTallyOptions options;
  hg_tally_options_init(&options);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgTallyBuilder *builder = hg_tally_builder_new(&options);
    const HgPacket packet = {.frame = 9, .time_ns = cases[i].first_ns, .wire_length = 60};
    hg_tally_builder_set_start(builder, cases[i].start_ns);
    hg_tally_builder_packet(builder, &packet);
    g_assert_cmpint(hg_tally_start(hg_tally_finish(builder)), ==, cases[i].expected_ns);
    hg_tally_builder_free(builder);
  }
}

/* A capture without times comes before those that have some, in whatever order they are joined, and
 * relative times count from the first that has some. */
static void test_union(void) {
  g_autofree char *none = everything("-", "-", "-"), *now = everything(NOW, NOW, NOW);
  g_autofree char *later = everything("1767607300", "1767607300", "1767607300");
  HgTally *parts[] = {hg_script_tally(none), hg_script_tally(now), hg_script_tally(later)};
  static const guint orders[][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  g_autofree char *expected = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
    HgTally *two = hg_tally_union(parts[orders[i][0]], parts[orders[i][1]]);
    HgTally *all = hg_tally_union(two, parts[orders[i][2]]);
    g_autofree char *text = hg_tally_text(all);
    if (expected)
      g_assert_cmpstr(text, ==, expected);
    else
      expected = g_steal_pointer(&text);
    g_assert_cmpuint(hg_tally_packets_without_time(all), ==, 3);
    g_assert_cmpint(hg_tally_start(all), ==, G_GINT64_CONSTANT(1767607200000000000));
    g_assert_cmpint(hg_tally_traffic(all)->first_ns, ==, HG_TIME_NONE);
    g_assert_cmpint(hg_tally_traffic(all)->last_ns, ==, G_GINT64_CONSTANT(1767607300000000000));
    hg_tally_free(two);
    hg_tally_free(all);
  }
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    hg_tally_free(parts[i]);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/times/neighbours", test_neighbours);
  g_test_add_func("/times/random", test_random);
  g_test_add_func("/times/none-at-all", test_none_at_all);
  g_test_add_func("/times/finish-between", test_finish_between);
  g_test_add_func("/times/start", test_start);
  g_test_add_func("/times/union", test_union);
  return g_test_run();
}

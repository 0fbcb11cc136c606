/* test_observation.c - what counts as the same thing seen again, and in which order rules get it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"

#include <string.h>

static const char script[] = "10 10.0.0.1 10.0.0.2 DNS udp=5000:53\n"
                             "observe dns-query 10.0.0.1 10.0.0.2 \"A a.example\" 40\n"
                             "observe login-failure 10.0.0.1 10.0.0.2 FTP\n"
                             "observe dns-query 10.0.0.1 10.0.0.2 \"A b.example\" 40\n"
                             "12 10.0.0.1 10.0.0.2 DNS udp=5000:53\n"
                             "observe dns-query 10.0.0.1 10.0.0.2 \"A a.example\" 60\n"
                             "observe login-failure 10.0.0.1 10.0.0.2 FTP\n"
                             "observe login-failure 10.0.0.1 10.0.0.2 FTP\n"
                             "8 10.0.0.1 10.0.0.2 DNS udp=5000:53\n"
                             "observe dns-query 10.0.0.1 10.0.0.2 \"TXT a.example\" 40\n"
                             "observe dns-query 10.0.0.1 10.0.0.3 \"A a.example\" 40\n"
                             "observe dns-query 00:00:5e:00:53:01 - \"\"\n";

static const HgObservation *get(const HgTally *tally, const GArray *numbers, guint i) {
  return hg_observation_table_get(hg_tally_observations(tally), g_array_index(numbers, guint32, i));
}

static void test_same(void) {
  HgTally *tally = hg_script_tally(script);
  GArray *queries =
      hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_DNS_QUERY);
  g_assert_cmpuint(queries->len, ==, 5);
  static const struct {
    const char *subject;
    guint64 times, bytes;
    guint32 first, last;
  } expected[] = {/* IP before MAC; to 10.0.0.2 by time */
                  {"TXT a.example", 1, 40, 3, 3},
                  {"A a.example", 2, 100, 1, 2},
                  {"A b.example", 1, 40, 1, 1},
                  {"A a.example", 1, 40, 3, 3},
                  {"", 1, 0, 3, 3}};
  for (guint i = 0; i < queries->len; i++) {
    const HgObservation *query = get(tally, queries, i);
    g_assert_cmpstr(query->subject, ==, expected[i].subject);
    g_assert_cmpuint(query->traffic.packets, ==, expected[i].times);
    g_assert_cmpuint(query->traffic.bytes, ==, expected[i].bytes);
    g_assert_cmpuint(query->traffic.first_frame, ==, expected[i].first);
    g_assert_cmpuint(query->traffic.last_frame, ==, expected[i].last);
  }
  g_array_unref(queries);
  hg_tally_free(tally);
}

/* A kind that keeps each time has one observation a frame. */
static void test_each(void) {
  HgTally *tally = hg_script_tally(script);
  GArray *failures =
      hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_LOGIN_FAILURE);
  g_assert_cmpuint(failures->len, ==, 2);
  g_assert_cmpuint(get(tally, failures, 0)->traffic.packets, ==, 1);
  g_assert_cmpuint(get(tally, failures, 1)->traffic.packets, ==, 2);
  g_assert_cmpuint(get(tally, failures, 1)->traffic.first_frame, ==, 2);
  g_array_unref(failures);
  hg_tally_free(tally);
}

/* A kind that keeps seconds has one observation for each second of the clock, also before 1970; what has
 * no time until the first one comes is of that second. */
static void test_each_second(void) {
  HgTally *tally = hg_script_tally("- 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "- 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "10.999999999 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "11 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "10.1 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "11.5 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 b.example 5\n"
                                   "-0.1 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n"
                                   "0.1 10.0.0.1 10.0.0.2 TLS\n"
                                   "observe server-name 10.0.0.1 10.0.0.2 a.example 5\n");
  static const struct {
    gint64 first_ns;
    guint64 times;
    guint32 first, last;
  } expected[] = {{-100000000, 1, 7, 7},
                  {100000000, 1, 8, 8},
                  {G_GINT64_CONSTANT(10100000000), 4, 5, 3},
                  {G_GINT64_CONSTANT(11000000000), 1, 4, 4},
                  {G_GINT64_CONSTANT(11500000000), 1, 6, 6}};
  GArray *named =
      hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_SERVER_NAME);
  g_assert_cmpuint(named->len, ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < named->len; i++) {
    const HgObservation *one = get(tally, named, i);
    g_assert_cmpint(one->traffic.first_ns, ==, expected[i].first_ns);
    g_assert_cmpuint(one->traffic.packets, ==, expected[i].times);
    g_assert_cmpuint(one->traffic.bytes, ==, 5 * expected[i].times);
    g_assert_cmpuint(one->traffic.first_frame, ==, expected[i].first);
    g_assert_cmpuint(one->traffic.last_frame, ==, expected[i].last);
  }
  g_array_unref(named);
  hg_tally_free(tally);
}

/* They are hosts without packets, in order of first sight; the tally counts no packet of theirs. */
static void test_tunnel_ends(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 X\n"
                                   "observe tunnel 192.0.2.1 192.0.2.2 GRE 90\n"
                                   "2 10.0.0.3 10.0.0.2 X\n"
                                   "observe tunnel 192.0.2.1 192.0.2.2 GRE 70\n");
  static const char *const hosts[] = {"10.0.0.1", "10.0.0.2", "192.0.2.1", "192.0.2.2", "10.0.0.3"};
  static const guint64 packets[] = {1, 2, 0, 0, 1};
  g_assert_cmpuint(hg_tally_host_count(tally), ==, G_N_ELEMENTS(hosts));
  for (guint32 i = 0; i < G_N_ELEMENTS(hosts); i++) {
    g_assert_cmpstr(hg_tally_host(tally, i)->text, ==, hosts[i]);
    g_assert_cmpuint(hg_host_traffic(hg_tally_host(tally, i)).packets, ==, packets[i]);
  }
  GArray *tunnels = hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_TUNNEL);
  g_assert_cmpuint(tunnels->len, ==, 1);
  g_assert_cmpuint(get(tally, tunnels, 0)->traffic.packets, ==, 2);
  g_assert_cmpuint(get(tally, tunnels, 0)->traffic.bytes, ==, 160);
  g_assert_cmpuint(hg_tally_conversation_count(tally), ==, 2);
  g_array_unref(tunnels);
  hg_tally_free(tally);
}

static void test_kinds(void) {
  for (HgObservationKind kind = 0; kind < HG_OBSERVED_COUNT; kind++)
    g_assert_cmpint(hg_observation_kind(hg_observations[kind].word), ==, kind);
  g_assert_cmpint(hg_observation_kind("no-such-thing"), ==, HG_OBSERVED_COUNT);
}

static void assert_refused(const char *line, const char *why) {
  GError *error = NULL;
  HgTallyBuilder *builder = hg_script_builder("1 10.0.0.1 10.0.0.2 X\n", NULL);
  g_assert_false(hg_script_read(builder, line, &error));
  g_assert_nonnull(strstr(error->message, why));
  g_error_free(error);
  hg_tally_builder_free(builder);
}

static void test_scripts_that_are_wrong(void) {
  assert_refused("1 10.0.0.1 10.0.0.2 X\nobserve guess 10.0.0.1 - x\n", "guess");
  assert_refused("1 10.0.0.1 10.0.0.2 X\nobserve echo 10.0.0.1 -\n", "number of words");
  assert_refused("1 10.0.0.1 10.0.0.2 X\nobserve echo 10.0.0.1 - x much\n", "much");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/observation/same", test_same);
  g_test_add_func("/observation/each", test_each);
  g_test_add_func("/observation/each-second", test_each_second);
  g_test_add_func("/observation/tunnel-ends", test_tunnel_ends);
  g_test_add_func("/observation/kinds", test_kinds);
  g_test_add_func("/observation/wrong-scripts", test_scripts_that_are_wrong);
  return g_test_run();
}

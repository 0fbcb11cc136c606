/* test_beacon.c - RITA's score against values computed apart from this code, and the rule
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"
#include "analysis/measures/beacon_score.h"

#include <math.h>
#include <string.h>

#define NS G_GINT64_CONSTANT(1000000000)
#define MAX_SERIES 48

typedef struct {
  const char *name;
  guint count;
  double start[MAX_SERIES], size[MAX_SERIES]; /* seconds, bytes */
  double first, last;                         /* of the span */
  double gaps, sizes, histogram, duration, total;
} Case;

static void check_case(const Case *expected) {
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 0; i < expected->count; i++) {
    const gint64 start = (gint64)(expected->start[i] * 1e9);
    g_array_append_val(starts, start);
    g_array_append_val(sizes, expected->size[i]);
  }
  HgBeaconScore score;
  g_test_message("%s", expected->name);
  g_assert_true(hg_beacon_score(starts, sizes, (gint64)(expected->first * 1e9),
                                (gint64)(expected->last * 1e9), &score));
  g_assert_cmpfloat_with_epsilon(score.gaps, expected->gaps, 1e-9);
  g_assert_cmpfloat_with_epsilon(score.sizes, expected->sizes, 1e-9);
  g_assert_cmpfloat_with_epsilon(score.histogram, expected->histogram, 1e-9);
  g_assert_cmpfloat_with_epsilon(score.duration, expected->duration, 1e-9);
  g_assert_cmpfloat_with_epsilon(score.total, expected->total, 1.0001e-3); /* a tie may round up */
  g_array_free(starts, TRUE);
  g_array_free(sizes, TRUE);
}

/* The expected values were computed by a program in another language from RITA's description. */
static void test_known_values(void) {
  static const Case known[] = {
      {"jitter",
       12,
       {0, 55, 130, 180, 250, 301, 366, 420, 490, 533, 605, 660},
       {100, 120, 100, 140, 100, 100, 180, 100, 100, 90, 100, 100},
       0,
       700,
       0.62,
       1,
       1,
       0.943,
       0.891},
      {"skewed",
       12,
       {0, 10, 20, 30, 40, 50, 60, 100, 160, 240, 340, 460},
       {100, 200, 300, 400, 500, 600, 700, 800, 2000, 4000, 8000, 16000},
       0,
       1000,
       1,
       0.306,
       0,
       0.46,
       0.442},
      {"few bars",
       12,
       {0, 1, 2, 3, 500, 501, 502, 503, 900, 901, 902, 903},
       {60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60},
       0,
       1000,
       1,
       1,
       0,
       0,
       0.5},
  };
  for (guint i = 0; i < G_N_ELEMENTS(known); i++)
    check_case(&known[i]);

  Case perfect = {.name = "perfect",
                  .count = 48,
                  .last = 2880,
                  .gaps = 1,
                  .sizes = 1,
                  .histogram = 1,
                  .duration = 1,
                  .total = 1};
  Case levels = {.name = "two levels",
                 .count = 48,
                 .last = 2400,
                 .gaps = 0.757,
                 .sizes = 0.992,
                 .histogram = 1,
                 .duration = 1,
                 .total = 0.937};
  guint filled = 0;
  for (guint i = 0; i < 48; i++) {
    perfect.start[i] = i * 60;
    perfect.size[i] = 100;
  }
  for (guint hour = 0; hour < 24; hour++) {
    levels.start[filled++] = hour * 100 + 5;
    if (hour % 2 == 0) {
      levels.start[filled++] = hour * 100 + 50;
      levels.start[filled++] = hour * 100 + 70;
    }
  }
  g_assert_cmpuint(filled, ==, 48);
  for (guint i = 0; i < 48; i++)
    levels.size[i] = 60 + i % 3;
  /* Bars of 1 1 1 1 1 2 2 2 3 4 5 6: eight of the eleven that count have one of two heights. */
  static const guint bars[] = {1, 1, 1, 1, 1, 2, 2, 2, 3, 4, 5, 6};
  Case uneven = {.name = "uneven",
                 .last = 2400,
                 .gaps = 1,
                 .sizes = 0.99,
                 .histogram = 0.727,
                 .duration = 1,
                 .total = 0.929};
  for (guint bar = 0; bar < G_N_ELEMENTS(bars); bar++)
    for (guint i = 0; i < bars[bar]; i++, uneven.count++) {
      uneven.start[uneven.count] = bar * 100 + i * 10;
      uneven.size[uneven.count] = 50 + uneven.count % 5;
    }
  check_case(&uneven);
  check_case(&perfect);
  check_case(&levels);
}

static void test_too_little(void) {
  static const gint64 start[] = {0, 0, 0, NS, 2 * NS};
  static const double size[] = {1, 1, 1, 1, 1};
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  HgBeaconScore score;
  g_assert_false(hg_beacon_score(starts, sizes, 0, NS, &score));
  g_array_append_vals(starts, start, 5); /* five connections, two gaps that are not zero */
  g_array_append_vals(sizes, size, 5);
  g_assert_false(hg_beacon_score(starts, sizes, 0, 2 * NS, &score));
  const gint64 later = 3 * NS;
  g_array_append_val(starts, later);
  g_array_append_val(sizes, size[0]);
  g_assert_true(hg_beacon_score(starts, sizes, 0, 3 * NS, &score));
  g_assert_false(hg_beacon_score(starts, sizes, NS, NS, &score)); /* no span */
  g_array_free(starts, TRUE);
  g_array_free(sizes, TRUE);
}

/* --- the rule --- */

typedef struct {
  const char *client, *server, *transport, *protocol;
  guint port, count;
  double seconds;
  const char *answer; /* TCP flags; NULL: none */
} Calls;

static void append_calls(GString *script, const Calls *calls) {
  for (guint i = 0; i < calls->count; i++) {
    const double time = 10 + i * calls->seconds;
    const gboolean tcp = g_str_equal(calls->transport, "tcp");
    char *seq = tcp ? g_strdup_printf(":S seq=%u", i) : g_strdup("");
    g_string_append_printf(script, "%.6f %s %s %s %s=%u:%u%s\n", time, calls->client, calls->server,
                           calls->protocol, calls->transport, 20000 + i, calls->port, seq);
    if (calls->answer)
      g_string_append_printf(script, "%.6f %s %s %s %s=%u:%u%s%s\n", time + 0.01, calls->server,
                             calls->client, calls->protocol, calls->transport, calls->port,
                             20000 + i, tcp ? ":" : "", tcp ? calls->answer : "");
    g_free(seq);
  }
}

static guint count_calls(const Calls *calls, const char *setting) {
  GString *script = g_string_new(NULL);
  append_calls(script, calls);
  const guint count = count_findings(script->str, "beacon", setting);
  g_string_free(script, TRUE);
  return count;
}

static void test_fires(void) {
  const Calls calls = {"10.0.0.5", "203.0.113.7", "tcp", "TCP", 443, 30, 60, "SA"};
  GString *script = g_string_new(NULL);
  append_calls(script, &calls);
  Analysed a = analyse(script->str, "beacon", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  g_assert_nonnull(finding);
  g_assert_true(hg_analysis_is_suspect(a.analysis, finding->host));
  g_assert_cmpfloat(finding->observed, >=, 0.95);
  g_assert_cmpfloat(finding->threshold, ==, 0.8);
  g_assert_cmpfloat(finding->strength, ==, finding->observed);
  g_assert_true(g_str_has_prefix(finding->evidence,
                                 "10.0.0.5 connected 30 times to 203.0.113.7 tcp port 443 over 29 "
                                 "min, every 60 s (median), sending 60 bytes each on average: "
                                 "beacon score "));
  g_assert_cmpstr(finding->filter, ==,
                  "ip.addr == 10.0.0.5 && ip.addr == 203.0.113.7 && tcp.port == 443 && !icmp && "
                  "!icmpv6");
  g_assert_cmpuint(finding->first_frame, ==, 1);
  g_assert_cmpuint(finding->last_frame, ==, 60);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* Perfect gaps and sizes. With 11 bars two levels can be told, so 11 connections score 1; with 10
 * the histogram counts for nothing and 0.75 is left. */
static void test_thresholds(void) {
  Calls calls = {"10.0.0.5", "203.0.113.7", "tcp", "TCP", 443, 11, 60, "SA"};
  g_assert_cmpuint(count_calls(&calls, NULL), ==, 1);
  g_assert_cmpuint(count_calls(&calls, "beacon.connections=12"), ==, 0);
  calls.count = 10;
  g_assert_cmpuint(count_calls(&calls, NULL), ==, 0);
  g_assert_cmpuint(count_calls(&calls, "beacon.score=0.75"), ==, 1);
  calls.count = 9;
  g_assert_cmpuint(count_calls(&calls, "beacon.score=0.5"), ==, 0); /* fewer than 10 */
  calls.count = 11;
  calls.seconds = 2.5; /* 25 s in all */
  g_assert_cmpuint(count_calls(&calls, NULL), ==, 0);
  g_assert_cmpuint(count_calls(&calls, "beacon.min-span=20"), ==, 1);
}

static void test_irregular(void) {
  GRand *random = g_rand_new_with_seed(3);
  GString *script = g_string_new(NULL);
  double time = 1;
  for (guint i = 0; i < 60; i++) { /* a person: bursts and breaks, pages of all sizes */
    time += g_rand_double(random) < 0.8 ? g_rand_double(random) * 3 : g_rand_double(random) * 300;
    g_string_append_printf(script,
                           "%.6f 10.0.0.5 203.0.113.7 TCP tcp=%u:443:S seq=%u\n"
                           "%.6f 203.0.113.7 10.0.0.5 TCP tcp=443:%u:SA\n"
                           "%.6f 10.0.0.5 203.0.113.7 TLS tcp=%u:443:PA len=%d\n",
                           time, 20000 + i, i, time + 0.01, 20000 + i, time + 0.02, 20000 + i,
                           g_rand_int_range(random, 100, 9000));
  }
  g_assert_cmpuint(count_findings(script->str, "beacon", NULL), ==, 0);
  g_string_free(script, TRUE);
  g_rand_free(random);
}

/* Times of a Poisson process, of alike sizes; `twice`: each call is two connections. */
static guint count_series(double jitter, gboolean poisson, gboolean twice, const char *setting) {
  GRand *random = g_rand_new_with_seed(5);
  GString *script = g_string_new(NULL);
  double time = 1;
  for (guint i = 0; i < 60; i++) {
    time += poisson ? -60 * log(1 - g_rand_double(random))
                    : 60 * (1 + jitter * (2 * g_rand_double(random) - 1));
    for (guint k = 0; k <= (guint)twice; k++)
      g_string_append_printf(script,
                             "%.6f 10.0.0.5 203.0.113.7 TCP tcp=%u:443:S seq=%u\n"
                             "%.6f 203.0.113.7 10.0.0.5 TCP tcp=443:%u:SA\n",
                             time + 0.5 * k, 20000 + 2 * i + k, i, time + 0.5 * k + 0.01,
                             20000 + 2 * i + k);
  }
  const guint count = count_findings(script->str, "beacon", setting);
  g_string_free(script, TRUE);
  g_rand_free(random);
  return count;
}

/* Simulated: of Poisson series at most one in twenty is as regular as that, however few the calls; and
 * no more is asked for than that takes. */
static void test_chance(void) {
  static const guint lengths[] = {10, 15, 20, 30, 50};
  enum { SERIES = 4000 };
  GRand *random = g_rand_new_with_seed(2004);
  for (guint k = 0; k < G_N_ELEMENTS(lengths); k++) {
    guint regular = 0, calls = 0;
    for (guint series = 0; series < SERIES; series++) {
      GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
      double seconds = 0;
      for (guint i = 0; i < lengths[k]; i++) {
        const gint64 start = (gint64)(seconds * 1e9);
        g_array_append_val(starts, start);
        seconds += 2 - 300 * log(1 - g_rand_double(random)); /* none within a second */
      }
      regular += hg_beacon_regularity(starts, NS, &calls) >= 0.7 + hg_beacon_chance(lengths[k]);
      g_assert_cmpuint(calls, ==, lengths[k]);
      g_array_unref(starts);
    }
    g_assert_cmpfloat((double)regular / SERIES, >, 0.02);
    g_assert_cmpfloat((double)regular / SERIES, <, 0.05);
  }
  g_rand_free(random);
  g_assert_cmpfloat(hg_beacon_chance(54), ==, 0);
}

/* Somebody who is there all the time is not regular yet; with jitter, or in pairs, a program is. */
static void test_people(void) {
  g_assert_cmpuint(count_series(0, TRUE, FALSE, NULL), ==, 0);
  g_assert_cmpuint(count_series(0, TRUE, TRUE, NULL), ==, 0);
  g_assert_cmpuint(count_series(0, TRUE, TRUE, "beacon.regularity=0"), ==, 1);
  g_assert_cmpuint(count_series(0.5, FALSE, FALSE, NULL), ==, 1);
  g_assert_cmpuint(count_series(0.3, FALSE, TRUE, NULL), ==, 1);
}

static void test_spares(void) {
  static const Calls explained[] = {
      {"10.0.0.5", "203.0.113.7", "udp", "NTP", 123, 30, 64, "x"},
      {"10.0.0.5", "10.0.0.53", "udp", "DNS", 53, 30, 64, "x"},
      {"10.0.0.5", "10.0.0.53", "udp", "DHCP", 67, 30, 64, "x"},
      {"10.0.0.5", "203.0.113.7", "tcp", "TCP", 443, 30, 60, "RA"}, /* a failed callback */
      {"10.0.0.5", "203.0.113.7", "tcp", "TCP", 443, 30, 60, NULL},
      {"203.0.113.7", "10.0.0.5", "tcp", "HTTP", 80, 30, 60, "SA"}, /* watched from outside */
      {"127.0.0.1", "127.0.0.2", "tcp", "HTTP", 80, 30, 60, "SA"},
      {"10.0.0.5", "203.0.113.7", "tcp", "TLSv1.3", 993, 30, 60, "SA"},
      {"10.0.0.5", "10.0.0.25", "tcp", "POP", 110, 30, 60, "SA"},
      {"10.0.0.5", "239.1.2.3", "udp", "UDP", 6000, 30, 64, NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(explained); i++)
    g_assert_cmpuint(count_calls(&explained[i], NULL), ==, 0);
  /* The port alone is no excuse. */
  static const Calls pretended[] = {
      {"10.0.0.5", "203.0.113.7", "udp", "Xyz", 123, 30, 64, "x"},
      {"10.0.0.5", "203.0.113.7", "tcp", "HTTP", 110, 30, 60, "SA"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(pretended); i++)
    g_assert_cmpuint(count_calls(&pretended[i], NULL), ==, 1);
}

/* Several hosts poll one internal server: that is how the network works. Outside it is not. */
static void test_shared(void) {
  for (guint outside = 0; outside < 2; outside++) {
    GString *script = g_string_new(NULL);
    static const char *const clients[] = {"10.0.0.5", "10.0.0.6", "10.0.0.7"};
    for (guint i = 0; i < 3; i++) {
      const Calls calls = {
          clients[i], outside ? "203.0.113.7" : "10.0.0.80", "tcp", "HTTP", 80, 30, 60, "SA"};
      append_calls(script, &calls);
    }
    g_assert_cmpuint(count_findings(script->str, "beacon", NULL), ==, outside ? 3 : 0);
    g_assert_cmpuint(count_findings(script->str, "beacon", "beacon.shared=4"), ==, 3);
    g_string_free(script, TRUE);
  }
}

/* `callers` of `hosts` that reach the outside call one external server. */
static guint count_prevalent(guint callers, guint hosts, const char *setting) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < hosts; i++) {
    char *client = g_strdup_printf("10.0.0.%u", 10 + i);
    const Calls calls = {client, "203.0.113.7", "tcp", "HTTP", 80, 30, 60, "SA"};
    const Calls visit = {client, "198.51.100.9", "tcp", "HTTP", 80, 1, 60, "SA"};
    append_calls(script, i < callers ? &calls : &visit);
    g_free(client);
  }
  const guint count = count_findings(script->str, "beacon", setting);
  g_string_free(script, TRUE);
  return count;
}

/* What half of all hosts do is a program that is installed everywhere. */
static void test_prevalence(void) {
  g_assert_cmpuint(count_prevalent(6, 12, NULL), ==, 0);
  g_assert_cmpuint(count_prevalent(6, 13, NULL), ==, 6);
  g_assert_cmpuint(count_prevalent(6, 13, "beacon.prevalence=0.4"), ==, 0);
  g_assert_cmpuint(count_prevalent(5, 5, NULL), ==, 0);
  g_assert_cmpuint(count_prevalent(4, 4, NULL), ==, 4); /* all may be infected */
}

static void test_too_short(void) {
  Analysed a = analyse(BOTH_WAYS, "beacon", NULL);
  g_assert_cmpuint(hg_analysis_not_assessed_count(a.analysis), ==, 1);
  g_assert_nonnull(strstr(hg_analysis_not_assessed(a.analysis, 0)->why, "too short"));
  analysed_clear(&a);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/beacon/known-values", test_known_values);
  g_test_add_func("/beacon/too-little", test_too_little);
  g_test_add_func("/beacon/fires", test_fires);
  g_test_add_func("/beacon/thresholds", test_thresholds);
  g_test_add_func("/beacon/irregular", test_irregular);
  g_test_add_func("/beacon/chance", test_chance);
  g_test_add_func("/beacon/people", test_people);
  g_test_add_func("/beacon/spares", test_spares);
  g_test_add_func("/beacon/shared", test_shared);
  g_test_add_func("/beacon/prevalence", test_prevalence);
  g_test_add_func("/beacon/too-short", test_too_short);
  return g_test_run();
}

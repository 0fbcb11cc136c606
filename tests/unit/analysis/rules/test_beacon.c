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
  g_assert_cmpuint(count_calls(&calls, "beacon.short=12"), ==, 1);
  g_assert_cmpuint(count_calls(&calls, "beacon.short-regularity=1"), ==, 1);
  calls.count = 10;
  g_assert_cmpuint(count_calls(&calls, "beacon.short=11"), ==, 0);
  g_assert_cmpuint(count_calls(&calls, "beacon.score=0.75"), ==, 1);
  calls.count = 11;
  calls.seconds = 2.5; /* 25 s in all */
  g_assert_cmpuint(count_calls(&calls, NULL), ==, 0);
  g_assert_cmpuint(count_calls(&calls, "beacon.min-span=20"), ==, 1);
}

/* Eight connections, or how many, 60 s apart with this jitter, in a capture that lasts as long again
 * `beyond` times. */
static guint count_few(guint connections, double seconds, double jitter, double beyond) {
  GString *script = g_string_new(NULL);
  double time = 10;
  for (guint i = 0; i < connections; i++) {
    g_string_append_printf(script,
                           "%.6f 10.0.0.5 203.0.113.7 TCP tcp=%u:443:S seq=%u\n"
                           "%.6f 203.0.113.7 10.0.0.5 TCP tcp=443:%u:SA\n",
                           time, 20000 + i, i, time + 0.01, 20000 + i);
    time += seconds * (1 + (i % 2 ? jitter : -jitter));
  }
  g_string_append_printf(script, "%.6f 10.0.0.6 10.0.0.7 ARP\n",
                         time - seconds + beyond * seconds * connections);
  const guint count = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  return count;
}

/* Fewer are enough the more regular they are: eight from 0.99 on. */
static void test_few(void) {
  g_assert_cmpuint(count_few(8, 60, 0, 0), ==, 1);
  g_assert_cmpuint(count_few(8, 60, 0.01, 0), ==, 1);
  g_assert_cmpuint(count_few(7, 60, 0, 0), ==, 0);
  g_assert_cmpuint(count_few(8, 60, 0.1, 0), ==, 0);
  g_assert_cmpuint(count_few(12, 60, 0.1, 0), ==, 1);
  g_assert_cmpuint(count_few(8, 8, 0, 0), ==, 0);  /* less than a minute */
  g_assert_cmpuint(count_few(8, 60, 0, 3), ==, 0); /* a quarter of the capture */
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

/* --- names --- */

/* A call of one name at one of `servers` addresses, each `network` and a number. */
typedef struct {
  const char *client, *network, *name;
  guint servers, port, count;
  double seconds, jitter;
  const char *kind; /* of the observation */
} Named;

static void append_named(GString *script, const Named *named) {
  GRand *random = g_rand_new_with_seed(7);
  double time = 10;
  for (guint i = 0; i < named->count; i++) {
    char *server = g_strdup_printf("%s%u", named->network, 1 + i * 7 % named->servers);
    g_string_append_printf(
        script,
        "%.6f %s %s TCP tcp=%u:%u:S seq=%u\n%.6f %s %s TCP tcp=%u:%u:SA\n"
        "%.6f %s %s HTTP tcp=%u:%u:PA payload=200 len=260\nobserve %s %s %s %s 200\n",
        time, named->client, server, 20000 + i, named->port, i, time + 0.01, server, named->client,
        named->port, 20000 + i, time + 0.02, named->client, server, 20000 + i, named->port,
        named->kind, named->client, server, named->name);
    time += named->seconds * (1 + named->jitter * (2 * g_rand_double(random) - 1));
    g_free(server);
  }
  g_rand_free(random);
}

static guint count_named(const Named *named, const char *setting) {
  GString *script = g_string_new(NULL);
  append_named(script, named);
  const guint count = count_findings(script->str, "beacon", setting);
  g_string_free(script, TRUE);
  return count;
}

static const Named changing = {"10.0.0.5", "203.0.113.", "c2.example", 30, 443, 60, 60,
                               0,          "server-name"};

static void test_name(void) {
  GString *script = g_string_new(NULL);
  append_named(script, &changing);
  Analysed a = analyse(script->str, "beacon", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  g_assert_nonnull(finding);
  g_assert_true(hg_analysis_is_suspect(a.analysis, finding->host));
  g_assert_true(
      g_str_has_prefix(finding->evidence,
                       "10.0.0.5 connected 60 times to c2.example at 203.0.113.1, 203.0.113.8, "));
  g_assert_cmpstr(finding->domain, ==, "c2.example");
  g_assert_cmpuint(finding->peers->len, ==, 30);
  g_assert_cmpstr(finding->filter, ==,
                  "ip.src == 10.0.0.5 && (tls.handshake.extensions_server_name matches "
                  "\"^c2[.]example$\" || http.host matches \"^c2[.]example(:[0-9]+)?$\")");
  g_assert_cmpuint(finding->last_frame, ==, 180);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

static void test_names(void) {
  Named named = changing;
  named.jitter = 0.4;
  g_assert_cmpuint(count_named(&named, NULL), ==, 1);
  named = changing;
  named.client = "2001:db8::5", named.network = "2001:db8:1::";
  g_assert_cmpuint(count_named(&named, NULL), ==, 1);
  named = changing;
  named.servers = 1; /* its address explains as much */
  g_assert_cmpuint(count_named(&named, NULL), ==, 1);
  named = changing;
  named.network = "10.0.1."; /* servers of the network: each for itself */
  g_assert_cmpuint(count_named(&named, NULL), ==, 0);
  named = changing;
  named.count = 7;
  g_assert_cmpuint(count_named(&named, NULL), ==, 0);
  named = changing;
  named.port = 993; /* a mailbox at a provider with many servers */
  g_assert_cmpuint(count_named(&named, NULL), ==, 1); /* of HTTP, which is none */
}

/* `callers` of `hosts` call the name; the others another one, once. */
static guint count_prevalent_name(guint callers, guint hosts) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < hosts; i++) {
    char *client = g_strdup_printf("10.0.0.%u", 100 + i);
    Named named = changing;
    named.client = client;
    named.name = i < callers ? "c2.example" : "www.example";
    named.count = i < callers ? 30 : 1;
    append_named(script, &named);
    g_free(client);
  }
  const guint count = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  return count;
}

static void test_prevalent_names(void) {
  g_assert_cmpuint(count_prevalent_name(6, 12), ==, 0);
  g_assert_cmpuint(count_prevalent_name(6, 13), ==, 6);
  g_assert_cmpuint(count_prevalent_name(4, 4), ==, 4);
}

static const Named proxied = {"10.0.0.5", "10.0.0.", "c2.example",   1, 3128, 30,
                              60,         0,         "proxy-request"};

static void test_proxy(void) {
  GString *script = g_string_new(NULL);
  append_named(script, &proxied);
  Analysed a = analyse(script->str, "beacon", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  g_assert_nonnull(finding);
  g_assert_true(g_str_has_prefix(finding->evidence, "10.0.0.5 connected 30 times to c2.example by "
                                                    "the proxy 10.0.0.1 over 29 min, every 60 s"));
  g_assert_true(finding->peers_carry);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* One connection for all requests: their times and sizes count, not the connection's. */
static void test_proxy_kept_open(void) {
  GString *script = g_string_new("10 10.0.0.5 10.0.0.8 TCP tcp=2000:3128:S seq=1\n"
                                 "10.01 10.0.0.8 10.0.0.5 TCP tcp=3128:2000:SA\n");
  for (guint i = 0; i < 30; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.5 10.0.0.8 HTTP tcp=2000:3128:PA payload=200\n"
                           "observe proxy-request 10.0.0.5 10.0.0.8 c2.example 200\n"
                           "%u.1 10.0.0.8 10.0.0.5 HTTP tcp=3128:2000:PA payload=90\n",
                           11 + i * 60, 11 + i * 60);
  g_assert_cmpuint(count_findings(script->str, "beacon", NULL), ==, 1);
  g_string_free(script, TRUE);
}

/* What the proxy fetches for its clients is theirs. */
static void test_proxy_fetches(void) {
  GString *script = g_string_new(NULL);
  Named fetched = changing;
  fetched.client = "10.0.0.1";
  append_named(script, &proxied);
  append_named(script, &fetched);
  Analysed a = analyse(script->str, "beacon", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  g_assert_nonnull(finding_of(&a, "10.0.0.5"));
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* --- orders in answers --- */

/* Answers, or pings, by the clock, whose data is one of `contents`. */
static void append_polls(GString *script, const char *kind, const char *client, const char *server,
                         const char *name, guint count, guint contents, double jitter) {
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script,
                           "%.3f %s %s DNS udp=53:%u payload=90\n"
                           "observe %s %s %s \"TXT %016x%s%s\" 90\n",
                           10 + i * 30 + jitter * (i % 7), server, client, 30000 + i, kind, client,
                           server, i % contents, *name ? "\\t" : "", name);
}

static guint count_polls(const char *kind, const char *client, const char *server, const char *name,
                         guint count, guint contents) {
  GString *script = g_string_new(NULL);
  append_polls(script, kind, client, server, name, count, contents, 0.5);
  const guint found = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  return found;
}

static void test_dns_polls(void) {
  GString *script = g_string_new(NULL);
  append_polls(script, "dns-data", "10.0.0.5", "10.0.0.53", "c2.example", 40, 9, 0.5);
  Analysed a = analyse(script->str, "beacon", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  g_assert_nonnull(finding);
  g_assert_true(g_str_has_prefix(
      finding->evidence, "10.0.0.5 asked 40 times for c2.example at the resolver 10.0.0.53, "
                         "whose answers changed over 19.5 min, every 30"));
  g_assert_cmpstr(finding->domain, ==, "c2.example");
  g_assert_cmpstr(finding->filter, ==,
                  "ip.addr == 10.0.0.5 && dns.qry.name matches \"^c2[.]example$\"");
  g_assert_true(finding->peers_carry);
  analysed_clear(&a);
  g_string_free(script, TRUE);
  g_assert_cmpuint(count_polls("dns-data", "10.0.0.5", "10.0.0.53", "c2.example", 40, 4), ==, 0);
  g_assert_cmpuint(count_polls("dns-data", "10.0.0.5", "10.0.0.53", "c2.example", 7, 7), ==, 0);
  g_assert_cmpuint(count_polls("dns-data", "203.0.113.1", "10.0.0.53", "c2.example", 40, 9), ==, 0);
}

static void test_ping_polls(void) {
  g_assert_cmpuint(count_polls("echo-data", "10.0.0.5", "203.0.113.1", "", 40, 9), ==, 1);
  g_assert_cmpuint(count_polls("echo-data", "10.0.0.5", "203.0.113.1", "", 40, 1), ==, 0);
  g_assert_cmpuint(count_polls("echo-data", "10.0.0.5", "10.0.0.1", "", 40, 9), ==, 0);
}

/* --- what another rule explains --- */

/* Passwords for SSH by the clock, in connections that are short. */
static void append_guesses(GString *script, const char *server, guint count, guint answer) {
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.5 %s TCP tcp=%u:22:S seq=%u\n"
                           "%u.1 %s 10.0.0.5 TCP tcp=22:%u:SA\n"
                           "%u.2 10.0.0.5 %s SSHv2 tcp=%u:22:PA payload=900\n"
                           "%u.3 %s 10.0.0.5 SSHv2 tcp=22:%u:PA payload=%u\n"
                           "%u.4 %s 10.0.0.5 SSHv2 tcp=22:%u:FA\n",
                           10 + i * 60, server, 20000 + i, i, 10 + i * 60, server, 20000 + i,
                           10 + i * 60, server, 20000 + i, 10 + i * 60, server, 20000 + i, answer,
                           10 + i * 60, server, 20000 + i);
}

static guint of_rule(const Analysed *analysed, const char *id) {
  guint count = 0;
  for (guint i = 0; i < hg_analysis_finding_count(analysed->analysis); i++)
    count += g_str_equal(hg_analysis_finding(analysed->analysis, i)->rule->id, id);
  return count;
}

/* Guessing by the clock is guessing, and not a beacon, too; the same pace elsewhere still is one. */
static void test_gives_way(void) {
  GString *script = g_string_new(NULL);
  append_guesses(script, "203.0.113.22", 30, 2000);
  g_assert_cmpuint(count_findings(script->str, "beacon", NULL), ==, 1); /* were it alone */
  Analysed a = analyse(script->str, NULL, NULL);
  g_assert_cmpuint(of_rule(&a, "brute-force"), ==, 1);
  g_assert_cmpuint(of_rule(&a, "beacon"), ==, 0);
  const HgFinding *finding = finding_of(&a, "10.0.0.5");
  g_assert_true(g_str_has_suffix(finding->evidence, " (also looks like beacon)"));
  analysed_clear(&a);
  const Calls calls = {"10.0.0.5", "203.0.113.22", "tcp", "TCP", 443, 30, 60, "SA"};
  append_calls(script, &calls);
  a = analyse(script->str, NULL, NULL);
  g_assert_cmpuint(of_rule(&a, "brute-force"), ==, 1);
  g_assert_cmpuint(of_rule(&a, "beacon"), ==, 1);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* --- rests --- */

/* Every 10 min from 9 to 15 o'clock on several days, with jitter; or as often at random. */
static guint count_days(guint days, double jitter, gboolean poisson) {
  GRand *random = g_rand_new_with_seed(11);
  GString *script = g_string_new("0.1 10.0.0.6 10.0.0.7 ARP\n");
  guint call = 0;
  for (guint day = 0; day < days; day++) {
    for (double time = 9 * 3600; time < 15 * 3600; call++) {
      g_string_append_printf(script,
                             "%.6f 10.0.0.5 203.0.113.7 TCP tcp=%u:443:S seq=%u\n"
                             "%.6f 203.0.113.7 10.0.0.5 TCP tcp=443:%u:SA\n",
                             day * 86400 + time, 20000 + call, call, day * 86400 + time + 0.01,
                             20000 + call);
      time += 600 * (poisson ? -log(1 - g_rand_double(random))
                             : 1 + jitter * (2 * g_rand_double(random) - 1));
    }
  }
  g_string_append_printf(script, "%u 10.0.0.6 10.0.0.7 ARP\n", days * 86400);
  const guint count = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  g_rand_free(random);
  return count;
}

static void test_sleeps(void) {
  g_assert_cmpuint(count_days(3, 0, FALSE), ==, 1);
  g_assert_cmpuint(count_days(3, 0.3, FALSE), ==, 1);
  g_assert_cmpuint(count_days(2, 0, FALSE), ==, 1);
  g_assert_cmpuint(count_days(1, 0, FALSE), ==, 0); /* awake once: it may be over */
  g_assert_cmpuint(count_days(3, 0, TRUE), ==, 0);  /* people sleep, too */
}

static void test_rests_are_cut(void) {
  static const double seconds[] = {8000, 8060, 8120, 8180, 8240, 90000, 90060, 90120, 90180, 90240};
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
  gint64 first = 0, last = 100000 * NS;
  for (guint i = 0; i < G_N_ELEMENTS(seconds); i++) {
    const gint64 start = (gint64)seconds[i] * NS;
    g_array_append_val(starts, start);
  }
  g_assert_cmpuint(hg_beacon_cut_rests(starts, &first, &last), ==, 1);
  for (guint i = 0; i < starts->len; i++)
    g_assert_cmpint(g_array_index(starts, gint64, i), ==, (8000 + 60 * (gint64)i) * NS);
  g_assert_cmpint(first, ==, 7940 * NS);
  g_assert_cmpint(last, ==, (8000 + 600) * NS);
  g_array_set_size(starts, 9); /* four after the rest: nothing is cut */
  g_assert_cmpuint(hg_beacon_cut_rests(starts, &first, &last), ==, 0);
  g_array_unref(starts);
}

/* --- servers of the network --- */

static guint count_beside(const char *beside, const Calls *calls) {
  GString *script = g_string_new(beside);
  append_calls(script, calls);
  const guint count = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  return count;
}

/* A server is known by its answers. */
#define ANSWER "SA payload=14"

/* One client is enough where the server's role tells what it is; a web server is anything. */
static void test_kept_in_touch(void) {
  static const char bind[] = "5 10.0.0.5 10.0.0.2 LDAP tcp=4000:389:S seq=1\n"
                             "5.1 10.0.0.2 10.0.0.5 LDAP tcp=389:4000:SA\n"
                             "5.2 10.0.0.2 10.0.0.5 LDAP tcp=389:4000:PA payload=14\n";
  static const Calls spared[] = {
      {"10.0.0.5", "10.0.0.2", "tcp", "LDAP", 389, 30, 240, ANSWER},
      {"10.0.0.5", "10.0.0.2", "tcp", "NBSS", 139, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.2", "tcp", "DCERPC", 49155, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.9", "tcp", "NFS", 2049, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.9", "tcp", "IPP", 631, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.9", "tcp", "TCP", 9100, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.9", "tcp", "TCP", 10051, 30, 60, ANSWER},
  };
  for (guint i = 0; i < G_N_ELEMENTS(spared); i++)
    g_assert_cmpuint(count_beside(bind, &spared[i]), ==, 0);
  static const Calls blamed[] = {
      {"10.0.0.5", "10.0.0.2", "tcp", "HTTP", 80, 30, 90, ANSWER},
      {"10.0.0.5", "10.0.0.9", "tcp", "NBSS", 139, 30, 90, ANSWER}, /* no server that is known */
      {"10.0.0.5", "10.0.0.9", "tcp", "DCERPC", 49155, 30, 90, ANSWER},
      {"10.0.0.5", "203.0.113.9", "tcp", "LDAP", 389, 30, 90, ANSWER}, /* outside */
      {"10.0.0.5", "203.0.113.9", "tcp", "TCP", 9100, 30, 90, ANSWER},
  };
  for (guint i = 0; i < G_N_ELEMENTS(blamed); i++)
    g_assert_cmpuint(count_beside(bind, &blamed[i]), ==, 1);
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
  g_test_add_func("/beacon/few", test_few);
  g_test_add_func("/beacon/name", test_name);
  g_test_add_func("/beacon/names", test_names);
  g_test_add_func("/beacon/prevalent-names", test_prevalent_names);
  g_test_add_func("/beacon/proxy", test_proxy);
  g_test_add_func("/beacon/proxy-kept-open", test_proxy_kept_open);
  g_test_add_func("/beacon/proxy-fetches", test_proxy_fetches);
  g_test_add_func("/beacon/dns-polls", test_dns_polls);
  g_test_add_func("/beacon/ping-polls", test_ping_polls);
  g_test_add_func("/beacon/gives-way", test_gives_way);
  g_test_add_func("/beacon/sleeps", test_sleeps);
  g_test_add_func("/beacon/rests-are-cut", test_rests_are_cut);
  g_test_add_func("/beacon/kept-in-touch", test_kept_in_touch);
  g_test_add_func("/beacon/too-short", test_too_short);
  return g_test_run();
}

/* test_stealth_probes.c - which segments without a handshake are probes, and which the rest of a
 * connection
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/merge.h"
#include "tally/services/service.h"

#define SENDER "10.0.0.1"

/* What comes back. */
typedef enum { NOTHING, RST, UNREACHABLE, DATA } Answer;

typedef struct {
  const char *flags;
  guint count;
  guint source_port, source_step; /* of the first; what the next has more */
  guint target_port, target_step;
  guint hosts;     /* how many, in turn; 0: one for each */
  double interval; /* between them, s; 0: 0.1 */
  Answer answer;
  guint payload; /* of each segment, bytes */
} Segments;

static void append(GString *script, const Segments *segments) {
  for (guint i = 0; i < segments->count; i++) {
    const guint host = i % (segments->hosts ? segments->hosts : segments->count) + 2;
    const guint from = segments->source_port + i * segments->source_step;
    const guint to = segments->target_port + i * segments->target_step;
    const double time = 100 + i * (segments->interval > 0 ? segments->interval : 0.1);
    g_string_append_printf(script,
                           "%.3f " SENDER " 10.0.0.%u TCP tcp=%u:%u:%s seq=7 ack=9 payload=%u\n",
                           time, host, from, to, segments->flags, segments->payload);
    if (segments->answer == UNREACHABLE)
      g_string_append_printf(script, "unreachable " SENDER " 10.0.0.%u tcp %u %u\n", host, from,
                             to);
    else if (segments->answer != NOTHING)
      g_string_append_printf(script, "%.3f 10.0.0.%u " SENDER " TCP tcp=%u:%u:%s seq=9\n",
                             time + 0.001, host, to, from, segments->answer == RST ? "R" : "A");
  }
}

/* All services added up. */
static HgService sum_of(const HgTally *tally) {
  HgServiceTable *table = hg_service_table_new(tally);
  HgService sum = {0};
  for (guint32 i = 0; i < hg_service_table_count(table); i++) {
    const HgService *s = hg_service_table_get(table, i);
    if (s->attempts > 0)
      g_assert_cmpstr(hg_tally_host(tally, s->client)->text, ==, SENDER);
    sum.attempts += s->attempts;
    sum.refused += s->refused;
    sum.unanswered += s->unanswered;
    sum.established += s->established;
    sum.midstream += s->midstream;
  }
  hg_service_table_free(table);
  return sum;
}

static void assert_told(const Segments *segments, gboolean probes) {
  GString *script = g_string_new(NULL);
  append(script, segments);
  HgTally *tally = hg_script_tally(script->str);
  const HgService sum = sum_of(tally);
  g_assert_cmpuint(sum.attempts, ==, probes ? segments->count : 0);
  g_assert_cmpuint(sum.midstream, ==, probes ? 0 : segments->count);
  g_assert_cmpuint(sum.established, ==, 0);
  g_assert_cmpuint(sum.unanswered, ==, probes && segments->answer == NOTHING ? segments->count : 0);
  hg_tally_free(tally);
  g_string_free(script, TRUE);
}

static void test_scans(void) {
  static const Segments scans[] = {
      /* nmap, masscan, scapy: one port of their own */
      {"A", .count = 10, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = RST},
      {"A", .count = 10, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1},
      {"A", .count = 10, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = UNREACHABLE},
      {"FA", .count = 10, .source_port = 51000, .target_port = 1, .target_step = 3000, .hosts = 1,
       .answer = RST},
      {"FA", .count = 30, .source_port = 20, .target_port = 80, .answer = RST},
      {"SA", .count = 10, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = RST},
      {"SA", .count = 10, .source_port = 51000, .target_port = 445, .answer = RST},
      {"A", .count = 12, .source_port = 51000, .target_port = 22, .target_step = 100, .hosts = 4,
       .answer = RST},
      {"A", .count = 20, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .interval = 300},
      /* hping3: another port each time */
      {"A", .count = 15, .source_port = 2000, .source_step = 1, .target_port = 20, .target_step = 1,
       .hosts = 1, .answer = RST},
      {"FA", .count = 15, .source_port = 2000, .source_step = 1, .target_port = 20,
       .target_step = 1, .hosts = 1},
      {"SA", .count = 15, .source_port = 2000, .source_step = 1, .target_port = 20,
       .target_step = 1, .hosts = 1},
      /* zmap: ports from 32768 on, one port of many hosts */
      {"SA", .count = 15, .source_port = 33000, .source_step = 77, .target_port = 80,
       .answer = RST},
  };
  for (guint i = 0; i < G_N_ELEMENTS(scans); i++)
    assert_told(&scans[i], TRUE);
}

static void test_rests_of_connections(void) {
  static const Segments harmless[] = {
      /* too few to tell */
      {"A", .count = 9, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = RST},
      {"A", .count = 14, .source_port = 2000, .source_step = 1, .target_port = 20, .target_step = 1,
       .hosts = 1, .answer = RST},
      {"A", .count = 60, .source_port = 2000, .source_step = 1, .target_port = 20, .target_step = 1,
       .hosts = 1, .interval = 30},
      /* a server's keep-alives to clients that are gone, and the ends of their connections */
      {"A", .count = 60, .source_port = 443, .target_port = 49152, .target_step = 7, .hosts = 1,
       .answer = RST},
      {"A", .count = 60, .source_port = 8080, .target_port = 1100, .target_step = 7, .answer = RST},
      {"FA", .count = 60, .source_port = 443, .target_port = 40000, .target_step = 7,
       .answer = NOTHING},
      /* a client closes what it left idle: at one server, at the servers that a browser has */
      {"FA", .count = 60, .source_port = 50000, .source_step = 1, .target_port = 443, .hosts = 1,
       .answer = RST},
      {"FA", .count = 60, .source_port = 50000, .source_step = 1, .target_port = 443,
       .answer = RST},
      {"A", .count = 60, .source_port = 50000, .source_step = 1, .target_port = 443,
       .answer = NOTHING},
      /* passive FTP, remote procedure calls */
      {"A", .count = 60, .source_port = 50000, .source_step = 1, .target_port = 49200,
       .target_step = 3, .hosts = 1, .answer = RST},
      /* SYN-ACKs of a victim: to forged addresses, to one, from a port that all have, from hping3 */
      {"SA", .count = 200, .source_port = 80, .target_port = 1024, .target_step = 311,
       .answer = RST},
      {"SA", .count = 200, .source_port = 80, .target_port = 1024, .target_step = 311, .hosts = 1,
       .answer = RST},
      {"SA", .count = 200, .source_port = 80, .target_port = 1, .target_step = 311, .hosts = 1,
       .answer = RST},
      {"SA", .count = 200, .source_port = 33333, .target_port = 1, .target_step = 311, .hosts = 1,
       .answer = RST},
      {"SA", .count = 200, .source_port = 8080, .target_port = 2000, .target_step = 1, .hosts = 1,
       .answer = RST},
      {"SA", .count = 200, .source_port = 80, .target_port = 20, .answer = RST},
      {"SA", .count = 200, .source_port = 8080, .target_port = 20, .answer = NOTHING},
      /* a server that was started again refuses what its clients send on */
      {"A", .count = 60, .source_port = 50000, .source_step = 1, .target_port = 20,
       .target_step = 1, .hosts = 1, .answer = RST, .payload = 80},
      /* the two talk */
      {"A", .count = 60, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = DATA},
      /* a firewall resets */
      {"R", .count = 60, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1},
      {"RA", .count = 60, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1,
       .answer = RST},
  };
  for (guint i = 0; i < G_N_ELEMENTS(harmless); i++) {
    g_test_message("harmless %u", i);
    assert_told(&harmless[i], FALSE);
  }
}

/* A long series is no probe, whatever its ports. */
static void test_retransmissions(void) {
  static const Segments probes = {
      "A", .count = 10, .source_port = 51000, .target_port = 20, .target_step = 1, .hosts = 1};
  for (guint times = HG_PROBE_PACKETS; times <= HG_PROBE_PACKETS + 1; times++) {
    GString *script = g_string_new(NULL);
    for (guint i = 0; i < times; i++)
      append(script, &probes);
    HgTally *tally = hg_script_tally(script->str);
    g_assert_cmpuint(sum_of(tally).attempts, ==, times == HG_PROBE_PACKETS ? 10 : 0);
    hg_tally_free(tally);
    g_string_free(script, TRUE);
  }
}

/* Halves of a scan prove it together; data that another capture has of a connection disproves it. */
static void test_merged(void) {
  static const Segments
      first = {"A",       .count = 6, .source_port = 51000, .target_port = 20, .target_step = 1,
               .hosts = 1},
      second = {"A",       .count = 6, .source_port = 51000, .target_port = 26, .target_step = 1,
                .hosts = 1},
      talk = {"A",        .count = 6,   .source_port = 51000, .target_port = 26, .target_step = 1,
              .hosts = 1, .payload = 50};
  static const struct {
    const Segments *part[3];
    guint attempts;
  } cases[] = {{{&first}, 0},
               {{&first, &second}, 12},
               {{&first, &second, &talk}, 0},
               {{&talk, &second, &first}, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgTallyBuilder *merged = hg_script_builder("", NULL);
    for (guint k = 0; k < 3 && cases[i].part[k]; k++) {
      GString *script = g_string_new(NULL);
      append(script, cases[i].part[k]);
      HgTally *tally = hg_script_tally(script->str);
      hg_tally_builder_merge(merged, tally);
      hg_tally_free(tally);
      g_string_free(script, TRUE);
    }
    HgTally *tally = hg_tally_builder_end(merged);
    g_assert_cmpuint(sum_of(tally).attempts, ==, cases[i].attempts);
    hg_tally_free(tally);
  }
}

/* An ICMP error that is stored, or stamped, before what it quotes. */
static void test_error_first(void) {
  static const struct {
    const char *script;
    guint refused;
  } cases[] = {
      {"1.0 10.0.0.9 " SENDER " ICMP\nunreachable " SENDER " 10.0.0.2 udp 4000 7\n"
       "1.9 " SENDER " 10.0.0.2 UDP udp=4000:7\n",
       1},
      {"1.0 10.0.0.9 " SENDER " ICMP\nunreachable " SENDER " 10.0.0.2 udp 4000 7\n"
       "2.1 " SENDER " 10.0.0.2 UDP udp=4000:7\n",
       0},
      {"1.0 10.0.0.9 " SENDER " ICMP\nunreachable " SENDER " 10.0.0.2 tcp 4000 7\n"
       "1.0 " SENDER " 10.0.0.2 TCP tcp=4000:7:S seq=1\n",
       1},
      {"1.0 10.0.0.9 " SENDER " ICMP\nunreachable " SENDER " 10.0.0.2 tcp 4000 7\n"
       "1.0 " SENDER " 10.0.0.2 TCP tcp=4000:7:F\n",
       1},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgTally *tally = hg_script_tally(cases[i].script);
    g_assert_cmpuint(sum_of(tally).attempts, ==, 1);
    g_assert_cmpuint(sum_of(tally).refused, ==, cases[i].refused);
    hg_tally_free(tally);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/stealth-probes/scans", test_scans);
  g_test_add_func("/stealth-probes/rests-of-connections", test_rests_of_connections);
  g_test_add_func("/stealth-probes/retransmissions", test_retransmissions);
  g_test_add_func("/stealth-probes/merged", test_merged);
  g_test_add_func("/stealth-probes/error-first", test_error_first);
  return g_test_run();
}

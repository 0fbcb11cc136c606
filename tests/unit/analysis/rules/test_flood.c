/* test_flood.c - floods: who is the victim, and when a source is to blame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#define VICTIM "10.0.0.80"
#define FIRST_PORT 20000 /* of the clients; above the ports of servers */

typedef struct {
  const char *protocol, *before, *after; /* around the client's port or identifier */
} Kind;
static const Kind syn = {"TCP", "tcp=", ":80:S"}, datagram = {"UDP", "udp=", ":7777 payload=100"},
                  ping = {"ICMP", "echo=request:", ""}, fragment = {"IPv4", "len=", ""},
                  syslog = {"Syslog", "udp=", ":514 payload=100"};

/* Packets of one second, each from a source (10.1.x.y) of its own when `spoofed`. */
static GString *flood(guint packets, gboolean spoofed, const Kind *kind) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < packets; i++) {
    const guint source = spoofed ? i : 0;
    g_string_append_printf(script, "%.6f 10.1.%u.%u " VICTIM " %s %s%u%s seq=%u\n",
                           10 + i / (packets + 1.0), source / 250, source % 250 + 1, kind->protocol,
                           kind->before, FIRST_PORT + i % 40000, kind->after, i * 7 + 1);
  }
  return script;
}

typedef struct {
  double observed;          /* of the victim; 0: there is none */
  guint suspects, findings; /* with the rule */
  double score;             /* of the first source */
} Verdict;

/* Takes the script. */
static Verdict verdict_of(GString *script, const char *setting) {
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "flood", setting);
  const HgFinding *victim = finding_of(&analysed, VICTIM);
  const HgHost *source = host_of(&analysed, "10.1.0.1");
  Verdict verdict = {.findings = hg_analysis_finding_count(analysed.analysis)};
  if (victim) {
    g_assert_cmpint(victim->kind, ==, HG_FINDING_VICTIM);
    verdict.observed = victim->observed;
  }
  for (guint32 i = 0; i < hg_tally_host_count(analysed.tally); i++)
    verdict.suspects += hg_analysis_is_suspect(analysed.analysis, i);
  if (source)
    verdict.score = hg_analysis_score(analysed.analysis, source->number);
  analysed_clear(&analysed);
  g_free(text);
  return verdict;
}

static void test_thresholds(void) {
  static const struct {
    const Kind *kind;
    guint limit;
  } cases[] = {{&syn, 200}, {&datagram, 1000}, {&ping, 1000}, {&fragment, 1000}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const guint limit = cases[i].limit;
    Verdict one = verdict_of(flood(limit, FALSE, cases[i].kind), NULL);
    g_assert_cmpfloat(one.observed, ==, limit);
    g_assert_cmpuint(one.suspects, ==, 1);
    g_assert_cmpfloat(one.score, >, 50);
    Verdict many = verdict_of(flood(limit, TRUE, cases[i].kind), NULL);
    g_assert_cmpfloat(many.observed, ==, limit);
    g_assert_cmpuint(many.suspects, ==, 0);
    Verdict below = verdict_of(flood(limit - 1, FALSE, cases[i].kind), NULL);
    g_assert_cmpuint(below.findings, ==, 0);
  }
}

/* As many, but over a minute. */
static void test_slow(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 3000; i++)
    g_string_append_printf(script, "%.3f 10.1.0.1 " VICTIM " TCP tcp=%u:80:S seq=%u\n",
                           10 + i * 0.02, FIRST_PORT + i, i + 1);
  g_assert_cmpuint(verdict_of(script, NULL).findings, ==, 0);
}

/* One connection whose packets are many: they count as spread over its time. */
static void test_long_connection(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 4000; i++)
    g_string_append_printf(script, "%.6f 10.1.0.1 " VICTIM " UDP udp=5000:7777 payload=900\n",
                           10 + i / 1000.0);
  const Verdict verdict = verdict_of(script, NULL);
  g_assert_cmpfloat(verdict.observed, ==, 1000);
  g_assert_cmpuint(verdict.suspects, ==, 1);
}

/* What clients go on with, and what is answered, is a busy server's. */
static void test_busy_server(void) {
  GString *web = flood(2000, FALSE, &syn), *games = flood(2000, FALSE, &datagram);
  for (guint i = 0; i < 2000; i++) {
    const double time = 10.0005 + i / 2001.0;
    g_string_append_printf(web, "%.6f 10.1.0.1 " VICTIM " TCP tcp=%u:80:A\n", time, FIRST_PORT + i);
    g_string_append_printf(games, "%.6f " VICTIM " 10.1.0.1 UDP udp=7777:%u payload=20\n", time,
                           FIRST_PORT + i);
  }
  g_assert_cmpuint(verdict_of(web, NULL).findings, ==, 0);
  g_assert_cmpuint(verdict_of(games, NULL).findings, ==, 0);
}

/* The server's own answer to a SYN completes nothing. */
static void test_half_open(void) {
  GString *script = flood(2000, TRUE, &syn);
  for (guint i = 0; i < 2000; i++)
    g_string_append_printf(script, "%.6f " VICTIM " 10.1.%u.%u TCP tcp=80:%u:SA\n",
                           10.0005 + i / 2001.0, i / 250, i % 250 + 1, FIRST_PORT + i);
  const Verdict verdict = verdict_of(script, NULL);
  g_assert_cmpfloat(verdict.observed, >=, 1900);
  g_assert_cmpuint(verdict.suspects, ==, 0);
}

/* One SYN for each port is a scan; what a victim elsewhere answers is backscatter. */
static void test_no_flood(void) {
  GString *scan = g_string_new(BOTH_WAYS), *backscatter = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 3000; i++) {
    g_string_append_printf(scan, "%.6f 10.1.0.1 " VICTIM " TCP tcp=4000:%u:S seq=%u\n",
                           10 + i / 3001.0, i + 1, i + 1);
    g_string_append_printf(backscatter, "%.6f " VICTIM " 10.1.%u.%u TCP tcp=80:%u:SA\n",
                           10 + i / 3001.0, i / 250, i % 250 + 1, FIRST_PORT + i);
  }
  g_assert_cmpuint(verdict_of(scan, NULL).findings, ==, 0);
  g_assert_cmpuint(verdict_of(backscatter, NULL).findings, ==, 0);
}

/* Collectors of logs and flows never answer. */
static void test_collector(void) {
  g_assert_cmpuint(verdict_of(flood(3000, FALSE, &syslog), NULL).findings, ==, 0);
}

/* A source that sends nearly all, and one that does not. */
static void test_share(void) {
  for (guint others = 30; others <= 60; others += 30) {
    GString *script = flood(400, FALSE, &syn);
    for (guint i = 0; i < others; i++)
      g_string_append_printf(script, "10.5 10.2.0.%u " VICTIM " TCP tcp=4000:80:S seq=1\n", i + 1);
    g_assert_cmpuint(verdict_of(script, NULL).suspects, ==, others == 30 ? 1 : 0);
  }
}

static void test_filters(void) {
  GString *script = flood(300, FALSE, &syn);
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "flood", NULL);
  g_assert_cmpstr(finding_of(&analysed, VICTIM)->filter, ==,
                  "ip.dst == " VICTIM " && tcp.dstport == 80 && tcp.flags.syn == 1 && "
                  "tcp.flags.ack == 0 && !icmp && !icmpv6");
  g_assert_cmpstr(finding_of(&analysed, "10.1.0.1")->filter, ==,
                  "ip.src == 10.1.0.1 && ip.dst == " VICTIM " && tcp.dstport == 80 && "
                  "tcp.flags.syn == 1 && tcp.flags.ack == 0 && !icmp && !icmpv6");
  analysed_clear(&analysed);
  g_free(text);
}

static void test_settings(void) {
  g_assert_cmpuint(verdict_of(flood(50, FALSE, &syn), "flood.syn-rate=50").suspects, ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/flood/thresholds", test_thresholds);
  g_test_add_func("/flood/slow", test_slow);
  g_test_add_func("/flood/long-connection", test_long_connection);
  g_test_add_func("/flood/busy-server", test_busy_server);
  g_test_add_func("/flood/half-open", test_half_open);
  g_test_add_func("/flood/no-flood", test_no_flood);
  g_test_add_func("/flood/collector", test_collector);
  g_test_add_func("/flood/share", test_share);
  g_test_add_func("/flood/filters", test_filters);
  g_test_add_func("/flood/settings", test_settings);
  return g_test_run();
}

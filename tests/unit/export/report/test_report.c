/* test_report.c - order, edges, shares and selection of a report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/report.h"
#include "export/text/text.h"

#include <string.h>

#include "tally/merge/subnets.h"

#include "../support.h"

static const char script[] = "100 10.0.0.10 10.0.0.9 TCP tcp=1000:80:S len=60\n"
                             "101 10.0.0.9 10.0.0.10 TCP tcp=80:1000:SA len=60\n"
                             "102 10.0.0.10 10.0.0.9 HTTP tcp=1000:80:PA len=500 payload=400\n"
                             "103 10.0.0.10 10.0.0.9 TCP tcp=1001:80:S len=60\n"
                             "104 10.0.0.9 9.9.9.9 DNS udp=5000:53 len=80\n"
                             "105 10.0.0.9 224.0.0.251 MDNS udp=5353:5353 len=90\n"
                             "106 fe80::1 10.0.0.10 ICMPv6 len=70\n"
                             "107 10.0.0.10 10.0.0.10 LOOP len=40\n"
                             "108 10.0.0.10 - STP len=40\n";

static guint32 host_of(const Subject *subject, const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  const HgHost *host = hg_tally_find_host(subject->tally, &address);
  g_assert_nonnull(host);
  return host->number;
}

static void test_order(void) {
  static const char *const expected[] = {"9.9.9.9", "10.0.0.9", "10.0.0.10", "224.0.0.251",
                                         "fe80::1"};
  Subject subject;
  subject_init(&subject, script, NULL);
  g_assert_cmpuint(hg_report_host_count(subject.report), ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    const guint32 host = hg_report_host(subject.report, i);
    g_assert_cmpstr(hg_report_host_id(subject.report, host), ==, expected[i]);
    g_assert_cmpuint(hg_report_host_rank(subject.report, host), ==, i);
  }
  subject_clear(&subject);
}

static void test_edges(void) {
  static const struct {
    const char *source, *target;
    guint packets, bytes, initiated;
  } expected[] = {
      {"10.0.0.9", "9.9.9.9", 1, 80, 1},     {"10.0.0.9", "10.0.0.10", 1, 60, 0},
      {"10.0.0.9", "224.0.0.251", 1, 90, 1}, {"10.0.0.10", "10.0.0.9", 3, 620, 2},
      {"10.0.0.10", "10.0.0.10", 1, 40, 0},  {"fe80::1", "10.0.0.10", 1, 70, 0},
  };
  Subject subject;
  subject_init(&subject, script, NULL);
  g_assert_cmpuint(hg_report_edge_count(subject.report), ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    const HgEdge *edge = hg_report_edge(subject.report, i);
    const HgTraffic traffic = hg_report_edge_traffic(subject.report, edge);
    g_assert_cmpstr(hg_report_host_id(subject.report, edge->source), ==, expected[i].source);
    g_assert_cmpstr(hg_report_host_id(subject.report, edge->target), ==, expected[i].target);
    g_assert_cmpuint(traffic.packets, ==, expected[i].packets);
    g_assert_cmpuint(traffic.bytes, ==, expected[i].bytes);
    g_assert_cmpuint(edge->initiated, ==, expected[i].initiated);
  }
  subject_clear(&subject);
}

/* "NAME:PACKETS/BYTES ..."; takes the shares. */
static char *describe(const Subject *subject, GArray *shares) {
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < shares->len; i++) {
    const HgProtocolShare *share = &g_array_index(shares, HgProtocolShare, i);
    g_string_append_printf(out, "%s%s:%u/%u", i ? " " : "",
                           hg_tally_protocol(subject->tally, share->protocol)->name,
                           (guint)share->packets, (guint)share->bytes);
  }
  g_array_unref(shares);
  return g_string_free(out, FALSE);
}

#define assert_shares(subject, shares, expected)                                                   \
  do {                                                                                             \
    char *got = describe(subject, shares);                                                         \
    g_assert_cmpstr(got, ==, expected);                                                            \
    g_free(got);                                                                                   \
  } while (0)

static void test_shares(void) {
  Subject subject;
  subject_init(&subject, script, NULL);
  const HgReport *report = subject.report;
  assert_shares(&subject, hg_report_edge_protocols(report, hg_report_edge(report, 3)),
                "TCP:2/120 HTTP:1/500");
  assert_shares(&subject, hg_report_host_protocols(report, host_of(&subject, "10.0.0.10")),
                "TCP:3/180 HTTP:1/500 ICMPv6:1/70 LOOP:1/40 STP:1/40");
  assert_shares(&subject, hg_report_protocols(report),
                "TCP:3/180 DNS:1/80 HTTP:1/500 ICMPv6:1/70 LOOP:1/40 MDNS:1/90 STP:1/40");
  subject_clear(&subject);
}

static void test_subjects(void) {
  char *suspects[] = {(char *)"10.0.0.10", (char *)"1.2.3.4", (char *)"10.0.0.10",
                      (char *)"1.2.3.4", NULL};
  HgTraceRequest at = {(char *)"9.9.9.9", G_GINT64_CONSTANT(104000000000)};
  HgTraceRequest unseen = {(char *)"5.6.7.8", HG_TRACE_DEFAULT_TIME};
  HgTraceRequest again = {(char *)"10.0.0.10", HG_TRACE_DEFAULT_TIME};
  HgReportOptions options = {.suspects = suspects, .traces = g_ptr_array_new()};
  g_ptr_array_add(options.traces, &at);
  g_ptr_array_add(options.traces, &unseen);
  g_ptr_array_add(options.traces, &again);
  Subject subject;
  subject_init(&subject, script, &options);
  const HgReport *report = subject.report;

  g_assert_cmpuint(hg_report_flagged_count(report), ==, 1);
  g_assert_cmpuint(hg_report_flagged(report, 0), ==, host_of(&subject, "10.0.0.10"));
  g_assert_cmpuint(hg_report_unseen_count(report), ==, 2);
  g_assert_cmpstr(hg_report_unseen(report, 0), ==, "1.2.3.4");
  g_assert_cmpstr(hg_report_unseen(report, 1), ==, "5.6.7.8");

  /* Once for 9.9.9.9, once for 10.0.0.10 although it was asked for in two ways. */
  g_assert_cmpuint(hg_report_trace_count(report), ==, 4);
  for (guint i = 0; i < 4; i++) {
    const HgTrace *trace = hg_report_trace(report, i);
    g_assert_cmpint(trace->direction, ==, i % 2 ? HG_TRACE_BACKWARD : HG_TRACE_FORWARD);
    g_assert_cmpuint(trace->host, ==, host_of(&subject, i < 2 ? "9.9.9.9" : "10.0.0.10"));
  }
  g_assert_cmpint(hg_report_trace(report, 0)->at_ns, ==, at.at_ns);
  g_assert_cmpuint(hg_report_untraced_suspects(report), ==, 0);

  static const struct {
    const char *host;
    HgReach reach;
  } expected[] = {{"10.0.0.10", HG_REACH_SUSPECT},
                  {"10.0.0.9", HG_REACH_CONTACTED},
                  {"9.9.9.9", HG_REACH_REACHED},
                  {"224.0.0.251", HG_REACH_NONE},
                  {"fe80::1", HG_REACH_NONE}};
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    const guint32 host = host_of(&subject, expected[i].host);
    g_assert_cmpint(hg_report_reach(report, host), ==, expected[i].reach);
    g_assert_cmpint(hg_report_is_suspect(report, host), ==, i == 0);
  }
  g_ptr_array_unref(options.traces);
  subject_clear(&subject);
}

/* Addresses that only cleaning makes equal stay different hosts, under any order of arrival. */
static void test_clashing_ids(void) {
  static const char *const scripts[] = {
      "1 \"a\" \"a\\x01\" X\n2 \"a\\x02\" \"\\x01\" X\n3 \"'=a\" \"=a\" X\n4 1.2.3.4 \"1.2.3.4\\x03\" X",
      "1 1.2.3.4 \"1.2.3.4\\x03\" X\n2 \"'=a\" \"=a\" X\n3 \"a\\x02\" \"\\x01\" X\n4 \"a\" \"a\\x01\" X"};
  for (guint round = 0; round < G_N_ELEMENTS(scripts); round++) {
    Subject subject;
    subject_init(&subject, scripts[round], NULL);
    GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint32 i = 0; i < hg_report_host_count(subject.report); i++) {
      const char *id = hg_report_host_id(subject.report, i);
      g_assert_cmpstr(id, !=, "");
      g_assert_true(g_hash_table_add(ids, (gpointer)(id + strspn(id, "'"))));
    }
    g_assert_cmpuint(g_hash_table_size(ids), ==, 8);
    g_assert_cmpstr(hg_report_host_id(subject.report, host_of(&subject, "1.2.3.4")), ==, "1.2.3.4");
    g_assert_cmpstr(hg_report_host_id(subject.report, host_of(&subject, "a\x01")), ==, "a (2)");
    g_hash_table_unref(ids);
    subject_clear(&subject);
  }
}

/* `host`: the one that is found; HG_NO_HOST: there is none. */
static void assert_found(const Subject *subject, const char *text, guint32 host) {
  g_autoptr(GArray) found = hg_report_find_hosts(subject->report, text);
  g_assert_cmpuint(found->len, ==, host != HG_NO_HOST);
  if (host != HG_NO_HOST)
    g_assert_cmpuint(g_array_index(found, guint32, 0), ==, host);
}

/* A hidden character and a text that looks like its escape are two hosts, too; both are found by what
 * exports show, and by what a packet holds. */
static void test_hidden_ids(void) {
  Subject subject;
  subject_init(&subject, "1 \"a\\xe2\\x80\\xae\" \"a\\\\u202E\" X", NULL);
  const guint32 literal = host_of(&subject, "a\\u202E"),
                hidden = host_of(&subject, "a\xe2\x80\xae");
  g_assert_cmpuint(hg_report_host_count(subject.report), ==, 2);
  g_assert_cmpstr(hg_report_host_id(subject.report, literal), ==, "a\\u202E");
  g_assert_cmpstr(hg_report_host_id(subject.report, hidden), ==, "a\\u202E (2)");
  assert_found(&subject, "a\\u202E", literal);
  assert_found(&subject, "a\\u202E (2)", hidden);
  assert_found(&subject, "a\xe2\x80\xae", hidden);
  assert_found(&subject, "a\\u202E (3)", HG_NO_HOST);
  assert_found(&subject, "", HG_NO_HOST);
  subject_clear(&subject);
}

/* Names of segments that differ only in what is cleaned away, or cut: each host has an id of its own. */
static void test_segment_ids(void) {
  g_autofree char *cut = g_strnfill(HG_TEXT_MAX, 'x');
  const char *const names[] = {"ab", "a\\x01b", cut};
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 4; i++)
    g_string_append_printf(text, "1 10.0.0.5 10.0.0.1 X smac=02:00:00:00:00:%02u net=\"%s%s\"\n",
                           i + 1, names[MIN(i, 2)], i > 2 ? "y" : "");
  Subject subject;
  subject_init(&subject, text->str, NULL);
  g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
  const guint32 count = hg_report_host_count(subject.report);
  for (guint32 i = 0; i < count; i++)
    g_assert_true(g_hash_table_add(ids, (gpointer)hg_report_host_id(subject.report, i)));
  g_autoptr(GArray) found = hg_report_find_hosts(subject.report, "10.0.0.5");
  g_assert_cmpuint(found->len, ==, 4);
  subject_clear(&subject);
}

static void test_names(void) {
  Subject subject;
  subject_init(&subject,
               "1 10.0.0.1 10.0.0.2 X\n"
               "name 10.0.0.1 edge.cdn.example dns\nname 10.0.0.1 10.0.0.1 resolved\n"
               "2 10.0.0.1 10.0.0.2 X\n"
               "name 10.0.0.1 www.example.com tls\nname 10.0.0.1 aaa.example.com tls\n",
               NULL);
  const HgReport *report = subject.report;
  g_assert_cmpstr(hg_report_host_name(report, host_of(&subject, "10.0.0.1")), ==,
                  "aaa.example.com");
  g_assert_null(hg_report_host_name(report, host_of(&subject, "10.0.0.2")));
  subject_clear(&subject);
}

/* Random traffic against plain counting: each pair's packets by protocol. */
static void test_random_traffic(void) {
  GString *text = g_string_new(NULL);
  GHashTable *expected = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  guint pairs = 0;
  for (guint i = 0; i < 3000; i++) {
    const guint from = (guint)g_test_rand_int_range(1, 40),
                to = (guint)g_test_rand_int_range(1, 40);
    const char *protocol = (const char *[]){"A", "B", "C"}[g_test_rand_int_range(0, 3)];
    g_string_append_printf(text, "%u 10.0.0.%u 10.0.0.%u %s\n", i, from, to, protocol);
    char *key = g_strdup_printf("10.0.0.%u 10.0.0.%u", from, to);
    pairs += !g_hash_table_contains(expected, key);
    g_hash_table_insert(expected, g_strdup(key), GINT_TO_POINTER(1));
    char *detail = g_strdup_printf("%s %s", key, protocol);
    const gint count = GPOINTER_TO_INT(g_hash_table_lookup(expected, detail));
    g_hash_table_insert(expected, detail, GINT_TO_POINTER(count + 1));
    g_free(key);
  }
  Subject subject;
  subject_init(&subject, text->str, NULL);
  const HgReport *report = subject.report;
  guint seen = 0;
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    if (i > 0) {
      const HgEdge *before = hg_report_edge(report, i - 1);
      const guint32 a = hg_report_host_rank(report, before->source),
                    b = hg_report_host_rank(report, edge->source);
      g_assert_true(a < b || (a == b && hg_report_host_rank(report, before->target) <
                                            hg_report_host_rank(report, edge->target)));
    }
    GArray *shares = hg_report_edge_protocols(report, edge);
    for (guint j = 0; j < shares->len; j++) {
      const HgProtocolShare *share = &g_array_index(shares, HgProtocolShare, j);
      char *detail = g_strdup_printf("%s %s %s", hg_report_host_id(report, edge->source),
                                     hg_report_host_id(report, edge->target),
                                     hg_tally_protocol(subject.tally, share->protocol)->name);
      g_assert_cmpuint(share->packets, ==, GPOINTER_TO_UINT(g_hash_table_lookup(expected, detail)));
      seen++;
      g_free(detail);
    }
    g_array_unref(shares);
  }
  g_assert_cmpuint(hg_report_edge_count(report), ==, pairs);
  g_assert_cmpuint(seen + pairs, ==, g_hash_table_size(expected));
  subject_clear(&subject);
  g_hash_table_unref(expected);
  g_string_free(text, TRUE);
}

/* --- devices --- */

#define S_MAC "02:00:00:00:00:66"
#define A_MAC "02:00:00:00:00:09"
#define B_MAC "02:00:00:00:00:07"
#define EVERYBODY "ff:ff:ff:ff:ff:ff"

/* Everybody's MAC answers everybody's ARP: a suspect has not contacted a machine by that. */
static void test_arp_is_no_contact(void) {
  static const char talk[] = "1 " A_MAC " " EVERYBODY " ARP smac=" A_MAC "\n"
                             "arp " A_MAC " 10.0.0.9 10.0.0.66\n"
                             "2 " S_MAC " " A_MAC " ARP smac=" S_MAC "\n"
                             "arp " S_MAC " 10.0.0.66 10.0.0.9 reply\n"
                             "3 " B_MAC " " EVERYBODY " ARP smac=" B_MAC "\n"
                             "arp " B_MAC " 10.0.0.7 10.0.0.1\n"
                             "4 10.0.0.66 10.0.0.7 X udp=5000:5001 smac=" S_MAC "\n"
                             "5 10.0.0.9 10.0.0.8 X udp=5000:5001 smac=" A_MAC "\n";
  static const struct {
    const char *host;
    HgReach reach;
  } expected[] = {{"10.0.0.66", HG_REACH_SUSPECT},  {S_MAC, HG_REACH_SUSPECT},
                  {"10.0.0.7", HG_REACH_CONTACTED}, {B_MAC, HG_REACH_CONTACTED},
                  {"10.0.0.9", HG_REACH_NONE},      {A_MAC, HG_REACH_NONE},
                  {"10.0.0.8", HG_REACH_NONE}};
  char suspect[] = "10.0.0.66", *suspects[] = {suspect, NULL};
  HgReportOptions options = {.suspects = suspects};
  Subject subject;
  subject_init(&subject, talk, &options);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
    g_assert_cmpint(hg_report_reach(subject.report, host_of(&subject, expected[i].host)), ==,
                    expected[i].reach);
  subject_clear(&subject);
}

/* A subnet says of a machine what the machine's address in it says: all of a device's rules, and when it
 * first did what makes it a suspect. */
static void test_subnets_of_a_device(void) {
  g_autoptr(GString) text = g_string_new("1 " S_MAC " " EVERYBODY " ARP smac=" S_MAC "\n"
                                         "arp " S_MAC " 10.0.0.66 10.0.0.1\n"
                                         "2 fe80::66 ff02::fb MDNS udp=5353:5353 smac=" S_MAC "\n");
  for (guint port = 1; port <= 30; port++)
    g_string_append_printf(text,
                           "%u 10.0.0.66 10.0.9.2 TCP tcp=%u:%u:S seq=%u smac=" S_MAC "\n"
                           "%u.1 10.0.9.2 10.0.0.66 TCP tcp=%u:%u:RA\n",
                           10 + port, 5000 + port, port, port, 10 + port, port, 5000 + port);
  Subject subject;
  subject_init(&subject, text->str, NULL);
  guint32 *becomes;
  HgTally *folded = hg_subnets_fold(subject.tally, &becomes);
  HgAnalysis *analysis = hg_analysis_fold(subject.analysis, folded, becomes);
  HgReport *report = hg_report_fold(subject.report, analysis, becomes);
  for (guint32 host = 0; host < hg_tally_host_count(subject.tally); host++) {
    const char *const *rules = hg_report_host_rules(subject.report, host);
    const HgFirstIndicator *first = hg_report_first_indicator(subject.report, host);
    if (!rules)
      continue;
    const char *const *shown = hg_report_host_rules(report, becomes[host]);
    for (; *rules; rules++)
      g_assert_true(shown && g_strv_contains(shown, *rules));
    if (first)
      g_assert_cmpuint(hg_report_first_indicator(report, becomes[host])->frame, ==, first->frame);
  }
  const guint32 other = becomes[host_of(&subject, "fe80::66")];
  g_assert_cmpuint(other, !=, becomes[host_of(&subject, "10.0.0.66")]);
  g_assert_true(hg_analysis_is_suspect(analysis, other));
  g_assert_true(g_strv_contains(hg_report_host_rules(report, other), "port-scan"));
  g_assert_null(hg_report_host_rules(report, becomes[host_of(&subject, "10.0.9.2")]));
  hg_report_free(report);
  hg_analysis_free(analysis);
  hg_tally_free(folded);
  g_free(becomes);
  subject_clear(&subject);
}

static void test_empty(void) {
  char *suspects[] = {(char *)"10.0.0.1", NULL};
  HgReportOptions options = {.suspects = suspects};
  Subject subject;
  subject_init(&subject, "", &options);
  g_assert_cmpuint(hg_report_host_count(subject.report), ==, 0);
  g_assert_cmpuint(hg_report_edge_count(subject.report), ==, 0);
  g_assert_cmpuint(hg_report_unseen_count(subject.report), ==, 1);
  g_assert_cmpuint(hg_report_trace_count(subject.report), ==, 0);
  assert_shares(&subject, hg_report_protocols(subject.report), "");
  subject_clear(&subject);
  hg_report_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/report/order", test_order);
  g_test_add_func("/report/edges", test_edges);
  g_test_add_func("/report/shares", test_shares);
  g_test_add_func("/report/subjects", test_subjects);
  g_test_add_func("/report/clashing-ids", test_clashing_ids);
  g_test_add_func("/report/hidden-ids", test_hidden_ids);
  g_test_add_func("/report/segment-ids", test_segment_ids);
  g_test_add_func("/report/names", test_names);
  g_test_add_func("/report/random-traffic", test_random_traffic);
  g_test_add_func("/report/arp-is-no-contact", test_arp_is_no_contact);
  g_test_add_func("/report/subnets-of-a-device", test_subnets_of_a_device);
  g_test_add_func("/report/empty", test_empty);
  return g_test_run();
}

/* test_lists.c - allow and deny lists: what they hold, suppress and find
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/contract/finding_private.h"
#include "analysis/lists/suppress.h"

#include "../analyse.h"

#include <string.h>

static HgAllowDenyList *list_of(const char *text) {
  HgAllowDenyList *list = hg_allow_deny_list_new();
  GError *error = NULL;
  hg_allow_deny_list_add(list, "list.txt", text, strlen(text), hg_rules, &error);
  g_assert_no_error(error);
  return list;
}

/* Line of the entry that lists the address or name; 0: none. */
static guint line_of(const HgAllowDenyList *list, const char *what, const char *rule) {
  HgAddressBuffer buffer;
  HgAddress address;
  g_assert_true(hg_address_parse(what, &address, &buffer));
  const HgRule *of = rule ? hg_rule_find(rule) : NULL;
  const HgListEntry *entry = address.kind == HG_ADDRESS_OTHER
                                 ? hg_allow_deny_list_name(list, what, of, FALSE)
                                 : hg_allow_deny_list_address(list, &address, of, FALSE);
  return entry ? entry->line : 0;
}

static void test_addresses(void) {
  HgAllowDenyList *list = list_of("\xef\xbb\xbf# office\r\n"
                                  "10.0.0.0/8\r\n"
                                  "  10.1.2.3   # a server\n"
                                  "10.1.0.0/16 rule=port-scan rule=beacon\n"
                                  "2001:db8::/32\n"
                                  "00:25:B3:bf:91:ee\n"
                                  "52-54-00-00-00-00/24\n");
  g_assert_cmpuint(hg_allow_deny_list_count(list), ==, 7);
  g_assert_cmpuint(line_of(list, "10.1.2.3", NULL), ==, 3);
  g_assert_cmpuint(line_of(list, "10.1.2.4", "port-scan"), ==, 4);
  g_assert_cmpuint(line_of(list, "10.1.2.4", "beacon"), ==, 4);
  g_assert_cmpuint(line_of(list, "10.1.2.4", "flood"), ==, 2);
  g_assert_cmpuint(line_of(list, "10.255.255.255", NULL), ==, 2);
  g_assert_cmpuint(line_of(list, "11.0.0.0", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, "9.255.255.255", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, "2001:db8:ffff::1", NULL), ==, 5);
  g_assert_cmpuint(line_of(list, "2001:db9::1", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, "00:25:b3:bf:91:ee", NULL), ==, 6);
  g_assert_cmpuint(line_of(list, "52:54:00:12:34:56", NULL), ==, 7);
  g_assert_cmpuint(line_of(list, "52:54:01:12:34:56", NULL), ==, 0);
  hg_allow_deny_list_free(list);
}

static void test_everything(void) {
  HgAllowDenyList *list = list_of("0.0.0.0/0\n::/0");
  g_assert_cmpuint(line_of(list, "203.0.113.7", NULL), ==, 1);
  g_assert_cmpuint(line_of(list, "fe80::1", NULL), ==, 2);
  hg_allow_deny_list_free(list);
}

static void test_domains(void) {
  HgAllowDenyList *list =
      list_of("Example.COM\n*.example.net\n.example.org.\nm\xc3\xbcller.example\n");
  g_assert_cmpuint(line_of(list, "example.com", NULL), ==, 1);
  g_assert_cmpuint(line_of(list, "WWW.Example.com.", NULL), ==, 1);
  g_assert_cmpuint(line_of(list, "badexample.com", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, "example.com.evil.test", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, "a.b.example.net", NULL), ==, 2);
  g_assert_cmpuint(line_of(list, "x.example.org", NULL), ==, 3);
  g_assert_cmpuint(line_of(list, "www.xn--mller-kva.example", NULL), ==, 4);
  g_assert_cmpuint(line_of(list, "com", NULL), ==, 0);
  g_assert_cmpuint(line_of(list, ".", NULL), ==, 0);
  hg_allow_deny_list_free(list);
}

static void test_texts(void) {
  HgAllowDenyList *list = list_of("10.0.0.0/8\n10.0.0.1\n2001:db8::/32\nExample.com\n");
  static const char *const asked[] = {"10.9.9.9", "10.0.0.1", "2001:db8::1", "www.example.com"},
                           *const texts[] = {"10.0.0.0/8", "10.0.0.1", "2001:db8::/32",
                                             "example.com"};
  for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
    HgAddressBuffer buffer;
    HgAddress address;
    hg_address_parse(asked[i], &address, &buffer);
    const HgListEntry *entry = address.kind == HG_ADDRESS_OTHER
                                   ? hg_allow_deny_list_name(list, asked[i], NULL, FALSE)
                                   : hg_allow_deny_list_address(list, &address, NULL, FALSE);
    char *text = hg_list_entry_text(entry);
    g_assert_cmpstr(text, ==, texts[i]);
    g_assert_cmpstr(entry->file, ==, "list.txt");
    g_free(text);
  }
  hg_allow_deny_list_free(list);
}

/* Line 2 is wrong; what it must say. */
static void test_bad_lines(void) {
  static const struct {
    const char *line, *why;
  } cases[] = {{"10.0.0.5/8", "beyond the prefix length"},
               {"10.0.0.0/33", "0 to 32"},
               {"10.0.0.0/-1", "0 to 32"},
               {"10.0.0.0/", "0 to 32"},
               {"::/129", "0 to 128"},
               {"00:25:b3:bf:91:ee/49", "0 to 48"},
               {"10.0.0", "neither"},
               {"10.0.0.256", "neither"},
               {"10.0.0.0/8/9", "0 to 32"},
               {"a b", "only rule=ID"},
               {"10.0.0.1 rule=", "no such rule"},
               {"10.0.0.1 rule=nonsense", "no such rule"},
               {"a..example", "1 to 63"},
               {"*.", "1 to 63"},
               {"rule=beacon", "neither"},
               {"\x01", "neither"},
               {"\xff\xfe", "neither"},
               {"<script>", "neither"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgAllowDenyList *list = hg_allow_deny_list_new();
    GError *error = NULL;
    char *text = g_strdup_printf("10.9.9.9\n%s\n10.9.9.8\n", cases[i].line);
    g_assert_false(hg_allow_deny_list_add(list, "list.txt", text, strlen(text), hg_rules, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
    g_assert_true(g_str_has_prefix(error->message, "line 2: "));
    g_assert_nonnull(strstr(error->message, cases[i].why));
    g_assert_true(g_utf8_validate(error->message, -1, NULL));
    g_clear_error(&error);
    g_free(text);
    hg_allow_deny_list_free(list);
  }
}

static void test_other_texts(void) {
  HgAllowDenyList *list = hg_allow_deny_list_new();
  GError *error = NULL;
  g_assert_false(hg_allow_deny_list_add(list, "f", "a.example\0", 10, hg_rules, &error));
  g_assert_nonnull(strstr(error->message, "line 1: there is a zero byte"));
  g_clear_error(&error);
  g_assert_false(hg_allow_deny_list_add(list, "f", "10.0.0.1 rule=beacon", 20, NULL, &error));
  g_assert_nonnull(strstr(error->message, "only an allow list"));
  g_clear_error(&error);
  g_assert_true(hg_allow_deny_list_add(list, "f", "", 0, hg_rules, &error));
  g_assert_true(hg_allow_deny_list_add(list, "f", "\n\n  \n#\n", 7, hg_rules, &error));
  g_assert_cmpuint(hg_allow_deny_list_count(list), ==, 0);
  hg_allow_deny_list_free(list);
}

/* Against a plain walk over all networks. */
static void test_oracle(void) {
  GRand *random = g_rand_new_with_seed(7);
  GString *text = g_string_new(NULL);
  guint32 network[300];
  guint bits[300];
  for (guint i = 0; i < G_N_ELEMENTS(network); i++) {
    bits[i] = (guint)g_rand_int_range(random, 0, 33);
    const guint32 mask = bits[i] == 0 ? 0 : 0xffffffffu << (32 - bits[i]);
    network[i] = g_rand_int(random) & 0x0f0f0f0f & mask;
    g_string_append_printf(text, "%u.%u.%u.%u/%u\n", network[i] >> 24, network[i] >> 16 & 255,
                           network[i] >> 8 & 255, network[i] & 255, bits[i]);
  }
  HgAllowDenyList *list = list_of(text->str);
  for (guint k = 0; k < 5000; k++) {
    const guint32 host = g_rand_int(random) & 0x0f0f0f0f;
    gint longest = -1;
    for (guint i = 0; i < G_N_ELEMENTS(network); i++) {
      const guint32 mask = bits[i] == 0 ? 0 : 0xffffffffu << (32 - bits[i]);
      if ((host & mask) == network[i])
        longest = MAX(longest, (gint)bits[i]);
    }
    const guint8 bytes[4] = {(guint8)(host >> 24), (guint8)(host >> 16), (guint8)(host >> 8),
                             (guint8)host};
    const HgAddress address = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = bytes};
    const HgListEntry *entry = hg_allow_deny_list_address(list, &address, NULL, FALSE);
    g_assert_cmpint(entry ? entry->network.bits : -1, ==, longest);
  }
  hg_allow_deny_list_free(list);
  g_string_free(text, TRUE);
  g_rand_free(random);
}

/* --- what they do --- */

typedef struct {
  HgTally *tally;
  HgAnalysisOptions *options;
  HgAnalysis *analysis;
} Listed;

static Listed analyse_listed(const char *script, const char *rule, HgListPurpose purpose,
                             const char *text) {
  Listed listed = {hg_script_tally(script), hg_analysis_options_new(), NULL};
  GError *error = NULL;
  g_assert_true(hg_analysis_options_rule(listed.options, rule, &error));
  g_assert_true(hg_allow_deny_list_add(hg_analysis_options_list(listed.options, purpose),
                                       "list.txt", text, strlen(text),
                                       purpose == HG_LIST_ALLOW ? hg_rules : NULL, &error));
  g_assert_no_error(error);
  listed.analysis = hg_analysis_new(listed.tally, listed.options);
  return listed;
}

static void listed_clear(Listed *listed) {
  hg_analysis_free(listed->analysis);
  hg_analysis_options_free(listed->options);
  hg_tally_free(listed->tally);
}

/* Host 10.0.0.1 with a MAC and a name scans the ports of 10.0.0.2. */
static char *scan(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 20; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.1 10.0.0.2 TCP tcp=4000:%u:S seq=%u "
                           "smac=00:25:b3:bf:91:ee\n",
                           10 + i, 100 + i, i + 1);
  g_string_append(script, "name 10.0.0.1 scanner.corp.example dns\n");
  return g_string_free(script, FALSE);
}

static void test_suppression(void) {
  static const struct {
    const char *list;
    guint suppressed;
  } cases[] = {{"10.0.0.1", 1},
               {"10.0.0.0/24", 1},
               {"00:25:b3:bf:91:ee", 1},
               {"corp.example", 1},
               {"10.0.0.2", 0}, /* who trusts a server does not want to miss attacks on it */
               {"10.0.0.2 rule=port-scan", 1},
               {"10.0.0.2\n10.0.0.0/24 rule=port-scan", 1},
               {"10.0.0.2 rule=address-scan", 0},
               {"10.0.0.1 rule=port-scan", 1},
               {"10.0.0.1 rule=beacon", 0},
               {"10.0.0.3", 0},
               {"orp.example", 0}};
  char *script = scan();
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    Listed listed = analyse_listed(script, "port-scan", HG_LIST_ALLOW, cases[i].list);
    g_assert_cmpuint(hg_analysis_suppressed_count(listed.analysis), ==, cases[i].suppressed);
    g_assert_cmpuint(hg_analysis_finding_count(listed.analysis), ==, 1 - cases[i].suppressed);
    g_assert_cmpuint(hg_analysis_scored_count(listed.analysis), ==, 1 - cases[i].suppressed);
    if (cases[i].suppressed > 0) {
      const HgSuppressed *one = hg_analysis_suppressed(listed.analysis, 0);
      g_assert_cmpstr(one->finding->rule->id, ==, "port-scan");
      g_assert_cmpuint(one->entry->line, ==, strchr(cases[i].list, '\n') ? 2 : 1);
    }
    listed_clear(&listed);
  }
  g_free(script);
}

/* What peers say is the rule's to tell. */
static guint suppressed(const char *script, const char *rule, const char *setting,
                        const char *list) {
  Listed listed = {hg_script_tally(script), hg_analysis_options_new(), NULL};
  GError *error = NULL;
  g_assert_true(hg_analysis_options_rule(listed.options, rule, &error));
  g_assert_true(hg_analysis_options_set(listed.options, setting, &error));
  g_assert_true(hg_allow_deny_list_add(hg_analysis_options_list(listed.options, HG_LIST_ALLOW),
                                       "list", list, strlen(list), hg_rules, &error));
  listed.analysis = hg_analysis_new(listed.tally, listed.options);
  const guint count = hg_analysis_suppressed_count(listed.analysis);
  g_assert_cmpuint(count + hg_analysis_finding_count(listed.analysis), ==, 1);
  listed_clear(&listed);
  return count;
}

/* A beacon is cleared by whom it calls, not by the proxy that is asked; a tunnel by its domain, not by the
 * resolver that all ask. */
static void test_peers(void) {
  GString *beacon = g_string_new(BOTH_WAYS), *tunnel = g_string_new(BOTH_WAYS);
  GString *proxied = g_string_new(BOTH_WAYS);
  for (guint i = 1; i <= 40; i++) {
    g_string_append_printf(beacon,
                           "%u 10.0.0.66 203.0.113.9 TCP tcp=%u:443:S seq=%u\n"
                           "%u.1 203.0.113.9 10.0.0.66 TCP tcp=443:%u:SA\n",
                           60 * i, 4000 + i, i, 60 * i, 4000 + i);
    g_string_append_printf(proxied,
                           "%u 10.0.0.66 10.0.0.8 HTTP tcp=%u:3128:S seq=%u\n"
                           "observe proxy-request 10.0.0.66 10.0.0.8 c2.evil.example 90\n"
                           "%u.1 10.0.0.8 10.0.0.66 HTTP tcp=3128:%u:SA payload=9\n",
                           60 * i, 4000 + i, i, 60 * i, 4000 + i);
    g_string_append_printf(tunnel,
                           "%u 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                           "observe dns-query 10.0.0.66 10.0.0.53 \"TXT "
                           "x%04uqjzkwvxbpmgqzjxkvwqpzmxnb.t.evil.example\" 90\n",
                           i, i * 7919 % 10000);
  }
  g_string_append(beacon, "name 203.0.113.9 update.example.com tls\n");
  g_assert_cmpuint(suppressed(beacon->str, "beacon", "beacon.score=0.8", "203.0.113.9"), ==, 1);
  g_assert_cmpuint(suppressed(beacon->str, "beacon", "beacon.score=0.8", "example.com rule=beacon"),
                   ==, 1);
  g_assert_cmpuint(suppressed(beacon->str, "beacon", "beacon.score=0.8", "203.0.113.10"), ==, 0);
  g_assert_cmpuint(suppressed(proxied->str, "beacon", "beacon.score=0.8", "10.0.0.8"), ==, 0);
  g_assert_cmpuint(suppressed(proxied->str, "beacon", "beacon.score=0.8", "evil.example"), ==, 1);
  g_assert_cmpuint(suppressed(tunnel->str, "dns-tunnel", "dns-tunnel.rate=20", "10.0.0.53"), ==, 0);
  g_assert_cmpuint(
      suppressed(tunnel->str, "dns-tunnel", "dns-tunnel.rate=20", "10.0.0.53 rule=dns-tunnel"), ==,
      0);
  g_assert_cmpuint(suppressed(tunnel->str, "dns-tunnel", "dns-tunnel.rate=20", "evil.example"), ==,
                   1);
  g_string_free(beacon, TRUE);
  g_string_free(proxied, TRUE);
  g_string_free(tunnel, TRUE);
}

#define CALL                                                                                       \
  BOTH_WAYS "10 10.0.0.66 203.0.113.9 TCP tcp=4000:443:S seq=1\n"                                  \
            "10.1 203.0.113.9 10.0.0.66 TCP tcp=443:4000:SA\n"

/* Score of the host by deny-list. */
static double denied(const char *script, const char *list, const char *host) {
  Listed listed = analyse_listed(script, "deny-list", HG_LIST_DENY, list);
  const Analysed analysed = {listed.tally, listed.analysis};
  const HgHost *found = host_of(&analysed, host);
  const double score = found ? hg_analysis_score(listed.analysis, found->number) : -1;
  listed_clear(&listed);
  return score;
}

static void test_deny(void) {
  g_assert_cmpfloat(denied(CALL, "203.0.113.0/24", "10.0.0.66"), ==, 90);
  g_assert_cmpfloat(denied(CALL, "203.0.113.9", "10.0.0.251"), ==, 0);
  g_assert_cmpfloat(denied(CALL, "203.0.113.10", "10.0.0.66"), ==, 0);
  /* An unanswered contact counts, too. */
  g_assert_cmpfloat(denied(BOTH_WAYS "10 10.0.0.66 203.0.113.9 TCP tcp=4000:443:S seq=1\n",
                           "203.0.113.9", "10.0.0.66"),
                    ==, 54);
  /* The target of a probe is not to blame, whether it answers or not; the prober is. */
  static const char *const knock = BOTH_WAYS "10 203.0.113.9 10.0.0.80 TCP tcp=4000:443:S seq=1\n"
                                             "10.1 10.0.0.80 203.0.113.9 TCP tcp=443:4000:SA\n";
  g_assert_cmpfloat(denied(knock, "203.0.113.9", "10.0.0.80"), ==, 0);
  g_assert_cmpfloat(denied(knock, "203.0.113.9", "203.0.113.9"), ==, 90);
}

static void test_deny_starts(void) {
  /* Refused is not answered. */
  g_assert_cmpfloat(denied(BOTH_WAYS "10 10.0.0.66 203.0.113.9 TCP tcp=4000:443:S seq=1\n"
                                     "10.1 203.0.113.9 10.0.0.66 TCP tcp=443:4000:RA\n",
                           "203.0.113.9", "10.0.0.66"),
                    ==, 54);
  /* Nobody is known to have begun: only the listed one is blamed, ports or none. */
  static const char *const scripts[] = {BOTH_WAYS
                                        "10 10.0.0.66 203.0.113.9 TCP tcp=4000:443:A payload=9\n"
                                        "11 203.0.113.9 10.0.0.66 TCP tcp=443:4000:A payload=9\n",
                                        BOTH_WAYS "10 10.0.0.66 203.0.113.9 ESP\n"
                                                  "11 203.0.113.9 10.0.0.66 ESP\n"};
  for (guint i = 0; i < G_N_ELEMENTS(scripts); i++) {
    g_assert_cmpfloat(denied(scripts[i], "203.0.113.9", "10.0.0.66"), ==, 0);
    g_assert_cmpfloat(denied(scripts[i], "203.0.113.9", "203.0.113.9"), ==, 90);
  }
  /* A resolver asks name servers for others. */
  static const char *const resolver = BOTH_WAYS
      "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n10.3 10.0.0.53 10.0.0.66 DNS udp=53:5000\n"
      "10.1 10.0.0.53 203.0.113.9 DNS udp=5001:53\n10.2 203.0.113.9 10.0.0.53 DNS udp=53:5001\n"
      "11 10.0.0.67 10.0.0.53 DNS udp=5000:53\n11.3 10.0.0.53 10.0.0.67 DNS udp=53:5000\n";
  g_assert_cmpfloat(denied(resolver, "203.0.113.9", "10.0.0.53"), ==, 0);
  g_assert_cmpfloat(denied(resolver, "203.0.113.9", "203.0.113.9"), ==, 90);
}

static void test_deny_domains(void) {
  static const char *const query =
      BOTH_WAYS "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                "observe dns-query 10.0.0.66 10.0.0.53 \"A c2.Evil.example\" 40\n";
  g_assert_cmpfloat(denied(query, "evil.example", "10.0.0.66"), ==, 90);
  g_assert_cmpfloat(denied(query, "vil.example", "10.0.0.66"), ==, 0);
  /* The resolver that passes the question on is not to blame. */
  static const char *const forwarded =
      BOTH_WAYS "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                "observe dns-query 10.0.0.66 10.0.0.53 \"A evil.example\" 40\n"
                "10.1 10.0.0.53 198.51.100.53 DNS udp=5001:53\n"
                "observe dns-query 10.0.0.53 198.51.100.53 \"A evil.example\" 40\n"
                "10.2 198.51.100.53 10.0.0.53 DNS udp=53:5001\n"
                "10.3 10.0.0.53 10.0.0.66 DNS udp=53:5000\n";
  g_assert_cmpfloat(denied(forwarded, "evil.example", "10.0.0.66"), ==, 90);
  g_assert_cmpfloat(denied(forwarded, "evil.example", "10.0.0.53"), ==, 0);
  /* An address is listed by its names only when all of them are. */
  g_assert_cmpfloat(denied(CALL "name 203.0.113.9 evil.example tls\n", "evil.example", "10.0.0.66"),
                    ==, 90);
  g_assert_cmpfloat(denied(CALL "name 203.0.113.9 evil.example tls\n"
                                "name 203.0.113.9 good.example tls\n",
                           "evil.example", "10.0.0.251"),
                    ==, 0);
  /* Of a server with other names, too, who named the listed one is accountable; nobody else. */
  static const char *const shared =
      CALL "11 10.0.0.66 203.0.113.9 TLSv1.2 tcp=4000:443:PA\nname 203.0.113.9 evil.example tls\n"
           "12 10.0.0.67 203.0.113.9 TLSv1.2 tcp=4001:443:PA\nname 203.0.113.9 good.example tls\n";
  g_assert_cmpfloat(denied(shared, "evil.example", "10.0.0.66"), ==, 90);
  g_assert_cmpfloat(denied(shared, "evil.example", "10.0.0.67"), ==, 0);
  g_assert_cmpfloat(denied(shared, "good.example", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(denied(shared, "good.example", "10.0.0.67"), ==, 90);
  g_assert_cmpfloat(denied(shared, "evil.example", "203.0.113.9"), ==, 0);
  /* Each name by itself: that a client asked for one says nothing about the resolver's other. */
  static const char *const own =
      BOTH_WAYS "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                "observe dns-query 10.0.0.66 10.0.0.53 \"A one.example\" 40\n"
                "10.1 10.0.0.53 198.51.100.53 DNS udp=5001:53\n"
                "observe dns-query 10.0.0.53 198.51.100.53 \"A two.example\" 40\n"
                "10.2 198.51.100.53 10.0.0.53 DNS udp=53:5001\n"
                "10.3 10.0.0.53 10.0.0.66 DNS udp=53:5000\n";
  g_assert_cmpfloat(denied(own, "one.example\ntwo.example", "10.0.0.53"), ==, 90);
  /* A dot within a label parts nothing. */
  g_assert_cmpfloat(denied(BOTH_WAYS "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                                     "observe dns-query 10.0.0.66 10.0.0.53 \"A "
                                     "evil\\\\.example.com\" 40\n",
                           "com", "10.0.0.66"),
                    ==, 90);
  g_assert_cmpfloat(denied(BOTH_WAYS "10 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                                     "observe dns-query 10.0.0.66 10.0.0.53 \"A "
                                     "sub\\\\.evil.example\" 40\n",
                           "evil.example", "10.0.0.66"),
                    ==, 0);
}

static void test_deny_filter(void) {
  Listed listed =
      analyse_listed(CALL "11 10.0.0.66 10.0.0.53 DNS udp=5000:53\n"
                          "observe dns-query 10.0.0.66 10.0.0.53 \"A c2.evil.example\" 40\n",
                     "deny-list", HG_LIST_DENY, "203.0.113.9\nevil.example\n");
  const Analysed analysed = {listed.tally, listed.analysis};
  const HgFinding *finding = finding_of(&analysed, "10.0.0.66");
  g_assert_cmpfloat(finding->observed, ==, 2);
  g_assert_cmpstr(
      finding->filter, ==,
      "(ip.addr == 10.0.0.66 && ip.addr == 203.0.113.9) || (ip.addr == 10.0.0.66 && "
      "dns.qry.name matches \"(^|[.])(evil[.]example)$\" && !mdns && !llmnr && !icmp && "
      "!icmpv6)");
  listed_clear(&listed);
}

/* A full list of peers does not name all of them, also when two of those that it names are one machine. */
static void test_more_peers_than_listed(void) {
  g_autoptr(GString) script = g_string_new("1 10.0.0.1 10.0.0.2 X\n");
  guint32 becomes[HG_FINDING_MAX_PEERS + 2];
  for (guint i = 0; i < HG_FINDING_MAX_PEERS; i++)
    g_string_append_printf(script, "2 10.0.0.1 10.0.1.%u X\n", i);
  HgTally *tally = hg_script_tally(script->str);
  HgDevices *devices = hg_devices_new(tally);
  HgAllowDenyList *allow = list_of("10.0.1.0/24\n");
  for (guint32 i = 0; i < G_N_ELEMENTS(becomes); i++)
    becomes[i] = i == 3 ? 2 : i; /* 10.0.1.1 is one with 10.0.1.0 */
  for (guint count = HG_FINDING_MAX_PEERS - 1; count <= HG_FINDING_MAX_PEERS; count++) {
    HgFinding *finding = hg_finding_new(0, hg_rule_find("beacon"), HG_FINDING_SUSPICION);
    for (guint32 i = 0; i < count; i++)
      hg_finding_add_peer(finding, 2 + i);
    hg_finding_renumber(finding, becomes);
    g_assert_cmpuint(finding->peers->len, ==, count - 1);
    g_assert_cmpint(hg_suppress_find(allow, tally, devices, finding) != NULL, ==,
                    count < HG_FINDING_MAX_PEERS);
    hg_finding_free(finding);
  }
  hg_allow_deny_list_free(allow);
  hg_devices_free(devices);
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/lists/addresses", test_addresses);
  g_test_add_func("/lists/everything", test_everything);
  g_test_add_func("/lists/domains", test_domains);
  g_test_add_func("/lists/texts", test_texts);
  g_test_add_func("/lists/bad-lines", test_bad_lines);
  g_test_add_func("/lists/other-texts", test_other_texts);
  g_test_add_func("/lists/oracle", test_oracle);
  g_test_add_func("/lists/suppression", test_suppression);
  g_test_add_func("/lists/peers", test_peers);
  g_test_add_func("/lists/deny", test_deny);
  g_test_add_func("/lists/deny-starts", test_deny_starts);
  g_test_add_func("/lists/deny-domains", test_deny_domains);
  g_test_add_func("/lists/deny-filter", test_deny_filter);
  g_test_add_func("/lists/more-peers-than-listed", test_more_peers_than_listed);
  return g_test_run();
}

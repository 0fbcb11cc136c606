/* test_dns_rules.c - tunnels and generated names: what fires, what just does not, what is ordinary
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

#define CLIENT "10.0.0.5"
#define RESOLVER "10.0.0.53"
#define UPSTREAM "198.51.100.53"

/* A question and its answer. */
static void ask(GString *script, double time, const char *client, const char *resolver,
                const char *type, const char *name, const char *code) {
  g_string_append_printf(script,
                         "%.3f %s %s DNS udp=5000:53\nobserve dns-query %s %s \"%s %s\" 60\n"
                         "%.3f %s %s DNS udp=53:5000\nobserve dns-answer %s %s \"%s %s %s\" 90\n",
                         time, client, resolver, client, resolver, type, name, time + 0.01,
                         resolver, client, resolver, client, code, type, name);
}

/* `count` questions, one each `gap` seconds: 28 hex digits that are never the same, between. */
static GString *ask_many(guint count, double gap, const char *type, const char *before,
                         const char *after) {
  GString *script = g_string_new(NULL);
  GRand *rand = g_rand_new_with_seed(count);
  for (guint i = 0; i < count; i++) {
    char *name = g_strdup_printf("%s%04x%08x%08x%08x%s", before, i, g_rand_int(rand),
                                 g_rand_int(rand), g_rand_int(rand), after);
    ask(script, 10 + i * gap, CLIENT, RESOLVER, type, name, "NOERROR");
    g_free(name);
  }
  g_rand_free(rand);
  return script;
}

/* Takes the script. */
static Analysed analyse_script(GString *script, const char *rule, const char *setting) {
  char *text = g_string_free(script, FALSE);
  const Analysed analysed = analyse(text, rule, setting);
  g_free(text);
  return analysed;
}

/* Takes the script. */
static guint findings(GString *script, const char *rule) {
  Analysed analysed = analyse_script(script, rule, NULL);
  const guint count = hg_analysis_finding_count(analysed.analysis);
  analysed_clear(&analysed);
  return count;
}

static double tunnel_score(GString *script) {
  Analysed analysed = analyse_script(script, "dns-tunnel", NULL);
  const HgHost *client = host_of(&analysed, CLIENT);
  const double score = client ? hg_analysis_score(analysed.analysis, client->number) : 0;
  analysed_clear(&analysed);
  return score;
}

/* --- tunnels --- */

static void test_tunnel_in_a_minute(void) {
  Analysed analysed =
      analyse_script(ask_many(50, 1.2, "A", "", ".t.example.com"), "dns-tunnel", NULL);
  const HgFinding *finding = finding_of(&analysed, CLIENT);
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 50);
  g_assert_cmpfloat(finding->threshold, ==, 50);
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  g_assert_cmpuint(finding->peers->len, ==, 1);
  g_assert_cmpuint(finding->first_frame, ==, 1);
  g_assert_cmpuint(finding->last_frame, ==, 100);
  g_assert_nonnull(strstr(finding->evidence, "below t.example.com"));
  g_assert_cmpstr(finding->filter, ==,
                  "ip.addr == 10.0.0.5 && dns.qry.name matches \"[.]t[.]example[.]com$\" && !mdns "
                  "&& !llmnr && !icmp && !icmpv6");
  g_assert_null(finding_of(&analysed, RESOLVER)); /* it only answered */
  analysed_clear(&analysed);
  g_assert_cmpuint(findings(ask_many(49, 1.2, "A", "", ".t.example.com"), "dns-tunnel"), ==, 0);
  g_assert_cmpuint(findings(ask_many(60, 1.3, "A", "", ".t.example.com"), "dns-tunnel"), ==, 0);
}

static void test_tunnel_in_the_long_run(void) {
  /* Slowly: at 100 names it is told, data in TXT makes it a suspect, addresses only from 500 on. */
  g_assert_cmpuint(findings(ask_many(99, 60, "TXT", "", ".example.com"), "dns-tunnel"), ==, 0);
  g_assert_cmpfloat(tunnel_score(ask_many(100, 60, "TXT", "", ".example.com")), >=, 50);
  g_assert_cmpuint(findings(ask_many(100, 60, "A", "", ".example.com"), "dns-tunnel"), ==, 1);
  g_assert_cmpfloat(tunnel_score(ask_many(100, 60, "A", "", ".example.com")), <, 50);
  g_assert_cmpfloat(tunnel_score(ask_many(500, 60, "A", "", ".example.com")), >=, 50);
}

/* The same name asked for again and again carries nothing. */
static void test_same_name(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 600; i++)
    ask(script, 10 + i * 0.1, CLIENT, RESOLVER, "TXT", "0123456789abcdef0123456789.example.com",
        "NOERROR");
  g_assert_cmpuint(findings(script, "dns-tunnel"), ==, 0);
}

/* Data cut into many short labels. */
static void test_short_labels(void) {
  for (guint labels = 13; labels <= 14; labels++) {
    GString *script = g_string_new(NULL);
    for (guint i = 0; i < 60; i++) {
      GString *name = g_string_new(NULL);
      for (guint label = 0; label < labels; label++)
        g_string_append_printf(name, "%04x.", (i * 7919u + label * 104729u) & 0xffff);
      g_string_append(name, "example.com");
      ask(script, 10 + i * 0.5, CLIENT, RESOLVER, "A", name->str, "NOERROR");
      g_string_free(name, TRUE);
    }
    g_assert_cmpuint(findings(script, "dns-tunnel"), ==, labels == 14); /* 52 and 56 bytes */
  }
}

static void test_tunnel_without_a_domain(void) {
  Analysed analysed = analyse_script(ask_many(80, 0.5, "MX", "dnscat.", ""), "dns-tunnel", NULL);
  const HgFinding *finding = finding_of(&analysed, CLIENT);
  g_assert_nonnull(finding);
  g_assert_nonnull(strstr(finding->evidence, "in no top-level domain"));
  analysed_clear(&analysed);
}

static void test_hostile_domain(void) {
  GString *script =
      ask_many(80, 0.5, "NULL", "", ".a\\\\\\\"b\\\\195\\\\.c.d$(x)\\\"|/\\\\032.com");
  Analysed analysed = analyse_script(script, "dns-tunnel", NULL);
  const HgFinding *finding = finding_of(&analysed, CLIENT);
  g_assert_nonnull(finding);
  /* Nothing but what stands for itself or for anything within the quotes. */
  const char *pattern = strstr(finding->filter, "matches \"") + strlen("matches \"");
  const gsize length = strcspn(pattern, "\"");
  for (gsize i = 0; i < length; i++)
    g_assert_true(g_ascii_isalnum(pattern[i]) || strchr("[].+$-_", pattern[i]));
  g_assert_true(g_str_has_prefix(pattern + length, "\" && "));
  analysed_clear(&analysed);
}

static void test_no_tunnel(void) {
  static const struct {
    const char *what, *type, *before, *after;
  } ordinary[] = {
      {"reputation of files", "A", "", ".avqs.mcafee.com"},
      {"hash list", "TXT", "", ".malware.hash.cymru.com"},
      {"backwards", "PTR", "", ".in-addr.arpa"},
      {"services", "SRV", "_ldap._tcp.", "._msdcs.example.com"},
      {"replication", "CNAME", "", "._msdcs.example.com"},
      {"block list", "TXT", "4.3.2.1.", ".list.example.org"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(ordinary); i++) {
    g_test_message("%s", ordinary[i].what);
    g_assert_cmpuint(
        findings(ask_many(600, 0.1, ordinary[i].type, ordinary[i].before, ordinary[i].after),
                 "dns-tunnel"),
        ==, 0);
  }
  /* A network that delivers content. */
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 600; i++) {
    char *name = g_strdup_printf("d%uf2k%ux9.cloudfront.net", i * 7919, i);
    ask(script, 10 + i * 0.1, CLIENT, RESOLVER, "A", name, "NOERROR");
    g_free(name);
  }
  g_assert_cmpuint(findings(script, "dns-tunnel"), ==, 0);
}

/* Signers of mail at many companies below one registry are many domains. */
static void test_registry_is_no_domain(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 600; i++) {
    char *name = g_strdup_printf("mail.company%u.co.uk", i);
    ask(script, 10 + i * 0.1, CLIENT, RESOLVER, "MX", name, "NOERROR");
    g_free(name);
  }
  g_assert_cmpuint(findings(script, "dns-tunnel"), ==, 0);
}

/* The same names seen on both sides of a resolver: who asked it is the one. */
static void test_resolver_is_not_blamed(void) {
  GString *script = ask_many(80, 0.5, "TXT", "", ".t.example.com");
  GString *upstream = g_string_new(NULL);
  char **lines = g_strsplit(script->str, "\n", -1);
  for (guint i = 1; lines[i] && lines[i][0]; i += 4) {
    const char *name = strchr(lines[i], '"') + strlen("\"TXT ");
    char *text = g_strndup(name, strcspn(name, "\""));
    ask(upstream, 100 + i * 0.1, RESOLVER, UPSTREAM, "TXT", text, "NOERROR");
    g_free(text);
  }
  g_strfreev(lines);
  g_string_append(script, upstream->str);
  Analysed analysed = analyse_script(script, "dns-tunnel", NULL);
  g_assert_nonnull(finding_of(&analysed, CLIENT));
  g_assert_null(finding_of(&analysed, RESOLVER));
  analysed_clear(&analysed);
  /* When only that side was captured, the resolver is all there is to name. */
  analysed = analyse_script(upstream, "dns-tunnel", NULL);
  g_assert_nonnull(finding_of(&analysed, RESOLVER));
  analysed_clear(&analysed);
}

/* --- generated names --- */

/* Labels that all look random, so that what the rule counts is known. */
static void generate(GString *script, const char *client, const char *resolver, guint count,
                     double gap, const char *after, const char *code) {
  for (guint i = 0; i < count; i++) {
    char *name = g_strdup_printf("qxjzk%cwvq%cxz%s", 'a' + i % 26, 'a' + i / 26, after);
    ask(script, 10 + i * gap, client, resolver, "A", name, code);
    g_free(name);
  }
}

static GString *generated(guint count, double gap, const char *after, const char *code) {
  GString *script = g_string_new(NULL);
  generate(script, CLIENT, RESOLVER, count, gap, after, code);
  return script;
}

static void test_generated(void) {
  Analysed analysed = analyse_script(generated(21, 170, ".com", "NXDOMAIN"), "dga", NULL);
  const HgFinding *finding = finding_of(&analysed, CLIENT);
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 21);
  g_assert_cmpfloat(finding->threshold, ==, 20);
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  g_assert_null(finding_of(&analysed, RESOLVER));
  analysed_clear(&analysed);
  g_assert_cmpuint(findings(generated(20, 170, ".com", "NXDOMAIN"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, ".co.uk", "NXDOMAIN"), "dga"), ==, 1);
}

/* 21 that look random, one each `gap` seconds, and `others` that do not. */
static guint count_slow(guint others, double gap) {
  static const char *const words[] = {"water", "house", "green", "maison", "strasse"};
  GString *script = generated(21, gap, ".com", "NXDOMAIN");
  for (guint i = 0; i < others; i++) {
    char *name = g_strdup_printf("%s%s.com", words[i / 5], words[i % 5]);
    ask(script, 20 + i, CLIENT, RESOLVER, "A", name, "NXDOMAIN");
    g_free(name);
  }
  return findings(script, "dga");
}

static void test_slowly_generated(void) {
  g_assert_cmpuint(count_slow(0, 3600), ==, 1);
  g_assert_cmpuint(count_slow(21, 3600), ==, 1);
  g_assert_cmpuint(count_slow(22, 3600), ==, 0); /* a name server that denies advertisers */
  g_assert_cmpuint(count_slow(0, 4321), ==, 0);  /* 21 take 20 gaps: more than a day */
  g_assert_cmpuint(findings(generated(20, 3600, ".com", "NXDOMAIN"), "dga"), ==, 0);
}

static void test_not_generated(void) {
  /* They exist; they are in one domain; they are single labels, or a search list's. */
  g_assert_cmpuint(findings(generated(40, 1, ".com", "NOERROR"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, ".com", "SERVFAIL"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, ".example.com", "NXDOMAIN"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, "", "NXDOMAIN"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, ".lan", "NXDOMAIN"), "dga"), ==, 0);
  g_assert_cmpuint(findings(generated(40, 1, ".zen.spamhaus.org", "NXDOMAIN"), "dga"), ==, 0);
  static const char *const words[] = {"water",  "house",  "green",  "maison", "strasse",
                                      "tiempo", "valley", "garten", "libre",  "mondo"};
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 100; i++) {
    char *name = g_strdup_printf("%s%s.com", words[i / 10], words[i % 10]);
    ask(script, 10 + i, CLIENT, RESOLVER, "A", name, "NXDOMAIN");
    g_free(name);
  }
  g_assert_cmpuint(findings(script, "dga"), ==, 0);
}

/* Of what a crawler finds gone, some looks random; a quarter at least of what a generator draws. */
static void test_among_ordinary_failures(void) {
  static const char *const words[] = {"water",  "house",  "green",  "maison", "stein",
                                      "tiempo", "valley", "garten", "libre",  "mondo"};
  for (guint ordinary = 63; ordinary <= 64; ordinary++) {
    GString *script = generated(21, 1, ".com", "NXDOMAIN");
    for (guint i = 0; i < ordinary; i++) {
      char *name = g_strdup_printf("www.%s%s.net", words[i / 10], words[i % 10]);
      ask(script, 40 + i, CLIENT, RESOLVER, "AAAA", name, "NXDOMAIN");
      g_free(name);
    }
    g_assert_cmpuint(findings(script, "dga"), ==, ordinary == 63);
  }
}

/* A mail server looks up whatever senders write; a resolver what its clients ask. */
static void test_who_asks_for_others(void) {
  GString *script = generated(40, 1, ".com", "NXDOMAIN");
  for (guint i = 0; i < 4; i++)
    g_string_append_printf(script,
                           "100 10.0.1.%u " CLIENT " TCP tcp=4000:25:S seq=1\n"
                           "100 " CLIENT " 10.0.1.%u TCP tcp=25:4000:SA seq=1\n"
                           "100 10.0.1.%u " CLIENT " SMTP tcp=4000:25:PA payload=9 seq=2\n"
                           "100 " CLIENT " 10.0.1.%u SMTP tcp=25:4000:PA payload=9 seq=2\n",
                           i, i, i, i);
  g_assert_cmpuint(findings(script, "dga"), ==, 0);

  script = generated(40, 1, ".com", "NXDOMAIN");
  generate(script, "10.0.0.9", CLIENT, 40, 1, ".com", "NXDOMAIN");
  Analysed analysed = analyse_script(script, "dga", NULL);
  g_assert_null(finding_of(&analysed, CLIENT));
  g_assert_nonnull(finding_of(&analysed, "10.0.0.9"));
  analysed_clear(&analysed);
}

static void test_pseudonyms_hide(void) {
  static const char *const rules[] = {"dns-tunnel", "dga"};
  for (guint i = 0; i < G_N_ELEMENTS(rules); i++) {
    HgTallyOptions options;
    hg_tally_options_init(&options);
    g_strlcpy(options.pseudonyms, "0123456789abcdef", sizeof options.pseudonyms);
    Analysed analysed = analyse_tally(hg_script_tally_with("", &options), rules[i], NULL);
    g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
    g_assert_cmpstr(hg_analysis_not_assessed(analysed.analysis, 0)->why, ==,
                    "pseudonyms hide the names");
    analysed_clear(&analysed);
  }
}

/* One direction, or names cut off: nobody is said to be clean. */
static void assert_not_assessed(const char *script, const char *rule, const char *why) {
  Analysed analysed = analyse(script, rule, NULL);
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, why != NULL);
  if (why)
    g_assert_nonnull(strstr(hg_analysis_not_assessed(analysed.analysis, 0)->why, why));
  analysed_clear(&analysed);
}

static void test_what_the_capture_shows(void) {
  static const char packet[] = "1 10.0.0.5 10.0.0.53 DNS udp=5000:53\n";
  static const char query[] = "1 10.0.0.5 10.0.0.53 DNS udp=5000:53\n"
                              "observe dns-query 10.0.0.5 10.0.0.53 \"A a.example\" 40\n";
  static const char answer[] = "1 10.0.0.53 10.0.0.5 DNS udp=53:5000\n"
                               "observe dns-answer 10.0.0.53 10.0.0.5 \"NOERROR A a.example\" 40\n";
  assert_not_assessed("", "dga", NULL);
  assert_not_assessed("", "dns-tunnel", NULL);
  assert_not_assessed(packet, "dga", "no names");
  assert_not_assessed(packet, "dns-tunnel", "no names");
  assert_not_assessed(query, "dga", "no answers");
  assert_not_assessed(query, "dns-tunnel", NULL);
  assert_not_assessed(answer, "dga", NULL);
  assert_not_assessed(answer, "dns-tunnel", "no questions");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/dns-tunnel/in-a-minute", test_tunnel_in_a_minute);
  g_test_add_func("/dns-tunnel/in-the-long-run", test_tunnel_in_the_long_run);
  g_test_add_func("/dns-tunnel/same-name", test_same_name);
  g_test_add_func("/dns-tunnel/short-labels", test_short_labels);
  g_test_add_func("/dns-tunnel/without-a-domain", test_tunnel_without_a_domain);
  g_test_add_func("/dns-tunnel/hostile-domain", test_hostile_domain);
  g_test_add_func("/dns-tunnel/ordinary", test_no_tunnel);
  g_test_add_func("/dns-tunnel/registry", test_registry_is_no_domain);
  g_test_add_func("/dns-tunnel/resolver", test_resolver_is_not_blamed);
  g_test_add_func("/dga/generated", test_generated);
  g_test_add_func("/dga/slowly-generated", test_slowly_generated);
  g_test_add_func("/dga/ordinary", test_not_generated);
  g_test_add_func("/dga/among-others", test_among_ordinary_failures);
  g_test_add_func("/dga/for-others", test_who_asks_for_others);
  g_test_add_func("/dns/pseudonyms", test_pseudonyms_hide);
  g_test_add_func("/dns/not-assessed", test_what_the_capture_shows);
  return g_test_run();
}

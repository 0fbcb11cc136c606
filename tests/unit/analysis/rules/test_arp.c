/* test_arp.c - who sweeps, who spoofs, who gives addresses on a network that has a server
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

#define BROADCAST "ff:ff:ff:ff:ff:ff"

/* An ARP frame of `mac`, and what it says. */
static void arp(GString *script, double time, const char *mac, const char *to, const char *what) {
  g_string_append_printf(script, "%.3f %s %s ARP len=60\narp %s %s\n", time, mac, to, mac, what);
}

static void ask(GString *script, double time, const char *mac, const char *as, const char *whom) {
  char *what = g_strdup_printf("%s %s", as, whom);
  arp(script, time, mac, BROADCAST, what);
  g_free(what);
}

static void tell(GString *script, double time, const char *mac, const char *address,
                 const char *whom, const char *whom_mac) {
  char *what = g_strdup_printf("%s %s reply", address, whom);
  arp(script, time, mac, whom_mac, what);
  g_free(what);
}

static void packet(GString *script, double time, const char *from, const char *mac,
                   const char *to) {
  g_string_append_printf(script, "%.3f %s %s TCP tcp=80:4000:A smac=%s len=90\n", time, from, to,
                         mac);
}

/* Takes the script. */
static Analysed analyse_script(GString *script, const char *rule, const char *setting) {
  char *text = g_string_free(script, FALSE);
  const Analysed analysed = analyse(text, rule, setting);
  g_free(text);
  return analysed;
}

static double strength_of(GString *script, const char *rule, const char *host) {
  Analysed analysed = analyse_script(script, rule, NULL);
  const HgFinding *finding = finding_of(&analysed, host);
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&analysed);
  return strength;
}

#define SWEEPER "02:00:00:00:00:66"

/* Asks for 10.0.0.100 and on, `count` addresses, one each `gap` seconds; and at last for one that answers,
 * so that answers are seen to be captured. */
static GString *sweep(guint count, double gap) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    char *whom = g_strdup_printf("10.0.0.%u", 100 + i);
    ask(script, 10 + i * gap, SWEEPER, "10.0.0.66", whom);
    g_free(whom);
  }
  ask(script, 10 + count * gap, SWEEPER, "10.0.0.66", "10.0.0.77");
  tell(script, 10.1 + count * gap, "02:00:00:00:00:77", "10.0.0.77", "10.0.0.66", SWEEPER);
  return script;
}

/* Without any answer nobody knows whether there are some. */
static void test_unheard(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 50; i++) {
    char *whom = g_strdup_printf("10.0.0.%u", 100 + i);
    ask(script, 10 + i * 0.1, SWEEPER, "10.0.0.66", whom);
    g_free(whom);
  }
  Analysed analysed = analyse_script(script, "arp-sweep", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 0);
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
  analysed_clear(&analysed);
}

static void test_sweep(void) {
  GString *script = sweep(25, 0.1);
  packet(script, 30, "10.0.0.66", SWEEPER, "10.0.0.1");
  Analysed analysed = analyse_script(script, "arp-sweep", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1);
  const HgFinding *finding =
      finding_of(&analysed, "10.0.0.66"); /* not the MAC: the host is known */
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 25);
  g_assert_cmpuint(finding->first_frame, ==, 1);
  g_assert_cmpuint(finding->last_frame, ==, 26); /* a host that is there was asked for, too */
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  analysed_clear(&analysed);
  /* Without a packet of the host the MAC is all that is known of it. */
  g_assert_cmpfloat(strength_of(sweep(25, 0.1), "arp-sweep", SWEEPER), >, 0.5);
}

static void test_no_sweep(void) {
  g_assert_cmpfloat(strength_of(sweep(24, 0.1), "arp-sweep", SWEEPER), ==, 0);
  GString *answered = sweep(25, 0.1);
  tell(answered, 20, "02:00:00:00:00:77", "10.0.0.101", "10.0.0.66", SWEEPER);
  g_assert_cmpfloat(strength_of(answered, "arp-sweep", SWEEPER), ==, 0);
  /* One address again and again, and the announcement of one's own. */
  GString *same = g_string_new(NULL);
  for (guint i = 0; i < 50; i++)
    ask(same, 10 + i, SWEEPER, "10.0.0.66", i % 2 ? "10.0.0.66" : "10.0.0.1");
  g_assert_cmpfloat(strength_of(same, "arp-sweep", SWEEPER), ==, 0);
}

/* `again` seconds later it asks for all of them once more, as itself or as somebody else. */
static GString *sweep_twice(guint count, double again, const char *as) {
  GString *script = sweep(count, 240);
  for (guint i = 0; i < count; i++) {
    char *whom = g_strdup_printf("10.0.0.%u", 100 + i);
    ask(script, 10 + i * 240 + again, SWEEPER, as, whom);
    g_free(whom);
  }
  return script;
}

static void test_slow_sweep(void) {
  g_assert_cmpfloat(strength_of(sweep(25, 240), "arp-sweep", SWEEPER), >, 0.5);
  g_assert_cmpfloat(strength_of(sweep(24, 240), "arp-sweep", SWEEPER), ==, 0);
  /* A host that needs an address asks for it again. */
  g_assert_cmpfloat(strength_of(sweep_twice(25, 60, "10.0.0.66"), "arp-sweep", SWEEPER), >, 0.5);
  g_assert_cmpfloat(strength_of(sweep_twice(25, 61, "10.0.0.66"), "arp-sweep", SWEEPER), ==, 0);
  g_assert_cmpfloat(strength_of(sweep_twice(25, 61, "10.0.0.67"), "arp-sweep", SWEEPER), ==, 0);
  /* As many are there as are not. */
  for (guint there = 23; there <= 24; there++) { /* beside the one of the sweep */
    GString *script = sweep(25, 240);
    for (guint i = 0; i < there; i++) {
      char *whom = g_strdup_printf("10.0.1.%u", i + 1);
      ask(script, 7000 + i, SWEEPER, "10.0.0.66", whom);
      tell(script, 7000.5 + i, "02:00:00:00:00:77", whom, "10.0.0.66", SWEEPER);
      g_free(whom);
    }
    g_assert_true((strength_of(script, "arp-sweep", SWEEPER) > 0) == (there == 23));
  }
}

/* Asked about addresses by packets from elsewhere, a router asks for them. */
static void test_router_does_not_sweep(void) {
  GString *script = sweep(40, 0.1);
  packet(script, 30, "192.0.2.1", SWEEPER, "10.0.0.9");
  packet(script, 31, "192.0.2.2", SWEEPER, "10.0.0.9");
  g_assert_cmpfloat(strength_of(g_string_new(script->str), "arp-sweep", SWEEPER), >, 0.5);
  packet(script, 32, "192.0.2.3", SWEEPER, "10.0.0.9");
  g_assert_cmpfloat(strength_of(script, "arp-sweep", SWEEPER), ==, 0);
  script = sweep(40, 0.1);
  for (guint i = 1; i <= 5; i++) {
    char *mac = g_strdup_printf("02:00:00:00:01:%02u", i);
    char *as = g_strdup_printf("10.0.0.%u", i);
    ask(script, 40 + i, mac, as, "10.0.0.66");
    g_free(mac);
    g_free(as);
  }
  g_assert_cmpfloat(strength_of(script, "arp-sweep", SWEEPER), ==, 0);
}

#define GATEWAY "02:00:00:00:00:01"
#define VICTIM "02:00:00:00:00:05"
#define OTHER "02:00:00:00:00:99"

/* A network: the gateway is asked for, answers, and passes packets on. */
static GString *network(void) {
  GString *script = g_string_new(NULL);
  ask(script, 10, VICTIM, "10.0.0.5", "10.0.0.1");
  tell(script, 10.1, GATEWAY, "10.0.0.1", "10.0.0.5", VICTIM);
  packet(script, 11, "192.0.2.7", GATEWAY, "10.0.0.5");
  packet(script, 12, "192.0.2.8", GATEWAY, "10.0.0.5");
  packet(script, 13, "10.0.0.5", VICTIM, "192.0.2.7");
  return script;
}

static void test_poisoning(void) {
  GString *script = network();
  ask(script, 20, OTHER, "10.0.0.9", "10.0.0.5");
  for (guint i = 0; i < 4; i++) {
    tell(script, 30 + 2 * i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
    tell(script, 30.5 + 2 * i, OTHER, "10.0.0.5", "10.0.0.1", GATEWAY);
  }
  packet(script, 40, "192.0.2.7", GATEWAY, OTHER);
  packet(script, 40.1, "192.0.2.7", OTHER, "10.0.0.5");
  Analysed analysed = analyse_script(script, "arp-spoof", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1); /* no victim is blamed */
  const HgFinding *finding = finding_of(&analysed, OTHER);
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 2);
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  g_assert_nonnull(strstr(finding->evidence, "02:00:00:00:00:01"));
  g_assert_cmpstr(finding->filter, ==,
                  "arp.src.hw_mac == 02:00:00:00:00:99 && "
                  "arp.src.proto_ipv4 in {10.0.0.1, 10.0.0.5}");
  analysed_clear(&analysed);
}

#define GUEST "02:00:00:00:00:06"

/* OTHER passes on, within a millisecond, what two guests say to all; what they say to each other it does not. */
static GString *bridged(void) {
  GString *script = network();
  for (guint i = 0; i < 6; i++) {
    const double time = 30 + i;
    ask(script, time, VICTIM, "10.0.0.5", i % 2 ? "10.0.0.1" : "10.0.0.6");
    ask(script, time + 0.001, OTHER, "10.0.0.5", i % 2 ? "10.0.0.1" : "10.0.0.6");
    ask(script, time + 0.2, GUEST, "10.0.0.6", "10.0.0.5");
    ask(script, time + 0.201, OTHER, "10.0.0.6", "10.0.0.5");
    tell(script, time + 0.3, VICTIM, "10.0.0.5", "10.0.0.6", GUEST);
    ask(script, time + 0.35, GATEWAY, "10.0.0.1", "10.0.0.5");
    tell(script, time + 0.4, VICTIM, "10.0.0.5", "10.0.0.1", GATEWAY);
    tell(script, time + 0.401, OTHER, "10.0.0.5", "10.0.0.1", GATEWAY);
    ask(script, time + 0.5, VICTIM, "10.0.0.5", "10.0.0.6");
  }
  return script;
}

static void test_bridge(void) {
  Analysed analysed = analyse_script(bridged(), "arp-spoof", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 0); /* no guest, either */
  analysed_clear(&analysed);
}

/* A bridge that also tells what it was not told, and one that repeats answers only. */
static void test_no_bridge(void) {
  GString *script = bridged();
  for (guint i = 0; i < 20; i++)
    tell(script, 40 + 2 * i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  packet(script, 90, "192.0.2.7", GATEWAY, OTHER);
  packet(script, 90.1, "192.0.2.7", OTHER, "10.0.0.5");
  g_assert_cmpfloat(strength_of(script, "arp-spoof", OTHER), >=, 0.6);
  script = network();
  for (guint i = 0; i < 4; i++) {
    ask(script, 30 + i, VICTIM, "10.0.0.5", "10.0.0.1");
    tell(script, 30.1 + i, GATEWAY, "10.0.0.1", "10.0.0.5", VICTIM);
    tell(script, 30.101 + i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  }
  g_assert_cmpfloat(strength_of(script, "arp-spoof", OTHER), >, 0);
}

/* The gateway gets back what the liar diverted: it is no thief of what it had never lost. */
static void test_gateway_gets_back(void) {
  GString *script = network();
  ask(script, 20, OTHER, "10.0.0.9", "10.0.0.5");
  for (guint i = 0; i < 4; i++)
    tell(script, 30 + 2 * i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  packet(script, 40, "192.0.2.77", OTHER, "10.0.0.5"); /* first seen while it was diverted */
  packet(script, 50, "192.0.2.77", GATEWAY, "10.0.0.5");
  for (guint i = 0; i < 4; i++) /* its answers, to questions that the capture lost */
    tell(script, 60 + i, GATEWAY, "10.0.0.1", "10.0.0.5", VICTIM);
  Analysed analysed = analyse_script(script, "arp-spoof", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1);
  g_assert_nonnull(finding_of(&analysed, OTHER));
  analysed_clear(&analysed);
}

/* The real owner goes on sending while another MAC claims its address in unsolicited replies, just
 * below the threshold. */
static void test_below_the_threshold(void) {
  GString *script = network();
  tell(script, 30, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  tell(script, 32, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  tell(script, 33, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  ask(script, 50, GATEWAY, "10.0.0.1", "10.0.0.5");
  /* three answers to the one question of the beginning */
  g_assert_cmpfloat(strength_of(script, "arp-spoof", OTHER), <, 0.5);
}

static void test_two_hosts_configured_alike(void) {
  GString *script = network();
  for (guint i = 0; i < 6; i++) {
    ask(script, 20 + i, i % 2 ? OTHER : "02:00:00:00:00:98", "10.0.0.40", "10.0.0.1");
    tell(script, 20.5 + i, GATEWAY, "10.0.0.1", "10.0.0.40", OTHER);
  }
  Analysed analysed = analyse_script(script, "arp-spoof", NULL);
  for (guint i = 0; i < hg_analysis_finding_count(analysed.analysis); i++)
    g_assert_cmpfloat(hg_analysis_finding(analysed.analysis, i)->strength, <, 0.5);
  analysed_clear(&analysed);
}

/* The lease of 10.0.0.40 ends and somebody else gets it. */
static void test_new_lease(void) {
  GString *script = network();
  ask(script, 20, OTHER, "10.0.0.40", "10.0.0.1");
  ask(script, 500, "02:00:00:00:00:98", "10.0.0.40", "10.0.0.40");
  ask(script, 501, "02:00:00:00:00:98", "10.0.0.40", "10.0.0.1");
  Analysed analysed = analyse_script(script, "arp-spoof", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 0);
  analysed_clear(&analysed);
}

/* A standby router takes over: it announces the address, and packets come through it. */
static void test_standby_router(void) {
  GString *script = network();
  ask(script, 60, OTHER, "10.0.0.3", "10.0.0.5");
  ask(script, 61, OTHER, "10.0.0.1", "10.0.0.1");
  packet(script, 62, "192.0.2.7", OTHER, "10.0.0.5");
  packet(script, 63, "192.0.2.8", OTHER, "10.0.0.5");
  g_assert_cmpfloat(strength_of(script, "arp-spoof", OTHER), <, 0.5);
}

static void test_shared_mac(void) {
  GString *script = network();
  for (guint i = 0; i < 5; i++) {
    tell(script, 20 + i, "00:00:5e:00:01:07", "10.0.0.1", "10.0.0.5", VICTIM);
    tell(script, 20.5 + i, GATEWAY, "10.0.0.1", "10.0.0.77", VICTIM);
  }
  g_assert_cmpfloat(strength_of(script, "arp-spoof", "00:00:5e:00:01:07"), ==, 0);
}

/* A router answers for hosts elsewhere whenever it is asked. */
static void test_proxy_arp(void) {
  GString *script = network();
  packet(script, 14, "192.0.2.9", GATEWAY, "10.0.0.5");
  ask(script, 15, OTHER, "10.0.0.40", "10.0.0.1");
  for (guint i = 0; i < 5; i++) {
    ask(script, 20 + i, VICTIM, "10.0.0.5", "10.0.0.40");
    tell(script, 20.2 + i, GATEWAY, "10.0.0.40", "10.0.0.5", VICTIM);
    packet(script, 20.4 + i, "10.0.0.40", OTHER, "10.0.0.5");
  }
  g_assert_cmpfloat(strength_of(script, "arp-spoof", GATEWAY), ==, 0);
}

/* Of a capture that shows only what one host sends nobody can say what was asked. */
static void test_one_direction(void) {
  GString *script = g_string_new(NULL);
  ask(script, 9, OTHER, "10.0.0.2", "10.0.0.6");
  for (guint i = 0; i < 9; i++)
    tell(script, 10 + i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  g_assert_cmpfloat(strength_of(script, "arp-spoof", OTHER), ==, 0);
}

/* A router has addresses in several networks and asks there by turns; a host with two addresses in one
 * network and one in another is none. */
static void test_networks(void) {
  static const char *const of_host[] = {"10.0.0.1", "10.0.1.1", "10.0.0.2"};
  static const char *const of_router[] = {"10.0.0.3", "10.0.1.3", "10.0.2.3"};
  g_autoptr(GString) script = g_string_new(NULL);
  for (guint i = 0; i < 9; i++) {
    ask(script, 10 + i, OTHER, of_host[i % 3], "10.0.0.99");
    ask(script, 10.5 + i, GATEWAY, of_router[i % 3], "10.0.0.99");
  }
  HgTally *tally = hg_script_tally(script->str);
  HgArpOwners *owners = hg_arp_owners_new(tally);
  const HgArpOwner *host = hg_arp_owners_find(owners, (const guint8 *)"\2\0\0\0\0\x99");
  const HgArpOwner *router = hg_arp_owners_find(owners, (const guint8 *)"\2\0\0\0\0\1");
  g_assert_cmpuint(host->networks, ==, 2);
  g_assert_false(hg_arp_owner_is_gateway(host));
  g_assert_cmpuint(router->networks, ==, 3);
  g_assert_true(hg_arp_owner_is_gateway(router));
  hg_arp_owners_free(owners);
  hg_tally_free(tally);
}

/* --- without times --- */

/* (transfer full) */
static char *replaced(const char *text, const char *pattern, const char *by) {
  g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
  return g_regex_replace_literal(regex, text, -1, 0, by, 0, NULL);
}

/* The order of the file tells who was first, and the order of MACs does not. */
static void test_first_without_times(void) {
  static const char *const liars[] = {"02:00:00:00:00:00",
                                      OTHER}; /* below and above the gateway's */
  g_autoptr(GString) script = network();
  for (guint i = 0; i < 4; i++)
    tell(script, 30 + 2 * i, OTHER, "10.0.0.1", "10.0.0.5", VICTIM);
  packet(script, 40, "192.0.2.7", GATEWAY, OTHER);
  packet(script, 40.1, "192.0.2.7", OTHER, "10.0.0.5");
  packet(script, 40.2, "192.0.2.8", OTHER, "10.0.0.5");
  g_autofree char *timeless = replaced(script->str, "^[0-9.]+ ", "- ");
  for (guint i = 0; i < G_N_ELEMENTS(liars); i++) {
    const HgAddress address = {.kind = HG_ADDRESS_MAC,
                               .length = 6,
                               .data = (const guint8 *)(i ? "\2\0\0\0\0\x99" : "\2\0\0\0\0\0")};
    g_autofree char *with = replaced(script->str, OTHER, liars[i]);
    g_autofree char *without = replaced(timeless, OTHER, liars[i]);
    Analysed timed = analyse(with, "arp-spoof", NULL), other = analyse(without, "arp-spoof", NULL);
    HgArpOwners *owners = hg_arp_owners_new(other.tally);
    g_assert_cmpuint(hg_arp_owners_find(owners, (const guint8 *)"\2\0\0\0\0\1")->passed, ==, 2);
    g_assert_cmpuint(hg_arp_owners_find(owners, address.data)->passed, ==, 0);
    hg_arp_owners_free(owners);
    g_assert_cmpuint(hg_analysis_finding_count(other.analysis), ==, 1);
    const HgFinding *expected = finding_of(&timed, liars[i]), *got = finding_of(&other, liars[i]);
    g_assert_nonnull(strstr(expected->evidence, "passes on packets of 2 addresses"));
    g_assert_cmpstr(got->evidence, ==, expected->evidence);
    g_assert_cmpfloat(got->strength, ==, expected->strength);
    analysed_clear(&timed);
    analysed_clear(&other);
  }
}

/* --- DHCP --- */

static void lease(GString *script, double time, const char *server, const char *client,
                  const char *settings) {
  g_string_append_printf(script,
                         "%.3f %s 255.255.255.255 DHCP udp=67:68 len=342\n"
                         "observe dhcp-server %s %s \"%s\"\n",
                         time, server, server, client, settings);
}

#define USUAL "network 10.0.0.0 router 10.0.0.1 dns 10.0.0.1"

static void test_rogue(void) {
  GString *script = network();
  lease(script, 50, "10.0.0.1", VICTIM, USUAL);
  lease(script, 100, "10.0.0.66", VICTIM, "network 10.0.0.0 router 10.0.0.66 dns 10.0.0.66");
  lease(script, 100.2, "10.0.0.1", VICTIM, USUAL);
  Analysed analysed = analyse_script(script, "rogue-dhcp", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1);
  const HgFinding *finding = finding_of(&analysed, "10.0.0.66");
  g_assert_nonnull(finding);
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  g_assert_nonnull(strstr(finding->evidence, "router 10.0.0.66"));
  analysed_clear(&analysed);
}

/* The rogue was faster from the start; the router that works is the other's. */
static void test_rogue_is_first(void) {
  GString *script = network();
  lease(script, 5, "10.0.0.66", VICTIM, "network 10.0.0.0 router 10.0.0.66 dns 10.0.0.66");
  lease(script, 5.2, "10.0.0.1", VICTIM, USUAL);
  Analysed analysed = analyse_script(script, "rogue-dhcp", NULL);
  g_assert_nonnull(finding_of(&analysed, "10.0.0.66"));
  g_assert_null(finding_of(&analysed, "10.0.0.1"));
  analysed_clear(&analysed);
}

static void test_dhcp_that_is_no_rogue(void) {
  GString *pair = network(); /* a failover pair: the same settings */
  lease(pair, 50, "10.0.0.2", VICTIM, USUAL);
  lease(pair, 50.1, "10.0.0.3", VICTIM, USUAL);
  g_assert_cmpfloat(strength_of(pair, "rogue-dhcp", "10.0.0.3"), <, 0.5);
  GString *moves = network(); /* a laptop, first here and then there */
  lease(moves, 50, "10.0.0.1", VICTIM, USUAL);
  lease(moves, 5000, "192.168.7.1", VICTIM, "network 192.168.7.0 router 192.168.7.1");
  g_assert_cmpfloat(strength_of(moves, "rogue-dhcp", "192.168.7.1"), ==, 0);
  GString *two = network(); /* two networks that one capture sees */
  lease(two, 50, "10.0.0.1", VICTIM, USUAL);
  lease(two, 50.1, "192.168.7.1", OTHER, "network 192.168.7.0 router 192.168.7.1");
  g_assert_cmpfloat(strength_of(two, "rogue-dhcp", "192.168.7.1"), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/arp-sweep/unheard", test_unheard);
  g_test_add_func("/arp/sweep", test_sweep);
  g_test_add_func("/arp/no-sweep", test_no_sweep);
  g_test_add_func("/arp/slow-sweep", test_slow_sweep);
  g_test_add_func("/arp/router-does-not-sweep", test_router_does_not_sweep);
  g_test_add_func("/arp/poisoning", test_poisoning);
  g_test_add_func("/arp/bridge", test_bridge);
  g_test_add_func("/arp/no-bridge", test_no_bridge);
  g_test_add_func("/arp/gateway-gets-back", test_gateway_gets_back);
  g_test_add_func("/arp/below-the-threshold", test_below_the_threshold);
  g_test_add_func("/arp/configured-alike", test_two_hosts_configured_alike);
  g_test_add_func("/arp/new-lease", test_new_lease);
  g_test_add_func("/arp/standby-router", test_standby_router);
  g_test_add_func("/arp/shared-mac", test_shared_mac);
  g_test_add_func("/arp/proxy", test_proxy_arp);
  g_test_add_func("/arp/one-direction", test_one_direction);
  g_test_add_func("/arp/networks", test_networks);
  g_test_add_func("/arp/first-without-times", test_first_without_times);
  g_test_add_func("/dhcp/rogue", test_rogue);
  g_test_add_func("/dhcp/rogue-is-first", test_rogue_is_first);
  g_test_add_func("/dhcp/no-rogue", test_dhcp_that_is_no_rogue);
  return g_test_run();
}

/* test_role_exemptions.c - a role exempts a host from the rule that it explains, from no other
 *
 * Each behaviour is judged twice: with what shows the role beside it, and without.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

#define ANSWERS(port, protocol)                                                                    \
  "900 10.0.0.9 10.0.0.1 " protocol " udp=40000:" port "\n"                                        \
  "901 10.0.0.1 10.0.0.9 " protocol " udp=" port ":40000\n"
#define ACCEPTS(port, protocol)                                                                    \
  "900 10.0.0.9 10.0.0.1 TCP tcp=40000:" port ":S seq=1\n"                                         \
  "901 10.0.0.1 10.0.0.9 TCP tcp=" port ":40000:SA\n"                                              \
  "902 10.0.0.9 10.0.0.1 " protocol " tcp=40000:" port ":PA payload=9\n"                           \
  "903 10.0.0.1 10.0.0.9 " protocol " tcp=" port ":40000:PA payload=9\n"

/* --- address-scan --- */

/* 10.0.0.1 tries 30 hosts of `net`, nobody answers. */
static guint scans(const char *role, const char *net, const char *transport, guint port) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 1; i <= 30; i++)
    g_string_append_printf(script, "%u 10.0.0.1 %s.%u TCP %s=%u:%u%s seq=%u\n", i, net, i,
                           transport, 50000 + i, port, *transport == 't' ? ":S" : "", i);
  g_string_append(script, role);
  const guint count = count_findings(script->str, "address-scan", NULL);
  g_string_free(script, TRUE);
  return count;
}

static void test_asks_others(void) {
  static const struct {
    const char *role, *transport;
    guint port;
  } cases[] = {
      {ANSWERS("53", "DNS"), "udp", 53},
      {ANSWERS("53", "DNS"), "tcp", 53},
      {ANSWERS("123", "NTP"), "udp", 123},
      {ACCEPTS("25", "SMTP"), "tcp", 25},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *role = cases[i].role, *transport = cases[i].transport;
    g_assert_cmpuint(scans(role, "93.1.2", transport, cases[i].port), ==, 0);
    g_assert_cmpuint(scans("", "93.1.2", transport, cases[i].port), ==, 1);
    /* Other services, and its own network, are none of its business. */
    g_assert_cmpuint(scans(role, "93.1.2", transport, 445), ==, 1);
    g_assert_cmpuint(scans(role, "10.1.0", transport, cases[i].port), ==, 1);
  }
  /* A client that scans through a proxy makes the proxy a scanner. */
  g_assert_cmpuint(scans(ACCEPTS("3128", "HTTP"), "93.1.2", "tcp", 443), ==, 1);
}

/* `hosts` hosts pinged by 10.0.0.1 every 70 s, of whom the last 12 are silent. */
static GString *pings(guint hosts, guint rounds) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint round = 0; round < rounds; round++)
    for (guint i = 0; i < hosts; i++) {
      g_string_append_printf(script, "%u.%03u 10.0.0.1 10.0.1.%u ICMP echo=request:7\n",
                             1 + round * 70, i * 2, i + 1);
      if (i + 12 < hosts)
        g_string_append_printf(script, "%u.%03u 10.0.1.%u 10.0.0.1 ICMP echo=reply:7\n",
                               1 + round * 70, i * 2 + 1, i + 1);
    }
  return script;
}

static void test_polls(void) {
  GString *watched = pings(30, 6), *swept = pings(30, 1);
  g_assert_cmpuint(count_findings(watched->str, "address-scan", NULL), ==, 0);
  g_assert_cmpuint(count_findings(swept->str, "address-scan", NULL), ==, 1);
  for (guint i = 1; i <= 30; i++) /* other than by ping */
    g_string_append_printf(watched, "%u 10.0.0.1 10.0.2.%u TCP tcp=%u:445:S seq=%u\n", 500 + i, i,
                           50000 + i, i);
  g_assert_cmpuint(count_findings(watched->str, "address-scan", NULL), ==, 1);
  g_string_free(watched, TRUE);
  g_string_free(swept, TRUE);
}

/* --- volume-outlier --- */

/* Twelve hosts send 10 to 12 packets each; 10.0.0.1 sends 2000 more, to a third of them. */
static GString *serve(const char *port, const char *protocol) {
  GString *script = g_string_new(NULL);
  for (guint i = 1; i <= 12; i++)
    for (guint n = 0; n < 10 + i % 3; n++)
      g_string_append_printf(script, "%u 10.0.0.%u 10.0.0.%u UDP udp=5000:6000 len=%u\n", n, i,
                             i % 12 + 1, 60 + i);
  for (guint i = 2; i <= 5; i++)
    g_string_append_printf(script,
                           "20 10.0.0.%u 10.0.0.1 TCP tcp=5000:%s:S seq=1\n"
                           "21 10.0.0.1 10.0.0.%u TCP tcp=%s:5000:SA\n"
                           "22 10.0.0.%u 10.0.0.1 %s tcp=5000:%s:PA payload=9\n",
                           i, port, i, port, i, protocol, port);
  for (guint n = 0; n < 2000; n++)
    g_string_append_printf(script, "23 10.0.0.1 10.0.0.%u %s tcp=%s:5000:PA payload=999 len=1066\n",
                           2 + n % 4, protocol, port);
  return script;
}

static void test_serves(void) {
  GString *files = serve("2049", "NFS"), *other = serve("5555", "TCP");
  g_assert_cmpuint(count_findings(files->str, "volume-outlier", NULL), ==, 0);
  g_assert_cmpuint(count_findings(other->str, "volume-outlier", NULL), ==, 1);
  /* Its own deeds stand out as everybody's do. */
  for (guint n = 0; n < 2000; n++)
    g_string_append_printf(files, "%u 10.0.0.1 93.1.2.3 UDP udp=7000:7001 len=500\n", 30 + n);
  Analysed a = analyse(files->str, "volume-outlier", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  g_assert_nonnull(finding);
  /* What was counted and what was not is all that it sent: 11 + 2000 and 2004. */
  g_assert_cmpuint(host_of(&a, "10.0.0.1")->sent.packets, ==, 2011 + 2004);
  g_assert_nonnull(strstr(finding->evidence, ": 2011 packets ("));
  g_assert_nonnull(strstr(finding->evidence,
                          "; besides these, 2004 packets (2132240 bytes) to 3 peers are what its "
                          "roles explain (file-server)"));
  analysed_clear(&a);
  g_string_free(files, TRUE);
  g_string_free(other, TRUE);
}

/* The MAC of a router asks by ARP for everybody that it has packets for. */
static guint asks_by_arp(guint networks) {
  GString *script = g_string_new(NULL);
  for (guint i = 1; i <= 12; i++)
    for (guint n = 0; n < 2 + i % 3; n++)
      g_string_append_printf(script, "1 02:00:00:00:01:%02x 02:00:00:00:00:01 ARP\n", i);
  for (guint n = 0; n < 500; n++)
    g_string_append_printf(script, "2 02:00:00:00:00:01 02:00:00:00:01:%02x ARP\n", 1 + n % 5);
  for (guint i = 0; i < networks; i++)
    g_string_append_printf(
        script,
        "%u 10.0.0.5 93.0.%u.1 TCP tcp=%u:80:S seq=1\n"
        "%u.1 93.0.%u.1 10.0.0.5 TCP tcp=80:%u:SA smac=02:00:00:00:00:01\n"
        "%u.2 10.0.0.5 93.0.%u.1 HTTP tcp=%u:80:PA payload=9\n"
        "%u.3 93.0.%u.1 10.0.0.5 HTTP tcp=80:%u:PA payload=9 smac=02:00:00:00:00:01\n",
        3 + i, i, 40000 + i, 3 + i, i, 40000 + i, 3 + i, i, 40000 + i, 3 + i, i, 40000 + i);
  const guint count = count_findings(script->str, "volume-outlier", NULL);
  g_string_free(script, TRUE);
  return count;
}

static void test_forwards(void) {
  g_assert_cmpuint(asks_by_arp(3), ==, 0);
  g_assert_cmpuint(asks_by_arp(2), ==, 1);
}

/* --- beacon --- */

static guint beacons(const GString *beside, const char *server) {
  GString *script = g_string_new(beside ? beside->str : NULL);
  for (guint i = 0; i < 30; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.1 %s TCP tcp=%u:80:S seq=%u\n"
                           "%u.1 %s 10.0.0.1 TCP tcp=80:%u:SA\n",
                           600 + i * 60, server, 20000 + i, i, 600 + i * 60, server, 20000 + i);
  const guint count = count_findings(script->str, "beacon", NULL);
  g_string_free(script, TRUE);
  return count;
}

static void test_checks(void) {
  GString *monitor = pings(30, 6), *sweep = pings(30, 1);
  g_assert_cmpuint(beacons(monitor, "10.0.1.2"), ==, 0);
  g_assert_cmpuint(beacons(sweep, "10.0.1.2"), ==, 1);
  g_assert_cmpuint(beacons(NULL, "10.0.1.2"), ==, 1);
  g_assert_cmpuint(beacons(monitor, "10.0.1.30"), ==, 1); /* asked, but never there */
  g_assert_cmpuint(beacons(monitor, "10.0.2.2"), ==, 1);  /* not among those it polls */
  g_assert_cmpuint(beacons(monitor, "93.1.2.3"), ==, 1);
  g_string_free(monitor, TRUE);
  g_string_free(sweep, TRUE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/role-exemptions/asks-others", test_asks_others);
  g_test_add_func("/role-exemptions/polls", test_polls);
  g_test_add_func("/role-exemptions/serves", test_serves);
  g_test_add_func("/role-exemptions/forwards", test_forwards);
  g_test_add_func("/role-exemptions/checks", test_checks);
  return g_test_run();
}

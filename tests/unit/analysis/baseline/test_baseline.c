/* test_baseline.c - captures against known-normal traffic: what is new, and who is suspect for it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include "analysis/basics/statistics.h"

#include <math.h>
#include <string.h>

#define DESKS 6

/* --- scripts --- */

/* Packets of one connection that the server answers. `smac`: "" or " smac=..." of the client. */
static void connection(GString *script, const char *client, const char *server, guint port,
                       const char *protocol, guint data, const char *smac) {
  const guint from = 40000 + (guint)(script->len % 9000);
  g_string_append_printf(script,
                         "100 %s %s TCP tcp=%u:%u:S seq=1%s\n"
                         "100.1 %s %s TCP tcp=%u:%u:SA\n"
                         "100.2 %s %s TCP tcp=%u:%u:A%s\n",
                         client, server, from, port, smac, server, client, port, from, client,
                         server, from, port, smac);
  for (guint i = 0; i < data; i++)
    g_string_append_printf(script, "101 %s %s %s tcp=%u:%u:PA payload=9%s\n", client, server,
                           protocol, from, port, smac);
  if (data > 0)
    g_string_append_printf(script, "101.1 %s %s %s tcp=%u:%u:PA payload=9\n", server, client,
                           protocol, port, from);
}

static void datagrams(GString *script, const char *from, const char *to, guint port,
                      const char *protocol, guint count) {
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script, "102 %s %s %s udp=41000:%u\n", from, to, protocol, port);
}

/* Desks that browse and use the file server 10.0.0.2, which is at the MAC :02. */
static GString *office(guint desks) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < desks; i++) {
    g_autofree char *desk = g_strdup_printf("10.0.0.%u", 10 + i);
    g_autofree char *mac = g_strdup_printf(" smac=00:00:5e:00:53:%02x", 16 + i);
    connection(script, desk, "203.0.113.1", 443, "TLSv1.3", 3, mac);
    connection(script, desk, "10.0.0.2", 445, "SMB2", 3, mac);
  }
  return script;
}

typedef struct {
  HgTally *normal;
  Analysed now;
} Compared;

/* Takes the scripts. */
static Compared compare(GString *normal, GString *now, const char *rule, const char *setting) {
  HgAnalysisOptions *options = hg_analysis_options_new();
  GError *error = NULL;
  Compared compared = {.normal = hg_script_tally(normal->str),
                       .now = {.tally = hg_script_tally(now->str)}};
  if (rule)
    hg_analysis_options_rule(options, rule, &error);
  g_assert_no_error(error);
  if (setting)
    hg_analysis_options_set(options, setting, &error);
  g_assert_no_error(error);
  hg_analysis_options_baseline(options, compared.normal);
  compared.now.analysis = hg_analysis_new(compared.now.tally, options);
  hg_analysis_options_free(options);
  g_string_free(normal, TRUE);
  g_string_free(now, TRUE);
  return compared;
}

static void compared_clear(Compared *compared) {
  analysed_clear(&compared->now);
  hg_tally_free(compared->normal);
}

static const HgBaseline *baseline_of(const Compared *compared) {
  return hg_analysis_baseline(compared->now.analysis);
}

/* Strength of the finding about a host; 0: none. Takes the scripts. */
static double strength(GString *normal, GString *now, const char *rule, const char *setting,
                       const char *host) {
  Compared compared = compare(normal, now, rule, setting);
  const HgFinding *finding = finding_of(&compared.now, host);
  const double found = finding ? finding->strength : 0;
  compared_clear(&compared);
  return found;
}

#define SUSPECT(strength) g_assert_cmpfloat(0.9 * (strength), >=, 0.5)
#define NO_SUSPECT(strength) g_assert_cmpfloat(0.9 * (strength), <, 0.5)

/* --- the comparison --- */

static void test_same(void) {
  Compared compared = compare(office(DESKS), office(DESKS), NULL, NULL);
  const HgBaseline *baseline = baseline_of(&compared);
  g_assert_cmpuint(hg_baseline_hosts(baseline)->len, ==, 0);
  g_assert_cmpuint(hg_baseline_macs(baseline)->len, ==, 0);
  g_assert_cmpuint(hg_baseline_conversations(baseline)->len, ==, 0);
  g_assert_cmpuint(hg_baseline_services(baseline)->len, ==, 0);
  g_assert_cmpuint(hg_baseline_bindings(baseline)->len, ==, 0);
  g_assert_cmpuint(hg_baseline_moved(baseline), ==, 0);
  compared_clear(&compared);
}

static void test_none(void) {
  Analysed analysed = analyse("1 10.0.0.1 10.0.0.2 DNS\n", "unknown-device", NULL);
  g_assert_null(hg_analysis_baseline(analysed.analysis));
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
  g_assert_nonnull(
      strstr(hg_analysis_not_assessed(analysed.analysis, 0)->why, "no baseline was given"));
  analysed_clear(&analysed);
}

static void test_lists(void) {
  GString *now = office(DESKS);
  connection(now, "10.0.0.99", "203.0.113.9", 443, "TLSv1.2", 3, " smac=00:00:5e:00:53:99");
  connection(now, "10.0.0.10", "10.0.0.2", 22, "SSHv2", 3, " smac=00:00:5e:00:53:10");
  Compared compared = compare(office(DESKS), now, NULL, NULL);
  const HgBaseline *baseline = baseline_of(&compared);
  const GArray *hosts = hg_baseline_hosts(baseline), *services = hg_baseline_services(baseline);
  g_assert_cmpuint(hosts->len, ==, 2); /* internal ones first */
  g_assert_true(g_array_index(hosts, HgNewHost, 0).host ==
                host_of(&compared.now, "10.0.0.99")->number);
  g_assert_true(g_array_index(hosts, HgNewHost, 1).host ==
                host_of(&compared.now, "203.0.113.9")->number);
  g_assert_cmpuint(hg_baseline_macs(baseline)->len, ==, 1);
  g_assert_cmpuint(hg_baseline_conversations(baseline)->len, ==, 1);
  g_assert_cmpuint(services->len, ==, 2);
  g_assert_true(g_array_index(services, HgNewService, 0).known_server);
  g_assert_false(g_array_index(services, HgNewService, 1).known_server);
  compared_clear(&compared);
}

/* Versions of TLS, SMB and SMB2, and what was not recognised are no new services; another protocol
 * on the same port is; a port that nobody answered is none. */
static void test_services(void) {
  static const struct {
    const char *server, *protocol;
    guint port, data, expected;
  } cases[] = {{"203.0.113.1", "TLSv1.2", 443, 3, 0}, {"203.0.113.1", "TCP", 443, 3, 0},
               {"10.0.0.2", "SMB", 445, 3, 0},        {"10.0.0.2", "NBSS", 445, 3, 0},
               {"203.0.113.1", "SSHv2", 443, 9, 1},   {"203.0.113.1", "HTTP", 80, 3, 1},
               {"10.0.0.2", "SMB2", 4450, 3, 1}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *now = g_string_new(NULL);
    connection(now, "10.0.0.10", cases[i].server, cases[i].port, cases[i].protocol, cases[i].data,
               "");
    Compared compared = compare(office(DESKS), now, NULL, NULL);
    g_assert_cmpuint(hg_baseline_services(baseline_of(&compared))->len, ==, cases[i].expected);
    compared_clear(&compared);
  }
  GString *now = g_string_new("1 10.0.0.10 10.0.0.2 TCP tcp=4000:23:S seq=1\n"
                              "2 10.0.0.2 10.0.0.10 TCP tcp=23:4000:RA\n");
  Compared compared = compare(office(DESKS), now, NULL, NULL);
  g_assert_cmpuint(hg_baseline_services(baseline_of(&compared))->len, ==, 0);
  compared_clear(&compared);
}

/* Software that chooses its port is known by its protocol; what carries anything is not. */
static void test_chosen_ports(void) {
  static const struct {
    const char *protocol;
    guint expected;
  } cases[] = {{"DCERPC", 0}, {"TLSv1.3", 1}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *normal = g_string_new(NULL), *now = g_string_new(NULL);
    connection(normal, "10.0.0.10", "10.0.0.2", 49700, cases[i].protocol, 3, "");
    connection(now, "10.0.0.10", "10.0.0.2", 49833, cases[i].protocol, 3, "");
    /* the lower port is the server's */
    Compared compared = compare(normal, now, NULL, NULL);
    g_assert_cmpuint(hg_baseline_services(baseline_of(&compared))->len, ==, cases[i].expected);
    compared_clear(&compared);
  }
}

static void claim(GString *script, const char *mac, const char *address) {
  g_string_append_printf(script, "90 %s ff:ff:ff:ff:ff:ff ARP len=60\narp %s %s %s\n", mac, mac,
                         address, address);
}

static void test_bindings(void) {
  GString *normal = g_string_new(NULL), *now = g_string_new(NULL);
  claim(normal, "00:00:5e:00:53:01", "10.0.0.1");
  claim(normal, "00:00:5e:00:53:02", "10.0.0.2");
  claim(now, "00:00:5e:00:53:02", "10.0.0.1"); /* a known device with another's address */
  claim(now, "00:00:5e:00:53:03", "10.0.0.2"); /* a device that never was there */
  claim(now, "00:00:5e:00:53:01", "10.0.0.7"); /* no change: nobody had it */
  Compared compared = compare(normal, now, NULL, NULL);
  const GArray *bindings = hg_baseline_bindings(baseline_of(&compared));
  g_assert_cmpuint(bindings->len, ==, 2);
  const HgChangedBinding *first = &g_array_index(bindings, HgChangedBinding, 0);
  g_assert_cmpstr(first->before[0], ==, "00:00:5e:00:53:01");
  g_assert_cmpstr(first->now[0], ==, "00:00:5e:00:53:02");
  g_assert_true(first->known);
  g_assert_false(g_array_index(bindings, HgChangedBinding, 1).known);
  compared_clear(&compared);
}

static void test_shares(void) {
  GString *normal = g_string_new(NULL), *now = g_string_new(NULL);
  datagrams(normal, "10.0.0.1", "10.0.0.2", 53, "DNS", 500);
  datagrams(normal, "10.0.0.1", "10.0.0.2", 123, "NTP", 20);
  datagrams(now, "10.0.0.1", "10.0.0.2", 53, "DNS", 500);
  datagrams(now, "10.0.0.1", "10.0.0.2", 123, "NTP", 200);
  Compared compared = compare(normal, now, NULL, NULL);
  const GArray *shifts = hg_baseline_shifts(baseline_of(&compared));
  g_assert_cmpuint(shifts->len, ==, 2);
  g_assert_cmpuint(hg_baseline_moved(baseline_of(&compared)), ==, 2); /* 10 times, and a tenth */
  for (guint i = 0; i < shifts->len; i++) {
    const HgProtocolShift *shift = &g_array_index(shifts, HgProtocolShift, i);
    if (g_str_equal(shift->name, "NTP")) {
      g_assert_cmpuint(shift->before, ==, 20);
      g_assert_cmpuint(shift->now, ==, 200);
      g_assert_cmpfloat(fabs(shift->share_now - 200 / 700.0), <, 1e-12);
      g_assert_cmpfloat(shift->z, >, 0);
    }
  }
  compared_clear(&compared);
}

/* By hand: 15 of 100 and 30 of 120: pooled 45/220, z = 0.1 / sqrt(0.16271 * 0.018333) = 1.8309. */
static void test_proportions(void) {
  g_assert_cmpfloat(fabs(hg_statistics_share_z(15, 100, 30, 120) - 1.8309), <, 1e-4);
  g_assert_cmpfloat(hg_statistics_share_z(30, 120, 15, 100), <, 0);
  g_assert_cmpfloat(hg_statistics_share_z(0, 1000, 4, 1000), ==, 0); /* too few expected */
  g_assert_cmpfloat(hg_statistics_share_z(0, 1000, 30, 1000), >, HG_BASELINE_Z);
  g_assert_cmpfloat(hg_statistics_share_z(0, 0, 5, 10), ==, 0);
  g_assert_cmpfloat(hg_statistics_share_z(7, 7, 9, 9), ==, 0);
  g_assert_cmpfloat(fabs(hg_statistics_share_odds(10, 100, 10, 100) - 1), <, 1e-12);
  g_assert_cmpfloat(fabs(hg_statistics_share_odds(0, 99, 9, 99) - (9.5 / 90.5) / (0.5 / 99.5)), <,
                    1e-9);
}

/* --- unknown-device --- */

/* A new device that browses as all do, and sends `count` datagrams of its own. */
static GString *with_new_device(guint count) {
  GString *now = office(DESKS);
  connection(now, "10.0.0.99", "203.0.113.77", 443, "TLSv1.3", 5, " smac=00:00:5e:00:53:99");
  connection(now, "10.0.0.99", "10.0.0.2", 445, "SMB2", 5, " smac=00:00:5e:00:53:99");
  datagrams(now, "10.0.0.99", "198.51.100.50", 51820, "WireGuard", count);
  return now;
}

static void test_new_device(void) {
  Compared compared = compare(office(DESKS), with_new_device(5), "unknown-device", NULL);
  const HgFinding *finding = finding_of(&compared.now, "10.0.0.99");
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 1); /* no victim */
  g_assert_nonnull(finding);
  SUSPECT(finding->strength);
  g_assert_cmpfloat(finding->observed, ==, 5);
  g_assert_cmpfloat(finding->threshold, ==, 5);
  g_assert_nonnull(strstr(finding->evidence, "WireGuard with 198.51.100.50, udp port 51820"));
  g_assert_cmpstr(finding->filter, ==,
                  "ip.addr == 10.0.0.99 && ip.addr == 198.51.100.50 && udp.port == 51820 && !icmp "
                  "&& !icmpv6");
  compared_clear(&compared);
}

static void test_new_device_below(void) {
  g_assert_cmpfloat(
      strength(office(DESKS), with_new_device(4), "unknown-device", NULL, "10.0.0.99"), ==, 0);
  g_assert_cmpfloat(
      strength(office(DESKS), with_new_device(0), "unknown-device", NULL, "10.0.0.99"), ==, 0);
  SUSPECT(strength(office(DESKS), with_new_device(4), "unknown-device", "unknown-device.packets=4",
                   "10.0.0.99"));
}

/* A desk's address is claimed by another device; `desk`: whether the desk is still there. */
static GString *with_claim(const char *claimer, gboolean desk) {
  GString *now = with_new_device(0);
  claim(now, "00:00:5e:00:53:99", "10.0.0.99");
  claim(now, claimer, desk ? "10.0.0.10" : "10.0.0.77");
  return now;
}

static GString *office_with_owners(void) {
  GString *normal = office(DESKS);
  claim(normal, "00:00:5e:00:53:10", "10.0.0.10");
  claim(normal, "00:00:5e:00:53:77", "10.0.0.77"); /* not seen later */
  return normal;
}

/* Who has an address and takes another's, too, did it; who only has one that is another's may have been given
 * it. */
static void test_new_device_takes_address(void) {
  SUSPECT(strength(office_with_owners(), with_claim("00:00:5e:00:53:99", TRUE), "unknown-device",
                   NULL, "10.0.0.99"));
  NO_SUSPECT(strength(office_with_owners(), with_claim("00:00:5e:00:53:99", FALSE),
                      "unknown-device", NULL, "10.0.0.99"));
  NO_SUSPECT(strength(office_with_owners(), with_claim("00:00:5e:00:53:98", TRUE), "unknown-device",
                      NULL, "10.0.0.10"));
  NO_SUSPECT(strength(office_with_owners(), with_claim("00:00:5e:00:01:98", TRUE), "unknown-device",
                      NULL, "10.0.0.10")); /* VRRP */
  NO_SUSPECT(strength(office_with_owners(), with_claim("00:00:5e:00:53:11", TRUE), "unknown-device",
                      NULL, "10.0.0.11")); /* a known one */
}

/* A use of the network that a known host makes, too, then or now, is no indicator. */
static void test_new_device_like_others(void) {
  GString *normal = office(DESKS), *now = with_new_device(9);
  datagrams(normal, "10.0.0.11", "192.0.2.3", 51820, "WireGuard", 1);
  g_assert_cmpfloat(strength(normal, now, "unknown-device", NULL, "10.0.0.99"), ==, 0);
  now = with_new_device(9);
  datagrams(now, "10.0.0.11", "192.0.2.3", 51820, "WireGuard", 1);
  g_assert_cmpfloat(strength(office(DESKS), now, "unknown-device", NULL, "10.0.0.99"), ==, 0);
}

/* Few known hosts prove little. */
static void test_new_device_few_known(void) {
  SUSPECT(strength(office(5), with_new_device(9), "unknown-device", NULL, "10.0.0.99"));
  const double weak = strength(office(4), with_new_device(9), "unknown-device", NULL, "10.0.0.99");
  g_assert_cmpfloat(weak, >, 0);
  NO_SUSPECT(weak);
}

/* A service that operating systems use by themselves is a weak indicator; the same port with
 * another protocol is not. */
static void test_new_device_ordinary(void) {
  GString *now = office(DESKS);
  datagrams(now, "10.0.0.99", "198.51.100.1", 123, "NTP", 9);
  NO_SUSPECT(strength(office(DESKS), now, "unknown-device", NULL, "10.0.0.99"));
  now = office(DESKS);
  datagrams(now, "10.0.0.99", "198.51.100.1", 123, "WireGuard", 9);
  SUSPECT(strength(office(DESKS), now, "unknown-device", NULL, "10.0.0.99"));
}

/* A known device with another lease is not unknown. */
static void test_known_mac(void) {
  GString *normal = office(DESKS), *now = with_new_device(9);
  connection(normal, "10.0.0.98", "203.0.113.1", 443, "TLSv1.3", 3, " smac=00:00:5e:00:53:99");
  g_assert_cmpfloat(strength(normal, now, "unknown-device", NULL, "10.0.0.99"), ==, 0);
}

/* A new device that is contacted from outside did not begin, and a known device is not new. */
static void test_not_to_blame(void) {
  GString *now = office(DESKS);
  datagrams(now, "198.51.100.50", "10.0.0.99", 51820, "WireGuard", 9);
  datagrams(now, "10.0.0.10", "198.51.100.50", 51820, "WireGuard", 9);
  Compared compared = compare(office(DESKS), now, "unknown-device", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 0);
  compared_clear(&compared);
}

/* Another MAC with the address of a server is a strong indicator, with that of a client a weak one.
 */
static void test_taken(void) {
  GString *normal = office(DESKS), *now = office(DESKS);
  claim(normal, "00:00:5e:00:53:02", "10.0.0.2");
  claim(now, "00:00:5e:00:53:99", "10.0.0.2");
  SUSPECT(strength(normal, now, "unknown-device", NULL, "10.0.0.2"));
  normal = office(DESKS), now = office(0);
  connection(now, "10.0.0.10", "203.0.113.1", 443, "TLSv1.3", 3, " smac=00:00:5e:00:53:99");
  const double client = strength(normal, now, "unknown-device", NULL, "10.0.0.10");
  g_assert_cmpfloat(client, >, 0);
  NO_SUSPECT(client);
}

static void test_other_network(void) {
  GString *now = g_string_new(NULL);
  for (guint i = 0; i < 12; i++) {
    g_autofree char *host = g_strdup_printf("192.168.7.%u", 10 + i);
    datagrams(now, host, "198.51.100.50", 51820, "WireGuard", 9);
  }
  Compared compared = compare(office(DESKS), now, "unknown-device", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 0);
  g_assert_cmpuint(hg_analysis_not_assessed_count(compared.now.analysis), ==, 1);
  g_assert_nonnull(
      strstr(hg_analysis_not_assessed(compared.now.analysis, 0)->why, "0 of 12 internal hosts"));
  compared_clear(&compared);
}

/* --- unusual --- */

static GString *with_ssh(guint clients, guint data) {
  GString *now = office(DESKS);
  for (guint i = 0; i < clients; i++) {
    g_autofree char *client = g_strdup_printf("10.0.0.%u", 10 + i);
    connection(now, client, "10.0.0.15", 22, "SSHv2", data, "");
  }
  return now;
}

static void test_unusual_service(void) {
  /* one client: its own doing; several: the server's */
  g_assert_cmpfloat(strength(office(DESKS), with_ssh(1, 3), "unusual", NULL, "10.0.0.10"), >, 0);
  g_assert_cmpfloat(strength(office(DESKS), with_ssh(1, 3), "unusual", NULL, "10.0.0.15"), ==, 0);
  g_assert_cmpfloat(strength(office(DESKS), with_ssh(2, 3), "unusual", NULL, "10.0.0.10"), ==, 0);
  g_assert_cmpfloat(strength(office(DESKS), with_ssh(2, 3), "unusual", NULL, "10.0.0.15"), >, 0);
  /* just below: two of the handshake and two more */
  g_assert_cmpfloat(strength(office(DESKS), with_ssh(1, 2), "unusual", NULL, "10.0.0.10"), ==, 0);
  Compared compared = compare(office(DESKS), with_ssh(1, 30), "unusual", NULL);
  g_assert_false(
      hg_analysis_is_suspect(compared.now.analysis, host_of(&compared.now, "10.0.0.10")->number));
  compared_clear(&compared);
}

/* New devices belong to another rule. */
static void test_unusual_new_device(void) {
  GString *now = office(DESKS);
  connection(now, "10.0.0.99", "10.0.0.2", 22, "SSHv2", 9, "");
  g_assert_cmpfloat(strength(office(DESKS), now, "unusual", NULL, "10.0.0.99"), ==, 0);
}

static void test_unusual_share(void) {
  GString *normal = office(DESKS), *now = office(DESKS);
  datagrams(normal, "10.0.0.11", "10.0.0.2", 53, "DNS", 2);
  datagrams(now, "10.0.0.11", "10.0.0.2", 53, "DNS", 80);
  Compared compared = compare(normal, now, "unusual", NULL);
  const HgFinding *finding = finding_of(&compared.now, "10.0.0.11");
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 1);
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, >, finding->threshold);
  g_assert_nonnull(strstr(finding->evidence, "DNS is "));
  compared_clear(&compared);
  normal = office(DESKS), now = office(DESKS);
  datagrams(normal, "10.0.0.11", "10.0.0.2", 53, "DNS", 20);
  datagrams(now, "10.0.0.11", "10.0.0.2", 53, "DNS", 60); /* sure, but not far */
  g_assert_cmpfloat(strength(normal, now, "unusual", NULL, "10.0.0.11"), ==, 0);
}

/* --- rogue-dhcp --- */

#define USUAL "network 10.0.0.0 router 10.0.0.1 dns 10.0.0.1"
#define OTHER "network 10.0.0.0 router 10.0.0.66 dns 10.0.0.66"

/* An office whose server answers a client; "": nobody does. */
static GString *with_dhcp(const char *server, const char *settings) {
  GString *script = office(DESKS);
  if (*server)
    g_string_append_printf(script,
                           "200 %s 255.255.255.255 DHCP udp=67:68 len=342\n"
                           "observe dhcp-server %s 00:00:5e:00:53:10 \"%s\"\n",
                           server, server, settings);
  return script;
}

static void test_dhcp_unknown(void) {
  SUSPECT(strength(with_dhcp("10.0.0.1", USUAL), with_dhcp("10.0.0.66", OTHER), "rogue-dhcp", NULL,
                   "10.0.0.66"));
  /* another machine that gives the same; the known one; nothing known of DHCP */
  NO_SUSPECT(strength(with_dhcp("10.0.0.1", USUAL), with_dhcp("10.0.0.66", USUAL), "rogue-dhcp",
                      NULL, "10.0.0.66"));
  g_assert_cmpfloat(strength(with_dhcp("10.0.0.1", USUAL), with_dhcp("10.0.0.1", OTHER),
                             "rogue-dhcp", NULL, "10.0.0.1"),
                    ==, 0);
  g_assert_cmpfloat(
      strength(with_dhcp("", ""), with_dhcp("10.0.0.66", OTHER), "rogue-dhcp", NULL, "10.0.0.66"),
      ==, 0);
}

/* Of two that compete, the known one is not to blame, whoever was first; nor are two known ones. */
static void test_dhcp_known(void) {
  GString *now = with_dhcp("10.0.0.66", OTHER), *second = with_dhcp("10.0.0.1", USUAL);
  g_string_append(now, strstr(second->str, "200 10.0.0.1"));
  g_string_free(second, TRUE);
  Compared compared = compare(with_dhcp("10.0.0.1", USUAL), now, "rogue-dhcp", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 1);
  g_assert_nonnull(finding_of(&compared.now, "10.0.0.66"));
  compared_clear(&compared);
  now = with_dhcp("10.0.0.66", OTHER), second = with_dhcp("10.0.0.1", USUAL);
  g_string_append(now, strstr(second->str, "200 10.0.0.1"));
  g_string_free(second, TRUE);
  compared = compare(g_string_new(now->str), now, "rogue-dhcp", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(compared.now.analysis), ==, 0);
  compared_clear(&compared);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/baseline/same", test_same);
  g_test_add_func("/baseline/none", test_none);
  g_test_add_func("/baseline/lists", test_lists);
  g_test_add_func("/baseline/services", test_services);
  g_test_add_func("/baseline/chosen-ports", test_chosen_ports);
  g_test_add_func("/baseline/bindings", test_bindings);
  g_test_add_func("/baseline/new-device-takes-address", test_new_device_takes_address);
  g_test_add_func("/baseline/shares", test_shares);
  g_test_add_func("/baseline/proportions", test_proportions);
  g_test_add_func("/unknown-device/fires", test_new_device);
  g_test_add_func("/unknown-device/below", test_new_device_below);
  g_test_add_func("/unknown-device/like-others", test_new_device_like_others);
  g_test_add_func("/unknown-device/few-known", test_new_device_few_known);
  g_test_add_func("/unknown-device/ordinary", test_new_device_ordinary);
  g_test_add_func("/unknown-device/known-mac", test_known_mac);
  g_test_add_func("/unknown-device/not-to-blame", test_not_to_blame);
  g_test_add_func("/unknown-device/taken", test_taken);
  g_test_add_func("/unknown-device/other-network", test_other_network);
  g_test_add_func("/unusual/service", test_unusual_service);
  g_test_add_func("/unusual/newcomer", test_unusual_new_device);
  g_test_add_func("/unusual/share", test_unusual_share);
  g_test_add_func("/rogue-dhcp/unknown", test_dhcp_unknown);
  g_test_add_func("/rogue-dhcp/known", test_dhcp_known);
  return g_test_run();
}

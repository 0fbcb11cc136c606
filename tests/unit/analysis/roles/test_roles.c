/* test_roles.c - who is what in a network, and what that explains
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

static char *roles_of(const Analysed *a, const char *host) {
  const HgHost *found = host_of(a, host);
  g_assert_nonnull(found);
  char **names = hg_roles_names(hg_analysis_roles(a->analysis), found->number);
  char *text = g_strjoinv(" ", names);
  g_strfreev(names);
  return text;
}

static void check_role(const Analysed *a, const char *host, const char *expected) {
  char *text = roles_of(a, host);
  g_assert_cmpstr(text, ==, expected);
  g_free(text);
}

static void check(const char *script, const char *host, const char *expected) {
  Analysed a = analyse(script, "port-scan", NULL);
  check_role(&a, host, expected);
  analysed_clear(&a);
}

/* One connection of `client` to `server`:`port`, with an answer of `protocol`. */
#define TALK(client, server, port, protocol)                                                       \
  "1 " client " " server " TCP tcp=40000:" port ":S seq=1\n"                                       \
  "1.1 " server " " client " TCP tcp=" port ":40000:SA\n"                                          \
  "1.2 " client " " server " " protocol " tcp=40000:" port ":PA payload=50\n"                      \
  "1.3 " server " " client " " protocol " tcp=" port ":40000:PA payload=90\n"

#define ASK(client, server, port, protocol)                                                        \
  "2 " client " " server " " protocol " udp=40001:" port "\n"                                      \
  "2.1 " server " " client " " protocol " udp=" port ":40001\n"

static void test_table(void) {
  guint seen = 0;
  for (const HgRoleInfo *info = hg_roles; info->name; info++) {
    g_assert_cmpuint(seen & info->role, ==, 0);
    seen |= info->role;
    g_assert_cmpuint(strspn(info->name, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen(info->name));
    if (info != hg_roles)
      g_assert_cmpstr(info[-1].name, <, info->name);
  }
  g_assert_cmpuint(seen, ==, (HG_ROLE_WEB_SERVER << 1) - 1); /* every bit has its line */
}

static void test_servers(void) {
  static const struct {
    const char *script, *role;
  } servers[] = {
      {ASK("10.0.0.1", "10.0.0.2", "53", "DNS"), "resolver"},
      {ASK("10.0.0.1", "10.0.0.2", "123", "NTP"), "ntp-server"},
      {ASK("10.0.0.1", "10.0.0.2", "67", "DHCP"), "dhcp-server"},
      {TALK("10.0.0.1", "10.0.0.2", "25", "SMTP"), "mail-server"},
      {TALK("10.0.0.1", "10.0.0.2", "993", "TLSv1.3"), "mail-server"},
      {TALK("10.0.0.1", "10.0.0.2", "80", "HTTP/JSON"), "web-server"},
      {TALK("10.0.0.1", "10.0.0.2", "443", "TLSv1.2"), "web-server"},
      {TALK("10.0.0.1", "10.0.0.2", "2049", "NFS"), "file-server"},
      {TALK("10.0.0.1", "10.0.0.2", "389", "LDAP"), "directory"},
      {TALK("10.0.0.1", "10.0.0.2", "5432", "PGSQL"), "database"},
      {TALK("10.0.0.1", "10.0.0.2", "631", "IPP"), "print-server"},
      {TALK("10.0.0.1", "10.0.0.2", "3128", "HTTP"), "proxy"},
      {TALK("10.0.0.1", "10.0.0.2", "25", "SMTP") ASK("10.0.0.1", "10.0.0.2", "53", "DNS"),
       "mail-server resolver"},
      /* A protocol on another's port, or on no port of its own, and what nobody recognised. */
      {TALK("10.0.0.1", "10.0.0.2", "53", "SSH"), ""},
      {TALK("10.0.0.1", "10.0.0.2", "4444", "HTTP"), ""},
      {TALK("10.0.0.1", "10.0.0.2", "443", "TCP"), ""},
      {TALK("10.0.0.1", "10.0.0.2", "80", "HTTPX"), ""},
      /* Hosts that only send requests, or only receive them. */
      {"1 10.0.0.2 10.0.0.1 DNS udp=40000:53\n1.1 10.0.0.1 10.0.0.2 DNS udp=53:40000\n", ""},
      {"1 10.0.0.1 10.0.0.2 DNS udp=40000:53\n", ""},
  };
  for (guint i = 0; i < G_N_ELEMENTS(servers); i++)
    check(servers[i].script, "10.0.0.2", servers[i].role);
  for (guint i = 0; i < 13; i++)
    check(servers[i].script, "10.0.0.1", "");
}

/* Every Windows machine answers SMB: who is asked by one host may be its target. */
static void test_file_server(void) {
  check(TALK("10.0.0.1", "10.0.0.2", "445", "SMB2"), "10.0.0.2", "");
  check(TALK("10.0.0.1", "10.0.0.2", "445", "SMB2") TALK("10.0.0.3", "10.0.0.2", "445", "SMB2"),
        "10.0.0.2", "file-server");
  check(TALK("10.0.0.1", "10.0.0.2", "445", "SMB2") TALK("10.0.0.1", "10.0.0.2", "139", "SMB"),
        "10.0.0.2", "");
}

/* Offers are sent to all, from the server's port: the server seems to begin. */
static void test_dhcp(void) {
  static const char script[] = "1 0.0.0.0 255.255.255.255 DHCP udp=68:67\n"
                               "1.1 10.0.0.1 255.255.255.255 DHCP udp=67:68\n"
                               "2 fe80::5 ff02::1:2 DHCPv6 udp=546:547\n"
                               "2.1 fe80::1 fe80::5 DHCPv6 udp=547:546\n";
  check(script, "10.0.0.1", "dhcp-server");
  check(script, "fe80::1", "dhcp-server");
  check(script, "fe80::5", "");
  check(script, "255.255.255.255", "");
}

static void test_without_evidence(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.evidence = FALSE;
  HgTally *tally = hg_tally_new(&options);
  g_assert_true(hg_script_read(tally, TALK("10.0.0.1", "10.0.0.2", "443", "TCP"), NULL));
  Analysed a = analyse_tally(tally, "port-scan", NULL);
  check_role(&a, "10.0.0.2", "web-server");
  check_role(&a, "10.0.0.1", "");
  analysed_clear(&a);
}

static void test_proxy(void) {
  GString *script = g_string_new(TALK("10.0.0.1", "10.0.0.2", "8080", "HTTP"));
  for (guint i = 1; i <= 3; i++) {
    check(script->str, "10.0.0.2", "web-server");
    g_string_append_printf(script,
                           "%u 10.0.0.2 93.0.%u.1 TCP tcp=5000%u:443:S seq=1\n"
                           "%u.1 93.0.%u.1 10.0.0.2 TCP tcp=443:5000%u:SA\n"
                           "%u.2 10.0.0.2 93.0.%u.1 TLSv1.3 tcp=5000%u:443:PA payload=9\n"
                           "%u.3 93.0.%u.1 10.0.0.2 TLSv1.3 tcp=443:5000%u:PA payload=9\n",
                           i, i, i, i, i, i, i, i, i, i, i, i);
  }
  check(script->str, "10.0.0.2", "proxy web-server");
  g_string_free(script, TRUE);
}

/* --- gateways --- */

/* Hosts of `networks` other networks answer 10.0.0.5 from behind the MAC ...:01. */
static GString *surf(guint networks) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < networks; i++)
    g_string_append_printf(
        script,
        "%u 10.0.0.5 93.0.%u.1 TCP tcp=%u:80:S seq=1 smac=02:00:00:00:00:05\n"
        "%u.1 93.0.%u.1 10.0.0.5 TCP tcp=80:%u:SA smac=02:00:00:00:00:01\n"
        "%u.2 10.0.0.5 93.0.%u.1 HTTP tcp=%u:80:PA payload=9 smac=02:00:00:00:00:05\n"
        "%u.3 93.0.%u.1 10.0.0.5 HTTP tcp=80:%u:PA payload=9 smac=02:00:00:00:00:01\n",
        i, i, 40000 + i, i, i, 40000 + i, i, i, 40000 + i, i, i, 40000 + i);
  return script;
}

#define ARP(mac, ip) "arp " mac " " ip " 10.0.0.5 reply\n"
/* Evidence is of the packet before it, and the address is of somebody seen. */
#define OWN(ip, mac) "50 " ip " 10.0.0.5 ICMP echo=request:1 smac=" mac "\n"
#define GATEWAY "02:00:00:00:00:01"

static void check_gateway(guint networks, const char *more, const char *host, const char *role) {
  GString *script = surf(networks);
  g_string_append(script, more);
  check(script->str, host, role);
  g_string_free(script, TRUE);
}

static void test_gateway(void) {
  check_gateway(3, OWN("10.0.0.1", GATEWAY), "10.0.0.1", "gateway"); /* the only one inside */
  check_gateway(2, OWN("10.0.0.1", GATEWAY), "10.0.0.1", "");
  check_gateway(3, OWN("10.0.0.1", GATEWAY), "10.0.0.5", "");
  /* Another network inside lies behind it, too: ARP tells which address is its own. */
  static const char both[] = OWN("10.0.0.1", GATEWAY) OWN("10.7.0.9", GATEWAY);
  check_gateway(3, both, "10.0.0.1", "");
  static const char told[] =
      OWN("10.0.0.1", GATEWAY) ARP(GATEWAY, "10.0.0.1") OWN("10.7.0.9", GATEWAY);
  check_gateway(3, told, "10.0.0.1", "gateway");
  check_gateway(3, told, "10.7.0.9", "");
  check_gateway(3, OWN("fe80::1", GATEWAY), "fe80::1", "gateway");
}

/* One machine, several addresses of its own. */
static void test_no_gateway(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 1; i < 9; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.5 2001:db8::%u TCP tcp=40000:80:S seq=1\n"
                           "%u.1 2001:db8::%u 10.0.0.5 TCP tcp=80:40000:SA smac=" GATEWAY "\n"
                           "%u.2 10.0.0.5 2001:db8::%u HTTP tcp=40000:80:PA payload=9\n"
                           "%u.3 2001:db8::%u 10.0.0.5 HTTP tcp=80:40000:PA payload=9 smac=" GATEWAY
                           "\n",
                           i, i, i, i, i, i, i, i);
  g_string_append(script, OWN("10.0.0.1", GATEWAY));
  check(script->str, "10.0.0.1", "");
  g_string_free(script, TRUE);

  /* Forged senders of a flood are behind the flooder's MAC; the server answers each of them. */
  script = g_string_new(OWN("10.0.0.1", GATEWAY));
  for (guint i = 1; i < 99; i++)
    g_string_append_printf(script,
                           "%u 93.0.%u.1 10.0.0.5 TCP tcp=40000:80:S seq=1 smac=" GATEWAY "\n"
                           "%u.1 10.0.0.5 93.0.%u.1 TCP tcp=80:40000:SA\n"
                           "%u.2 93.0.%u.1 10.0.0.5 DNS udp=40000:53 smac=" GATEWAY "\n"
                           "%u.3 10.0.0.5 93.0.%u.1 DNS udp=53:40000\n",
                           i, i, i, i, i, i, i, i);
  check(script->str, "10.0.0.1", "");
  check(script->str, "10.0.0.5", "resolver");
  g_string_free(script, TRUE);
}

/* An ARP spoofer that claims the gateway's address forwards packets of other networks, too. */
static void test_spoofed_gateway(void) {
  static const char one[] =
      OWN("10.0.0.66", GATEWAY) ARP(GATEWAY, "10.0.0.66") OWN("10.0.0.1", "02:00:00:00:00:02")
          ARP("02:00:00:00:00:02", "10.0.0.1") OWN("10.0.0.66", GATEWAY) ARP(GATEWAY, "10.0.0.1");
  check_gateway(3, one, "10.0.0.66", "");
  check_gateway(3, one, "10.0.0.1", "gateway");
  GString *both = g_string_new(one); /* it claims the victim's, too */
  g_string_append(both, OWN("10.0.0.66", GATEWAY) ARP(GATEWAY, "10.0.0.5"));
  check_gateway(3, both->str, "10.0.0.66", "");
  check_gateway(3, both->str, "10.0.0.1", "");
  check_gateway(3, both->str, "10.0.0.5", "");
  g_string_free(both, TRUE);
}

/* --- monitors --- */

/* `hosts` hosts pinged every minute for `minutes`, of whom the last `dead` are silent. */
static GString *watch(guint hosts, guint dead, guint minutes, const char *poll,
                      const char *answer) {
  GString *script = g_string_new(NULL);
  for (guint minute = 0; minute < minutes; minute++)
    for (guint i = 0; i < hosts; i++) {
      g_string_append_printf(script, "%u.%03u 10.0.0.1 10.0.1.%u %s\n", minute * 70, i * 2, i + 1,
                             poll);
      if (i + dead < hosts)
        g_string_append_printf(script, "%u.%03u 10.0.1.%u 10.0.0.1 %s\n", minute * 70, i * 2 + 1,
                               i + 1, answer);
    }
  return script;
}

static void check_watch(guint hosts, guint dead, guint minutes, const char *role) {
  GString *pings = watch(hosts, dead, minutes, "ICMP echo=request:7", "ICMP echo=reply:7");
  GString *snmp = watch(hosts, dead, minutes, "SNMP udp=50000:161", "SNMP udp=161:50000");
  check(pings->str, "10.0.0.1", role);
  check(snmp->str, "10.0.0.1", role);
  g_string_free(pings, TRUE);
  g_string_free(snmp, TRUE);
}

static void test_monitor(void) {
  check_watch(3, 0, 6, "monitor");
  check_watch(2, 0, 6, "");
  check_watch(30, 12, 6, "monitor");
  check_watch(30, 15, 6, ""); /* asks more silence than answers */
  check_watch(30, 0, 1, "");  /* a sweep */
  check_watch(30, 0, 4, "");  /* 3 min 30 s */
}

/* Pieces of a capture give what the whole gives, in either order. */
static void test_pieces(void) {
  GString *whole = watch(5, 1, 9, "ICMP echo=request:7", "ICMP echo=reply:7");
  g_string_append(whole, "700 10.0.0.1 10.0.0.9 SMB2 udp=137:445 smac=02:00:00:00:00:01\n");
  const char *cut = strstr(whole->str, "\n280.");
  char *front = g_strndup(whole->str, (gsize)(cut - whole->str + 1));
  HgTally *a = hg_script_tally(front), *b = hg_script_tally(cut + 1);
  HgTally *all = hg_tally_union(b, a);
  check(front, "10.0.0.1", "");
  check(whole->str, "10.0.0.1", "monitor");
  Analysed joined = analyse_tally(all, "port-scan", NULL);
  check_role(&joined, "10.0.0.1", "monitor");
  analysed_clear(&joined);
  hg_tally_free(a);
  hg_tally_free(b);
  g_free(front);
  g_string_free(whole, TRUE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/roles/table", test_table);
  g_test_add_func("/roles/servers", test_servers);
  g_test_add_func("/roles/file-server", test_file_server);
  g_test_add_func("/roles/dhcp", test_dhcp);
  g_test_add_func("/roles/without-evidence", test_without_evidence);
  g_test_add_func("/roles/proxy", test_proxy);
  g_test_add_func("/roles/gateway", test_gateway);
  g_test_add_func("/roles/no-gateway", test_no_gateway);
  g_test_add_func("/roles/spoofed-gateway", test_spoofed_gateway);
  g_test_add_func("/roles/monitor", test_monitor);
  g_test_add_func("/roles/pieces", test_pieces);
  return g_test_run();
}

/* test_odd_certificate.c - which certificates of external servers nobody else vouches for
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#define CLIENT "10.0.0.5"
#define SERVER "203.0.113.9"

/* A TLS connection in which the server shows this certificate. */
static void append_shown(GString *script, const char *client, const char *server, guint port,
                         const char *certificate) {
  static guint number = 0;
  const guint from = 2000 + number++ % 60000;
  g_string_append_printf(script,
                         "10 %s %s TCP tcp=%u:%u:S seq=%u\n10.1 %s %s TCP tcp=%u:%u:SA\n"
                         "10.2 %s %s TLSv1.2 tcp=%u:%u:PA payload=200\n"
                         "10.3 %s %s TLSv1.2 tcp=%u:%u:PA payload=900\n"
                         "observe certificate %s %s \"%u %s\"\n",
                         client, server, from, port, number, server, client, port, from, client,
                         server, from, port, server, client, port, from, client, server, port,
                         certificate);
}

/* Strength of the client's finding; 0: it has none. Takes the script. */
static double strength_in(GString *script) {
  Analysed a = analyse(script->str, "odd-certificate", NULL);
  const HgFinding *finding = finding_of(&a, CLIENT);
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&a);
  g_string_free(script, TRUE);
  return strength;
}

static double strength_of(const char *server, guint port, const char *certificate,
                          const char *more) {
  GString *script = g_string_new(NULL);
  append_shown(script, CLIENT, server, port, certificate);
  g_string_append(script, more);
  return strength_in(script);
}

#define SELF "alone self-issued 365 days\\tlocalhost"

static void test_self_signed(void) {
  g_assert_cmpfloat(strength_of(SERVER, 443, SELF, ""), ==, 1);
  g_assert_cmpfloat(strength_of("2001:db8::9", 443, SELF, ""), ==, 1);
  g_assert_cmpfloat(strength_of(SERVER, 443, "alone self-issued 0 days", ""), ==, 1);
  g_assert_cmpfloat(strength_of(SERVER, 443, "self-issued 365 days\\tlocalhost", ""), ==, 0);
  g_assert_cmpfloat(strength_of(SERVER, 8443, SELF, ""), ==, 0);
  g_assert_cmpfloat(strength_of("10.0.1.9", 443, SELF, ""), ==, 0); /* a device of the network */
}

static void test_long_validity(void) {
  g_assert_cmpfloat(strength_of(SERVER, 7084, "alone 826 days\\ttool", ""), ==, 0.4);
  g_assert_cmpfloat(strength_of(SERVER, 7084, "alone 825 days\\ttool", ""), ==, 0);
  g_assert_cmpfloat(strength_of(SERVER, 443, "3650 days\\twww.example", ""), ==, 0);
  g_assert_cmpfloat(strength_of(SERVER, 993, "alone self-issued 3650 days\\tmail", ""), ==, 0);
}

/* Made for the name or the address that it is called by. */
static void test_named(void) {
  g_assert_cmpfloat(strength_of(SERVER, 443, "alone self-issued 3650 days\\tvpn.example",
                                "observe server-name 10.0.0.5 203.0.113.9 www.example 200\n"
                                "observe server-name 10.0.0.5 203.0.113.9 vpn.example 200\n"),
                    ==, 0.2);
  g_assert_cmpfloat(strength_of(SERVER, 443, "alone self-issued 3650 days\\tvpn.example",
                                "observe server-name 10.0.0.5 203.0.113.9 c2.example 200\n"),
                    ==, 1);
  g_assert_cmpfloat(strength_of(SERVER, 443, "alone self-issued 3650 days\\t203.0.113.9", ""), ==,
                    0.2);
}

/* `apart` seconds from a packet to the next; of UDP beside TLS, or of the connection itself. */
static double strength_of_stream(guint packets, double apart, gboolean datagrams) {
  GString *script = g_string_new("9 10.0.0.5 203.0.113.9 TCP tcp=1999:443:S seq=7\n"
                                 "9.1 203.0.113.9 10.0.0.5 TCP tcp=443:1999:SA\n");
  for (guint i = 0; i < packets; i++) {
    const char *name = datagrams ? "DTLS udp" : "TLSv1.2 tcp";
    g_string_append_printf(script,
                           "%.2f 10.0.0.5 203.0.113.9 %s=1999:443 payload=90\n"
                           "%.2f 203.0.113.9 10.0.0.5 %s=443:1999 payload=90\n",
                           20 + i * apart, name, 20.01 + i * apart, name);
  }
  append_shown(script, CLIENT, SERVER, 443, SELF);
  return strength_in(script);
}

static void test_tunnels(void) {
  g_assert_cmpfloat(strength_of_stream(400, 1, FALSE), ==, 0.2);
  g_assert_cmpfloat(strength_of_stream(200, 1, FALSE), ==, 1); /* not for long */
  g_assert_cmpfloat(strength_of_stream(60, 10, FALSE), ==, 1); /* a keep-alive */
  g_assert_cmpfloat(strength_of_stream(100, 0.1, TRUE), ==, 0.2);
  g_assert_cmpfloat(strength_of_stream(99, 0.1, TRUE), ==, 1);
}

/* `ports`: how many different ones. */
static double strength_of_peers(guint peers, guint ports) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < peers; i++) {
    char *peer = g_strdup_printf("203.0.113.%u", 20 + i);
    append_shown(script, CLIENT, peer, 30000 + i % ports, "alone self-issued 9000 days\\tshare");
    g_free(peer);
  }
  append_shown(script, CLIENT, SERVER, 443, SELF);
  return strength_in(script);
}

static void test_peers(void) {
  g_assert_cmpfloat(strength_of_peers(5, 5), ==, 0);
  g_assert_cmpfloat(strength_of_peers(4, 4), ==, 1);
  g_assert_cmpfloat(strength_of_peers(8, 2), ==, 1); /* one service on several servers */
}

static void test_finding(void) {
  GString *script = g_string_new(NULL);
  append_shown(script, CLIENT, "203.0.113.8", 4443, "alone 3935 days\\ttool");
  append_shown(script, CLIENT, SERVER, 443, SELF);
  Analysed a = analyse(script->str, "odd-certificate", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  const HgFinding *finding = finding_of(&a, CLIENT);
  g_assert_cmpstr(
      finding->evidence, ==,
      "10.0.0.5 talks TLS to 203.0.113.9 and 203.0.113.8, port 443, with a certificate that is "
      "alone in its chain: its own issuer, valid for 365 days, for \"localhost\"");
  g_assert_cmpuint(finding->peers->len, ==, 2);
  g_assert_cmpstr(
      finding->filter, ==,
      "ip.dst == 10.0.0.5 && ip.src in {203.0.113.9, 203.0.113.8} && tcp.srcport in {443, 4443}");
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

static void test_not_assessed(void) {
  Analysed a = analyse("10 10.0.0.5 203.0.113.9 TLSv1.3 tcp=2000:443:PA payload=200\n",
                       "odd-certificate", NULL);
  g_assert_cmpuint(hg_analysis_not_assessed_count(a.analysis), ==, 1);
  analysed_clear(&a);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/odd-certificate/self-signed", test_self_signed);
  g_test_add_func("/odd-certificate/long-validity", test_long_validity);
  g_test_add_func("/odd-certificate/named", test_named);
  g_test_add_func("/odd-certificate/tunnels", test_tunnels);
  g_test_add_func("/odd-certificate/peers", test_peers);
  g_test_add_func("/odd-certificate/finding", test_finding);
  g_test_add_func("/odd-certificate/not-assessed", test_not_assessed);
  return g_test_run();
}

/* test_outbound.c - to outside: uploads, long connections, odd ports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#define CLIENT "10.0.0.66"

/* Takes the script. Strength of the client's finding; 0: it has none. */
static double strength_of(GString *script, const char *rule, const char *host) {
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, rule, NULL);
  const HgFinding *finding = finding_of(&analysed, host);
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&analysed);
  g_free(text);
  return strength;
}

/* A TCP connection with `out` and `in` bytes of data, `seconds` long. */
static void exchange(GString *script, const char *client, const char *server, guint port,
                     const char *protocol, guint out, guint in, double seconds) {
  static guint ephemeral = 0;
  const guint from = 2000 + ephemeral++ % 60000;
  g_string_append_printf(script,
                         "10 %s %s TCP tcp=%u:%u:S seq=%u\n10.1 %s %s TCP tcp=%u:%u:SA\n"
                         "10.2 %s %s %s tcp=%u:%u:PA payload=%u len=%u\n"
                         "%.3f %s %s %s tcp=%u:%u:PA payload=%u len=%u\n",
                         client, server, from, port, from, server, client, port, from, client,
                         server, protocol, from, port, out, out + 54, 10 + seconds, server, client,
                         protocol, port, from, in, in + 54);
}

/* Neighbours that send a little to outside. */
static GString *office(guint hosts) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < hosts; i++) {
    char address[16];
    g_snprintf(address, sizeof address, "10.0.1.%u", i + 1);
    exchange(script, address, "192.0.2.1", 443, "TLSv1.2", 20000 + i * 1000, 500000, 2);
  }
  return script;
}

/* --- exfiltration --- */

#define MIB 1048576u

static double upload(guint neighbours, guint out, guint in) {
  GString *script = office(neighbours);
  exchange(script, CLIENT, "192.0.2.99", 443, "TLSv1.2", out, in, 60);
  return strength_of(script, "exfiltration", CLIENT);
}

static void test_upload(void) {
  g_assert_cmpfloat(upload(20, 10 * MIB, MIB), >=, 0.6);
  g_assert_cmpfloat(upload(20, 10 * MIB - 1, 0), ==, 0);
  g_assert_cmpfloat(upload(20, 10 * MIB, MIB + 1), ==, 0); /* less than ten times as much */
  /* Without other hosts to compare it with, it is a weak finding. */
  g_assert_cmpfloat(upload(3, 100 * MIB, 0), ==, 0.5);
}

/* When everybody uploads, it is how the network is. */
static void test_usual_upload(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 20; i++) {
    char address[16];
    g_snprintf(address, sizeof address, "10.0.1.%u", i + 1);
    exchange(script, address, "192.0.2.1", 443, "TLSv1.2", (15 + i) * MIB, 5000, 60);
  }
  exchange(script, CLIENT, "192.0.2.1", 443, "TLSv1.2", 40 * MIB, 5000, 60);
  g_assert_cmpfloat(strength_of(script, "exfiltration", CLIENT), ==, 0);
}

/* In pieces to several servers it is as much; to inside, or pulled from outside, it is another thing. */
static void test_ways(void) {
  GString *pieces = office(20), *inside = office(20), *served = office(20);
  for (guint i = 0; i < 4; i++) {
    char address[16];
    g_snprintf(address, sizeof address, "192.0.2.%u", 50 + i);
    exchange(pieces, CLIENT, address, 443, "TLSv1.2", 3 * MIB, 1000, 60);
  }
  exchange(inside, CLIENT, "10.0.0.5", 445, "SMB2", 500 * MIB, 1000, 60);
  exchange(served, "192.0.2.77", CLIENT, 80, "HTTP", 1000, 500 * MIB, 60);
  g_assert_cmpfloat(strength_of(pieces, "exfiltration", CLIENT), >=, 0.6);
  g_assert_cmpfloat(strength_of(inside, "exfiltration", CLIENT), ==, 0);
  g_assert_cmpfloat(strength_of(served, "exfiltration", CLIENT), ==, 0);
}

static void test_upload_filter(void) {
  GString *script = office(20);
  exchange(script, CLIENT, "192.0.2.99", 443, "TLSv1.2", 20 * MIB, 1000, 60);
  exchange(script, CLIENT, "192.0.2.98", 443, "TLSv1.2", 10 * MIB, 1000, 60);
  exchange(script, CLIENT, "192.0.2.97", 443, "TLSv1.2", 1000, 1000, 60);
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "exfiltration", NULL);
  const HgFinding *finding = finding_of(&analysed, CLIENT);
  g_assert_cmpstr(finding->filter, ==,
                  "ip.addr == " CLIENT " && ip.addr in {192.0.2.99, 192.0.2.98}");
  g_assert_cmpfloat(finding->observed, ==, 30);
  analysed_clear(&analysed);
  g_free(text);
}

/* --- long-connection --- */

static double open_for(double hours, const char *server) {
  GString *script = g_string_new(BOTH_WAYS "90000 10.9.9.1 10.9.9.2 TCP tcp=4000:80:A\n");
  exchange(script, CLIENT, server, 443, "TLSv1.2", 100, 100, hours * 3600);
  return strength_of(script, "long-connection", CLIENT);
}

static void test_hours(void) {
  g_assert_cmpfloat(open_for(0.999, "192.0.2.9"), ==, 0);
  g_assert_cmpfloat(open_for(1, "192.0.2.9"), ==, 0.2);
  g_assert_cmpfloat(open_for(4, "192.0.2.9"), ==, 0.4);
  g_assert_cmpfloat(open_for(8, "192.0.2.9"), ==, 0.6);
  g_assert_cmpfloat(open_for(12, "192.0.2.9"), ==, 0.8);
  g_assert_cmpfloat(open_for(24, "10.0.0.9"), ==, 0);
}

/* Many connections are one finding, or weak ones would add up to a suspect. */
static void test_many_long(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 30; i++) {
    char address[16];
    g_snprintf(address, sizeof address, "192.0.2.%u", 1 + i);
    exchange(script, CLIENT, address, 443, "TLSv1.2", 100, 100, 50000);
  }
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "long-connection", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1);
  g_assert_cmpuint(finding_of(&analysed, CLIENT)->peers->len, ==, 30);
  g_assert_false(hg_analysis_is_suspect(analysed.analysis, host_of(&analysed, CLIENT)->number));
  analysed_clear(&analysed);
  g_free(text);
}

/* For connections that were open already it is not known which host began; and a short capture
 * cannot show a long connection. */
static void test_not_long(void) {
  g_assert_cmpuint(count_findings("10 " CLIENT " 192.0.2.9 TLSv1.2 tcp=4000:443:A payload=5\n"
                                  "90000 192.0.2.9 " CLIENT " TLSv1.2 tcp=443:4000:A payload=5\n",
                                  "long-connection", NULL),
                   ==, 0);
  Analysed analysed = analyse(BOTH_WAYS, "long-connection", NULL);
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
  analysed_clear(&analysed);
}

/* --- odd-port --- */

static double odd(const char *server, guint port, const char *protocol, guint out, guint in) {
  GString *script = g_string_new(BOTH_WAYS);
  exchange(script, CLIENT, server, port, protocol, out, in, 5);
  return strength_of(script, "odd-port", CLIENT);
}

static void test_odd(void) {
  g_assert_cmpfloat(odd("192.0.2.9", 443, "SSHv2", 500, 500), ==, 1);
  g_assert_cmpfloat(odd("192.0.2.9", 22, "SSHv2", 500, 500), ==, 0);
  g_assert_cmpfloat(odd("192.0.2.9", 4444, "HTTP", 500, 500), ==, 1);
  g_assert_cmpfloat(odd("192.0.2.9", 8080, "HTTP/JSON", 500, 500), ==, 0);
  g_assert_cmpfloat(odd("192.0.2.9", 8443, "TLSv1.3", 500, 500), ==, 0);
  g_assert_cmpfloat(odd("192.0.2.9", 4444, "TLSv1.3", 500, 500), ==, 1);
  g_assert_cmpfloat(odd("192.0.2.9", 4444, "TCP", 500, 500), ==, 0.6);
  g_assert_cmpfloat(odd("192.0.2.9", 1023, "TCP", 500, 500), ==, 0);
  g_assert_cmpfloat(odd("192.0.2.9", 4444, "TCP", 500, 15), ==, 0);
  g_assert_cmpfloat(odd("192.0.2.9", 4444, "ISAKMP", 500, 500), ==, 0);
  g_assert_cmpfloat(odd("10.0.0.9", 4444, "TCP", 500, 500), ==, 0);
}

/* Peers of peer-to-peer software each listen on a port of their own; servers of one program listen
 * on the same port. */
static void test_overlay(void) {
  for (guint same = 0; same < 2; same++) {
    GString *script = g_string_new(BOTH_WAYS);
    for (guint i = 0; i < 6; i++) {
      char address[16];
      g_snprintf(address, sizeof address, "192.0.2.%u", 1 + i);
      exchange(script, CLIENT, address, same ? 4444 : 20000 + 77 * i, "TCP", 500, 500, 5);
    }
    g_assert_cmpfloat(strength_of(script, "odd-port", CLIENT), ==, same ? 0.6 : 0);
  }
}

/* Where not even the web is recognised, packets were cut. */
static void test_cut(void) {
  GString *script = g_string_new(BOTH_WAYS);
  exchange(script, CLIENT, "192.0.2.9", 4444, "TCP", 500, 500, 5);
  exchange(script, CLIENT, "192.0.2.9", 80, "TCP", 500, 500, 5);
  g_assert_cmpfloat(strength_of(script, "odd-port", CLIENT), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/exfiltration/upload", test_upload);
  g_test_add_func("/exfiltration/usual", test_usual_upload);
  g_test_add_func("/exfiltration/ways", test_ways);
  g_test_add_func("/exfiltration/filter", test_upload_filter);
  g_test_add_func("/long-connection/hours", test_hours);
  g_test_add_func("/long-connection/many", test_many_long);
  g_test_add_func("/long-connection/not", test_not_long);
  g_test_add_func("/odd-port/odd", test_odd);
  g_test_add_func("/odd-port/overlay", test_overlay);
  g_test_add_func("/odd-port/cut", test_cut);
  return g_test_run();
}

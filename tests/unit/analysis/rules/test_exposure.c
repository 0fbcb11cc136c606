/* test_exposure.c - cleartext-protocol, cleartext-login and volume-outlier
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"
#include "analysis/measures/cleartext.h"

#include <string.h>

static void test_table(void) {
  static const struct {
    const char *column, *name; /* NULL: not in clear, or public anyway */
  } cases[] = {{"HTTP", "HTTP"},
               {"HTTP/JSON", "HTTP"},
               {"HTTP/XML", "HTTP"},
               {"SMTP/IMF", "SMTP"},
               {"IMAP/IMF", "IMAP"},
               {"POP/IMF", "POP"},
               {"SIP/SDP", "SIP"},
               {"Modbus/TCP", "Modbus"},
               {"Modbus/TCP Security", NULL},
               {"FTP-DATA", "FTP-DATA"},
               {"BACnet-APDU", "BACnet"},
               {"DNP 3.0", "DNP 3.0"},
               {"SMB", "SMB"},
               {"SMB2", NULL},
               {"TLSv1.2", NULL},
               {"DNS", NULL},
               {"HTTPS", NULL},
               {"http", NULL},
               {"/HTTP", NULL},
               {"|", NULL},
               {"BACnet|BACnet-APDU", NULL},
               {"", NULL}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const HgCleartext *found = hg_cleartext_find(cases[i].column);
    g_assert_cmpstr(found ? found->name : NULL, ==, cases[i].name);
  }
  for (const HgCleartext *c = hg_cleartexts; c[1].name; c++)
    g_assert_cmpstr(c[0].name, <, c[1].name);
}

static void test_protocol(void) {
  Analysed a = analyse("1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
                       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA\n"
                       "3 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA len=200 payload=146\n"
                       "4 10.0.0.2 10.0.0.1 HTTP/JSON tcp=80:4000:PA len=900 payload=846\n"
                       "5 10.0.0.2 10.0.0.1 TLSv1.2 tcp=443:4001:PA len=900 payload=846\n"
                       "6 10.0.0.3 10.0.0.1 HTTP tcp=80:5000:PA len=100 payload=46\n",
                       "cleartext-protocol", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1); /* both servers, one client */
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 3);
  g_assert_cmpstr(finding->evidence, ==,
                  "10.0.0.1 exchanged 3 packets (1200 bytes) of unencrypted HTTP with 10.0.0.2 and "
                  "10.0.0.3");
  g_assert_cmpstr(finding->filter, ==, "http && ip.addr == 10.0.0.1");
  g_assert_cmpuint(finding->peers->len, ==, 2);
  g_assert_cmpuint(finding->first_frame, ==, 3);
  g_assert_cmpuint(finding->last_frame, ==, 6);
  g_assert_cmpfloat(hg_analysis_score(a.analysis, finding->host), ==, 0);
  analysed_clear(&a);
}

/* A host that is client and server of one protocol: the filter of its own finding leaves out what
 * it served. */
static void test_client_and_server(void) {
  Analysed a = analyse("1 10.0.0.1 10.0.0.2 SMB tcp=4000:445:PA payload=10\n"
                       "2 10.0.0.2 10.0.0.3 SMB tcp=4001:445:PA payload=10\n"
                       "3 10.0.0.2 10.0.0.4 SMB tcp=4002:445:PA payload=10\n",
                       "cleartext-protocol", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 2);
  g_assert_cmpstr(finding_of(&a, "10.0.0.2")->filter, ==,
                  "smb && !browser && !smb_netlogon && ip.addr == 10.0.0.2 && ip.addr in "
                  "{10.0.0.3, 10.0.0.4}");
  analysed_clear(&a);
}

/* Senders of one mail server, the first of which sends to another one, too; the server relays to it. */
static Analysed senders(guint count) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script, "%u 10.0.0.%u 10.0.0.2 SMTP tcp=4000:25:PA len=100 payload=46\n",
                           1 + i, 10 + i);
  g_string_append(script, "500 10.0.0.10 10.0.0.3 SMTP tcp=4001:25:PA len=100 payload=46\n"
                          "501 10.0.0.2 10.0.0.3 SMTP tcp=4002:25:PA len=100 payload=46\n");
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "cleartext-protocol", NULL);
  g_free(text);
  return analysed;
}

static void test_one_server(void) {
  Analysed a = senders(80);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 3);
  const HgFinding *finding = hg_analysis_finding(a.analysis, 0);
  guint64 packets = 0;
  for (guint i = 0; i < 3; i++) {
    const HgFinding *one = hg_analysis_finding(a.analysis, i);
    packets += (guint64)one->observed;
    finding = one->observed > finding->observed ? one : finding;
  }
  g_assert_cmpuint(packets, ==, 82); /* each once */
  g_assert_cmpuint(finding->host, ==, host_of(&a, "10.0.0.2")->number);
  g_assert_cmpstr(
      finding->evidence, ==,
      "10.0.0.2 exchanged 80 packets (8000 bytes) of unencrypted SMTP with its 80 clients "
      "10.0.0.10, 10.0.0.11, 10.0.0.12 and 77 others");
  g_assert_cmpstr(finding->filter, ==, "smtp && ip.addr == 10.0.0.2");
  g_assert_cmpstr(finding_of(&a, "10.0.0.10")->filter, ==,
                  "smtp && ip.addr == 10.0.0.10 && ip.addr == 10.0.0.3");
  analysed_clear(&a);
  a = senders(4);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 5); /* as many as there are clients */
  analysed_clear(&a);
}

/* STARTTLS: the hello is in clear, the rest is not. Decrypted traffic was not readable. */
static void test_upgraded(void) {
  g_assert_cmpuint(count_findings("1 10.0.0.1 10.0.0.2 SMTP tcp=4000:25:PA payload=10\n"
                                  "2 10.0.0.1 10.0.0.2 TLSv1.2 tcp=4000:25:PA payload=10\n",
                                  "cleartext-protocol", NULL),
                   ==, 0);
  g_assert_cmpuint(count_findings("1 10.0.0.1 10.0.0.2 TLSv1.2 tcp=4000:443:PA payload=10\n"
                                  "2 10.0.0.1 10.0.0.2 HTTP tcp=4000:443:PA payload=10\n"
                                  "3 10.0.0.1 10.0.0.2 TLSv1.2 tcp=4001:443:PA payload=10\n",
                                  "cleartext-protocol", NULL),
                   ==, 0);
  /* Another connection of the two stays in clear. */
  g_assert_cmpuint(count_findings("1 10.0.0.1 10.0.0.2 TLSv1.2 tcp=4000:443:PA payload=10\n"
                                  "2 10.0.0.1 10.0.0.2 HTTP tcp=4001:80:PA payload=10\n",
                                  "cleartext-protocol", NULL),
                   ==, 1);
}

static void test_protocol_threshold(void) {
  const char *script = "1 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=10\n"
                       "2 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=10\n";
  g_assert_cmpuint(count_findings(script, "cleartext-protocol", "cleartext-protocol.packets=2"), ==,
                   1);
  g_assert_cmpuint(count_findings(script, "cleartext-protocol", "cleartext-protocol.packets=3"), ==,
                   0);
}

static void test_login(void) {
  Analysed a = analyse("1 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA payload=10\n"
                       "2 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA payload=10\n"
                       "login 10.0.0.1 10.0.0.2 FTP \"bob\\xff\"\n"
                       "3 10.0.0.3 10.0.0.2 HTTP tcp=4000:80:PA payload=10\n"
                       "login 10.0.0.3 10.0.0.2 HTTP \"\"\n",
                       "cleartext-login", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 2);
  const HgFinding *finding = finding_of(&a, "10.0.0.1");
  g_assert_nonnull(finding);
  g_assert_true(g_utf8_validate(finding->evidence, -1, NULL));
  g_assert_true(g_str_has_prefix(finding->evidence,
                                 "10.0.0.1 logged in to 10.0.0.2 over unencrypted FTP as user "
                                 "\"bob"));
  g_assert_true(g_str_has_suffix(finding->evidence, "\", in frame 2"));
  g_assert_cmpstr(finding->filter, ==, "frame.number == 2");
  g_assert_cmpuint(finding->first_frame, ==, 2);
  g_assert_cmpuint(g_array_index(finding->peers, guint32, 0), ==, host_of(&a, "10.0.0.2")->number);
  g_assert_nonnull(strstr(finding_of(&a, "10.0.0.3")->evidence, "not known"));
  g_assert_cmpfloat(hg_analysis_score(a.analysis, finding->host), ==, 0);
  analysed_clear(&a);
}

/* `clients` log in to one server, each as `users` users, and one to another. */
static Analysed logged_in(guint clients, guint users) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < clients; i++)
    for (guint user = 0; user < users; user++)
      g_string_append_printf(script,
                             "%u 10.0.0.%u 10.0.0.2 POP tcp=4000:110:PA payload=10\n"
                             "login 10.0.0.%u 10.0.0.2 POP user%u\n",
                             1 + i, 10 + i, 10 + i, user);
  g_string_append(script, "900 10.0.0.10 10.0.0.3 POP tcp=4000:110:PA payload=10\n"
                          "login 10.0.0.10 10.0.0.3 POP user0\n");
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "cleartext-login", NULL);
  g_free(text);
  return analysed;
}

static void test_many_logins(void) {
  Analysed a = logged_in(40, 2);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 2);
  const HgFinding *finding = finding_of(&a, "10.0.0.2");
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 80);
  g_assert_cmpstr(finding->evidence, ==,
                  "10.0.0.10, 10.0.0.11, 10.0.0.12 and 37 others logged in to 10.0.0.2 over "
                  "unencrypted POP as 2 users, 80 times, first in frame 1: user0 and user1");
  g_assert_cmpstr(finding->filter, ==, "pop && ip.addr == 10.0.0.2");
  g_assert_cmpuint(finding->peers->len, ==, 40);
  analysed_clear(&a);
  a = logged_in(1, 10);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 2);
  g_assert_null(finding_of(&a, "10.0.0.2")); /* what one client does is about the client */
  analysed_clear(&a);
  a = logged_in(9, 1);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 10);
  analysed_clear(&a);
}

/* --- volume-outlier --- */

/* `hosts` hosts send `usual` packets each (one more or less), 10.0.0.99 sends `much`. */
static GString *volumes(guint hosts, guint usual, guint much) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < hosts; i++)
    for (guint n = 0; n < usual + i % 3 - 1; n++)
      g_string_append_printf(script, "1 10.0.0.%u 203.0.113.1 X\n", i + 1);
  for (guint n = 0; n < much; n++)
    g_string_append(script, "2 10.0.0.99 203.0.113.1 X\n");
  return script;
}

static guint count_volumes(GString *script, const char *setting) {
  const guint count = count_findings(script->str, "volume-outlier", setting);
  g_string_free(script, TRUE);
  return count;
}

static void test_volume(void) {
  GString *script = volumes(9, 10, 2000);
  Analysed a = analyse(script->str, "volume-outlier", NULL);
  const HgFinding *finding = finding_of(&a, "10.0.0.99");
  g_assert_nonnull(finding);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  /* 9 9 9 10 10 10 11 11 11 2000: median 10, MAD 1 (of 0 0 0 1 1 1 1 1 1 1990). */
  g_assert_cmpfloat_with_epsilon(finding->observed, 0.6745 * 1990, 1e-6);
  g_assert_cmpfloat(finding->threshold, ==, 3.5);
  g_assert_cmpfloat(finding->strength, ==, 1);
  g_assert_cmpfloat(hg_analysis_score(a.analysis, finding->host), <, HG_SUSPECT_SCORE);
  g_assert_cmpstr(finding->filter, ==, "ip.src == 10.0.0.99");
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

static void test_volume_threshold(void) {
  /* 3.5 / 0.6745 = 5.19 above the median of 10: 15 is none, 16 is one. */
  g_assert_cmpuint(count_volumes(volumes(9, 10, 15), NULL), ==, 0);
  g_assert_cmpuint(count_volumes(volumes(9, 10, 16), NULL), ==, 1);
  g_assert_cmpuint(count_volumes(volumes(9, 10, 16), "volume-outlier.z=5"), ==, 0);
  g_assert_cmpuint(count_volumes(volumes(8, 10, 2000), NULL), ==, 0); /* nine hosts in all */
  g_assert_cmpuint(count_volumes(volumes(8, 10, 2000), "volume-outlier.hosts=9"), ==, 1);
}

/* All alike but one: MAD 0, so the mean deviation measures. 19 times 5 and once 50: mean deviation
 * 2.25, z = 45 / (1.253314 * 2.25) = 15.96. */
static void test_volume_without_spread(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 20; i++)
    for (guint n = 0; n < (i == 7 ? 50 : 5); n++)
      g_string_append_printf(script, "1 10.0.0.%u 203.0.113.1 X\n", i + 1);
  Analysed a = analyse(script->str, "volume-outlier", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 1);
  const HgFinding *finding = finding_of(&a, "10.0.0.8");
  g_assert_nonnull(finding);
  g_assert_cmpfloat_with_epsilon(finding->observed, 45 / (1.253314 * 2.25), 1e-6);
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* The server of all the others sends most, because they ask. */
static void test_volume_of_a_server(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 12; i++) {
    g_string_append_printf(script, "1 10.0.0.%u 10.0.0.99 TCP tcp=4000:80:S seq=1\n", i + 1);
    for (guint n = 0; n < 40; n++)
      g_string_append_printf(script, "2 10.0.0.99 10.0.0.%u HTTP tcp=80:4000:A len=1500\n", i + 1);
  }
  g_assert_cmpuint(count_volumes(script, NULL), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/cleartext/table", test_table);
  g_test_add_func("/cleartext/protocol", test_protocol);
  g_test_add_func("/cleartext/client-and-server", test_client_and_server);
  g_test_add_func("/cleartext/one-server", test_one_server);
  g_test_add_func("/cleartext/upgraded", test_upgraded);
  g_test_add_func("/cleartext/protocol-threshold", test_protocol_threshold);
  g_test_add_func("/cleartext/login", test_login);
  g_test_add_func("/cleartext/many-logins", test_many_logins);
  g_test_add_func("/volume/fires", test_volume);
  g_test_add_func("/volume/threshold", test_volume_threshold);
  g_test_add_func("/volume/without-spread", test_volume_without_spread);
  g_test_add_func("/volume/server", test_volume_of_a_server);
  return g_test_run();
}

/* test_guessing.c - passwords guessed, mail sprayed, callbacks that fail
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

/* Takes the script. Strength of the host's finding; 0: it has none. */
static double strength_of(GString *script, const char *rule, const char *host) {
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, rule, NULL);
  const HgFinding *finding = finding_of(&analysed, host);
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&analysed);
  g_free(text);
  return strength;
}

/* --- brute-force --- */

/* `times`, each with its own subject. */
static GString *refusals(guint times, const char *subject) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < times; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.2 10.0.0.66 X tcp=99:%u:PA payload=22\n"
                           "observe login-failure 10.0.0.66 10.0.0.2 %s\n",
                           10 + i, 4000 + i, subject);
  return script;
}

/* All that the Wireshark adapter reports is known here, and what it does not know is nobody's fault. The filter
 * names frames where an answer alone does not tell what it answers, or not in every Wireshark. */
static void test_protocols(void) {
  static const struct {
    const char *subject, *filter;
  } cases[] = {{"FTP", "frame.number in {3..22}"},
               {"POP", "frame.number in {3..22}"},
               {"IMAP", "frame.number in {3..22}"},
               {"HTTP", "frame.number in {3..22}"},
               {"TELNET", "frame.number in {3..22}"},
               {"SMTP", "smtp.response.code in {534, 535}"},
               {"KRB5", "kerberos.error_code in {6, 18, 24}"},
               {"LDAP", "frame.number in {3..22}"},
               {"SMB", "smb2.cmd == 1"},
               {"TDS", "tds.error.number == 18456"},
               {"MySQL", "mysql.error_code == 1045"},
               {"PGSQL", "pgsql.code in"},
               {"VNC", "vnc.auth_result == 1"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    char *text = g_string_free(refusals(20, cases[i].subject), FALSE);
    Analysed analysed = analyse(text, "brute-force", NULL);
    const HgFinding *finding = finding_of(&analysed, "10.0.0.66");
    g_assert_nonnull(finding);
    g_assert_nonnull(strstr(finding->filter, cases[i].filter));
    g_assert_null(finding_of(&analysed, "10.0.0.2"));
    analysed_clear(&analysed);
    g_free(text);
    g_assert_cmpfloat(strength_of(refusals(19, cases[i].subject), "brute-force", "10.0.0.66"), ==,
                      0);
  }
  g_assert_cmpfloat(strength_of(refusals(50, "Nonsense"), "brute-force", "10.0.0.66"), ==, 0);
}

static GString *failures(guint count, double gap, guint servers) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(script,
                           "%.3f 10.0.0.%u 10.0.0.66 FTP tcp=21:%u:PA payload=22\n"
                           "observe login-failure 10.0.0.66 10.0.0.%u FTP\n",
                           10 + i * gap, 2 + i % servers, 4000 + i, 2 + i % servers);
  return script;
}

static void test_failures(void) {
  g_assert_cmpfloat(strength_of(failures(20, 1, 1), "brute-force", "10.0.0.66"), >, 0.56);
  g_assert_cmpfloat(strength_of(failures(19, 1, 1), "brute-force", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(strength_of(failures(60, 100, 1), "brute-force", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(strength_of(failures(20, 1, 1), "brute-force", "10.0.0.2"), ==, 0);
  /* One password on many servers is guessing, too. */
  g_assert_cmpfloat(strength_of(failures(20, 1, 20), "brute-force", "10.0.0.66"), >, 0.56);
}

/* `count` failures `gap` s apart; number i is of user i % users, with password i % passwords, both where not 0. */
static GString *of_users(const char *what, guint count, double gap, guint users, guint passwords) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < count; i++) {
    g_string_append_printf(script,
                           "%.3f 10.0.0.2 10.0.0.66 X tcp=99:%u:PA payload=22\n"
                           "observe login-failure 10.0.0.66 10.0.0.2 \"%s",
                           10 + i * gap, 4000 + i, what);
    if (passwords)
      g_string_append_printf(script, " password-%c", 'a' + i % passwords);
    if (users)
      g_string_append_printf(script, "\tuser%u", i % users);
    g_string_append(script, "\"\n");
  }
  return script;
}

static double guessed(const char *what, guint count, double gap, guint users, guint passwords) {
  return strength_of(of_users(what, count, gap, users, passwords), "brute-force", "10.0.0.66");
}

/* One user with one password is as a rule an outdated one; weight 0.9 and a strength of 0.27 make 25. */
static void test_users(void) {
  g_assert_cmpfloat(guessed("SMB", 60, 10, 1, 0), >, 0.1);
  g_assert_cmpfloat(guessed("SMB", 60, 10, 1, 0), <, 0.28);
  g_assert_cmpfloat(guessed("SMB", 60, 10, 4, 0), <, 0.28); /* a host with four services */
  g_assert_cmpfloat(guessed("SMB", 60, 10, 5, 0), >, 0.56);
  g_assert_cmpfloat(guessed("SMB", 19, 10, 1, 0), ==, 0);
  g_assert_cmpfloat(guessed("FTP", 60, 10, 1, 1), <, 0.28);
  g_assert_cmpfloat(guessed("FTP", 60, 10, 1, 4), <, 0.28); /* who tries to remember it */
  g_assert_cmpfloat(guessed("FTP", 60, 10, 1, 5), >, 0.56);
  /* Nobody types so fast; 99 in a minute may be 20 connections of a pool, five times. */
  g_assert_cmpfloat(guessed("SMB", 99, 0.5, 1, 0), <, 0.28);
  g_assert_cmpfloat(guessed("SMB", 100, 0.5, 1, 0), >, 0.56);
}

static void test_sprayed(void) {
  g_assert_cmpfloat(guessed("SMB", 8, 60, 8, 0), >, 0.56);
  g_assert_cmpfloat(guessed("SMB", 7, 60, 7, 0), ==, 0);
  g_assert_cmpfloat(guessed("SMB", 16, 60, 8, 0), >, 0.56); /* two each */
  g_assert_cmpfloat(guessed("SMB", 8, 300, 8, 0), ==, 0);   /* in more than half an hour */
  g_assert_cmpfloat(guessed("SMB", 8, 60, 0, 0), ==, 0);    /* of nobody knows whom */
}

static void test_unknown_users(void) {
  g_assert_cmpfloat(guessed("KRB5 unknown", 5, 1, 5, 0), >, 0.56);
  g_assert_cmpfloat(guessed("KRB5 unknown", 4, 1, 4, 0), ==, 0);
  g_assert_cmpfloat(guessed("KRB5 unknown", 5, 20, 5, 0), ==, 0); /* in more than a minute */
  g_assert_cmpfloat(guessed("KRB5 unknown", 15, 1, 2, 0), ==, 0); /* a setting that is wrong */
  g_assert_cmpfloat(guessed("KRB5", 5, 1, 5, 0), ==, 0);
}

/* Web mail: ten logins that go well for each that does not. */
static void test_front_end(void) {
  for (guint times = 8; times <= 10; times += 2) {
    GString *script = of_users("IMAP", 10, 60, 10, 0);
    for (guint i = 0; i < 10 * times; i++)
      g_string_append_printf(script,
                             "%u 10.0.0.66 10.0.0.2 TCP tcp=%u:143:S seq=1\n"
                             "%u.1 10.0.0.2 10.0.0.66 TCP tcp=143:%u:SA\n"
                             "%u.2 10.0.0.66 10.0.0.2 IMAP tcp=%u:143:PA payload=30\n",
                             1000 + i, 5000 + i, 1000 + i, 5000 + i, 1000 + i, 5000 + i);
    const double strength = strength_of(script, "brute-force", "10.0.0.66");
    if (times == 10)
      g_assert_cmpfloat(strength, ==, 0);
    else
      g_assert_cmpfloat(strength, >, 0.56);
  }
}

/* A login over SSH: handshake, what both say, and the end. */
static void ssh(GString *script, double time, guint port, guint said, const char *end) {
  g_string_append_printf(script,
                         "%.3f 10.0.0.66 10.0.0.2 TCP tcp=%u:22:S seq=1\n"
                         "%.3f 10.0.0.2 10.0.0.66 TCP tcp=22:%u:SA\n"
                         "%.3f 10.0.0.66 10.0.0.2 SSHv2 tcp=%u:22:PA payload=1500\n"
                         "%.3f 10.0.0.2 10.0.0.66 SSHv2 tcp=22:%u:PA payload=%u\n"
                         "%.3f 10.0.0.2 10.0.0.66 TCP tcp=22:%u:%s\n",
                         time, port, time + 0.1, port, time + 0.2, port, time + 0.3, port, said,
                         time + 0.4, port, end);
}

static GString *logins(guint count, double gap, guint said, const char *end) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < count; i++)
    ssh(script, 10 + i * gap, 5000 + i, said, end);
  return script;
}

static void test_short_connections(void) {
  g_assert_cmpfloat(strength_of(logins(20, 3, 2500, "FA"), "brute-force", "10.0.0.66"), >, 0.56);
  g_assert_cmpfloat(strength_of(logins(19, 3, 2500, "FA"), "brute-force", "10.0.0.66"), ==, 0);
  /* Let in, and something was done. */
  g_assert_cmpfloat(strength_of(logins(40, 3, 9000, "FA"), "brute-force", "10.0.0.66"), ==, 0);
  /* Still open. */
  g_assert_cmpfloat(strength_of(logins(40, 3, 2500, "A"), "brute-force", "10.0.0.66"), ==, 0);
  /* A check every 5 minutes. */
  g_assert_cmpfloat(strength_of(logins(100, 300, 2500, "FA"), "brute-force", "10.0.0.66"), ==, 0);
}

/* Web servers turn passwords down, too; how short their connections are tells nothing. */
static void test_web(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 50; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.66 10.0.0.2 TCP tcp=%u:80:S seq=1\n"
                           "%u.1 10.0.0.2 10.0.0.66 TCP tcp=80:%u:SA\n"
                           "%u.2 10.0.0.66 10.0.0.2 HTTP tcp=%u:80:PA payload=300\n"
                           "%u.3 10.0.0.2 10.0.0.66 HTTP tcp=80:%u:FPA payload=900\n",
                           10 + i, 5000 + i, 10 + i, 5000 + i, 10 + i, 5000 + i, 10 + i, 5000 + i);
  g_assert_cmpfloat(strength_of(script, "brute-force", "10.0.0.66"), ==, 0);
}

/* --- mail-spray --- */

static void deliver(GString *script, guint number, const char *server, guint port) {
  g_string_append_printf(script,
                         "%u 10.0.0.66 %s TCP tcp=%u:%u:S seq=1\n"
                         "%u.1 %s 10.0.0.66 TCP tcp=%u:%u:SA\n"
                         "%u.2 %s 10.0.0.66 SMTP tcp=%u:%u:PA payload=30\n",
                         10 + number, server, 5000 + number, port, 10 + number, server, port,
                         5000 + number, 10 + number, server, port, 5000 + number);
}

static GString *mails(guint networks, guint port) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < networks; i++) {
    char *server = g_strdup_printf("192.0.%u.25", 100 + i);
    deliver(script, i, server, port);
    g_free(server);
  }
  return script;
}

static void test_mail_spray(void) {
  g_assert_cmpfloat(strength_of(mails(5, 25), "mail-spray", "10.0.0.66"), >, 0.56);
  g_assert_cmpfloat(strength_of(mails(4, 25), "mail-spray", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(strength_of(mails(9, 587), "mail-spray", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(strength_of(mails(9, 25), "mail-spray", "192.0.101.25"), ==, 0);
  /* One provider with many addresses. */
  GString *provider = g_string_new(NULL);
  for (guint i = 0; i < 9; i++) {
    char *server = g_strdup_printf("192.0.2.%u", 10 + i);
    deliver(provider, i, server, 25);
    g_free(server);
  }
  g_assert_cmpfloat(strength_of(provider, "mail-spray", "10.0.0.66"), ==, 0);
}

/* A server that accepts mail also delivers it. */
static void test_mail_server(void) {
  GString *script = mails(9, 25);
  for (guint i = 0; i < 3; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.%u 10.0.0.66 TCP tcp=%u:25:S seq=1\n"
                           "%u.1 10.0.0.66 10.0.0.%u SMTP tcp=25:%u:PA payload=30\n"
                           "%u.2 10.0.0.%u 10.0.0.66 SMTP tcp=%u:25:PA payload=30\n",
                           40 + i, 5 + i, 7000 + i, 40 + i, 5 + i, 7000 + i, 40 + i, 5 + i,
                           7000 + i);
  g_assert_cmpfloat(strength_of(script, "mail-spray", "10.0.0.66"), ==, 0);
}

/* --- failed-callback --- */

/* `times`: seconds, ended by 0. Each try is refused. */
static GString *calls(const double *times, const char *server, guint port) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; times[i] > 0; i++)
    g_string_append_printf(script,
                           "%.3f 10.0.0.66 %s TCP tcp=%u:%u:S seq=%u\n"
                           "%.3f %s 10.0.0.66 TCP tcp=%u:%u:RA\n",
                           times[i], server, 5000 + i, port, i, times[i] + 0.05, server, port,
                           5000 + i);
  return script;
}

static void test_failed_callback(void) {
  static const double regular[] = {10, 20, 31, 40, 50.5, 0}, four[] = {10, 20, 30, 45, 0},
                      backing_off[] = {10, 11, 15, 23, 39, 71, 135, 0},
                      burst[] = {10, 14, 18, 22, 26, 30, 0};
  g_assert_cmpfloat(strength_of(calls(regular, "192.0.2.9", 443), "failed-callback", "10.0.0.66"),
                    >, 0.56);
  g_assert_cmpfloat(strength_of(calls(four, "192.0.2.9", 443), "failed-callback", "10.0.0.66"), ==,
                    0);
  g_assert_cmpfloat(
      strength_of(calls(backing_off, "192.0.2.9", 443), "failed-callback", "10.0.0.66"), ==, 0);
  g_assert_cmpfloat(strength_of(calls(burst, "192.0.2.9", 443), "failed-callback", "10.0.0.66"), ==,
                    0); /* within 20 s */
  /* A printer of the own network that is off, a mail server that is down. */
  g_assert_cmpfloat(strength_of(calls(regular, "10.0.0.9", 443), "failed-callback", "10.0.0.66"),
                    ==, 0);
  g_assert_cmpfloat(strength_of(calls(regular, "192.0.2.9", 993), "failed-callback", "10.0.0.66"),
                    ==, 0);
}

/* Captures lose packets: one SYN is not in it. What came from before and carried data worked. */
static void test_lost(void) {
  static const double regular[] = {10, 20, 31, 40, 50.5, 60, 0};
  GString *script = calls(regular, "192.0.2.9", 443);
  char **lines = g_strsplit(script->str, "\n", -1);
  g_string_truncate(script, 0);
  for (guint i = 0; lines[i]; i++)
    if (!g_str_has_prefix(lines[i], "31.000 "))
      g_string_append_printf(script, "%s\n", lines[i]);
  g_strfreev(lines);
  GString *used = g_string_new(script->str);
  g_assert_cmpfloat(strength_of(script, "failed-callback", "10.0.0.66"), >, 0.56);
  g_string_append(used, "70 10.0.0.66 192.0.2.9 TCP tcp=4999:443:PA payload=20\n"
                        "70.1 192.0.2.9 10.0.0.66 TCP tcp=443:4999:PA payload=20\n");
  g_assert_cmpfloat(strength_of(used, "failed-callback", "10.0.0.66"), ==, 0);
}

/* Repeated at once, as systems do, is one try; and one success is no failed callback. */
static void test_tries(void) {
  static const double repeated[] = {10, 10.5, 11, 40, 40.5, 41, 70, 70.5, 71, 0};
  static const double regular[] = {10, 20, 31, 40, 50.5, 0};
  g_assert_cmpfloat(strength_of(calls(repeated, "192.0.2.9", 443), "failed-callback", "10.0.0.66"),
                    ==, 0);
  GString *script = calls(regular, "192.0.2.9", 443);
  g_string_append(script, "90 10.0.0.66 192.0.2.9 TCP tcp=6000:443:S seq=9\n"
                          "90.1 192.0.2.9 10.0.0.66 TCP tcp=443:6000:SA\n");
  g_assert_cmpfloat(strength_of(script, "failed-callback", "10.0.0.66"), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/brute-force/failures", test_failures);
  g_test_add_func("/brute-force/protocols", test_protocols);
  g_test_add_func("/brute-force/users", test_users);
  g_test_add_func("/brute-force/sprayed", test_sprayed);
  g_test_add_func("/brute-force/unknown-users", test_unknown_users);
  g_test_add_func("/brute-force/front-end", test_front_end);
  g_test_add_func("/brute-force/short-connections", test_short_connections);
  g_test_add_func("/brute-force/web", test_web);
  g_test_add_func("/mail-spray/networks", test_mail_spray);
  g_test_add_func("/mail-spray/server", test_mail_server);
  g_test_add_func("/failed-callback/regular", test_failed_callback);
  g_test_add_func("/failed-callback/lost", test_lost);
  g_test_add_func("/failed-callback/tries", test_tries);
  return g_test_run();
}

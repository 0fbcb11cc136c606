/* test_sasl.c - user names of SASL logins, exactly or not at all
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/sasl.h"

#include <string.h>

static void check_user(HgSaslMechanism mechanism, const char *bytes, gsize length,
                       const char *expected) {
  char *base64 = g_base64_encode((const guchar *)bytes, length);
  char *user = hg_sasl_user(mechanism, base64);
  g_assert_cmpstr(user, ==, expected);
  g_free(user);
  g_free(base64);
}

#define CHECK(mechanism, bytes, expected) check_user(mechanism, bytes, sizeof bytes - 1, expected)

static void test_plain(void) {
  CHECK(HG_SASL_PLAIN, "\0al\0secret", "al");
  CHECK(HG_SASL_PLAIN, "boss\0al\0secret", "al");
  CHECK(HG_SASL_PLAIN, "\0\xc3\xa4l\0secret", "\xc3\xa4l");
  CHECK(HG_SASL_PLAIN, "", NULL);
  CHECK(HG_SASL_PLAIN, "secret", NULL);
  CHECK(HG_SASL_PLAIN, "al\0secret", NULL);
  CHECK(HG_SASL_PLAIN, "al\0secret\0", NULL);
  CHECK(HG_SASL_PLAIN, "\0secret\0al\0x", NULL);
  CHECK(HG_SASL_PLAIN, "\0al\0secret\0", NULL);
  CHECK(HG_SASL_PLAIN, "\0\0secret", NULL);
  CHECK(HG_SASL_PLAIN, "\0\xff\0secret", NULL);
  CHECK(HG_SASL_PLAIN, "\0a\nl\0secret", NULL);
}

static void test_login(void) {
  CHECK(HG_SASL_LOGIN, "al", "al");
  CHECK(HG_SASL_LOGIN, "al smith", "al smith");
  CHECK(HG_SASL_LOGIN, "", NULL);
  CHECK(HG_SASL_LOGIN, "al\0secret", NULL);
  CHECK(HG_SASL_LOGIN, "al\r\n", NULL);
  CHECK(HG_SASL_NONE, "al", NULL);
}

/* "YWw=" is "al". */
static void test_base64(void) {
  static const char *const wrong[] = {"",      "YWw",   "YWw==",    "YWw=\n", " YWw=",
                                      "YW w=", "Y=Ww=", "YWw-",     "*",      "=",
                                      "====",  "A===",  "YWw=YWw=", NULL};
  char *user = hg_sasl_user(HG_SASL_LOGIN, "YWw=");
  g_assert_cmpstr(user, ==, "al");
  g_free(user);
  for (guint i = 0; wrong[i] != NULL; i++)
    g_assert_null(hg_sasl_user(HG_SASL_LOGIN, wrong[i]));
}

static void test_line(void) {
  static const char *const wrong[] = {"", "AUTH", "a\nb\n", "a\r\n\r\n", "a\tb\n", "\xff\n", NULL};
  char *line = hg_sasl_line((const guint8 *)"AUTH PLAIN\r\n", 12);
  g_assert_cmpstr(line, ==, "AUTH PLAIN");
  g_free(line);
  line = hg_sasl_line((const guint8 *)"\n", 1);
  g_assert_cmpstr(line, ==, "");
  g_free(line);
  for (guint i = 0; wrong[i] != NULL; i++)
    g_assert_null(hg_sasl_line((const guint8 *)wrong[i], strlen(wrong[i])));
}

static void test_mechanism(void) {
  const char *initial;
  g_assert_cmpint(hg_sasl_mechanism("PLAIN", &initial), ==, HG_SASL_PLAIN);
  g_assert_null(initial);
  g_assert_cmpint(hg_sasl_mechanism("login ", &initial), ==, HG_SASL_LOGIN);
  g_assert_null(initial);
  g_assert_cmpint(hg_sasl_mechanism("Login YWw=", &initial), ==, HG_SASL_LOGIN);
  g_assert_cmpstr(initial, ==, "YWw=");
  g_assert_cmpint(hg_sasl_mechanism("CRAM-MD5", &initial), ==, HG_SASL_NONE);
  g_assert_cmpint(hg_sasl_mechanism("PLAINER", &initial), ==, HG_SASL_NONE);
  g_assert_cmpint(hg_sasl_mechanism("", &initial), ==, HG_SASL_NONE);
}

static void test_challenge(void) {
  g_assert_true(hg_sasl_asks_for_user("VXNlcm5hbWU6"));      /* Username: */
  g_assert_true(hg_sasl_asks_for_user("VXNlciBOYW1lAA=="));  /* User Name NUL */
  g_assert_true(hg_sasl_asks_for_user("dXNlcm5hbWU="));      /* username */
  g_assert_false(hg_sasl_asks_for_user("UGFzc3dvcmQ6"));     /* Password: */
  g_assert_false(hg_sasl_asks_for_user("VXNlcm5hbWU6IHB3")); /* Username: pw */
  g_assert_false(hg_sasl_asks_for_user(""));
  g_assert_false(hg_sasl_asks_for_user("Username:"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sasl/plain", test_plain);
  g_test_add_func("/sasl/login", test_login);
  g_test_add_func("/sasl/base64", test_base64);
  g_test_add_func("/sasl/line", test_line);
  g_test_add_func("/sasl/mechanism", test_mechanism);
  g_test_add_func("/sasl/challenge", test_challenge);
  return g_test_run();
}

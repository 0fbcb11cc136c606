/* test_login_failure.c - what is told of a refused login: nothing is lost on the way, and no password gets in
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/login_failure.h"

#include <string.h>

static void check(HgLoginFailure failure, const char *subject) {
  char *text = hg_login_failure_subject(&failure);
  g_assert_cmpstr(text, ==, subject);
  const HgLoginFailure read = hg_login_failure_parse(text);
  g_assert_true(g_str_has_prefix(read.protocol, failure.protocol));
  g_assert_cmpint(read.unknown_user, ==, failure.unknown_user);
  g_assert_cmpint(read.password, ==, failure.password);
  g_assert_cmpstr(read.user, ==, failure.user && *failure.user ? failure.user : NULL);
  g_free(text);
}

static void test_both_ways(void) {
  check((HgLoginFailure){"SMB", FALSE, 0, NULL}, "SMB");
  check((HgLoginFailure){"SMB", FALSE, 0, ""}, "SMB");
  check((HgLoginFailure){"KRB5", TRUE, 0, "alice"}, "KRB5 unknown\talice");
  check((HgLoginFailure){"FTP", FALSE, 'g', "bob"}, "FTP password-g\tbob");
  check((HgLoginFailure){"FTP", TRUE, 'p', NULL}, "FTP unknown password-p");
  /* What a name holds says nothing about the rest. */
  check((HgLoginFailure){"FTP", FALSE, 0, "x unknown password-a"}, "FTP\tx unknown password-a");
}

static void test_hostile(void) {
  char *wide = g_strnfill(400, 'x');
  HgLoginFailure failure = {"FTP", FALSE, 0, wide};
  char *text = hg_login_failure_subject(&failure);
  g_assert_cmpuint(strlen(text), ==, strlen("FTP\t") + HG_LOGIN_FAILURE_USER);
  g_free(text);
  g_free(wide);
  failure.user = "a\tb\nc\xff\xc3\xa9";
  text = hg_login_failure_subject(&failure);
  g_assert_true(g_utf8_validate(text, -1, NULL));
  g_assert_cmpstr(hg_login_failure_parse(text).user, ==, "a?b?c\xef\xbf\xbd\xc3\xa9");
  g_free(text);
  /* A store may say anything. */
  g_assert_cmpint(hg_login_failure_parse("FTP password-").password, ==, 0);
  g_assert_cmpint(hg_login_failure_parse("FTP password-z").password, ==, 0);
  g_assert_null(hg_login_failure_parse("FTP\t").user);
  g_assert_null(hg_login_failure_parse("").user);
}

/* 16 classes, all in use, and each of many passwords. */
static void test_passwords(void) {
  guint counts[HG_LOGIN_FAILURE_PASSWORDS] = {0};
  for (guint i = 0; i < 1600; i++) {
    char *password = g_strdup_printf("secret%u", i);
    const char class = hg_login_failure_password((const guint8 *)password, strlen(password));
    g_assert_cmpint(class, ==,
                    hg_login_failure_password((const guint8 *)password, strlen(password)));
    g_assert_true(class >= 'a' && class <= 'p');
    counts[class - 'a']++;
    g_free(password);
  }
  for (guint i = 0; i < HG_LOGIN_FAILURE_PASSWORDS; i++)
    g_assert_true(counts[i] > 50 && counts[i] < 150);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/login-failure/both-ways", test_both_ways);
  g_test_add_func("/login-failure/hostile", test_hostile);
  g_test_add_func("/login-failure/passwords", test_passwords);
  return g_test_run();
}

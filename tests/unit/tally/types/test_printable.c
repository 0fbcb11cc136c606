/* test_printable.c - what others sent as text, made fit for a subject
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/printable.h"

static void check(const char *text, gsize max, const char *expected) {
  GString *to = g_string_new("before ");
  hg_printable_append(to, text, max);
  g_assert_cmpstr(to->str + 7, ==, expected);
  g_assert_true(g_utf8_validate(to->str, -1, NULL));
  g_string_free(to, TRUE);
}

static void test_append(void) {
  check("", 8, "");
  check("alice", 8, "alice");
  check("alice", 3, "ali");
  check("a\tb\nc\x7f", 8, "a?b?c?");
  check("a\xc3\xa9", 3, "a\xc3\xa9");
  check("a\xc3\xa9", 2, "a");       /* no half a character */
  check("\xff", 8, "\xef\xbf\xbd"); /* U+FFFD */
  check("\xff\xff", 5, "\xef\xbf\xbd");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/printable/append", test_append);
  return g_test_run();
}

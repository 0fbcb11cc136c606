/* test_tor_name.c - which names Tor may have made up
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/tor_name.h"

#include <string.h>

static gboolean is(const char *name) {
  return hg_tor_name_is_made_up(name, strlen(name), 8, 20, ".net");
}

static void test_made_up(void) {
  g_assert_true(is("www.abcdefg2.net"));
  g_assert_true(is("www.abcdefghijklmnopqr27.net"));
  g_assert_false(is("www.abcdefg.net"));               /* 7 */
  g_assert_false(is("www.abcdefghijklmnopqrst2.net")); /* 21 */
  g_assert_false(is("www.abcdefg2.com"));
  g_assert_false(is("ww2.abcdefg2.net"));
  g_assert_false(is("www.abcdefG2.net"));
  g_assert_false(is("www.abcdefg1.net")); /* no letter of base32 */
  g_assert_false(is("www.abc.efg2.net"));
  g_assert_false(is("www..net"));
  g_assert_false(is(""));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tor-name/made-up", test_made_up);
  return g_test_run();
}

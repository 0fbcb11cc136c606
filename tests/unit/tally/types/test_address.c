/* test_address.c - addresses: text, order, scope
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/address.h"

static const struct {
  const char *text;  /* as written by people */
  const char *shown; /* as Wireshark shows it; NULL: the same */
  HgAddressKind kind;
  HgScope scope;
} cases[] = {
    {"10.0.0.1", NULL, HG_ADDRESS_IPV4, HG_SCOPE_INTERNAL},
    {"172.15.255.255", NULL, HG_ADDRESS_IPV4, HG_SCOPE_EXTERNAL},
    {"172.16.0.0", NULL, HG_ADDRESS_IPV4, HG_SCOPE_INTERNAL},
    {"172.31.255.255", NULL, HG_ADDRESS_IPV4, HG_SCOPE_INTERNAL},
    {"172.32.0.0", NULL, HG_ADDRESS_IPV4, HG_SCOPE_EXTERNAL},
    {"192.168.1.1", NULL, HG_ADDRESS_IPV4, HG_SCOPE_INTERNAL},
    {"100.64.0.1", NULL, HG_ADDRESS_IPV4, HG_SCOPE_INTERNAL},
    {"100.128.0.1", NULL, HG_ADDRESS_IPV4, HG_SCOPE_EXTERNAL},
    {"8.8.8.8", NULL, HG_ADDRESS_IPV4, HG_SCOPE_EXTERNAL},
    {"169.254.3.4", NULL, HG_ADDRESS_IPV4, HG_SCOPE_LINK_LOCAL},
    {"127.0.0.1", NULL, HG_ADDRESS_IPV4, HG_SCOPE_LOOPBACK},
    {"0.0.0.0", NULL, HG_ADDRESS_IPV4, HG_SCOPE_UNSPECIFIED},
    {"224.0.0.251", NULL, HG_ADDRESS_IPV4, HG_SCOPE_MULTICAST},
    {"239.255.255.250", NULL, HG_ADDRESS_IPV4, HG_SCOPE_MULTICAST},
    {"255.255.255.255", NULL, HG_ADDRESS_IPV4, HG_SCOPE_BROADCAST},
    {"2001:DB8:0:0:0:0:0:1", "2001:db8::1", HG_ADDRESS_IPV6, HG_SCOPE_EXTERNAL},
    {"fd00::1", NULL, HG_ADDRESS_IPV6, HG_SCOPE_INTERNAL},
    {"fe80::1", NULL, HG_ADDRESS_IPV6, HG_SCOPE_LINK_LOCAL},
    {"ff02::fb", NULL, HG_ADDRESS_IPV6, HG_SCOPE_MULTICAST},
    {"::1", NULL, HG_ADDRESS_IPV6, HG_SCOPE_LOOPBACK},
    {"::", NULL, HG_ADDRESS_IPV6, HG_SCOPE_UNSPECIFIED},
    {"::ffff:10.0.0.1", NULL, HG_ADDRESS_IPV6, HG_SCOPE_INTERNAL},
    {"00-11-22-AA-BB-CC", "00:11:22:aa:bb:cc", HG_ADDRESS_MAC, HG_SCOPE_INTERNAL},
    {"01:00:5e:00:00:fb", NULL, HG_ADDRESS_MAC, HG_SCOPE_MULTICAST},
    {"ff:ff:ff:ff:ff:ff", NULL, HG_ADDRESS_MAC, HG_SCOPE_BROADCAST},
    {"00:00:00:00:00:00", NULL, HG_ADDRESS_MAC, HG_SCOPE_UNSPECIFIED},
    {"host", NULL, HG_ADDRESS_OTHER, HG_SCOPE_INTERNAL},
    {"1.2.0", NULL, HG_ADDRESS_OTHER, HG_SCOPE_INTERNAL},
    {"00000000.ffffffffffff", NULL, HG_ADDRESS_OTHER, HG_SCOPE_BROADCAST},
    {"10.0.0.256", NULL, HG_ADDRESS_OTHER, HG_SCOPE_INTERNAL},
    {"00:11:22:aa:bb", NULL, HG_ADDRESS_OTHER, HG_SCOPE_INTERNAL},
};

static void test_text_and_scope(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgAddress address;
    HgAddressBuffer buffer;
    g_assert_true(hg_address_parse(cases[i].text, &address, &buffer));
    char *shown = hg_address_to_text(&address);
    g_assert_cmpstr(shown, ==, cases[i].shown ? cases[i].shown : cases[i].text);
    g_assert_cmpint(address.kind, ==, cases[i].kind);
    g_assert_cmpstr(hg_scope_name(hg_address_scope(&address)), ==, hg_scope_name(cases[i].scope));
    g_free(shown);
  }
  HgAddress none;
  HgAddressBuffer buffer;
  g_assert_false(hg_address_parse("", &none, &buffer));
}

static void test_long_text_is_cut(void) {
  char *text = g_strnfill(1000, 'x');
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  g_assert_cmpuint(address.length, ==, HG_ADDRESS_MAX_LENGTH);
  g_free(text);
}

/* People expect 10.0.0.9 before 10.0.0.10, whatever strcmp says. */
static void test_order(void) {
  static const char *const sorted[] = {"9.255.0.1", "10.0.0.9",          "10.0.0.10",         "::1",
                                       "fe80::1",   "00:11:22:33:44:55", "00:11:22:33:44:56", "1.2",
                                       "1.2.0"};
  HgAddress address[G_N_ELEMENTS(sorted)];
  HgAddressBuffer buffer[G_N_ELEMENTS(sorted)];
  for (guint i = 0; i < G_N_ELEMENTS(sorted); i++)
    hg_address_parse(sorted[i], &address[i], &buffer[i]);
  for (guint i = 0; i < G_N_ELEMENTS(sorted); i++)
    for (guint j = 0; j < G_N_ELEMENTS(sorted); j++) {
      const int order = hg_address_compare(&address[i], &address[j]);
      g_assert_cmpint((order > 0) - (order < 0), ==, (i > j) - (i < j));
      g_assert_cmpint(hg_address_equal(&address[i], &address[j]), ==, i == j);
    }
}

/* The head orders as the addresses do, and tells short ones apart wholly. */
static void test_head(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS(cases); k++) {
      HgAddress a, b;
      HgAddressBuffer kept_a, kept_b;
      g_assert_true(hg_address_parse(cases[i].text, &a, &kept_a));
      g_assert_true(hg_address_parse(cases[k].text, &b, &kept_b));
      const guint64 x = hg_address_head(&a), y = hg_address_head(&b);
      const gint order = hg_address_compare(&a, &b);
      if (x != y)
        g_assert_true((x < y) == (order < 0) && order != 0);
      else if (MAX(a.length, b.length) <= HG_ADDRESS_HEAD_BYTES)
        g_assert_cmpint(order, ==, 0);
    }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/address/text-and-scope", test_text_and_scope);
  g_test_add_func("/address/long-text-is-cut", test_long_text_is_cut);
  g_test_add_func("/address/order", test_order);
  g_test_add_func("/address/head", test_head);
  return g_test_run();
}

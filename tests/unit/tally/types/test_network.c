/* test_network.c - networks in CIDR notation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/network.h"

#include <string.h>

static HgNetwork read_network(const char *text) {
  HgNetwork network;
  g_assert_cmpstr(hg_network_parse(text, &network), ==, NULL);
  return network;
}

static void test_text(void) {
  static const char *const same[] = {
      "10.0.0.0/8",  "192.0.2.7", "0.0.0.0/0",     "2001:db8::/32", "::/0",
      "2001:db8::1", "fe80::/10", "100.64.0.0/10", "::1",           "00:25:b3:00:00:00/24"};
  for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
    const HgNetwork network = read_network(same[i]);
    g_autofree char *text = hg_network_to_text(&network);
    g_assert_cmpstr(text, ==, same[i]);
  }
  const HgNetwork alone = read_network("192.0.2.7/32"), shortened = read_network("2001:DB8:0::/64");
  g_autofree char *address = hg_network_to_text(&alone), *text = hg_network_to_text(&shortened);
  g_assert_cmpstr(address, ==, "192.0.2.7");
  g_assert_cmpstr(text, ==, "2001:db8::/64");
}

static void test_wrong(void) {
  static const struct {
    const char *text, *why;
  } cases[] = {{"", "neither"},
               {"/8", "neither"},
               {"300.1.2.3/8", "neither"},
               {"10.0.0/8", "neither"},
               {"host", "neither"},
               {"10.0.0.0/33", "0 to 32"},
               {"10.0.0.0/", "0 to 32"},
               {"10.0.0.0/-1", "0 to 32"},
               {"10.0.0.0/8/8", "0 to 32"},
               {"10.0.0.0/ 8", "0 to 32"},
               {"2001:db8::/129", "0 to 128"},
               {"10.0.0.1/8", "beyond"},
               {"2001:db8::1/64", "beyond"},
               {"10.0.0.0/255.0.0.0", "0 to 32"}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgNetwork network;
    const char *why = hg_network_parse(cases[i].text, &network);
    g_assert_nonnull(why);
    g_assert_nonnull(strstr(why, cases[i].why));
  }
}

static gboolean has(const char *network, const char *address) {
  const HgNetwork of = read_network(network);
  HgAddressBuffer buffer;
  HgAddress one;
  g_assert_true(hg_address_parse(address, &one, &buffer));
  return hg_network_has(&of, &one);
}

static void test_has(void) {
  g_assert_true(has("10.0.0.0/8", "10.255.255.255"));
  g_assert_false(has("10.0.0.0/8", "11.0.0.0"));
  g_assert_true(has("192.0.2.128/25", "192.0.2.128"));
  g_assert_false(has("192.0.2.128/25", "192.0.2.127"));
  g_assert_true(has("192.0.2.7", "192.0.2.7"));
  g_assert_false(has("192.0.2.7", "192.0.2.6"));
  g_assert_true(has("0.0.0.0/0", "203.0.113.1"));
  g_assert_false(has("0.0.0.0/0", "2001:db8::1"));
  g_assert_false(has("::/0", "10.0.0.1"));
  g_assert_true(has("2001:db8:0:1::/64", "2001:db8:0:1:ffff::"));
  g_assert_false(has("2001:db8:0:1::/64", "2001:db8:0:2::"));
  g_assert_false(has("10.0.0.0/8", "host"));
}

static void test_order(void) {
  static const char *const sorted[] = {"0.0.0.0/0", "10.0.0.0/8",   "10.0.0.0/16", "10.0.0.0",
                                       "10.0.0.1",  "192.0.2.0/24", "::/0",        "2001:db8::/32"};
  for (guint i = 0; i + 1 < G_N_ELEMENTS(sorted); i++) {
    const HgNetwork a = read_network(sorted[i]), b = read_network(sorted[i + 1]);
    g_assert_cmpint(hg_network_compare(&a, &b), <, 0);
    g_assert_cmpint(hg_network_compare(&b, &a), >, 0);
    g_assert_cmpint(hg_network_compare(&a, &a), ==, 0);
    g_assert_false(hg_network_covers(&b, &a));
  }
  const HgNetwork big = read_network("10.0.0.0/8"), small = read_network("10.7.0.0/16");
  g_assert_true(hg_network_covers(&big, &small));
  g_assert_true(hg_network_covers(&big, &big));
  g_assert_false(hg_network_covers(&small, &big));
}

static void test_common(void) {
  HgNetwork a = read_network("192.0.2.130"), b = read_network("192.0.2.1");
  const HgAddress x = hg_network_address(&a), y = hg_network_address(&b);
  g_assert_cmpuint(hg_network_common_bits(&x, &y), ==, 24);
  g_assert_cmpuint(hg_network_common_bits(&x, &x), ==, 32);
  hg_network_widen(&a, 25);
  g_autofree char *text = hg_network_to_text(&a);
  g_assert_cmpstr(text, ==, "192.0.2.128/25");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/network/text", test_text);
  g_test_add_func("/network/wrong", test_wrong);
  g_test_add_func("/network/has", test_has);
  g_test_add_func("/network/order", test_order);
  g_test_add_func("/network/common", test_common);
  return g_test_run();
}

/* test_find_home.c - which networks are taken for one's own, and why
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/find_home.h"
#include "tally/merge/merge.h"
#include "tally/merge/pseudonym_tally.h"

#include <string.h>

#define UPLOAD "1 192.0.2.7 203.0.113.90 TCP tcp=4000:443:S smac=02:00:00:00:00:07\n"
#define ROUTED "2 203.0.113.90 192.0.2.7 TCP tcp=443:4000:SA smac=02:00:00:00:00:01\n"

/* All but private ranges, as "192.0.2.0/29 (WHY) 192.0.3.0/24 (WHY)". (transfer full) */
static char *home_of(const HgTally *tally) {
  const GArray *home = hg_tally_home(tally);
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < home->len; i++) {
    const HgHomeNetwork *one = &g_array_index(home, HgHomeNetwork, i);
    if (one->source == HG_HOME_PRIVATE)
      continue;
    g_autofree char *network = hg_network_to_text(&one->network);
    g_autofree char *why = hg_home_network_why(one);
    g_string_append_printf(text, "%s%s (%s)", text->len > 0 ? " " : "", network, why);
  }
  return g_string_free(text, FALSE);
}

static const char *scope_of(const HgTally *tally, const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  const HgHost *host = hg_tally_find_host(tally, &address);
  const HgScope scope = hg_tally_scope(tally, &address);
  if (host)
    g_assert_cmpint(hg_host_scope(host), ==, scope);
  return hg_scope_name(scope);
}

static GArray *networks_of(const char *words) {
  GArray *networks = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  g_auto(GStrv) list = g_strsplit(words, " ", -1);
  for (guint i = 0; list[i]; i++) {
    HgNetwork network;
    g_assert_cmpstr(hg_network_parse(list[i], &network), ==, NULL);
    g_array_append_val(networks, network);
  }
  hg_home_networks_settle_given(networks);
  return networks;
}

static HgTally *tally_given(const char *script, const char *home) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.home = networks_of(home);
  HgTally *tally = hg_script_tally_with(script, &options);
  g_array_unref(options.home);
  return tally;
}

static void assert_home(const char *script, const char *expected) {
  HgTally *tally = hg_script_tally(script);
  g_autofree char *home = home_of(tally);
  g_assert_cmpstr(home, ==, expected);
  hg_tally_free(tally);
}

/* --- what the capture proves --- */

static void test_nothing(void) {
  assert_home(UPLOAD ROUTED, "");
  HgTally *tally = hg_script_tally(UPLOAD ROUTED "3 10.0.0.1 fd00::1 X\n");
  g_assert_cmpstr(scope_of(tally, "192.0.2.7"), ==, "external");
  g_assert_cmpstr(scope_of(tally, "10.0.0.1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "fd00::1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "100.64.0.1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "::ffff:10.0.0.1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "fe80::1"), ==, "link-local");
  hg_tally_free(tally);
}

static void test_told(void) {
  assert_home(UPLOAD "observe dhcp-lease 192.0.2.1 192.0.2.7 24\n"
                     "observe router-prefix fe80::1 2001:db8:1:: 64\n",
              "192.0.2.0/24 (DHCP lease of 192.0.2.1, mask 255.255.255.0) "
              "2001:db8:1::/64 (router advertisement of fe80::1)");
  /* only a store can tell such a lease */
  assert_home(UPLOAD "observe dhcp-lease 192.0.2.1 2001:db8:1::7 60\n",
              "2001:db8:1::/60 (DHCP lease of 192.0.2.1, mask ffff:ffff:ffff:fff0::)");
  /* no network at all, or no length of one */
  assert_home(UPLOAD "observe dhcp-lease 192.0.2.1 192.0.2.7 0\n"
                     "observe dhcp-lease 192.0.2.1 192.0.2.7 33\n"
                     "observe dhcp-lease 192.0.2.1 192.0.2.7 x\n"
                     "observe router-prefix fe80::1 fe80:: 64\n"
                     "observe router-prefix fe80::1 2001:: 3\n",
              "");
}

static void test_arp(void) {
  /* who asks is there; who answers is there, too, where it answers for itself alone */
  assert_home(UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 192.0.2.99\n",
              "192.0.2.7 (it speaks ARP on the captured link)");
  assert_home(UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 10.0.0.1 reply\n",
              "192.0.2.7 (it speaks ARP on the captured link)");
  /* a question to a neighbour shows a part of the netmask */
  assert_home(UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 192.0.2.1\n"
                     "arp 02:00:00:00:00:01 192.0.2.1 192.0.2.7 reply\n",
              "192.0.2.0/29 (192.0.2.7 asks for neighbours by ARP)");
  /* but not so much of one: somebody has no netmask */
  assert_home(UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 193.0.2.1\n"
                     "arp 02:00:00:00:00:02 193.0.2.1 192.0.2.7 reply\n",
              "192.0.2.7 (it speaks ARP on the captured link) "
              "193.0.2.1 (it speaks ARP on the captured link)");
  /* probes and announcements (RFC 5227) */
  assert_home(UPLOAD "arp 02:00:00:00:00:07 0.0.0.0 192.0.2.7\n", "");
  assert_home(UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 192.0.2.7\n",
              "192.0.2.7 (it speaks ARP on the captured link)");
}

/* A router's answers prove nothing of what is not near the asker; its own questions do. */
static void test_proxy_arp(void) {
  static const char two[] = UPLOAD "arp 02:00:00:00:00:07 192.0.2.7 203.0.113.90\n"
                                   "arp 02:00:00:00:00:01 203.0.113.90 192.0.2.7 reply\n"
                                   "arp 02:00:00:00:00:01 203.0.113.91 192.0.2.7 reply\n";
  static const char one[] = UPLOAD ROUTED "arp 02:00:00:00:00:07 192.0.2.7 203.0.113.90\n"
                                          "3 203.0.113.77 192.0.2.7 X smac=02:00:00:00:00:01\n"
                                          "arp 02:00:00:00:00:01 203.0.113.90 192.0.2.7 reply\n";
  assert_home(two, "192.0.2.7 (it speaks ARP on the captured link)");
  assert_home(one, "192.0.2.7 (it speaks ARP on the captured link)");
  /* the usual gateway: it forwards, and answers for itself */
  assert_home(UPLOAD ROUTED "arp 02:00:00:00:00:07 192.0.2.7 192.0.2.1\n"
                            "arp 02:00:00:00:00:01 192.0.2.1 192.0.2.7 reply\n",
              "192.0.2.0/29 (192.0.2.7 asks for neighbours by ARP)");
  /* it proxies, and asks as itself */
  assert_home("1 203.0.113.90 203.0.113.7 X smac=02:00:00:00:00:01\n"
              "arp 02:00:00:00:00:01 203.0.113.90 192.0.2.7 reply\n"
              "arp 02:00:00:00:00:01 192.0.2.1 192.0.2.8\n",
              "192.0.2.1 (it speaks ARP on the captured link)");
}

static void test_nd(void) {
  static const char first[] = "1 2001:db8:1::7 2001:db8:2::90 TCP smac=02:00:00:00:00:07\n";
  g_autofree char *solicited =
      g_strconcat(first, "nd 02:00:00:00:00:07 2001:db8:1::7 2001:db8:1::1\n", NULL);
  assert_home(solicited, "2001:db8:1::/64 (2001:db8:1::7 is a neighbour on the captured link)");
  /* several addresses of one /64 are one machine's */
  g_autofree char *advertised = g_strconcat(first,
                                            "nd 02:00:00:00:00:07 2001:db8:1::7 fe80::2 reply\n"
                                            "nd 02:00:00:00:00:07 2001:db8:1::abcd fe80::2 reply\n",
                                            NULL);
  assert_home(advertised, "2001:db8:1::/64 (2001:db8:1::7 is a neighbour on the captured link)");
  /* a proxy */
  g_autofree char *proxied =
      g_strconcat(first,
                  "nd 02:00:00:00:00:01 2001:db8:2::90 2001:db8:1::7 reply\n"
                  "nd 02:00:00:00:00:01 2001:db8:3::90 2001:db8:1::7 reply\n",
                  NULL);
  assert_home(proxied, "");
  assert_home("1 fe80::7 fe80::1 X\nnd 02:00:00:00:00:07 fe80::7 fe80::1\n", "");
}

/* --- what the user gives --- */

static void test_given(void) {
  static const char script[] =
      UPLOAD "observe dhcp-lease 192.0.2.1 192.0.2.7 24\n"
             "2 10.1.0.1 10.2.0.1 X\n3 2001:db8::1 fd00::1 X\n"
             "4 02:00:00:00:00:07 ff:ff:ff:ff:ff:ff X\n5 fe80::1 fe80::2 X\n";
  HgTally *tally = tally_given(script, "10.1.0.0/16 2001:db8::/32 10.1.4.0/24");
  g_autofree char *home = home_of(tally);
  g_assert_cmpstr(home, ==, "10.1.0.0/16 (home=) 2001:db8::/32 (home=)");
  g_assert_cmpstr(scope_of(tally, "10.1.0.1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "10.2.0.1"), ==, "external");
  g_assert_cmpstr(scope_of(tally, "192.0.2.7"), ==, "external");
  g_assert_cmpstr(scope_of(tally, "2001:db8::1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "fd00::1"), ==, "external");
  g_assert_cmpstr(scope_of(tally, "fe80::1"), ==, "link-local");
  g_assert_cmpstr(scope_of(tally, "02:00:00:00:00:07"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "::ffff:10.1.2.3"), ==, "internal");
  hg_tally_set_home(tally, NULL);
  g_assert_cmpstr(scope_of(tally, "192.0.2.7"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "10.2.0.1"), ==, "internal");
  g_assert_cmpstr(scope_of(tally, "2001:db8::1"), ==, "external");
  hg_tally_free(tally);
}

/* Each address is looked up as a walk over all networks finds it. */
static void test_look_up(void) {
  GRand *random = g_rand_new_with_seed(15);
  for (guint round = 0; round < 50; round++) {
    GArray *home = g_array_new(FALSE, FALSE, sizeof(HgHomeNetwork));
    GArray *all = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
    for (guint i = 0; i < 20; i++) {
      const guint8 bytes[4] = {(guint8)g_rand_int_range(random, 0, 4), (guint8)g_rand_int(random)};
      const HgAddress address = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = bytes};
      const HgHomeNetwork one = {
          .network = hg_network_of(&address, (guint)g_rand_int_range(random, 7, 33))};
      g_array_append_val(home, one);
      g_array_append_val(all, one.network);
    }
    hg_home_networks_settle(home);
    for (guint i = 0; i < 1000; i++) {
      const guint8 bytes[4] = {(guint8)g_rand_int_range(random, 0, 4), (guint8)g_rand_int(random),
                               (guint8)(g_rand_int_range(random, 0, 3) * 100)};
      const HgAddress address = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = bytes};
      gboolean expected = FALSE;
      for (guint n = 0; n < all->len; n++)
        expected |= hg_network_has(&g_array_index(all, HgNetwork, n), &address);
      g_assert_cmpint(hg_home_networks_find(home, &address) != NULL, ==, expected);
    }
    g_array_unref(home);
    g_array_unref(all);
  }
  g_rand_free(random);
}

static void test_merge(void) {
  HgTally *a = tally_given(UPLOAD, "192.0.2.0/24"), *b = tally_given(UPLOAD, "10.0.0.0/8"),
          *none = hg_script_tally(UPLOAD);
  HgTally *ab = hg_tally_union(a, b), *ba = hg_tally_union(b, none);
  g_autofree char *both = home_of(ab), *one = home_of(ba);
  g_assert_cmpstr(both, ==, "10.0.0.0/8 (home=) 192.0.2.0/24 (home=)");
  g_assert_cmpstr(one, ==, "10.0.0.0/8 (home=)");
  hg_tally_free(ab);
  hg_tally_free(ba);
  hg_tally_free(a);
  hg_tally_free(b);
  hg_tally_free(none);
}

/* Pseudonyms keep every scope, whether networks are given or found. */
static void test_pseudonyms(void) {
  static const char script[] = UPLOAD ROUTED
      "arp 02:00:00:00:00:07 192.0.2.7 192.0.2.1\n"
      "arp 02:00:00:00:00:01 192.0.2.1 192.0.2.7 reply\n"
      "arp 02:00:00:00:00:01 203.0.113.90 192.0.2.7 reply\n"
      "observe dhcp-lease 198.51.100.1 198.51.100.7 26\n"
      "3 198.51.100.63 198.51.100.64 X\n4 192.0.2.6 192.0.2.8 X\n"
      "5 2001:db8:1::1 2001:db8:2::1 X\nobserve router-prefix fe80::1 2001:db8:1:: 64\n";
  HgPseudonyms *pseudonyms = hg_pseudonyms_new((const guint8 *)"sixteen bytes...", 16);
  HgTally *tallies[] = {hg_script_tally(script),
                        tally_given(script, "192.0.2.0/29 203.0.113.0/24 2001:db8:2::/48")};
  for (guint k = 0; k < G_N_ELEMENTS(tallies); k++) {
    HgTally *other = hg_pseudonyms_tally(pseudonyms, tallies[k]);
    g_assert_cmpuint(hg_tally_home(other)->len, ==, hg_tally_home(tallies[k])->len);
    for (guint32 i = 0; i < hg_tally_host_count(tallies[k]); i++)
      g_assert_cmpint(hg_host_scope(hg_tally_host(other, i)), ==,
                      hg_host_scope(hg_tally_host(tallies[k], i)));
    g_autofree char *home = home_of(other);
    g_assert_null(strstr(home, "192.0.2."));
    hg_tally_free(other);
    hg_tally_free(tallies[k]);
  }
  hg_pseudonyms_free(pseudonyms);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/home/nothing", test_nothing);
  g_test_add_func("/home/told", test_told);
  g_test_add_func("/home/arp", test_arp);
  g_test_add_func("/home/proxy_arp", test_proxy_arp);
  g_test_add_func("/home/nd", test_nd);
  g_test_add_func("/home/given", test_given);
  g_test_add_func("/home/look_up", test_look_up);
  g_test_add_func("/home/merge", test_merge);
  g_test_add_func("/home/pseudonyms", test_pseudonyms);
  return g_test_run();
}

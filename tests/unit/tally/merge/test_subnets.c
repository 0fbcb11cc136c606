/* test_subnets.c - a tally folded onto subnets has the same packets between fewer hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/subnets.h"
#include "traffic.h"

#include <string.h>

static const HgHost *subnet_of(const HgTally *tally, const HgTally *folded, const guint32 *subnets,
                               const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_tally_host(folded, subnets[hg_tally_find_host(tally, &address)->number]);
}

static void test_which(void) {
  static const char script[] = "1 10.3.0.7 10.1.0.9 TCP tcp=4000:3389:S\n"
                               "2 10.3.0.8 198.51.100.1 TCP tcp=4000:80:S\n"
                               "3 2001:db8:1::1 2001:db8:1:0:ffff::1 X\n"
                               "4 10.3.0.7 255.255.255.255 X\n5 fe80::1 ff02::1 X\n"
                               "6 02:00:00:00:00:07 ff:ff:ff:ff:ff:ff X\n7 192.0.2.9 192.0.2.7 X\n"
                               "8 ::ffff:192.0.2.7 2001:db8:1::1 X\n";
  static const struct {
    const char *host, *subnet;
    HgScope scope;
  } cases[] = {{"10.3.0.7", "10.3.0.0/24", HG_SCOPE_EXTERNAL},
               {"10.3.0.8", "10.3.0.0/24", HG_SCOPE_EXTERNAL},
               {"10.1.0.9", "10.1.0.0/16", HG_SCOPE_INTERNAL},
               {"198.51.100.1", "198.51.100.0/24", HG_SCOPE_EXTERNAL},
               {"2001:db8:1::1", "2001:db8:1::/64", HG_SCOPE_EXTERNAL},
               {"255.255.255.255", "255.255.255.255", HG_SCOPE_BROADCAST},
               {"fe80::1", "fe80::/64", HG_SCOPE_LINK_LOCAL},
               {"ff02::1", "ff02::1", HG_SCOPE_MULTICAST},
               {"02:00:00:00:00:07", "02:00:00:00:00:07", HG_SCOPE_INTERNAL},
               {"192.0.2.7", "192.0.2.7", HG_SCOPE_INTERNAL},
               {"::ffff:192.0.2.7", "::ffff:192.0.2.7", HG_SCOPE_INTERNAL},
               {"192.0.2.9", "192.0.2.0/24", HG_SCOPE_EXTERNAL}};
  HgTallyOptions options;
  HgNetwork home[2];
  hg_tally_options_init(&options);
  g_assert_null(hg_network_parse("10.1.0.0/16", &home[0]));
  g_assert_null(hg_network_parse("192.0.2.7", &home[1]));
  options.home = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  g_array_append_vals(options.home, home, 2);
  HgTally *tally = hg_script_tally_with(script, &options);
  guint32 *subnets;
  HgTally *folded = hg_subnets_fold(tally, &subnets);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const HgHost *subnet = subnet_of(tally, folded, subnets, cases[i].host);
    g_assert_cmpstr(subnet->text, ==, cases[i].subnet);
    g_assert_cmpint(hg_host_scope(subnet), ==, cases[i].scope);
  }
  g_free(subnets);
  hg_tally_free(folded);
  hg_tally_free(tally);
  g_array_unref(options.home);
}

/* Machines of one address that are told apart are in subnets that are. */
static void test_told_apart(void) {
  HgTally *tally =
      hg_script_tally("1 10.3.0.5 10.3.0.9 X smac=02:00:00:00:00:01 net=\"VLAN 10\"\n"
                      "2 10.3.0.5 10.3.0.9 X smac=02:00:00:00:00:02 net=\"VLAN 20\"\n"
                      "3 10.3.0.6 10.3.0.9 X smac=02:00:00:00:00:03 net=\"VLAN 20\"\n"
                      "4 10.3.0.6 10.3.0.9 X smac=02:00:00:00:00:04 net=\"VLAN 10\"\n");
  static const char *const expected[] = {"10.3.0.0/24 (VLAN 10)", "10.3.0.0/24",
                                         "10.3.0.0/24 (VLAN 20)"};
  static const guint64 sent[] = {2, 0, 2};
  guint32 *subnets;
  HgTally *folded = hg_subnets_fold(tally, &subnets);
  g_assert_cmpuint(hg_tally_host_count(folded), ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    g_assert_cmpstr(hg_tally_host(folded, i)->text, ==, expected[i]);
    g_assert_cmpuint(hg_tally_host(folded, i)->sent.packets, ==, sent[i]);
  }
  g_free(subnets);
  hg_tally_free(folded);
  hg_tally_free(tally);
}

/* Every packet is still counted once, with its bytes, in its protocol. */
static void test_sums(void) {
  for (guint32 seed = 0; seed < 20; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, 300);
    g_ptr_array_add(lines, NULL);
    g_autofree char *script = g_strjoinv("", (char **)lines->pdata);
    HgTally *tally = hg_script_tally(script);
    guint32 *subnets;
    HgTally *folded = hg_subnets_fold(tally, &subnets);
    guint64 *sent = g_new0(guint64, (gsize)hg_tally_host_count(folded));
    for (guint32 i = 0; i < hg_tally_host_count(tally); i++)
      sent[subnets[i]] += hg_tally_host(tally, i)->sent.bytes;
    for (guint32 i = 0; i < hg_tally_host_count(folded); i++)
      g_assert_cmpuint(hg_tally_host(folded, i)->sent.bytes, ==, sent[i]);
    g_assert_cmpuint(hg_tally_traffic(folded)->packets, ==, hg_tally_traffic(tally)->packets);
    g_assert_cmpuint(hg_tally_connection_count(folded), ==, hg_tally_connection_count(tally));
    g_free(sent);
    g_free(subnets);
    hg_tally_free(folded);
    hg_tally_free(tally);
    g_ptr_array_unref(lines);
    g_rand_free(rand);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/subnets/which", test_which);
  g_test_add_func("/subnets/told-apart", test_told_apart);
  g_test_add_func("/subnets/sums", test_sums);
  return g_test_run();
}

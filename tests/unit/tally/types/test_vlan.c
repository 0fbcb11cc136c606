/* test_vlan.c - VLANs as numbers and as text
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/vlan.h"

static void test_text(void) {
  static const struct {
    guint tag[3];
    const char *text;
  } cases[] = {{{0}, ""},
               {{1}, "1"},
               {{20}, "20"},
               {{4095}, "4095"},
               {{1, 1}, "1.1"},
               {{100, 20}, "100.20"},
               {{20, 100}, "20.100"},
               {{4095, 4095}, "4095.4095"},
               {{100, 20, 7}, "100.20"}}; /* the outer two of three */
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgVlan vlan = 0, parsed = G_MAXUINT32;
    for (guint tag = 0; tag < 3 && cases[i].tag[tag]; tag++)
      vlan = hg_vlan_within(vlan, cases[i].tag[tag]);
    g_autofree char *text = hg_vlan_text(vlan);
    g_assert_cmpstr(text, ==, cases[i].text);
    g_assert_true(hg_vlan_parse(text, &parsed));
    g_assert_cmpuint(parsed, ==, vlan);
  }
}

static void test_wrong(void) {
  static const char *const cases[] = {"0",     "4096",   "20.",      ".20",   "20.0",      "0.20",
                                      "1.2.3", "020",    "-1",       "+1",    " 20",       "20 ",
                                      "x",     "1.4096", "99999999", "1..20", "4294967297"};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgVlan vlan;
    g_assert_false(hg_vlan_parse(cases[i], &vlan));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/vlan/text", test_text);
  g_test_add_func("/vlan/wrong", test_wrong);
  return g_test_run();
}

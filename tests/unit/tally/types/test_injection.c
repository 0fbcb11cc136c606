/* test_injection.c - what is told of an injection: nothing is lost on the way
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/injection.h"

static void test_both_ways(void) {
  for (guint kind = HG_INJECTION_NONE + 1; kind < HG_INJECTION_COUNT; kind++) {
    for (guint place = 0; place < HG_INJECTED_COUNT; place++) {
      for (gint forwarded = FALSE; forwarded <= TRUE; forwarded++) {
        const HgInjection injection = {kind, place, forwarded};
        g_autofree char *subject = hg_injection_subject(&injection);
        HgInjection read;
        g_assert_true(hg_injection_parse(subject, &read));
        g_assert_cmpint(read.kind, ==, kind);
        g_assert_cmpint(read.place, ==, place);
        g_assert_cmpint(read.forwarded, ==, forwarded);
      }
    }
  }
}

/* A store may say anything. */
static void test_hostile(void) {
  static const char *const wrong[] = {
      "",         "sql",           "sql nowhere",           "none target",
      "x header", "sql target no", "sql target forwarded x"};
  HgInjection injection;
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_assert_false(hg_injection_parse(wrong[i], &injection));
}

static void test_certain(void) {
  g_assert_true(hg_injection_is_certain(HG_INJECTION_JNDI));
  g_assert_true(hg_injection_is_certain(HG_INJECTION_SHELL_SHOCK));
  g_assert_true(hg_injection_is_certain(HG_INJECTION_FILE));
  g_assert_false(hg_injection_is_certain(HG_INJECTION_SQL));
  g_assert_false(hg_injection_is_certain(HG_INJECTION_TRAVERSAL));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/injection/both-ways", test_both_ways);
  g_test_add_func("/injection/hostile", test_hostile);
  g_test_add_func("/injection/certain", test_certain);
  return g_test_run();
}

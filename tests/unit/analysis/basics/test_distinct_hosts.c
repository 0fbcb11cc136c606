/* test_distinct_hosts.c - each host once, in the order in which they were added
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/distinct_hosts.h"

static void test_order(void) {
  static const guint32 added[] = {7, 0, 7, G_MAXUINT32, 0, 3}, expected[] = {7, 0, G_MAXUINT32, 3};
  HgDistinctHosts distinct;
  hg_distinct_hosts_init(&distinct);
  g_assert_cmpuint(distinct.hosts->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS(added); i++)
    hg_distinct_hosts_add(&distinct, added[i]);
  GArray *hosts = hg_distinct_hosts_end(&distinct);
  g_assert_cmpmem(hosts->data, hosts->len * sizeof(guint32), expected, sizeof expected);
  g_array_unref(hosts);
}

static void test_clear(void) {
  HgDistinctHosts distinct;
  hg_distinct_hosts_init(&distinct);
  hg_distinct_hosts_add(&distinct, 1);
  hg_distinct_hosts_clear(&distinct); /* the sanitizers say what is left */
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/distinct-hosts/order", test_order);
  g_test_add_func("/distinct-hosts/clear", test_clear);
  return g_test_run();
}

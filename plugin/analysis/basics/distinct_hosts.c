/* distinct_hosts.c - hosts, each once, in the order in which they were added
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "distinct_hosts.h"

void hg_distinct_hosts_init(HgDistinctHosts *distinct) {
  distinct->hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  distinct->seen = g_hash_table_new(NULL, NULL);
}

void hg_distinct_hosts_clear(HgDistinctHosts *distinct) {
  g_array_unref(hg_distinct_hosts_end(distinct));
}

void hg_distinct_hosts_add(HgDistinctHosts *distinct, guint32 host) {
  if (g_hash_table_add(distinct->seen, GUINT_TO_POINTER(host)))
    g_array_append_val(distinct->hosts, host);
}

GArray *hg_distinct_hosts_end(HgDistinctHosts *distinct) {
  g_hash_table_destroy(distinct->seen);
  return distinct->hosts;
}

/* distinct_hosts.h - hosts, each once, in the order in which they were added
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DISTINCT_HOSTS_H
#define HG_ANALYSIS_DISTINCT_HOSTS_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  GArray *hosts;    /* guint32; owned */
  GHashTable *seen; /* owned */
} HgDistinctHosts;

void hg_distinct_hosts_init(HgDistinctHosts *distinct);
void hg_distinct_hosts_clear(HgDistinctHosts *distinct);

void hg_distinct_hosts_add(HgDistinctHosts *distinct, guint32 host);

/* The hosts themselves (transfer full, guint32); clears the rest. */
GArray *hg_distinct_hosts_end(HgDistinctHosts *distinct);

G_END_DECLS
#endif

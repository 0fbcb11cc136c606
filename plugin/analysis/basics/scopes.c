/* scopes.c - the scope of every host, computed once
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "scopes.h"

guint8 *hg_scopes_new(const HgTally *tally) {
  const guint32 hosts = hg_tally_host_count(tally);
  guint8 *scopes = g_new(guint8, (gsize)hosts + 1);
  for (guint32 host = 0; host < hosts; host++)
    scopes[host] = (guint8)hg_host_scope(hg_tally_host(tally, host));
  return scopes;
}

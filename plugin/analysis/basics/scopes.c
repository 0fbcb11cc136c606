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

static gboolean is_internal_ip(const HgTally *tally, const guint8 *scopes, guint32 host) {
  const HgAddressKind kind = hg_tally_host(tally, host)->address.kind;
  return scopes[host] == HG_SCOPE_INTERNAL && (kind == HG_ADDRESS_IPV4 || kind == HG_ADDRESS_IPV6);
}

gboolean hg_scopes_know_home(const HgTally *tally, const HgServiceTable *services,
                             const guint8 *scopes) {
  gboolean outside = FALSE;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (is_internal_ip(tally, scopes, service->client) ||
        is_internal_ip(tally, scopes, service->server))
      return TRUE;
    outside |= scopes[service->client] == HG_SCOPE_EXTERNAL &&
               scopes[service->server] == HG_SCOPE_EXTERNAL;
  }
  return !outside;
}

/* roles.c - infers the roles of all hosts, step by step
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

#include <string.h>

HgRoles *hg_roles_new(const HgTally *tally, const HgServiceTable *services, const guint8 *scopes) {
  HgRoles *roles = g_new(HgRoles, 1);
  *roles = (HgRoles){.tally = tally,
                     .scopes = scopes,
                     .of = g_new0(guint16, (gsize)hg_tally_host_count(tally) + 1)};
  hg_role_services_init(roles);
  hg_roles_find_servers(roles, services);
  hg_roles_find_proxies(roles, services);
  hg_roles_find_monitors(roles, services);
  hg_roles_find_gateways(roles, services);
  hg_roles_find_tunnel_ends(roles);
  return roles;
}

void hg_roles_fold(HgRoles *into, const HgRoles *from, const guint32 *becomes) {
  memset(into->of, 0, hg_tally_host_count(into->tally) * sizeof *into->of);
  for (guint32 host = 0; host < hg_tally_host_count(from->tally); host++)
    into->of[becomes[host]] |= from->of[host];
}

void hg_roles_free(HgRoles *roles) {
  if (!roles)
    return;
  g_free(roles->of);
  g_free(roles->line_of_port);
  g_free(roles->speaks);
  g_free(roles);
}

/* role_tunnel_end.c - finds the hosts between which tunnels run
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

static void add_role(HgRoles *roles, const HgAddress *address) {
  const HgHost *host = hg_tally_find_host(roles->tally, address);
  if (host)
    roles->of[host->number] |= HG_ROLE_TUNNEL_END;
}

void hg_roles_find_tunnel_ends(HgRoles *roles) {
  const HgObservationTable *table = hg_tally_observations(roles->tally);
  g_autoptr(GArray) tunnels = hg_observation_table_of_kind(table, HG_OBSERVED_TUNNEL);
  for (guint i = 0; i < tunnels->len; i++) {
    const HgObservation *tunnel =
        hg_observation_table_get(table, g_array_index(tunnels, guint32, i));
    add_role(roles, &tunnel->actor);
    add_role(roles, &tunnel->peer);
  }
}

/* role_load.c - how much of the traffic that hosts send is explained by their roles
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "role_load.h"

/* What a sender does in a conversation, by side. */
enum { EXPLAINED = 1, OTHER = 2 };

static void add(HgRoleLoad *load, guint8 *seen, const HgService *service, int way,
                gboolean explained) {
  *seen |= explained ? EXPLAINED : OTHER;
  if (!explained)
    return;
  load->packets += service->packets[way];
  load->bytes += service->bytes[way];
}

static void count_peers(const HgTally *tally, HgRoleLoad *loads, const guint8 *seen) {
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *c = hg_tally_conversation(tally, i);
    for (int side = 0; side < 2; side++)
      if (seen[2 * (gsize)i + (guint)side] == EXPLAINED && c->traffic[side].packets > 0)
        loads[c->host[side]].peers++;
  }
}

HgRoleLoad *hg_role_loads_new(const HgTally *tally, const HgServiceTable *services,
                              const HgRoles *roles) {
  HgRoleLoad *loads = g_new0(HgRoleLoad, (gsize)hg_tally_host_count(tally) + 1);
  guint8 *seen = g_new0(guint8, (gsize)hg_tally_conversation_count(tally) * 2 + 1);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    if (s->client == s->server)
      continue;
    guint8 *sides = &seen[2 * (gsize)s->conversation];
    add(&loads[s->client], &sides[s->side], s, 0, hg_roles_asking(roles, s) != 0);
    add(&loads[s->server], &sides[1 - s->side], s, 1, hg_roles_serving(roles, s) != 0);
  }
  count_peers(tally, loads, seen);
  g_free(seen);
  return loads;
}

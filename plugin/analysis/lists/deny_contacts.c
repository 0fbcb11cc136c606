/* deny_contacts.c - finds hosts that had contact with hosts on a deny list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "deny_contacts.h"

#include "deny_names.h"
#include "suppress.h"

#include <string.h>

/* The entry that lists the host by address or MAC. A name counts only if all known names of the
 * host are listed: one address may serve many sites. */
static const HgListEntry *entry_of(const HgRuleRun *run, const HgAllowDenyList *list,
                                   guint32 host) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgListEntry *entry = hg_suppress_find_host(list, tally, host, NULL, FALSE);
  if (!entry || !entry->domain)
    return entry;
  char **names = hg_names_and_logins_names(hg_tally_names_and_logins(tally),
                                           &hg_tally_host(tally, host)->address);
  for (guint i = 0; names[i] && entry; i++)
    entry = hg_allow_deny_list_name(list, names[i], NULL, FALSE);
  g_strfreev(names);
  return entry;
}

static void find_listed(HgDenySearch *search) {
  const guint32 count = hg_tally_host_count(hg_rule_run_tally(search->run));
  search->listed = g_new0(const HgListEntry *, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    if (hg_rule_run_is_unicast(search->run, i))
      search->listed[i] = entry_of(search->run, search->list, i);
}

static void check_service(HgDenySearch *search, const HgService *s) {
  const HgListEntry *client = search->listed[s->client], *server = search->listed[s->server];
  const gboolean begun = s->attempts > 0;
  HgDenyContact contact = {.host = s->client,
                           .peer = s->server,
                           .answered =
                               begun ? s->established > 0 : s->packets[0] > 0 && s->packets[1] > 0,
                           .first_frame = s->first_frame,
                           .last_frame = s->last_frame};
  contact.entry = client ? client : server;
  contact.how = client ? HG_DENY_IS : HG_DENY_TALKED;
  if (s->packets[0] > 0 &&
      (client || (server && begun && !hg_roles_asking(hg_rule_run_roles(search->run), s))))
    hg_deny_search_add(search, &contact);
  contact.host = s->server;
  contact.peer = s->client;
  contact.entry = server;
  contact.how = HG_DENY_IS;
  if (server && s->packets[1] > 0)
    hg_deny_search_add(search, &contact);
}

/* --- what has no ports, and so no services: tunnels, routing, other kinds of address --- */

/* By conversation: whether it belongs to a service. (transfer full) */
static gboolean *find_served(const HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  gboolean *served =
      g_new0(gboolean, (gsize)hg_tally_conversation_count(hg_rule_run_tally(run)) + 1);
  for (guint32 i = 0; i < hg_service_table_connection_count(services); i++)
    served[hg_service_table_connection(services, i)->conversation] = TRUE;
  return served;
}

/* Nothing is known here about which host began. */
static void check_conversation(HgDenySearch *search, const HgConversation *conversation) {
  if (conversation->host[0] == HG_NO_HOST || conversation->host[1] == HG_NO_HOST)
    return;
  for (int side = 0; side < 2; side++) {
    const HgTraffic *traffic = &conversation->traffic[side];
    const HgDenyContact contact = {.host = conversation->host[side],
                                   .peer = conversation->host[1 - side],
                                   .entry = search->listed[conversation->host[side]],
                                   .how = HG_DENY_IS,
                                   .answered = conversation->traffic[1 - side].packets > 0,
                                   .first_frame = traffic->first_frame,
                                   .last_frame = traffic->last_frame};
    if (contact.entry && traffic->packets > 0)
      hg_deny_search_add(search, &contact);
  }
}

static void check_other_conversations(HgDenySearch *search) {
  const HgTally *tally = hg_rule_run_tally(search->run);
  g_autofree gboolean *served = find_served(search->run);
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++)
    if (!served[i])
      check_conversation(search, hg_tally_conversation(tally, i));
}

#define COMPARE(x, y) ((x) < (y) ? -1 : (x) > (y))

static gint compare_contacts(gconstpointer a, gconstpointer b) {
  const HgDenyContact *x = a, *y = b;
  gint order = COMPARE(x->host, y->host);
  if (!order)
    order = COMPARE(x->how, y->how);
  if (!order)
    order = COMPARE(x->first_frame, y->first_frame);
  if (!order)
    order = COMPARE(x->peer, y->peer);
  return order ? order : g_strcmp0(x->name, y->name);
}

GArray *hg_deny_contacts_new(const HgRuleRun *run, const HgAllowDenyList *list) {
  HgDenySearch search = {run, list, NULL, g_array_new(FALSE, FALSE, sizeof(HgDenyContact))};
  const HgServiceTable *services = hg_rule_run_services(run);
  find_listed(&search);
  for (guint32 i = 0; i < hg_service_table_count(services); i++)
    check_service(&search, hg_service_table_get(services, i));
  check_other_conversations(&search);
  if (hg_allow_deny_list_has_domains(list)) {
    hg_deny_find_queries(&search);
    hg_deny_find_sites(&search);
  }
  g_free(search.listed);
  g_array_sort(search.contacts, compare_contacts);
  return search.contacts;
}

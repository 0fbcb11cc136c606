/* client_contacts.c - the servers that a client tried over each transport, and those that did not
 * answer
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "client_contacts.h"

#include "peer_to_peer.h"

static const HgFirstContact *contact_at(const GArray *list, guint i) {
  return &g_array_index(list, HgFirstContact, i);
}

static gboolean is_echo(HgTransport transport) {
  return transport == HG_TRANSPORT_ICMP || transport == HG_TRANSPORT_ICMPV6;
}

gboolean hg_client_contacts_are_echo(const HgClientContacts *contacts) {
  return is_echo(contacts->transport);
}

/* A host that answered the client on anything but a ping exists and is in use: a browser whose QUIC
 * is filtered goes on over TCP. */
static gboolean answered(const HgService *service) {
  return !is_echo(service->transport) &&
         (service->established > 0 || (service->midstream > 0 && service->packets[1] > 0));
}

/* Programs resolve names, scanners do not: D. Whyte, E. Kranakis, P. van Oorschot, "DNS-based
 * Detection of Scanning Worms in an Enterprise Network", 2005. Internal addresses are used without
 * a look-up too often for this test. */
static gboolean was_looked_up(const HgRuleRun *run, guint32 server) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgHost *host = hg_tally_host(tally, server);
  if (hg_rule_run_scope(run, server) != HG_SCOPE_EXTERNAL)
    return FALSE;
  char **names = hg_names_and_logins_names(hg_tally_names_and_logins(tally), &host->address);
  const gboolean known = names && names[0];
  g_strfreev(names);
  return known;
}

/* Some name servers, mail servers and time servers of the Internet are always down, and a monitor
 * asks exactly those hosts that may be down. A proxy has failures, too, but if they amount to a
 * scan, it is its clients' scan. */
static gboolean is_explained(const HgRuleRun *run, const HgService *service) {
  return (hg_roles_asking(hg_rule_run_roles(run), service) & ~(guint)HG_ROLE_PROXY) != 0;
}

static gint compare_server_then_time(gconstpointer a, gconstpointer b) {
  const HgFirstContact *x = a, *y = b;
  return x->server != y->server ? (x->server < y->server ? -1 : 1) : hg_first_contact_compare(a, b);
}

/* One entry for each host: its earliest contact, which failed if nothing there answered. */
static void gather_hosts(HgClientContacts *contacts) {
  g_array_sort(contacts->services, compare_server_then_time);
  for (guint i = 0; i < contacts->services->len; i++) {
    const HgFirstContact *contact = contact_at(contacts->services, i);
    HgFirstContact *last = contacts->hosts->len ? &g_array_index(contacts->hosts, HgFirstContact,
                                                                 contacts->hosts->len - 1)
                                                : NULL;
    if (!last || last->server != contact->server) {
      g_array_append_vals(contacts->hosts, contact, 1);
      continue;
    }
    last->failed &= contact->failed;
    last->refused = last->failed && (last->refused || contact->refused);
  }
  g_array_sort(contacts->hosts, hg_first_contact_compare);
}

/* That there is no route is one failure for a network, however many of its hosts are tried. */
static gboolean is_same_cause(const HgRuleRun *run, const HgFirstContact *contact,
                              GHashTable *networks) {
  const guint32 network = hg_answers_network(hg_rule_run_answers(run), contact->server);
  const guint32 cause = network * HG_TRANSPORT_COUNT + (guint32)contact->transport;
  return contact->no_route && !g_hash_table_add(networks, GUINT_TO_POINTER(cause));
}

/* The services from..to belong to one client and one server. */
static void gather_server(HgClientContacts lists[HG_TRANSPORT_COUNT], const HgRuleRun *run,
                          guint32 from, guint32 to, GHashTable *networks) {
  const HgServiceTable *services = hg_rule_run_services(run);
  enum { UNKNOWN, EXCUSED, ACCUSED } failures = UNKNOWN;
  for (guint32 i = from; i < to && failures == UNKNOWN; i++)
    if (answered(hg_service_table_get(services, i)))
      failures = EXCUSED;
  for (guint32 i = from; i < to; i++) {
    HgFirstContact contact;
    if (!hg_first_contact(run, i, &contact))
      continue;
    if (contact.failed && failures == UNKNOWN)
      failures = was_looked_up(run, contact.server) ? EXCUSED : ACCUSED;
    if (contact.failed && (failures == EXCUSED || is_same_cause(run, &contact, networks) ||
                           is_explained(run, hg_service_table_get(services, i))))
      continue;
    HgClientContacts *list = &lists[contact.transport];
    g_array_append_vals(list->services, &contact, 1);
    list->failed += contact.failed;
  }
}

/* The index at which the services of the client of service number `first` end. `most`: an upper
 * bound of its failures over one transport, known before the services are examined. */
static guint32 end_of_client(const HgServiceTable *services, guint32 first, guint *most) {
  const guint32 count = hg_service_table_count(services);
  const guint32 client = hg_service_table_get(services, first)->client;
  guint failed[HG_TRANSPORT_COUNT] = {0};
  guint32 end = first;
  for (; end < count; end++) {
    const HgService *service = hg_service_table_get(services, end);
    if (service->client != client)
      break;
    failed[service->transport] +=
        service->attempts > 0 && service->established == 0 && service->midstream == 0;
  }
  *most = 0;
  for (guint i = 0; i < HG_TRANSPORT_COUNT; i++)
    *most = MAX(*most, failed[i]);
  return end;
}

guint32 hg_client_contacts_gather(HgClientContacts lists[HG_TRANSPORT_COUNT], const HgRuleRun *run,
                                  guint32 first, double least) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint most;
  const guint32 end = end_of_client(services, first, &most);
  const guint32 client = hg_service_table_get(services, first)->client;
  for (HgTransport t = HG_TRANSPORT_NONE; t < HG_TRANSPORT_COUNT; t++) {
    lists[t].client = client;
    lists[t].failed = 0;
    g_array_set_size(lists[t].services, 0);
    g_array_set_size(lists[t].hosts, 0);
  }
  if (most < least)
    return end;
  GHashTable *networks = g_hash_table_new(NULL, NULL); /* to which there is no route */
  while (first < end) {
    const guint32 from = first, server = hg_service_table_get(services, first)->server;
    while (++first < end && hg_service_table_get(services, first)->server == server)
      continue;
    gather_server(lists, run, from, first, networks);
  }
  g_hash_table_unref(networks);
  return first;
}

void hg_client_contacts_settle(HgClientContacts *contacts) {
  hg_peer_to_peer_remove(contacts->services);
  gather_hosts(contacts);
}

void hg_client_contacts_init(HgClientContacts lists[HG_TRANSPORT_COUNT]) {
  for (HgTransport t = HG_TRANSPORT_NONE; t < HG_TRANSPORT_COUNT; t++)
    lists[t] = (HgClientContacts){.transport = t,
                                  .services = g_array_new(FALSE, FALSE, sizeof(HgFirstContact)),
                                  .hosts = g_array_new(FALSE, FALSE, sizeof(HgFirstContact))};
}

void hg_client_contacts_clear(HgClientContacts lists[HG_TRANSPORT_COUNT]) {
  for (HgTransport t = HG_TRANSPORT_NONE; t < HG_TRANSPORT_COUNT; t++) {
    g_array_free(lists[t].services, TRUE);
    g_array_free(lists[t].hosts, TRUE);
  }
}

/* client_contacts.c - whom a client tried over one transport, and who did not answer
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "client_contacts.h"

#include "overlay.h"

static const HgFirstContact *contact_at(const GArray *list, guint i) {
  return &g_array_index(list, HgFirstContact, i);
}

static gboolean is_echo(HgTransport transport) {
  return transport == HG_TRANSPORT_ICMP || transport == HG_TRANSPORT_ICMPV6;
}

gboolean hg_client_contacts_are_echo(const HgClientContacts *contacts) {
  return is_echo(contacts->transport);
}

/* A host that answered the client on anything but a ping exists and is used: a browser whose QUIC
 * is filtered goes on over TCP. */
static gboolean answered(const HgService *service) {
  return !is_echo(service->transport) &&
         (service->established > 0 || (service->midstream > 0 && service->packets[1] > 0));
}

/* Programs look names up, scanners do not: D. Whyte, E. Kranakis, P. van Oorschot, "DNS-based
 * Detection of Scanning Worms in an Enterprise Network", 2005. Internal addresses are used without
 * a look-up too often to tell. */
static gboolean was_looked_up(const HgTally *tally, guint32 server) {
  const HgHost *host = hg_tally_host(tally, server);
  if (hg_host_scope(host) != HG_SCOPE_EXTERNAL)
    return FALSE;
  char **names = hg_knowledge_names(hg_tally_knowledge(tally), &host->address);
  const gboolean known = names && names[0];
  g_strfreev(names);
  return known;
}

static gint compare_server_then_time(gconstpointer a, gconstpointer b) {
  const HgFirstContact *x = a, *y = b;
  return x->server != y->server ? (x->server < y->server ? -1 : 1) : hg_first_contact_compare(a, b);
}

/* One entry for each host: its earliest contact, failed when nothing there answered. */
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

static void gather(HgClientContacts *contacts, const HgTally *tally, const HgServiceTable *services,
                   gboolean silence_counts) {
  guint32 first;
  const guint32 count = hg_service_table_of_client(services, contacts->client, &first);
  for (guint32 i = first; i < first + count;) {
    const guint32 server = hg_service_table_get(services, i)->server;
    guint32 end = i;
    gboolean answers = FALSE;
    for (; end < first + count && hg_service_table_get(services, end)->server == server; end++)
      answers |= answered(hg_service_table_get(services, end));
    for (; i < end; i++) {
      HgFirstContact contact;
      if (hg_service_table_get(services, i)->transport != contacts->transport ||
          !hg_first_contact(tally, services, i, &contact))
        continue;
      if (contact.failed && (answers || !silence_counts || was_looked_up(tally, server)))
        continue;
      g_array_append_vals(contacts->services, &contact, 1);
    }
  }
}

void hg_client_contacts_init(HgClientContacts *contacts, const HgTally *tally,
                             const HgServiceTable *services, guint32 client, HgTransport transport,
                             gboolean silence_counts) {
  *contacts =
      (HgClientContacts){client, transport, g_array_new(FALSE, FALSE, sizeof(HgFirstContact)),
                         g_array_new(FALSE, FALSE, sizeof(HgFirstContact))};
  gather(contacts, tally, services, silence_counts);
  hg_overlay_remove(contacts->services);
  gather_hosts(contacts);
}

void hg_client_contacts_clear(HgClientContacts *contacts) {
  g_array_free(contacts->services, TRUE);
  g_array_free(contacts->hosts, TRUE);
}

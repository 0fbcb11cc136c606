/* role_gateway.c - finds gateways: hosts whose MAC is the source of packets from other networks
 *
 * A router forwards packets with its own MAC as the source, so many addresses of other networks
 * appear behind one MAC; passive tools (p0f, PRADS, NetworkMiner) count hosts behind an interface
 * in the same way. Two cases look similar. Spoofed sources of a flood appear behind the flooder's
 * MAC, but they never converse, so only addresses that exchanged data in both directions count.
 * And one machine has several IPv6 addresses, but all in one /64, so networks count instead of
 * addresses.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

#include <stdlib.h>
#include <string.h>

/* Two public addresses on one host are common, three networks are not. */
#define NETWORKS 3

typedef struct {
  guint8 mac[6];
  guint8 network[9]; /* network of an external address: its family, then /24 or /64 */
  guint32 host;      /* HG_NO_HOST: the address sent no packet */
  const HgBinding *binding;
} Entry;

/* Hosts that exchanged data with others, by host. */
static gboolean *find_conversing(const HgRoles *roles, const HgServiceTable *services) {
  gboolean *conversing = g_new0(gboolean, (gsize)hg_tally_host_count(roles->tally) + 1);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    const gboolean both = s->payload[0] > 0 && s->payload[1] > 0;
    if (!both || (s->transport != HG_TRANSPORT_TCP && s->transport != HG_TRANSPORT_UDP))
      continue;
    conversing[s->server] = TRUE;
    /* A client's address can be spoofed over UDP: servers answer any source. */
    conversing[s->client] |= s->transport == HG_TRANSPORT_TCP;
  }
  return conversing;
}

static void write_network(const HgAddress *address, guint8 network[9]) {
  memset(network, 0, 9);
  network[0] = (guint8)address->kind;
  memcpy(network + 1, address->data, address->kind == HG_ADDRESS_IPV4 ? 3 : 8);
}

static int compare_entries(const void *a, const void *b) {
  const Entry *x = a, *y = b;
  const int macs = memcmp(x->mac, y->mac, 6);
  return macs ? macs : memcmp(x->network, y->network, 9);
}

static gboolean is_fronted(const HgRoles *roles, const gboolean *conversing, const Entry *entry) {
  return entry->binding->source == HG_BINDING_LINK && entry->host != HG_NO_HOST &&
         roles->scopes[entry->host] == HG_SCOPE_EXTERNAL && conversing[entry->host];
}

static gint64 mac_key(const HgBinding *binding) {
  gint64 key = 0;
  memcpy(&key, binding->mac, 6);
  return key;
}

/* MACs that send packets of external addresses: gateways, and some others. There are far fewer of
 * them than bindings. (transfer full) */
static GHashTable *find_fronts(const HgTally *tally) {
  const HgBindingTable *bindings = hg_tally_bindings(tally);
  GHashTable *fronts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    const gint64 key = mac_key(binding);
    if (binding->source == HG_BINDING_LINK &&
        hg_tally_scope(tally, &binding->address) == HG_SCOPE_EXTERNAL &&
        !g_hash_table_contains(fronts, &key))
      g_hash_table_add(fronts, g_memdup2(&key, sizeof key));
  }
  return fronts;
}

/* The bindings of those MACs, by MAC, then network. (transfer full) */
static GArray *list_bindings(const HgTally *tally) {
  const HgBindingTable *bindings = hg_tally_bindings(tally);
  GHashTable *fronts = find_fronts(tally);
  GArray *entries = g_array_new(FALSE, FALSE, sizeof(Entry));
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    const gint64 key = mac_key(binding);
    if (!g_hash_table_contains(fronts, &key))
      continue;
    const HgHost *host = hg_tally_find_host(tally, &binding->address);
    Entry entry = {.host = host ? host->number : HG_NO_HOST, .binding = binding};
    memcpy(entry.mac, binding->mac, 6);
    write_network(&binding->address, entry.network);
    g_array_append_val(entries, entry);
  }
  g_hash_table_unref(fronts);
  g_array_sort(entries, compare_entries);
  return entries;
}

/* Counts the networks behind the MAC to which the entries from..to belong. */
static guint count_networks(const HgRoles *roles, const gboolean *conversing, const Entry *entries,
                            guint from, guint to) {
  const guint8 *last = NULL;
  guint networks = 0;
  for (guint i = from; i < to; i++) {
    if (!is_fronted(roles, conversing, &entries[i]) ||
        (last && memcmp(last, entries[i].network, 9) == 0))
      continue;
    last = entries[i].network;
    networks++;
  }
  return networks;
}

static gboolean is_contested(const HgTally *tally, const HgBinding *claim) {
  return hg_binding_table_is_contested(hg_tally_bindings(tally), &claim->address);
}

/* Whether the address is the gateway's own: claimed by ARP, or link-local, which is never
 * forwarded. */
static gboolean is_own(const HgRoles *roles, const Entry *entry) {
  const HgScope scope = hg_address_scope(&entry->binding->address);
  if (entry->host == HG_NO_HOST || !hg_roles_is_unicast(roles, entry->host))
    return FALSE;
  return entry->binding->source == HG_BINDING_ARP ||
         (scope == HG_SCOPE_LINK_LOCAL && entry->binding->address.kind == HG_ADDRESS_IPV6);
}

/* A gateway that does proxy ARP claims more addresses than a router has itself: then none of them
 * counts as its own. */
#define MOST_CLAIMS 8

/* An ARP spoofer that claims the gateway's address forwards packets of other networks, too, and
 * must not count as a gateway under its own address. So if a MAC claims an address that another MAC
 * has, only that address is the gateway's. If it claims several of them (the victim's, too), none
 * is. */
static gboolean is_gateways(const HgRoles *roles, const Entry *entry, guint contested) {
  return is_own(roles, entry) &&
         (contested == 0 || (contested == 1 && is_contested(roles->tally, entry->binding)));
}

static void mark_gateway(HgRoles *roles, const Entry *entries, guint from, guint to) {
  const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = entries[from].mac};
  const HgHost *host = hg_tally_find_host(roles->tally, &mac);
  guint own = 0, contested = 0, inside = 0, only = 0;
  for (guint i = from; i < to; i++) {
    if (is_own(roles, &entries[i])) {
      own++;
      contested += is_contested(roles->tally, entries[i].binding);
    } else if (entries[i].host != HG_NO_HOST &&
               roles->scopes[entries[i].host] == HG_SCOPE_INTERNAL) {
      inside++;
      only = i;
    }
  }
  if (host && contested == 0)
    roles->of[host->number] |= HG_ROLE_GATEWAY;
  for (guint i = from; i < to && own <= MOST_CLAIMS; i++)
    if (is_gateways(roles, &entries[i], contested))
      roles->of[entries[i].host] |= HG_ROLE_GATEWAY;
  /* Without ARP: the only internal address that the MAC sends from. */
  if (own == 0 && inside == 1)
    roles->of[entries[only].host] |= HG_ROLE_GATEWAY;
}

void hg_roles_find_gateways(HgRoles *roles, const HgServiceTable *services) {
  gboolean *conversing = find_conversing(roles, services);
  GArray *list = list_bindings(roles->tally);
  const Entry *entries = (const Entry *)(gpointer)list->data;
  for (guint from = 0, to; from < list->len; from = to) {
    for (to = from + 1; to < list->len; to++)
      if (memcmp(entries[to].mac, entries[from].mac, 6) != 0)
        break;
    if (count_networks(roles, conversing, entries, from, to) >= NETWORKS)
      mark_gateway(roles, entries, from, to);
  }
  g_array_free(list, TRUE);
  g_free(conversing);
}

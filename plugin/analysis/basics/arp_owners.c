/* arp_owners.c - which MAC addresses own which IP addresses on the local network
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "arp_owners.h"

#include <string.h>

/* A MAC that forwards packets of so many others is a gateway. A host forwards packets of none; a
 * machine with virtual machines inside may forward those of one or two. */
#define GATEWAY_PASSED 3
/* An address that so many other MACs ask for belongs to the gateway or to a server: they do not
 * sweep. */
#define GATEWAY_ASKERS 5

/* A MAC that has an address in so many networks is a router; a host may have two (see role_gateway.c). */
#define GATEWAY_NETWORKS 3

static gint compare_macs(gconstpointer a, gconstpointer b) {
  return memcmp(((const HgArpOwner *)a)->mac, ((const HgArpOwner *)b)->mac, 6);
}

static gint compare_bindings(gconstpointer a, gconstpointer b) {
  const HgArpBinding *x = a, *y = b;
  if (x->head != y->head)
    return x->head < y->head ? -1 : 1;
  const gint order = hg_address_compare(x->address, y->address);
  return order ? order : x->owner < y->owner ? -1 : x->owner > y->owner;
}

static guint index_of(const HgArpOwners *owners, const guint8 mac[6]) {
  HgArpOwner key;
  guint at = 0;
  memcpy(key.mac, mac, 6);
  return g_array_binary_search(owners->owners, &key, compare_macs, &at) ? at : G_MAXUINT;
}

const HgArpOwner *hg_arp_owners_find(const HgArpOwners *owners, const guint8 mac[6]) {
  const guint at = index_of(owners, mac);
  return at == G_MAXUINT ? NULL : &g_array_index(owners->owners, HgArpOwner, at);
}

static void list_owners(HgArpOwners *owners, const HgBindingTable *bindings) {
  GArray *all = owners->owners;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    HgArpOwner owner = {.host = HG_NO_HOST};
    memcpy(owner.mac, hg_binding_table_get(bindings, i)->mac, 6);
    g_array_append_val(all, owner);
  }
  g_array_sort(all, compare_macs);
  guint kept = 0;
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_macs(&g_array_index(all, HgArpOwner, i),
                               &g_array_index(all, HgArpOwner, kept - 1)) != 0)
      g_array_index(all, HgArpOwner, kept++) = g_array_index(all, HgArpOwner, i);
  g_array_set_size(all, kept);
}

/* Merges the binding by ARP and the binding by link-layer source of one MAC and address into one
 * entry. */
static void list_bindings(HgArpOwners *owners, const HgBindingTable *bindings) {
  GArray *all = owners->bindings;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    if (binding->source == HG_BINDING_ND)
      continue; /* ARP has no part in it */
    HgArpBinding fresh = {.head = hg_address_head(&binding->address),
                          .owner = index_of(owners, binding->mac),
                          .address = &binding->address};
    *(binding->source == HG_BINDING_ARP ? &fresh.arp : &fresh.link) = binding->traffic;
    g_array_append_val(all, fresh);
  }
  g_array_sort(all, compare_bindings);
  guint kept = 0;
  for (guint i = 0; i < all->len; i++) {
    const HgArpBinding *next = &g_array_index(all, HgArpBinding, i);
    if (kept > 0 && compare_bindings(next, &g_array_index(all, HgArpBinding, kept - 1)) == 0) {
      HgArpBinding *same = &g_array_index(all, HgArpBinding, kept - 1);
      hg_traffic_merge(&same->arp, &next->arp);
      hg_traffic_merge(&same->link, &next->link);
    } else {
      g_array_index(all, HgArpBinding, kept++) = *next;
    }
  }
  g_array_set_size(all, kept);
}

guint hg_arp_owners_run(const HgArpOwners *owners, guint from, gboolean *claimed) {
  const GArray *all = owners->bindings;
  const HgArpBinding *first = &g_array_index(all, HgArpBinding, from);
  guint end = from;
  *claimed = FALSE;
  for (; end < all->len; end++) {
    const HgArpBinding *binding = &g_array_index(all, HgArpBinding, end);
    if (binding->head != first->head || !hg_address_equal(binding->address, first->address))
      break;
    *claimed |= binding->arp.packets > 0;
  }
  return end;
}

static HgArpOwner *owner_of(const HgArpOwners *owners, const HgArpBinding *binding) {
  return &g_array_index(owners->owners, HgArpOwner, binding->owner);
}

static void count_claims(HgArpOwners *owners) {
  for (guint from = 0, end; from < owners->bindings->len; from = end) {
    const HgArpBinding *first = NULL;
    gboolean claimed;
    end = hg_arp_owners_run(owners, from, &claimed);
    for (guint i = from; i < end; i++) {
      const HgArpBinding *binding = &g_array_index(owners->bindings, HgArpBinding, i);
      owner_of(owners, binding)->claimed += binding->arp.packets > 0;
      if (!first || hg_traffic_is_before(&binding->link, &first->link))
        first = binding;
    }
    if (!claimed && hg_scope_is_unicast(hg_address_scope(first->address)))
      owner_of(owners, first)->passed++;
  }
}

/* Of an IPv4 address: its segment and the first 24 bits. */
static guint64 network_of(const HgArpBinding *claim) {
  const guint8 *data = claim->address->data;
  return (guint64)claim->address->segment << 24 | (guint64)data[0] << 16 | (guint64)data[1] << 8 |
         data[2];
}

static void note_network(GHashTable *networks, guint64 network) {
  g_hash_table_add(networks, g_memdup2(&network, sizeof network));
}

static gint compare_claims(gconstpointer a, gconstpointer b) {
  const HgArpBinding *x = *(const HgArpBinding *const *)a, *y = *(const HgArpBinding *const *)b;
  if (x->owner != y->owner)
    return x->owner < y->owner ? -1 : 1;
  return hg_traffic_is_before(&x->arp, &y->arp) ? -1 : hg_traffic_is_before(&y->arp, &x->arp);
}

/* A router asks in its networks by turns. A program that makes up a sender for each network that it looks
 * at goes through one after the other: its claims do not overlap. */
static void count_networks(HgArpOwners *owners) {
  GPtrArray *claims = g_ptr_array_new(); /* HgArpBinding, of IPv4 */
  for (guint i = 0; i < owners->bindings->len; i++) {
    HgArpBinding *one = &g_array_index(owners->bindings, HgArpBinding, i);
    if (one->arp.packets > 0 && one->address->kind == HG_ADDRESS_IPV4)
      g_ptr_array_add(claims, one);
  }
  g_ptr_array_sort(claims, compare_claims);
  GHashTable *networks = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  const HgArpBinding *latest = NULL; /* the claim of the owner that lasts longest so far */
  for (guint i = 0; i < claims->len; i++) {
    const HgArpBinding *one = g_ptr_array_index(claims, i);
    HgArpOwner *owner = owner_of(owners, one);
    if (!latest || latest->owner != one->owner) {
      latest = one;
      g_hash_table_remove_all(networks);
      continue;
    }
    if (one->arp.first_frame < latest->arp.last_frame && network_of(one) != network_of(latest)) {
      note_network(networks, network_of(one));
      note_network(networks, network_of(latest));
    }
    owner->networks = g_hash_table_size(networks);
    if (one->arp.last_frame > latest->arp.last_frame)
      latest = one;
  }
  g_hash_table_unref(networks);
  g_ptr_array_unref(claims);
}

guint hg_arp_owners_first(const HgArpOwners *owners, const HgAddress *address) {
  const HgArpBinding key = {.head = hg_address_head(address), .owner = 0, .address = address};
  guint low = 0, high = owners->bindings->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (compare_bindings(&g_array_index(owners->bindings, HgArpBinding, middle), &key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean hg_arp_owners_knows(const HgArpOwners *owners, const HgAddress *address) {
  const guint at = hg_arp_owners_first(owners, address);
  return at < owners->bindings->len &&
         hg_address_equal(g_array_index(owners->bindings, HgArpBinding, at).address, address);
}

static gboolean claims(const HgArpOwners *owners, guint owner, const HgAddress *address) {
  const HgArpBinding key = {.head = hg_address_head(address), .owner = owner, .address = address};
  guint at;
  return g_array_binary_search(owners->bindings, &key, compare_bindings, &at) &&
         g_array_index(owners->bindings, HgArpBinding, at).arp.packets > 0;
}

/* By how many MACs each address is asked for, at the index where its entries begin. A MAC that asks
 * for an address which it claims itself does not count. (transfer full) */
static guint *count_requests(HgArpOwners *owners, const HgObservationTable *observations) {
  guint *asked = g_new0(guint, (gsize)owners->bindings->len + 1);
  GArray *requests = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION);
  const HgObservation *before = NULL;
  for (guint i = 0; i < requests->len; i++) {
    const HgObservation *request =
        hg_observation_table_get(observations, g_array_index(requests, guint32, i));
    const gboolean again = before && hg_address_equal(&before->actor, &request->actor) &&
                           hg_address_equal(&before->peer, &request->peer);
    before = request;
    const guint at = hg_arp_owners_first(owners, &request->peer);
    if (again || at == owners->bindings->len ||
        !hg_address_equal(g_array_index(owners->bindings, HgArpBinding, at).address,
                          &request->peer))
      continue;
    asked[at]++;
    const guint asker = index_of(owners, request->actor.data);
    if (asker != G_MAXUINT && claims(owners, asker, &request->peer))
      g_array_index(owners->owners, HgArpOwner, asker).askers--; /* counted again below */
  }
  g_array_unref(requests);
  return asked;
}

static void count_askers(HgArpOwners *owners, const HgObservationTable *observations) {
  guint *asked = count_requests(owners, observations);
  for (guint from = 0, end; from < owners->bindings->len; from = end) {
    gboolean claimed;
    end = hg_arp_owners_run(owners, from, &claimed);
    for (guint i = from; i < end; i++) {
      const HgArpBinding *binding = &g_array_index(owners->bindings, HgArpBinding, i);
      if (binding->arp.packets > 0)
        owner_of(owners, binding)->askers += asked[from];
    }
  }
  g_free(asked);
}

/* Finds each MAC's own address: of those that it alone claims, the one with most packets. */
static void find_hosts(HgArpOwners *owners, const HgTally *tally) {
  guint64 *most = g_new0(guint64, (gsize)owners->owners->len + 1);
  for (guint from = 0, end; from < owners->bindings->len; from = end) {
    gboolean claimed;
    end = hg_arp_owners_run(owners, from, &claimed);
    const HgArpBinding *binding = &g_array_index(owners->bindings, HgArpBinding, from);
    const HgHost *host =
        claimed && end - from == 1 ? hg_tally_find_host(tally, binding->address) : NULL;
    if (host && hg_host_is_unicast(host) && binding->link.packets > most[binding->owner]) {
      owner_of(owners, binding)->host = host->number;
      most[binding->owner] = binding->link.packets;
    }
  }
  g_free(most);
}

HgArpOwners *hg_arp_owners_new(const HgTally *tally) {
  HgArpOwners *owners = g_new(HgArpOwners, 1);
  owners->owners = g_array_new(FALSE, FALSE, sizeof(HgArpOwner));
  owners->bindings = g_array_new(FALSE, FALSE, sizeof(HgArpBinding));
  list_owners(owners, hg_tally_bindings(tally));
  list_bindings(owners, hg_tally_bindings(tally));
  count_claims(owners);
  count_networks(owners);
  count_askers(owners, hg_tally_observations(tally));
  find_hosts(owners, tally);
  return owners;
}

void hg_arp_owners_free(HgArpOwners *owners) {
  if (!owners)
    return;
  g_array_unref(owners->owners);
  g_array_unref(owners->bindings);
  g_free(owners);
}

gboolean hg_arp_owner_is_gateway(const HgArpOwner *owner) {
  return owner->passed >= GATEWAY_PASSED || owner->askers >= GATEWAY_ASKERS ||
         owner->networks >= GATEWAY_NETWORKS;
}

gboolean hg_arp_owner_is_shared(const guint8 mac[6]) {
  static const struct {
    guint8 prefix[5], length;
  } shared[] = {{{0x00, 0x00, 0x5e, 0x00, 0x01}, 5}, /* VRRP for IPv4, CARP */
                {{0x00, 0x00, 0x5e, 0x00, 0x02}, 5}, /* VRRP for IPv6 */
                {{0x00, 0x00, 0x0c, 0x07, 0xac}, 5}, /* HSRP */
                {{0x00, 0x00, 0x0c, 0x9f}, 4},       /* HSRP version 2 */
                {{0x00, 0x05, 0x73, 0xa0}, 4},       /* HSRP version 2 for IPv6 */
                {{0x00, 0x07, 0xb4, 0x00}, 4}};      /* GLBP */
  for (guint i = 0; i < G_N_ELEMENTS(shared); i++)
    if (memcmp(mac, shared[i].prefix, shared[i].length) == 0)
      return TRUE;
  return FALSE;
}

gboolean hg_arp_owners_passes(const HgArpOwners *owners, const HgAddress *address) {
  for (guint at = hg_arp_owners_first(owners, address); at < owners->bindings->len; at++) {
    const HgArpBinding *binding = &g_array_index(owners->bindings, HgArpBinding, at);
    if (!hg_address_equal(binding->address, address))
      break;
    if (binding->arp.packets > 0 && owner_of(owners, binding)->passed > 0)
      return TRUE;
  }
  return FALSE;
}

guint32 hg_arp_owners_host(const HgArpOwners *owners, const HgTally *tally, const guint8 mac[6],
                           gboolean prefer_ip) {
  const HgAddress address = {.kind = HG_ADDRESS_MAC, .length = 6, .data = mac};
  const HgHost *host = hg_tally_find_host(tally, &address);
  const guint at = index_of(owners, mac);
  const guint32 behind =
      at != G_MAXUINT ? g_array_index(owners->owners, HgArpOwner, at).host : HG_NO_HOST;
  if (behind != HG_NO_HOST && (prefer_ip || !host))
    return behind;
  return host && hg_host_is_unicast(host) ? host->number : HG_NO_HOST;
}

/* devices.c - which hosts are addresses of one machine
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "devices.h"

#include "arp_owners.h"
#include "tally/find_home.h"

#include <string.h>

/* A MAC with more addresses is not looked at: no machine has so many, but routers and senders of
 * forged packets have thousands. Temporary addresses live for a day and are kept for a week (RFC 8981,
 * section 3.8), in a few prefixes. */
#define MAX_ADDRESSES 64

/* A MAC that sends from unproven addresses of so many networks forwards. One network may be its own. */
#define FORWARDED_NETWORKS 2

#define NOT_PROVEN HG_DEVICE_MAC

/* An address that a MAC claims or sends from. */
typedef struct {
  const HgAddress *address; /* borrowed from the tally */
  guint32 host;             /* HG_NO_HOST: it is none */
  guint station;
  guint32 frame;
  HgDeviceEvidence evidence; /* NOT_PROVEN: perhaps forwarded */
  gboolean contested;        /* several MACs use it */
} Entry;

/* A MAC address that may be a machine's. */
typedef struct {
  guint8 mac[6];
  guint bindings;
  gboolean joins; /* its addresses are those of one machine */
} Station;

struct HgDevices {
  guint32 hosts;
  guint32 count;        /* unicast hosts that stand for a device */
  gboolean several_ips; /* of at least one device */
  guint32 *of;          /* by host: the one that stands for its device */
  guint32 *run;         /* by host: 1 + index of the first member of its device; 0: none */
  GArray *members;      /* HgDeviceMember, device by device */
  guint8 *is_mac_of_ip; /* by host */
};

typedef struct {
  const HgTally *tally;
  GArray *stations;   /* Station */
  GHashTable *by_mac; /* gint64 -> 1 + index into stations */
  GArray *entries;    /* Entry, sorted by station */
  guint32 *entry_of;  /* by host: 1 + index of its entry where it is not contested; 0: none */
} Search;

const char *hg_device_evidence_text(HgDeviceEvidence evidence) {
  static const char *const texts[] = {"claimed by ARP",
                                      "claimed by neighbour discovery",
                                      "link-local",
                                      "made from the MAC",
                                      "in a prefix of the link",
                                      "talks to its subnet",
                                      "its MAC"};
  return texts[evidence];
}

/* --- MACs --- */

static gint64 mac_key(const guint8 mac[6]) {
  gint64 key = 0;
  memcpy(&key, mac, 6);
  return key;
}

static gboolean is_machines(const guint8 mac[6]) {
  const HgAddress address = {.kind = HG_ADDRESS_MAC, .length = 6, .data = mac};
  return hg_scope_is_unicast(hg_address_scope(&address)) && !hg_arp_owner_is_shared(mac);
}

/* Index of the MAC's station; G_MAXUINT: there is none. */
static guint station_of(const Search *search, const guint8 mac[6]) {
  const gint64 key = mac_key(mac);
  return GPOINTER_TO_UINT(g_hash_table_lookup(search->by_mac, &key)) - 1;
}

static void list_stations(Search *search, const HgBindingTable *bindings) {
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    guint at = station_of(search, binding->mac);
    if (at == G_MAXUINT) {
      Station fresh = {.joins = is_machines(binding->mac)};
      const gint64 key = mac_key(binding->mac);
      memcpy(fresh.mac, binding->mac, 6);
      g_array_append_val(search->stations, fresh);
      at = search->stations->len - 1;
      g_hash_table_insert(search->by_mac, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(at + 1));
    }
    Station *station = &g_array_index(search->stations, Station, at);
    if (++station->bindings > 2 * MAX_ADDRESSES) /* by a claim and by its frames */
      station->joins = FALSE;
  }
}

/* --- addresses --- */

static gboolean is_link_local(const HgAddress *address) {
  return hg_address_scope(address) == HG_SCOPE_LINK_LOCAL;
}

/* The MAC from which the interface identifier is made by RFC 4291, appendix A; FALSE: from none. */
static gboolean mac_in(const HgAddress *address, guint8 mac[6]) {
  const guint8 *id = address->data + 8;
  if (address->kind != HG_ADDRESS_IPV6 || id[3] != 0xff || id[4] != 0xfe)
    return FALSE;
  const guint8 made_from[6] = {id[0] ^ 0x02, id[1], id[2], id[5], id[6], id[7]};
  memcpy(mac, made_from, 6);
  return TRUE;
}

static HgDeviceEvidence prove(const HgBinding *binding) {
  guint8 made_from[6];
  return binding->source == HG_BINDING_ARP  ? HG_DEVICE_ARP
         : binding->source == HG_BINDING_ND ? HG_DEVICE_ND
         : is_link_local(&binding->address) ? HG_DEVICE_LINK_LOCAL
         : mac_in(&binding->address, made_from) && memcmp(made_from, binding->mac, 6) == 0
             ? HG_DEVICE_EUI64
             : NOT_PROVEN;
}

static gint compare_entries(gconstpointer a, gconstpointer b) {
  const Entry *x = a, *y = b;
  if (x->station != y->station)
    return x->station < y->station ? -1 : 1;
  return hg_address_compare(x->address, y->address);
}

/* One entry for both bindings, by a claim and by its frames, of a MAC and an address. */
static void merge_twice_bound(GArray *entries) {
  guint kept = 0;
  g_array_sort(entries, compare_entries);
  for (guint i = 0; i < entries->len; i++) {
    const Entry *next = &g_array_index(entries, Entry, i);
    Entry *last = kept > 0 ? &g_array_index(entries, Entry, kept - 1) : NULL;
    if (last && compare_entries(last, next) == 0) {
      last->evidence = MIN(last->evidence, next->evidence);
      last->frame = MIN(last->frame, next->frame);
    } else {
      g_array_index(entries, Entry, kept++) = *next;
    }
  }
  g_array_set_size(entries, kept);
}

static void list_entries(Search *search, const HgBindingTable *bindings) {
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    const guint at = station_of(search, binding->mac);
    if (!g_array_index(search->stations, Station, at).joins ||
        hg_address_scope(&binding->address) == HG_SCOPE_LOOPBACK)
      continue;
    const HgHost *host = hg_tally_find_host(search->tally, &binding->address);
    const Entry entry = {.address = &binding->address,
                         .host = host ? host->number : HG_NO_HOST,
                         .station = at,
                         .frame = binding->traffic.first_frame,
                         .evidence = prove(binding),
                         .contested = hg_binding_table_is_contested(bindings, &binding->address)};
    g_array_append_val(search->entries, entry);
  }
  merge_twice_bound(search->entries);
  for (guint i = 0; i < search->entries->len; i++) {
    const Entry *entry = &g_array_index(search->entries, Entry, i);
    if (entry->host != HG_NO_HOST && !entry->contested)
      search->entry_of[entry->host] = i + 1;
  }
}

/* --- the captured link --- */

/* Prefixes that routers advertise as on the link: HgNetwork. (transfer full) */
static GArray *list_prefixes(const HgTally *tally) {
  const HgObservationTable *table = hg_tally_observations(tally);
  GArray *numbers = hg_observation_table_of_kind(table, HG_OBSERVED_ROUTER_PREFIX);
  GArray *prefixes = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *advertised =
        hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    guint64 bits;
    if (advertised->peer.kind != HG_ADDRESS_IPV6 ||
        !g_ascii_string_to_unsigned(advertised->subject, 10, 1, 128, &bits, NULL))
      continue;
    const HgNetwork prefix = hg_network_of(&advertised->peer, (guint)bits);
    g_array_append_val(prefixes, prefix);
  }
  g_array_unref(numbers);
  return prefixes;
}

static void prove_on_link(Search *search) {
  GArray *prefixes = list_prefixes(search->tally);
  for (guint i = 0; i < search->entries->len; i++) {
    Entry *entry = &g_array_index(search->entries, Entry, i);
    for (guint p = 0; p < prefixes->len && entry->evidence > HG_DEVICE_ON_LINK; p++)
      if (hg_network_has(&g_array_index(prefixes, HgNetwork, p), entry->address))
        entry->evidence = HG_DEVICE_ON_LINK;
  }
  g_array_unref(prefixes);
}

/* In the usual subnets. */
static gboolean is_same_network(const HgAddress *a, const HgAddress *b) {
  return a->kind == b->kind && hg_network_common_bits(a, b) >= hg_network_usual_bits(a->kind);
}

static Entry *entry_of(const Search *search, guint32 host) {
  const guint32 at = host == HG_NO_HOST ? 0 : search->entry_of[host];
  return at ? &g_array_index(search->entries, Entry, at - 1) : NULL;
}

/* No router stands between two neighbours of one subnet, so each sends with its own MAC. */
static void prove_neighbours(Search *search) {
  for (guint32 i = 0; i < hg_tally_conversation_count(search->tally); i++) {
    const HgConversation *c = hg_tally_conversation(search->tally, i);
    Entry *a = entry_of(search, c->host[0]), *b = entry_of(search, c->host[1]);
    if (!a || !b || a->station == b->station || !is_same_network(a->address, b->address))
      continue;
    a->evidence = MIN(a->evidence, HG_DEVICE_NEIGHBOUR);
    b->evidence = MIN(b->evidence, HG_DEVICE_NEIGHBOUR);
  }
}

/* --- one machine or several --- */

/* Whether the proven ones of the entries from..to can be those of one machine. What another MAC uses, too,
 * counts: a bridge and a spoofer speak for others. */
static gboolean are_one_machines(const Search *search, guint from, guint to) {
  const Entry *entries = (const Entry *)(gpointer)search->entries->data;
  const Station *station = &g_array_index(search->stations, Station, entries[from].station);
  const HgAddress *forwarded = NULL; /* of the last network; they are sorted by address */
  guint networks = 0, ipv4 = 0, link_local[2] = {0};
  for (guint i = from; i < to; i++) {
    const HgAddress *address = entries[i].address;
    const gboolean v6 = address->kind == HG_ADDRESS_IPV6;
    guint8 made_from[6];
    if (entries[i].evidence == NOT_PROVEN) {
      networks += !forwarded || !is_same_network(forwarded, address);
      forwarded = address;
      continue;
    }
    if (mac_in(address, made_from) && memcmp(made_from, station->mac, 6) != 0)
      return FALSE;
    if (is_link_local(address))
      link_local[v6]++;
    else
      ipv4 += !v6;
  }
  return networks < FORWARDED_NETWORKS && ipv4 <= 1 && link_local[0] <= 1 && link_local[1] <= 1;
}

/* --- devices --- */

/* Which address stands for a device: lower is better. */
static int preference(const HgHost *host) {
  const HgScope scope = hg_address_scope(&host->address);
  if (host->address.kind == HG_ADDRESS_MAC)
    return 4;
  if (scope == HG_SCOPE_LINK_LOCAL)
    return 3;
  if (host->address.kind == HG_ADDRESS_IPV4)
    return 0;
  return scope == HG_SCOPE_EXTERNAL ? 1 : 2;
}

static gint compare_members(gconstpointer a, gconstpointer b, gpointer tally) {
  const HgHost *x = hg_tally_host(tally, ((const HgDeviceMember *)a)->host);
  const HgHost *y = hg_tally_host(tally, ((const HgDeviceMember *)b)->host);
  const int order = preference(x) - preference(y);
  const guint64 x_packets = x->sent.packets + x->received.packets;
  const guint64 y_packets = y->sent.packets + y->received.packets;
  if (order)
    return order;
  if (x_packets != y_packets)
    return x_packets > y_packets ? -1 : 1;
  return hg_address_compare(&x->address, &y->address);
}

static void add_member(GArray *members, const Station *station, guint32 host,
                       HgDeviceEvidence evidence, guint32 frame) {
  HgDeviceMember member = {.host = host, .evidence = evidence, .frame = frame};
  memcpy(member.mac, station->mac, 6);
  g_array_append_val(members, member);
}

/* The hosts of one machine: proven entries of from..to, and the MAC. (transfer full) */
static GArray *list_members(const Search *search, guint from, guint to) {
  const Station *station = &g_array_index(search->stations, Station,
                                          g_array_index(search->entries, Entry, from).station);
  const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = station->mac};
  const HgHost *twin = hg_tally_find_host(search->tally, &mac);
  GArray *members = g_array_new(FALSE, TRUE, sizeof(HgDeviceMember));
  for (guint i = from; i < to; i++) {
    const Entry *entry = &g_array_index(search->entries, Entry, i);
    if (entry->evidence != NOT_PROVEN && !entry->contested && entry->host != HG_NO_HOST)
      add_member(members, station, entry->host, entry->evidence, entry->frame);
  }
  if (members->len > 0 && twin)
    add_member(members, station, twin->number, HG_DEVICE_MAC, hg_host_traffic(twin).first_frame);
  g_array_sort_with_data(members, compare_members, (gpointer)search->tally);
  return members;
}

static void keep_device(HgDevices *devices, const HgTally *tally, const GArray *members) {
  const guint first = devices->members->len;
  const guint32 best = g_array_index(members, HgDeviceMember, 0).host;
  guint ips = 0;
  for (guint i = 0; i < members->len; i++) {
    const guint32 host = g_array_index(members, HgDeviceMember, i).host;
    const gboolean mac = hg_tally_host(tally, host)->address.kind == HG_ADDRESS_MAC;
    devices->of[host] = best;
    devices->run[host] = first + 1;
    devices->is_mac_of_ip[host] = mac;
    ips += !mac;
  }
  devices->several_ips |= ips > 1;
  g_array_append_vals(devices->members, members->data, members->len);
}

static void find_devices(HgDevices *devices, Search *search) {
  for (guint from = 0, to; from < search->entries->len; from = to) {
    const guint station = g_array_index(search->entries, Entry, from).station;
    for (to = from + 1; to < search->entries->len; to++)
      if (g_array_index(search->entries, Entry, to).station != station)
        break;
    if (!are_one_machines(search, from, to))
      continue;
    GArray *members = list_members(search, from, to);
    if (members->len > 1)
      keep_device(devices, search->tally, members);
    g_array_unref(members);
  }
}

/* Every host for itself. */
static HgDevices *begin(const HgTally *tally) {
  const guint32 hosts = hg_tally_host_count(tally);
  HgDevices *devices = g_new0(HgDevices, 1);
  devices->hosts = hosts;
  devices->of = g_new(guint32, (gsize)hosts + 1);
  devices->run = g_new0(guint32, (gsize)hosts + 1);
  devices->is_mac_of_ip = g_new0(guint8, (gsize)hosts + 1);
  devices->members = g_array_new(FALSE, FALSE, sizeof(HgDeviceMember));
  for (guint32 host = 0; host < hosts; host++)
    devices->of[host] = host;
  return devices;
}

static HgDevices *end(HgDevices *devices, const HgTally *tally) {
  for (guint32 host = 0; host < devices->hosts; host++)
    devices->count += devices->of[host] == host && hg_host_is_unicast(hg_tally_host(tally, host));
  return devices;
}

HgDevices *hg_devices_none(const HgTally *tally) {
  return end(begin(tally), tally);
}

HgDevices *hg_devices_new(const HgTally *tally) {
  HgDevices *devices = begin(tally);
  Search search = {.tally = tally,
                   .stations = g_array_new(FALSE, FALSE, sizeof(Station)),
                   .by_mac = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
                   .entries = g_array_new(FALSE, FALSE, sizeof(Entry)),
                   .entry_of = g_new0(guint32, (gsize)devices->hosts + 1)};
  list_stations(&search, hg_tally_bindings(tally));
  list_entries(&search, hg_tally_bindings(tally));
  prove_on_link(&search);
  prove_neighbours(&search);
  find_devices(devices, &search);
  g_array_unref(search.stations);
  g_hash_table_unref(search.by_mac);
  g_array_unref(search.entries);
  g_free(search.entry_of);
  return end(devices, tally);
}

void hg_devices_free(HgDevices *devices) {
  if (!devices)
    return;
  g_free(devices->of);
  g_free(devices->run);
  g_free(devices->is_mac_of_ip);
  g_array_unref(devices->members);
  g_free(devices);
}

guint32 hg_devices_of(const HgDevices *devices, guint32 host) {
  g_return_val_if_fail(host < devices->hosts, host);
  return devices->of[host];
}

guint32 hg_devices_reached_as(const HgDevices *devices, guint32 host) {
  g_return_val_if_fail(host < devices->hosts, host);
  return devices->is_mac_of_ip[host] ? host : devices->of[host];
}

const HgDeviceMember *hg_devices_members(const HgDevices *devices, guint32 host, guint *count) {
  g_return_val_if_fail(host < devices->hosts, NULL);
  const guint32 run = devices->run[host];
  *count = 0;
  if (run == 0)
    return NULL;
  const HgDeviceMember *first = &g_array_index(devices->members, HgDeviceMember, run - 1);
  while (run - 1 + *count < devices->members->len && devices->run[first[*count].host] == run)
    ++*count;
  return first;
}

gboolean hg_devices_have_several_ips(const HgDevices *devices) {
  return devices->several_ips;
}

/* --- one host a device --- */

typedef struct {
  const HgDevices *devices;
  const HgTally *tally;
  gboolean macs;
} FoldData;

static HgAddress stands_for(const HgAddress *address, gconstpointer data) {
  const FoldData *fold = data;
  const HgHost *host = hg_tally_find_host(fold->tally, address);
  if (!host || (address->kind == HG_ADDRESS_MAC && !fold->macs))
    return *address;
  return hg_tally_host(fold->tally, fold->devices->of[host->number])->address;
}

/* Evidence that is told about other addresses proves other networks: home stays what it was. */
static void keep_home(HgTally *folded, const HgTally *tally) {
  const GArray *home = hg_tally_home(tally);
  GArray *networks = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  for (guint i = 0; i < home->len; i++)
    g_array_append_val(networks, g_array_index(home, HgHomeNetwork, i).network);
  hg_home_networks_settle_given(networks);
  hg_tally_set_home(folded, networks);
  g_array_unref(networks);
}

HgTally *hg_devices_fold(const HgDevices *devices, const HgTally *tally, gboolean macs) {
  const FoldData data = {devices, tally, macs};
  const HgFold fold = {
      .becomes = stands_for, .data = &data, .keeps_evidence = macs, .keeps_aliases = TRUE};
  HgTally *folded = hg_tally_fold(tally, &fold);
  if (!macs)
    keep_home(folded, tally);
  return folded;
}

guint32 hg_devices_count(const HgDevices *devices) {
  return devices->count;
}

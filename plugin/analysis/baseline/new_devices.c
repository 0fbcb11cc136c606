/* new_devices.c - devices that the baseline does not have, and what only they do
 *
 * A new device alone proves nothing: leases change, guests come, and no baseline saw every device.
 * New external servers prove nothing either, because names on the web resolve to other addresses
 * every day. The indicator is a use of the network that no known host made, neither in the
 * baseline nor now. A change that the whole network went through is not held against a new device.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "new_devices.h"

#include "analysis/roles/roles_private.h"

/* With the rule's weight, one strong indicator makes a suspect; weak ones do so only together. */
#define STRONG 0.6
#define WEAK 0.3

typedef struct {
  HgRuleRun *run;
  const HgBaseline *baseline;
  const HgTally *tally;
  const HgServiceTable *services;
  guint64 packets;
  guint known;
  HgServiceBook *outside;  /* services that known hosts ask for outside */
  HgServiceBook *anywhere; /* services that any host offers */
  GHashTable *found;       /* host -> HgNewDevice, borrowed */
  HgNewDevices *new_devices;
} Search;

/* --- new and known devices --- */

static gboolean is_local(HgScope scope) {
  return scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_LINK_LOCAL;
}

/* A device of this network that sent packets. A MAC of a host that has an IP address is not a
 * second device. */
static gboolean is_device(HgRuleRun *run, guint32 number) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgHost *host = hg_tally_host(tally, number);
  if (!is_local(hg_rule_run_scope(run, number)) || host->sent.packets == 0)
    return FALSE;
  return host->address.kind != HG_ADDRESS_MAC ||
         hg_arp_owners_host(hg_rule_run_owners(run), tally, host->address.data, TRUE) == number;
}

/* Neither the host's address nor a MAC behind it is in the baseline. */
static gboolean is_new_device(HgRuleRun *run, guint32 number) {
  const HgNewHost *fresh = hg_baseline_new_host(hg_rule_run_baseline(run), number);
  return fresh && !fresh->claimed && !fresh->moved && is_device(run, number);
}

static gboolean is_known(HgRuleRun *run, guint32 number) {
  return hg_baseline_twin(hg_rule_run_baseline(run), number) != HG_NO_HOST &&
         is_local(hg_rule_run_scope(run, number));
}

/* A baseline that has fewer than one in so many hosts is of another network. */
#define SAME_NETWORK 10

gboolean hg_new_devices_are_at_home(HgRuleRun *run, guint *known, guint *all) {
  guint there = 0, fresh = 0;
  for (guint32 host = 0; host < hg_tally_host_count(hg_rule_run_tally(run)); host++) {
    fresh += is_new_device(run, host);
    there += is_known(run, host);
  }
  if (known)
    *known = there;
  if (all)
    *all = there + fresh;
  return there * SAME_NETWORK >= there + fresh;
}

/* --- what known hosts do --- */

static void read_normal(Search *search) {
  const HgWorkedOut *normal = hg_baseline_normal(search->baseline);
  guint32 last = HG_NO_HOST;
  for (guint32 i = 0; i < hg_service_table_count(normal->services); i++) {
    const HgService *service = hg_service_table_get(normal->services, i);
    hg_service_book_add(search->anywhere, HG_BOOK_ANYWHERE, normal->tally, normal->roles, service);
    if (!is_local((HgScope)normal->scopes[service->client]) ||
        normal->scopes[service->server] != HG_SCOPE_EXTERNAL)
      continue;
    hg_service_book_add(search->outside, HG_BOOK_ANYWHERE, normal->tally, normal->roles, service);
    search->new_devices->outgoing += service->client != last; /* services are sorted by client */
    last = service->client;
  }
}

static void read_now(Search *search) {
  const HgRoles *roles = hg_rule_run_roles(search->run);
  for (guint32 i = 0; i < hg_service_table_count(search->services); i++) {
    const HgService *service = hg_service_table_get(search->services, i);
    if (!is_known(search->run, service->client))
      continue;
    if (hg_rule_run_scope(search->run, service->server) == HG_SCOPE_EXTERNAL)
      hg_service_book_add(search->outside, HG_BOOK_ANYWHERE, search->tally, roles, service);
    else if (is_known(search->run, service->server))
      hg_service_book_add(search->anywhere, HG_BOOK_ANYWHERE, search->tally, roles, service);
  }
}

/* --- indicators --- */

static void add_indicator(Search *search, guint32 host, HgIndicator indicator) {
  HgNewDevice *new_device = g_hash_table_lookup(search->found, GUINT_TO_POINTER(host));
  if (!new_device) {
    new_device = g_new(HgNewDevice, 1);
    new_device->host = host;
    new_device->indicators = g_array_new(FALSE, FALSE, sizeof(HgIndicator));
    g_hash_table_insert(search->found, GUINT_TO_POINTER(host), new_device);
    g_ptr_array_add(search->new_devices->all, new_device);
  }
  g_array_append_val(new_device->indicators, indicator);
}

/* Services that an operating system asks for by itself: names, the time, the web. */
static gboolean is_ordinary(const Search *search, const HgService *service) {
  static const guint16 ports[] = {53, 80, 123, 443};
  const HgProtocol *protocol = hg_tally_protocol(search->tally, service->protocol);
  for (guint i = 0; i < G_N_ELEMENTS(ports); i++)
    if (service->port == ports[i])
      return hg_role_service_find(hg_rule_run_roles(search->run), service) ||
             (service->transport == HG_TRANSPORT_TCP && protocol->transport);
  return FALSE;
}

static void assess_outside(Search *search, const HgService *service) {
  const gboolean proven = search->new_devices->outgoing >= search->known;
  if (!hg_service_book_has(search->outside, HG_BOOK_ANYWHERE, search->tally,
                           hg_rule_run_roles(search->run), service))
    add_indicator(search, service->client,
                  (HgIndicator){.kind = HG_INDICATOR_OUTSIDE,
                                .strength = proven && !is_ordinary(search, service) ? STRONG : WEAK,
                                .service = service});
}

static void assess_inside(Search *search, const HgService *service) {
  const gboolean asks = is_new_device(search->run, service->client);
  if (service->established > 0 &&
      (asks ||
       (is_new_device(search->run, service->server) && is_known(search->run, service->client))) &&
      !hg_service_book_has(search->anywhere, HG_BOOK_ANYWHERE, search->tally,
                           hg_rule_run_roles(search->run), service))
    add_indicator(search, asks ? service->client : service->server,
                  (HgIndicator){.kind = asks ? HG_INDICATOR_INSIDE : HG_INDICATOR_OFFERED,
                                .strength = WEAK,
                                .service = service});
}

static void assess_services(Search *search) {
  for (guint32 i = 0; i < hg_service_table_count(search->services); i++) {
    const HgService *service = hg_service_table_get(search->services, i);
    /* Without the start of a flow it is not known which host began. */
    if (service->attempts == 0 || service->packets[0] < search->packets)
      continue;
    if (hg_rule_run_scope(search->run, service->server) != HG_SCOPE_EXTERNAL)
      assess_inside(search, service);
    else if (is_new_device(search->run, service->client))
      assess_outside(search, service);
  }
}

/* The new device that has an address of its own and speaks for this one, too, while the device that had it is
 * still there. That is no mistake and no lease that went to another; routers do so by design. HG_NO_HOST: none. */
static guint32 find_taker(const Search *search, const HgAddress *address, guint32 taken) {
  const HgArpOwners *owners = hg_rule_run_owners(search->run);
  const HgArpBinding *taker = NULL;
  gint64 known_until = G_MININT64;
  gboolean claimed;
  const guint from = hg_arp_owners_first(owners, address);
  for (guint i = from; i < hg_arp_owners_run(owners, from, &claimed); i++) {
    const HgArpBinding *one = &g_array_index(owners->bindings, HgArpBinding, i);
    const HgArpOwner *owner = &g_array_index(owners->owners, HgArpOwner, one->owner);
    if (hg_baseline_has_mac(search->baseline, owner->mac))
      known_until = MAX(known_until, MAX(one->arp.packets ? one->arp.last_ns : G_MININT64,
                                         one->link.packets ? one->link.last_ns : G_MININT64));
    else if (one->arp.packets > 0 && owner->host != HG_NO_HOST && owner->host != taken &&
             !hg_arp_owner_is_shared(owner->mac) && !hg_arp_owner_is_gateway(owner) &&
             is_new_device(search->run, owner->host))
      taker = one;
  }
  return taker && known_until > taker->arp.first_ns
             ? g_array_index(owners->owners, HgArpOwner, taker->owner).host
             : HG_NO_HOST;
}

/* Clients get any free address; a server keeps its own, so a change there counts more. */
static void assess_bindings(Search *search) {
  const HgWorkedOut *normal = hg_baseline_normal(search->baseline);
  const GArray *bindings = hg_baseline_bindings(search->baseline);
  for (guint i = 0; i < bindings->len; i++) {
    const HgChangedBinding *binding = &g_array_index(bindings, HgChangedBinding, i);
    const HgHost *host = hg_tally_find_host(search->tally, binding->address);
    const HgHost *before = hg_tally_find_host(normal->tally, binding->address);
    if (!host || binding->known || !hg_rule_run_is_unicast(search->run, host->number))
      continue;
    const gboolean server = before && hg_roles_of(normal->roles, before->number);
    const guint32 taker = find_taker(search, binding->address, host->number);
    add_indicator(search, taker != HG_NO_HOST ? taker : host->number,
                  (HgIndicator){.kind = HG_INDICATOR_TAKEN,
                                .strength = server || taker != HG_NO_HOST ? STRONG : WEAK,
                                .binding = binding});
  }
}

static gint compare_new_devices(gconstpointer a, gconstpointer b) {
  const HgNewDevice *x = *(const HgNewDevice *const *)a, *y = *(const HgNewDevice *const *)b;
  return x->host < y->host ? -1 : x->host > y->host;
}

static void new_device_free(gpointer data) {
  g_array_unref(((HgNewDevice *)data)->indicators);
  g_free(data);
}

HgNewDevices *hg_new_devices_new(HgRuleRun *run, guint64 packets, guint known) {
  const HgBaseline *baseline = hg_rule_run_baseline(run);
  const gboolean protocols = hg_baseline_has_protocols(baseline);
  HgNewDevices *new_devices = g_new0(HgNewDevices, 1);
  new_devices->all = g_ptr_array_new_with_free_func(new_device_free);
  Search search = {.run = run,
                   .baseline = baseline,
                   .tally = hg_rule_run_tally(run),
                   .services = hg_rule_run_services(run),
                   .packets = packets,
                   .known = known,
                   .outside = hg_service_book_new(protocols),
                   .anywhere = hg_service_book_new(protocols),
                   .found = g_hash_table_new(NULL, NULL),
                   .new_devices = new_devices};
  read_normal(&search);
  read_now(&search);
  assess_services(&search);
  assess_bindings(&search);
  g_ptr_array_sort(new_devices->all, compare_new_devices);
  hg_service_book_free(search.outside);
  hg_service_book_free(search.anywhere);
  g_hash_table_destroy(search.found);
  return new_devices;
}

void hg_new_devices_free(HgNewDevices *new_devices) {
  if (!new_devices)
    return;
  g_ptr_array_unref(new_devices->all);
  g_free(new_devices);
}

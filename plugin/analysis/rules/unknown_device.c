/* unknown_device.c - a device that the baseline does not have does what no known host does
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/baseline/new_devices.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"

#include <string.h>

/* The device's maker has no other device in the baseline. Makers have many address blocks, so this
 * only adds to other indicators. */
#define NEW_MAKER 0.2

/* How many services the evidence names and the filter selects. */
#define NAMED 5

typedef struct {
  HgRuleRun *run;
  const HgTally *tally;
  const HgBaseline *baseline;
  const HgNewDevices *new_devices;
  GHashTable *makers; /* OUIs of the baseline; NULL: too few to compare, or pseudonyms */
} Judge;

/* --- makers --- */

static gpointer oui(const guint8 mac[6]) {
  return GUINT_TO_POINTER(((guint)mac[0] << 16 | (guint)mac[1] << 8 | mac[2]) + 1);
}

/* Whether the MAC has a maker: it is neither a group address nor locally administered (chosen
 * freely). */
static gboolean has_maker(const guint8 mac[6]) {
  return (mac[0] & 3) == 0;
}

/* (transfer full) */
static GHashTable *list_makers(const HgBaseline *baseline, guint known) {
  const HgWorkedOut *normal = hg_baseline_normal(baseline);
  const GArray *owners = normal->owners->owners;
  GHashTable *makers = g_hash_table_new(NULL, NULL);
  guint devices = 0;
  for (guint i = 0; i < owners->len; i++) {
    const HgArpOwner *owner = &g_array_index(owners, HgArpOwner, i);
    if (!has_maker(owner->mac))
      continue;
    devices++;
    g_hash_table_add(makers, oui(owner->mac));
  }
  if (devices >= known && !*hg_tally_options(normal->tally)->pseudonyms)
    return makers;
  g_hash_table_destroy(makers);
  return NULL;
}

/* The new device's MAC if no known device has the same maker. NULL: none. */
static const guint8 *find_new_maker(const Judge *judge, guint32 host) {
  const HgArpOwners *owners = hg_rule_run_owners(judge->run);
  GArray *own = judge->makers
                    ? hg_baseline_macs_of(owners, &hg_tally_host(judge->tally, host)->address)
                    : NULL;
  const guint8 *found = NULL;
  for (guint i = 0; own && i < own->len && !found; i++) {
    const guint8 *mac = g_array_index(owners->owners, HgArpOwner, g_array_index(own, guint, i)).mac;
    if (has_maker(mac) && !g_hash_table_contains(judge->makers, oui(mac)))
      found = mac;
  }
  if (own)
    g_array_unref(own);
  return found;
}

/* --- evidence --- */

static void name_service(const Judge *judge, GString *text, const HgIndicator *indicator) {
  const HgService *service = indicator->service;
  const HgProtocol *protocol = hg_tally_protocol(judge->tally, service->protocol);
  const gboolean offered = indicator->kind == HG_INDICATOR_OFFERED;
  const guint32 peer = offered ? service->client : service->server;
  g_string_append_printf(
      text, "%s %s %s, %s port %u (%" G_GUINT64_FORMAT " packets%s)",
      *protocol->name ? protocol->name : "data", offered ? "for" : "with",
      hg_tally_host(judge->tally, peer)->text, hg_transport_name(service->transport), service->port,
      service->packets[0] + service->packets[1], service->established > 0 ? "" : ", not answered");
}

static void name_binding(GString *text, const HgChangedBinding *binding) {
  char *before = g_strjoinv(", ", binding->before), *now = g_strjoinv(", ", binding->now);
  char *address = hg_address_to_text(binding->address);
  g_string_append_printf(text, "%s, which %s had, is %s now, a MAC that was never there", address,
                         before, now);
  g_free(before);
  g_free(now);
  g_free(address);
}

static void begin_kind(const Judge *judge, GString *text, HgIndicatorKind kind) {
  if (text->len > 0)
    g_string_append(text, "; ");
  switch (kind) {
  case HG_INDICATOR_OUTSIDE:
    g_string_append_printf(text, "it asks outside for what none of %u known hosts asked for: ",
                           judge->new_devices->outgoing);
    break;
  case HG_INDICATOR_INSIDE:
    g_string_append(text, "it asks inside for what nobody offered: ");
    break;
  case HG_INDICATOR_OFFERED:
    g_string_append(text, "it offers what nobody offered: ");
    break;
  default:
    break;
  }
}

static void name_kind(const Judge *judge, GString *text, const HgNewDevice *new_device,
                      HgIndicatorKind kind) {
  guint named = 0, more = 0;
  for (guint i = 0; i < new_device->indicators->len; i++) {
    const HgIndicator *indicator = &g_array_index(new_device->indicators, HgIndicator, i);
    if (indicator->kind != kind)
      continue;
    if (named == NAMED) {
      more++;
      continue;
    }
    if (named++ == 0)
      begin_kind(judge, text, kind);
    else
      g_string_append(text, ", ");
    if (indicator->service)
      name_service(judge, text, indicator);
    else
      name_binding(text, indicator->binding);
  }
  if (more > 0)
    g_string_append_printf(text, " and %u more", more);
}

/* --- findings --- */

/* Frames that show the address with a MAC that is new to it. */
static HgTraffic frames_of_binding(const Judge *judge, const HgChangedBinding *binding) {
  const HgArpOwners *owners = hg_rule_run_owners(judge->run);
  HgTraffic frames = {0};
  gboolean claimed;
  const guint from = hg_arp_owners_first(owners, binding->address);
  for (guint i = from; i < hg_arp_owners_run(owners, from, &claimed); i++) {
    const HgArpBinding *arp_binding = &g_array_index(owners->bindings, HgArpBinding, i);
    const HgArpOwner *owner = &g_array_index(owners->owners, HgArpOwner, arp_binding->owner);
    if (hg_baseline_has_mac(judge->baseline, owner->mac))
      continue;
    hg_traffic_merge(&frames, &arp_binding->arp);
    hg_traffic_merge(&frames, &arp_binding->link);
  }
  return frames;
}

static void use_binding(const Judge *judge, HgFinding *finding, const HgChangedBinding *binding) {
  const HgTraffic frames = frames_of_binding(judge, binding);
  GString *macs = g_string_new(NULL);
  for (char **mac = binding->now; *mac; mac++) {
    HgAddress address;
    HgAddressBuffer buffer;
    if (hg_address_parse(*mac, &address, &buffer) &&
        !hg_baseline_has_mac(judge->baseline, address.data))
      g_string_append_printf(macs, "%seth.src == %s", macs->len > 0 ? " || " : "", *mac);
  }
  hg_finding_take_filter(
      finding, hg_filter_or(finding->filter && *finding->filter ? g_strdup(finding->filter) : NULL,
                            g_string_free(macs, FALSE)));
  finding->observed += (double)frames.packets;
  hg_finding_add_frame(finding, frames.first_frame);
  hg_finding_add_frame(finding, frames.last_frame);
}

static void use_service(const Judge *judge, HgFinding *finding, const HgIndicator *indicator) {
  const HgService *service = indicator->service;
  const gboolean offered = indicator->kind == HG_INDICATOR_OFFERED;
  for (guint32 i = 0; i < service->connections && i < HG_FINDING_MAX_FRAMES; i++) {
    const HgConnection *connection = hg_service_table_connection(hg_rule_run_services(judge->run),
                                                                 service->first_connection + i);
    hg_finding_add_frame(finding, connection->first_frame);
  }
  hg_finding_add_frame(finding, service->last_frame);
  hg_finding_add_peer(finding, offered ? service->client : service->server);
  finding->observed += (double)service->packets[offered ? 1 : 0];
}

/* Selects the services that the evidence names; all of the host's packets if there are more. */
static char *filter_services(const Judge *judge, const HgNewDevice *new_device) {
  char *filter = NULL;
  guint count = 0;
  for (guint i = 0; i < new_device->indicators->len; i++) {
    const HgIndicator *indicator = &g_array_index(new_device->indicators, HgIndicator, i);
    if (indicator->service && ++count <= NAMED)
      filter = hg_filter_or(filter, hg_filter_service(judge->tally, indicator->service));
  }
  if (count <= NAMED)
    return filter;
  g_free(filter);
  return hg_filter_host(judge->tally, new_device->host, HG_FILTER_EITHER);
}

/* Each kind of indicator counts once: the same thing done to many hosts is one thing. */
static double strength_of(const HgNewDevice *new_device, gboolean maker) {
  double strongest[HG_INDICATOR_COUNT] = {0}, none = maker ? 1 - NEW_MAKER : 1;
  for (guint i = 0; i < new_device->indicators->len; i++) {
    const HgIndicator *indicator = &g_array_index(new_device->indicators, HgIndicator, i);
    strongest[indicator->kind] = MAX(strongest[indicator->kind], indicator->strength);
  }
  for (guint kind = 0; kind < HG_INDICATOR_COUNT; kind++)
    none *= 1 - strongest[kind];
  return 1 - none;
}

static void report(const Judge *judge, const HgNewDevice *new_device) {
  HgFinding *finding = hg_rule_run_report(judge->run, new_device->host);
  const HgHost *host = hg_tally_host(judge->tally, new_device->host);
  const guint8 *maker = find_new_maker(judge, new_device->host);
  GString *text = g_string_new(NULL);
  finding->strength = strength_of(new_device, maker != NULL);
  finding->threshold = hg_rule_run_parameter(judge->run, "packets");
  hg_finding_take_filter(finding, filter_services(judge, new_device));
  for (guint i = 0; i < new_device->indicators->len; i++) {
    const HgIndicator *indicator = &g_array_index(new_device->indicators, HgIndicator, i);
    if (indicator->service)
      use_service(judge, finding, indicator);
    else
      use_binding(judge, finding, indicator->binding);
  }
  for (HgIndicatorKind kind = 0; kind < HG_INDICATOR_COUNT; kind++)
    name_kind(judge, text, new_device, kind);
  if (maker) {
    const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = maker};
    char *name = hg_address_to_text(&mac);
    g_string_append_printf(text, "; its MAC %s is of a maker that no known device is of", name);
    g_free(name);
  }
  hg_finding_set_evidence(finding, "%s %s: %s", host->text,
                          hg_baseline_twin(judge->baseline, host->number) == HG_NO_HOST
                              ? "is not in the baseline"
                              : "is held by a device that is not in the baseline",
                          text->str);
  g_string_free(text, TRUE);
}

static void assess(HgRuleRun *run) {
  const guint known = (guint)hg_rule_run_parameter(run, "known");
  const guint64 packets = (guint64)hg_rule_run_parameter(run, "packets");
  const HgBaseline *baseline = hg_rule_run_baseline(run);
  guint there, all;
  if (!hg_new_devices_are_at_home(run, &there, &all)) {
    char *why =
        g_strdup_printf("the baseline knows %u of %u internal hosts: another network", there, all);
    hg_rule_run_not_assessed(run, why);
    g_free(why);
    return;
  }
  HgNewDevices *new_devices = hg_new_devices_new(run, packets, known);
  const Judge judge = {run, hg_rule_run_tally(run), baseline, new_devices,
                       list_makers(baseline, known)};
  for (guint i = 0; i < new_devices->all->len; i++)
    report(&judge, g_ptr_array_index(new_devices->all, i));
  if (judge.makers)
    g_hash_table_destroy(judge.makers);
  hg_new_devices_free(new_devices);
}

static const char *const attack[] = {"T1200", NULL};
static const HgParameter parameters[] = {
    {"packets", 5, 1, 1000000, "packets",
     "what a device sends to one service before that counts: fewer is a stray probe"},
    {"known", 5, 1, 1000000, "hosts",
     "fewer known hosts that go outside prove little: what half of all do is missed by five of "
     "them with a chance of 3 %"},
    {0}};

const HgRule hg_rule_unknown_device = {
    .id = "unknown-device",
    .title = "Unknown device",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "baseline given: a device that was never there does what no known host did, or speaks "
            "for the address of a server, or of any device beside its own. Being new alone is only "
            "listed",
    .source = "TracePcap compares captures so; five hosts without: 0.5^5, sign test",
    .false_positive_if = "the device is yours and so is what it does: write a new baseline with it",
    .needs_baseline = TRUE,
    .parameters = parameters,
    .assess = assess};

/* unusual.c - known hosts do something that they do not do in the baseline
 *
 * The indicator is weak, because networks change. Each host gets one finding of each kind, so that
 * many new things do not add up to a suspect.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/baseline/baseline.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

/* How many services a finding names and its filter selects. */
#define NAMED 5

/* The first port that is never assigned (RFC 6335, section 6): its number says nothing. */
#define FIRST_DYNAMIC_PORT 49152

typedef struct {
  guint32 host;
  GPtrArray *services; /* const HgService */
} Novelty;

static gboolean is_known(HgRuleRun *run, guint32 host) {
  return hg_baseline_twin(hg_rule_run_baseline(run), host) != HG_NO_HOST &&
         hg_rule_run_is_unicast(run, host);
}

static gboolean is_local(HgRuleRun *run, guint32 host) {
  const HgScope scope = hg_rule_run_scope(run, host);
  return is_known(run, host) && scope != HG_SCOPE_EXTERNAL;
}

/* --- services --- */

static void novelty_free(gpointer data) {
  g_ptr_array_unref(((Novelty *)data)->services);
  g_free(data);
}

static void add_novelty(GHashTable *by_host, GPtrArray *all, guint32 host,
                        const HgService *service) {
  Novelty *novelty = g_hash_table_lookup(by_host, GUINT_TO_POINTER(host));
  if (!novelty) {
    novelty = g_new(Novelty, 1);
    *novelty = (Novelty){host, g_ptr_array_new()};
    g_hash_table_insert(by_host, GUINT_TO_POINTER(host), novelty);
    g_ptr_array_add(all, novelty);
  }
  g_ptr_array_add(novelty->services, (gpointer)service);
}

/* A new service with one client counts for the client; with several clients it counts for the
 * server, if that is internal. */
static void sort_out(HgRuleRun *run, const HgNewService *fresh, guint64 packets,
                     GHashTable *by_host, GPtrArray *all) {
  GPtrArray *asked = g_ptr_array_new();
  for (guint i = 0; i < fresh->services->len; i++) {
    const HgService *service = g_ptr_array_index(fresh->services, i);
    if (is_local(run, service->client) && service->attempts > 0 && service->established > 0 &&
        service->packets[0] >= packets && !hg_roles_asking(hg_rule_run_roles(run), service))
      g_ptr_array_add(asked, (gpointer)service);
  }
  const HgService *any = g_ptr_array_index(fresh->services, 0);
  const gboolean server = asked->len > 1 && is_local(run, any->server);
  for (guint i = 0; i < asked->len; i++) {
    const HgService *service = g_ptr_array_index(asked, i);
    add_novelty(by_host, all, server ? service->server : service->client, service);
  }
  g_ptr_array_unref(asked);
}

static void report_services(HgRuleRun *run, const Novelty *novelty) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, novelty->host);
  GString *text = g_string_new(NULL);
  char *filter = NULL;
  finding->threshold = hg_rule_run_parameter(run, "packets");
  for (guint i = 0; i < novelty->services->len; i++) {
    const HgService *service = g_ptr_array_index(novelty->services, i);
    const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
    finding->observed += (double)service->packets[0];
    hg_finding_add_frame(finding, service->first_frame);
    hg_finding_add_frame(finding, service->last_frame);
    hg_finding_add_peer(finding,
                        service->client == novelty->host ? service->server : service->client);
    if (i >= NAMED)
      continue;
    filter = hg_filter_or(filter, hg_filter_service(tally, service));
    g_string_append_printf(text, "%s%s from %s to %s, %s port %u", i ? "; " : "",
                           *protocol->name ? protocol->name : "data",
                           hg_tally_host(tally, service->client)->text,
                           hg_tally_host(tally, service->server)->text,
                           hg_transport_name(service->transport), service->port);
  }
  if (novelty->services->len > NAMED) {
    g_string_append_printf(text, " and %u more", novelty->services->len - NAMED);
    g_free(filter);
    filter = hg_filter_host(tally, novelty->host, HG_FILTER_EITHER);
  }
  finding->strength = 0.6;
  hg_finding_take_filter(finding, filter);
  hg_finding_set_evidence(finding,
                          "%s, known from the baseline as all hosts named here, takes part in %u "
                          "service%s that the baseline does not have: %s",
                          hg_tally_host(tally, novelty->host)->text, novelty->services->len,
                          novelty->services->len == 1 ? "" : "s", text->str);
  g_string_free(text, TRUE);
}

static void assess_services(HgRuleRun *run) {
  const guint64 packets = (guint64)hg_rule_run_parameter(run, "packets");
  const GArray *services = hg_baseline_services(hg_rule_run_baseline(run));
  GHashTable *by_host = g_hash_table_new(NULL, NULL);
  GPtrArray *all = g_ptr_array_new_with_free_func(novelty_free);
  for (guint i = 0; i < services->len; i++) {
    const HgNewService *fresh = &g_array_index(services, HgNewService, i);
    const HgService *any = g_ptr_array_index(fresh->services, 0);
    if (fresh->known_server && any->port < FIRST_DYNAMIC_PORT)
      sort_out(run, fresh, packets, by_host, all);
  }
  for (guint i = 0; i < all->len; i++)
    report_services(run, g_ptr_array_index(all, i));
  g_hash_table_destroy(by_host);
  g_ptr_array_unref(all);
}

/* --- shares --- */

/* Services with the protocol, and the host that has most of their packets. */
typedef struct {
  guint32 host; /* HG_NO_HOST: no host has half of them */
  guint64 packets, of_host;
} Owner;

static Owner find_owner(HgRuleRun *run, guint16 protocol, guint64 *by_host) {
  const HgServiceTable *services = hg_rule_run_services(run);
  Owner most = {HG_NO_HOST, 0, 0};
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    const guint64 packets = service->packets[0] + service->packets[1];
    if (service->protocol != protocol)
      continue;
    most.packets += packets;
    const guint32 ends[] = {service->client, service->server};
    for (guint end = 0; end < 2; end++) {
      by_host[ends[end]] += packets;
      if (by_host[ends[end]] > most.of_host && is_local(run, ends[end])) {
        most.host = ends[end];
        most.of_host = by_host[ends[end]];
      }
    }
  }
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    by_host[service->client] = by_host[service->server] = 0;
  }
  if (most.of_host * 2 <= most.packets)
    most.host = HG_NO_HOST;
  return most;
}

static void report_shift(HgRuleRun *run, const HgProtocolShift *shift, const Owner *owner) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  HgFinding *finding = hg_rule_run_report(run, owner->host);
  char *filter = NULL;
  guint count = 0;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->protocol != shift->protocol ||
        (service->client != owner->host && service->server != owner->host))
      continue;
    hg_finding_add_frame(finding, service->first_frame);
    hg_finding_add_frame(finding, service->last_frame);
    hg_finding_add_peer(finding,
                        service->client == owner->host ? service->server : service->client);
    if (++count <= NAMED)
      filter = hg_filter_or(filter, hg_filter_service(tally, service));
  }
  if (count > NAMED) {
    g_free(filter);
    filter = hg_filter_host(tally, owner->host, HG_FILTER_EITHER);
  }
  finding->observed = shift->z;
  finding->threshold = hg_rule_run_parameter(run, "z");
  finding->strength = hg_statistics_strength(shift->z, finding->threshold);
  hg_finding_take_filter(finding, filter);
  char *before = hg_wording_number(100 * shift->share_before, 2);
  char *now = hg_wording_number(100 * shift->share_now, 2);
  char *z = hg_wording_number(shift->z, 1), *odds = hg_wording_number(shift->odds, 1);
  hg_finding_set_evidence(finding,
                          "%s is %s %% of all packets, %s %% in the baseline (%" G_GUINT64_FORMAT
                          " and %" G_GUINT64_FORMAT
                          " packets; z %s, %s times the odds), most of it by %s",
                          shift->name, now, before, shift->now, shift->before, z, odds,
                          hg_tally_host(tally, owner->host)->text);
  g_free(before);
  g_free(now);
  g_free(z);
  g_free(odds);
}

/* If more protocols moved than this, it is another network, not one host. */
#define MOST_SHIFTS 20

/* Only an increase counts: no host is to blame for a decrease. */
static void assess_shares(HgRuleRun *run) {
  const GArray *shifts = hg_baseline_shifts(hg_rule_run_baseline(run));
  const double z = hg_rule_run_parameter(run, "z"), factor = hg_rule_run_parameter(run, "factor");
  guint64 *by_host = g_new0(guint64, (gsize)hg_tally_host_count(hg_rule_run_tally(run)) + 1);
  GHashTable *named = g_hash_table_new(NULL, NULL);
  guint checked = 0;
  for (guint i = 0; i < shifts->len && checked < MOST_SHIFTS; i++) {
    const HgProtocolShift *shift = &g_array_index(shifts, HgProtocolShift, i);
    if (shift->z <= 0 || !hg_protocol_shift_has_moved(shift, z, factor))
      continue;
    checked++;
    const Owner owner = find_owner(run, shift->protocol, by_host);
    if (owner.host != HG_NO_HOST && g_hash_table_add(named, GUINT_TO_POINTER(owner.host)))
      report_shift(run, shift, &owner);
  }
  g_hash_table_destroy(named);
  g_free(by_host);
}

static void assess(HgRuleRun *run) {
  assess_services(run);
  if (hg_baseline_has_protocols(hg_rule_run_baseline(run)))
    assess_shares(run);
  else
    hg_rule_run_not_assessed(run, "protocols were looked at with another evidence= in the "
                                  "baseline");
}

static const char *const attack[] = {NULL};
static const HgParameter parameters[] = {
    {"packets", 5, 1, 1000000, "packets",
     "what a host sends to a new service before that counts: fewer is a stray probe"},
    {"z", HG_BASELINE_Z, 1, 1000000, "", "z-score from which a protocol's share has moved"},
    {"factor", HG_BASELINE_FACTOR, 1, 1000000, "times",
     "and how many times the odds it has at least"},
    {0}};

const HgRule hg_rule_unusual = {
    .id = "unusual",
    .title = "Unusual for the network",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.25, /* weak indicator: two findings of full strength are below a suspect's score */
    .attack = attack,
    .what = "baseline given: known hosts with a service that they did not have, or with most of a "
            "protocol whose share moved",
    .source = "z-test of two proportions, 3.29: once in a thousand; 5 times, since packets of one "
              "transfer are not independent",
    .false_positive_if = "something was installed or moved: write a new baseline with it",
    .needs_baseline = TRUE,
    .parameters = parameters,
    .assess = assess};

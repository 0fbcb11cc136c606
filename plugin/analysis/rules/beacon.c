/* beacon.c - connections to one service at regular intervals, as malware contacts its command and
 * control server
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/beacon_score.h"
#include "analysis/measures/shared_services.h"

/* Services that are regular by design. The port alone is not enough: if the protocol is known, it
 * must fit, too. */
static const struct {
  guint16 port;
  const char *protocols[4]; /* Protocol column */
} regular_by_design[] = {
    {53, {"DNS"}},           /* names are resolved again when they expire; see dns-tunnel */
    {67, {"DHCP", "BOOTP"}}, /* leases are renewed */
    {547, {"DHCPv6"}},
    {88, {"KRB5"}}, /* tickets are renewed */
    {110, {"POP"}}, /* mailboxes are polled every few minutes */
    {143, {"IMAP"}},
    {993, {"IMAP", "TLSv1", "TLSv1.2", "TLSv1.3"}},
    {995, {"POP", "TLSv1", "TLSv1.2", "TLSv1.3"}},
    {123, {"NTP"}}, /* clocks are polled */
    {137, {"NBNS"}},
    {161, {"SNMP"}},                                 /* monitoring polls */
    {3478, {"STUN", "CLASSIC-STUN"}},                /* keeps NAT mappings open */
    {102, {"S7COMM", "S7COMM-PLUS", "COTP", "MMS"}}, /* control systems poll their devices */
    {502, {"Modbus/TCP"}},
    {2404, {"IEC 60870-5-104", "IEC 60870-5 ASDU"}},
    {20000, {"DNP 3.0"}},
    {44818, {"ENIP", "CIP", "CIP CM"}},
    {47808, {"BACnet", "BACnet-APDU", "BACnet-NPDU"}},
};

static gboolean is_regular_by_design(const HgTally *tally, const HgService *service) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  const gboolean known = !protocol->transport && *protocol->name;
  for (guint i = 0; i < G_N_ELEMENTS(regular_by_design); i++) {
    if (regular_by_design[i].port != service->port)
      continue;
    if (!known)
      return TRUE;
    for (guint j = 0; j < 4 && regular_by_design[i].protocols[j]; j++)
      if (g_str_equal(regular_by_design[i].protocols[j], protocol->name))
        return TRUE;
  }
  return FALSE;
}

static gboolean is_same_pair(const HgService *a, const HgService *b) {
  return a->client == b->client && a->server == b->server;
}

static gboolean is_candidate(const HgRuleRun *run, const HgService *service, double connections) {
  /* If most attempts fail, it is no beacon but a failed callback. */
  if (service->attempts < connections || service->established * 2 < service->attempts ||
      service->port == 0 || service->client == service->server)
    return FALSE;
  const HgScope client = hg_rule_run_scope(run, service->client);
  const HgScope server = hg_rule_run_scope(run, service->server);
  /* Connections of a host to itself, or polls from outside. */
  if (client == HG_SCOPE_LOOPBACK || (client == HG_SCOPE_EXTERNAL && server != HG_SCOPE_EXTERNAL))
    return FALSE;
  return hg_scope_is_unicast(client) && hg_scope_is_unicast(server) &&
         !is_regular_by_design(hg_rule_run_tally(run), service);
}

/* A monitor checks services at regular intervals, but only on the hosts that it also polls.
 * `first`: the first service between a client and a server. */
static gboolean is_covered(const HgRuleRun *run, guint32 first) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgService *service = hg_service_table_get(services, first);
  if (!hg_rule_run_has_role(run, service->client, HG_ROLE_MONITOR))
    return FALSE;
  for (guint32 i = first; i < hg_service_table_count(services); i++) {
    const HgService *other = hg_service_table_get(services, i);
    if (!is_same_pair(other, service))
      break;
    if (other->packets[1] > 0 && (hg_roles_asking(hg_rule_run_roles(run), other) & HG_ROLE_MONITOR))
      return TRUE;
  }
  return FALSE;
}

/* Service numbers. (transfer full) */
static GArray *find_candidates(const HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const double connections = hg_rule_run_parameter(run, "connections");
  GArray *candidates = g_array_new(FALSE, FALSE, sizeof(guint32));
  const HgService *pair = NULL;
  gboolean covered = FALSE;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (!pair || !is_same_pair(pair, service))
      covered = is_covered(run, i);
    pair = service;
    if (!covered && is_candidate(run, service, connections))
      g_array_append_val(candidates, i);
  }
  return candidates;
}

/* --- one service --- */

typedef struct {
  GArray *starts; /* gint64 */
  GArray *sizes;  /* double */
  guint64 bytes;
} Series;

static Series gather(const HgServiceTable *services, const HgService *service) {
  Series series = {g_array_new(FALSE, FALSE, sizeof(gint64)),
                   g_array_new(FALSE, FALSE, sizeof(double)), 0};
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c = hg_service_table_connection(services, service->first_connection + i);
    const double size = (double)c->bytes[c->client];
    if (hg_connection_state(c) == HG_CONNECTION_MIDSTREAM)
      continue;
    g_array_append_val(series.starts, c->first_ns);
    g_array_append_val(series.sizes, size);
    series.bytes += c->bytes[c->client];
  }
  return series;
}

static gint64 duration_of(const Series *series) {
  return hg_time_span(g_array_index(series->starts, gint64, 0),
                      g_array_index(series->starts, gint64, series->starts->len - 1));
}

static void report(HgRuleRun *run, const HgService *service, const Series *series,
                   const HgBeaconScore *score) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  HgFinding *finding = hg_rule_run_report(run, service->client);
  finding->observed = score->total;
  finding->threshold = hg_rule_run_parameter(run, "score");
  finding->strength = score->total;
  hg_finding_add_peer(finding, service->server);
  for (guint32 i = 0; i < service->connections; i++)
    hg_finding_add_frame(
        finding, hg_service_table_connection(services, service->first_connection + i)->first_frame);
  finding->last_frame = MAX(finding->last_frame, service->last_frame);
  hg_finding_take_filter(finding, hg_filter_service(tally, service));

  const double parts[] = {score->gaps, score->sizes, score->histogram, score->duration,
                          score->total};
  char *text[G_N_ELEMENTS(parts)];
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    text[i] = hg_wording_number(parts[i], 3);
  char *gap = hg_wording_span((gint64)(score->median_gap * 1e9));
  char *span = hg_wording_span(duration_of(series));
  hg_finding_set_evidence(finding,
                          "%s connected %u times to %s %s port %u over %s, every %s (median), "
                          "sending %" G_GUINT64_FORMAT " bytes each on average: beacon score %s "
                          "(gaps %s, sizes %s, histogram %s, duration %s)",
                          hg_tally_host(tally, service->client)->text, series->starts->len,
                          hg_tally_host(tally, service->server)->text,
                          hg_transport_name(service->transport), service->port, span, gap,
                          series->bytes / series->starts->len, text[4], text[0], text[1], text[2],
                          text[3]);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    g_free(text[i]);
  g_free(gap);
  g_free(span);
}

/* Connections of one call follow each other within this time. */
#define TOGETHER_NS G_GINT64_CONSTANT(1000000000)

/* RITA looks at whole days, in which traffic in every hour means something. In a capture of an
 * hour, any host that uses a server all the time has half of the score already. So the intervals
 * must be regular, too, and more regular than a few random intervals can be by chance. */
static gboolean is_regular(const HgRuleRun *run, const Series *series) {
  guint calls;
  const double regularity = hg_beacon_regularity(series->starts, TOGETHER_NS, &calls);
  const double wanted = hg_rule_run_parameter(run, "regularity") + hg_beacon_chance(calls);
  return regularity >= MIN(wanted, 1);
}

static void assess_service(HgRuleRun *run, const HgService *service) {
  const HgTraffic *all = hg_tally_traffic(hg_rule_run_tally(run));
  Series series = gather(hg_rule_run_services(run), service);
  HgBeaconScore score;
  if (series.starts->len > 0 &&
      hg_beacon_score(series.starts, series.sizes, all->first_ns, all->last_ns, &score) &&
      (double)duration_of(&series) >= hg_rule_run_parameter(run, "min-span") * 1e9 &&
      score.total >= hg_rule_run_parameter(run, "score") && is_regular(run, &series))
    report(run, service, &series, &score);
  g_array_free(series.starts, TRUE);
  g_array_free(series.sizes, TRUE);
}

static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgTraffic *all = hg_tally_traffic(hg_rule_run_tally(run));
  if (all->packets > 0 && (double)hg_time_span(all->first_ns, all->last_ns) <
                              hg_rule_run_parameter(run, "min-span") * 1e9) {
    hg_rule_run_not_assessed(run, "the capture is too short to tell regular from busy");
    return;
  }
  GArray *candidates = find_candidates(run);
  GHashTable *shared = hg_shared_services_new(run, candidates, hg_rule_run_parameter(run, "shared"),
                                              hg_rule_run_parameter(run, "prevalence"));
  for (guint i = 0; i < candidates->len; i++) {
    const HgService *service =
        hg_service_table_get(services, g_array_index(candidates, guint32, i));
    if (!hg_shared_services_contain(shared, service))
      assess_service(run, service);
  }
  g_hash_table_destroy(shared);
  g_array_free(candidates, TRUE);
}

static const char *const attack[] = {"T1071", "T1029", NULL};
static const HgParameter parameters[] = {
    {"score", 0.8, 0.1, 1, "", "RITA's beacon score from which it is reported"},
    {"regularity", 0.7, 0, 1, "",
     "and the part of the score for gaps; what people do at random has 0.52. Of fewer than 54 "
     "connections up to 0.06 more is needed, as chance does more there"},
    {"connections", 10, 4, 1000000, "connections", "fewer prove nothing"},
    {"min-span", 30, 0, 86400, "s", "shorter series are bursts: a page, a retry"},
    {"shared", 3, 2, 1000000, "clients", "an internal service with so many clients is no beacon's"},
    {"prevalence", 0.5, 0.01, 1, "",
     "nor is an external one that this share of the hosts that reach any uses, at least 5 of them"},
    {0}};

const HgRule hg_rule_beacon = {
    .id = "beacon",
    .title = "Beacon",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "connections of one client to one server and port at regular times, of alike sizes",
    .source = "RITA v5's beacon score, flagged from 0.8 and 10 connections on, and its prevalence",
    .false_positive_if =
        "the server belongs to an updater, monitor, mail or chat program that polls at "
        "this pace",
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};

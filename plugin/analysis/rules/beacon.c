/* beacon.c - connections to one service or name at regular intervals, as malware contacts its command
 * and control server
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/beacon_score.h"
#include "analysis/measures/beacon_targets.h"
#include "analysis/measures/regular_services.h"
#include "analysis/measures/shared_services.h"

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
         !hg_regular_services_have(run, service);
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
  const double connections =
      MIN(hg_rule_run_parameter(run, "connections"), hg_rule_run_parameter(run, "short"));
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

/* --- one target --- */

/* What is known of a target that is a beacon's. */
typedef struct {
  HgBeaconTarget *target; /* owned */
  HgBeaconScore score;
  double evenness;   /* of the gaps and sizes, see is_almost_perfect */
  guint rests;       /* times without calls that were cut out */
  gboolean is_short; /* so regular that fewer calls were enough */
} Beacon;

static void beacon_clear(gpointer data) {
  hg_beacon_target_free(((Beacon *)data)->target);
}

static const HgBeaconCall *call_of(const HgBeaconTarget *target, guint i) {
  return &g_array_index(target->calls, HgBeaconCall, i);
}

static gint64 duration_of(const HgBeaconTarget *target) {
  return hg_time_span(call_of(target, 0)->time_ns,
                      call_of(target, target->calls->len - 1)->time_ns);
}

/* RITA looks at whole days, in which traffic in every hour means something. In a capture of an
 * hour, any host that uses a server all the time has half of the score already. So the intervals
 * must be regular, too, and more regular than a few random intervals can be by chance. */
static gboolean is_regular(const HgRuleRun *run, const GArray *starts) {
  guint calls;
  const double regularity = hg_beacon_regularity(starts, HG_BEACON_TOGETHER_NS, &calls);
  const double wanted = hg_rule_run_parameter(run, "regularity") + hg_beacon_chance(calls);
  return regularity >= MIN(wanted, 1);
}

/* Shorter than that, eight calls are a burst. From this span on beacons by name separate from harmless ones,
 * as counted over captures of both. */
#define SHORT_SPAN_NS (G_GINT64_CONSTANT(60) * 1000000000)

/* With fewer connections than bars a histogram tells nothing, but gaps and sizes that hardly vary at all
 * are nobody's habit. */
static gboolean is_almost_perfect(const HgRuleRun *run, const Beacon *beacon) {
  return beacon->target->calls->len >= hg_rule_run_parameter(run, "short") &&
         beacon->evenness >= hg_rule_run_parameter(run, "short-regularity") &&
         beacon->score.duration >= hg_rule_run_parameter(run, "score") &&
         duration_of(beacon->target) >= SHORT_SPAN_NS;
}

static gboolean is_beacon(const HgRuleRun *run, Beacon *beacon) {
  const HgTraffic *all = hg_tally_traffic(hg_rule_run_tally(run));
  const HgBeaconTarget *target = beacon->target;
  GArray *starts = g_array_new(FALSE, FALSE, sizeof(gint64));
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  gint64 first = all->first_ns, last = all->last_ns;
  gboolean is = FALSE;
  for (guint i = 0; i < target->calls->len; i++) {
    g_array_append_val(starts, call_of(target, i)->time_ns);
    g_array_append_val(sizes, call_of(target, i)->size);
  }
  const gboolean regular = starts->len > 0 && is_regular(run, starts);
  beacon->rests = regular ? hg_beacon_cut_rests(starts, &first, &last) : 0;
  if (regular && hg_beacon_score(starts, sizes, first, last, &beacon->score)) {
    beacon->evenness = MIN(hg_beacon_evenness(starts), beacon->score.sizes);
    beacon->is_short = target->calls->len < hg_rule_run_parameter(run, "connections") ||
                       beacon->score.total < hg_rule_run_parameter(run, "score");
    is = beacon->is_short
             ? is_almost_perfect(run, beacon)
             : (double)duration_of(target) >= hg_rule_run_parameter(run, "min-span") * 1e9;
  }
  g_array_free(starts, TRUE);
  g_array_free(sizes, TRUE);
  return is;
}

/* Takes the target (transfer full). */
static void assess_target(const HgRuleRun *run, GArray *beacons, HgBeaconTarget *target) {
  Beacon beacon = {.target = target};
  if (is_beacon(run, &beacon))
    g_array_append_val(beacons, beacon);
  else
    hg_beacon_target_free(target);
}

/* --- one beacon --- */

/* Letters, digits and what else names have; other bytes match anything, because Wireshark shows odd
 * ones in its own way. */
static char *pattern_of(const char *name) {
  GString *pattern = g_string_new("^");
  for (const char *at = name; *at; at++) {
    if (g_ascii_isalnum(*at) || *at == '-' || *at == '_' || *at == ':')
      g_string_append_c(pattern, *at);
    else if (*at == '.')
      g_string_append(pattern, "[.]");
    else if (!g_str_has_suffix(pattern->str, ".+"))
      g_string_append(pattern, ".+");
  }
  return g_string_free(pattern, FALSE);
}

static char *filter_of(const HgRuleRun *run, const HgBeaconTarget *target) {
  const HgTally *tally = hg_rule_run_tally(run);
  if (target->kind == HG_BEACON_SERVICE)
    return hg_filter_service(tally,
                             hg_service_table_get(hg_rule_run_services(run), target->service));
  if (target->kind == HG_BEACON_ECHO)
    return hg_filter_and(
        hg_filter_pair(tally, target->client, g_array_index(target->servers, guint32, 0)),
        g_strdup("(icmp.type in {0, 8} || icmpv6.type in {128, 129})"));
  char *pattern = pattern_of(target->name);
  if (target->kind == HG_BEACON_DNS) {
    char *asked = g_strdup_printf("dns.qry.name matches \"%s$\"", pattern);
    g_free(pattern);
    return hg_filter_and(hg_filter_host(tally, target->client, HG_FILTER_EITHER), asked);
  }
  char *named = g_strdup_printf("(tls.handshake.extensions_server_name matches \"%s$\" || "
                                "http.host matches \"%s(:[0-9]+)?$\")",
                                pattern, pattern);
  g_free(pattern);
  return hg_filter_and(hg_filter_host(tally, target->client, HG_FILTER_SOURCE), named);
}

/* "to 192.0.2.1 tcp port 443", "to c2.example at 192.0.2.1 and 29 others", "to c2.example by the proxy
 * 10.0.0.8". (transfer full) */
static char *whereto(const HgRuleRun *run, const HgBeaconTarget *target) {
  const HgTally *tally = hg_rule_run_tally(run);
  char *servers = hg_wording_hosts(tally, target->servers, target->servers->len);
  char *text;
  if (target->kind == HG_BEACON_SERVICE) {
    const HgService *service = hg_service_table_get(hg_rule_run_services(run), target->service);
    text = g_strdup_printf("%s %s port %u", servers, hg_transport_name(service->transport),
                           service->port);
  } else if (target->kind == HG_BEACON_DNS) {
    text = g_strdup_printf("%s at the resolver %s, whose answers changed", target->name, servers);
  } else if (target->kind == HG_BEACON_ECHO) {
    text = g_strdup_printf("%s by pings, whose data changed", servers);
  } else {
    text = g_strdup_printf("%s %s %s", target->name,
                           target->kind == HG_BEACON_NAME ? "at"
                           : target->servers->len == 1    ? "by the proxy"
                                                          : "by the proxies",
                           servers);
  }
  g_free(servers);
  return text;
}

static void describe(const HgRuleRun *run, HgFinding *finding, const Beacon *beacon) {
  const HgBeaconTarget *target = beacon->target;
  const HgBeaconScore *score = &beacon->score;
  const double parts[] = {score->gaps, score->sizes, score->histogram, score->duration,
                          score->total};
  const gboolean by_dns = target->kind == HG_BEACON_DNS;
  char *text[G_N_ELEMENTS(parts)];
  double bytes = 0;
  for (guint i = 0; i < target->calls->len; i++)
    bytes += call_of(target, i)->size;
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    text[i] = hg_wording_number(parts[i], 3);
  char *to = whereto(run, target);
  char *gap = hg_wording_span((gint64)(score->median_gap * 1e9));
  char *span = hg_wording_span(duration_of(target));
  char *rests = beacon->rests == 0
                    ? g_strdup("")
                    : g_strdup_printf(", with %u %s left out of the score", beacon->rests,
                                      beacon->rests == 1 ? "rest" : "rests");
  hg_finding_set_evidence(finding,
                          "%s %s %u times %s %s over %s, every %s (median)%s, sending "
                          "%" G_GUINT64_FORMAT " bytes each on average: beacon score %s "
                          "(gaps %s, sizes %s, histogram %s, duration %s)",
                          hg_tally_host(hg_rule_run_tally(run), target->client)->text,
                          by_dns ? "asked" : "connected", target->calls->len, by_dns ? "for" : "to",
                          to, span, gap, rests, (guint64)(bytes / target->calls->len), text[4],
                          text[0], text[1], text[2], text[3]);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    g_free(text[i]);
  g_free(to);
  g_free(gap);
  g_free(span);
  g_free(rests);
}

static void report(HgRuleRun *run, const Beacon *beacon) {
  const HgBeaconTarget *target = beacon->target;
  HgFinding *finding = hg_rule_run_report(run, target->client);
  finding->observed = beacon->is_short ? beacon->evenness : beacon->score.total;
  finding->threshold = hg_rule_run_parameter(run, beacon->is_short ? "short-regularity" : "score");
  finding->strength = finding->observed;
  finding->domain = g_strdup(target->name);
  finding->peers_carry = target->kind == HG_BEACON_PROXIED_NAME || target->kind == HG_BEACON_DNS;
  for (guint i = 0; i < target->servers->len; i++)
    hg_finding_add_peer(finding, g_array_index(target->servers, guint32, i));
  for (guint i = 0; i < target->calls->len; i++)
    hg_finding_add_frame(finding, call_of(target, i)->frame);
  for (guint i = 0; i < target->calls->len; i++)
    if (call_of(target, i)->connection != HG_BEACON_NO_CONNECTION)
      hg_finding_add_service(finding, call_of(target, i)->service);
  finding->last_frame = MAX(finding->last_frame, target->last_frame);
  hg_finding_take_filter(finding, filter_of(run, target));
  describe(run, finding, beacon);
}

/* --- all of them --- */

/* By client; what explains more calls comes first, then as HgBeaconKind has it. */
static gint compare_beacons(gconstpointer a, gconstpointer b) {
  const HgBeaconTarget *x = ((const Beacon *)a)->target, *y = ((const Beacon *)b)->target;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  if (x->calls->len != y->calls->len)
    return x->calls->len > y->calls->len ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return x->kind == HG_BEACON_SERVICE ? (x->service < y->service ? -1 : x->service > y->service)
                                      : g_strcmp0(x->name, y->name);
}

/* Connections of one name are connections of its addresses, too: only one of them is reported, unless most
 * of the calls are others'. `reported`: connections of what was reported. */
static void report_unless_explained(HgRuleRun *run, const Beacon *beacon, GHashTable *reported) {
  const HgBeaconTarget *target = beacon->target;
  guint explained = 0;
  for (guint i = 0; i < target->calls->len; i++)
    explained += g_hash_table_contains(reported, GUINT_TO_POINTER(call_of(target, i)->connection));
  if (explained * 2 > target->calls->len)
    return;
  for (guint i = 0; i < target->calls->len; i++)
    if (call_of(target, i)->connection != HG_BEACON_NO_CONNECTION)
      g_hash_table_add(reported, GUINT_TO_POINTER(call_of(target, i)->connection));
  report(run, beacon);
}

static void assess_services(const HgRuleRun *run, GArray *beacons) {
  const HgServiceTable *services = hg_rule_run_services(run);
  GArray *candidates = find_candidates(run);
  GHashTable *shared = hg_shared_services_new(run, candidates, hg_rule_run_parameter(run, "shared"),
                                              hg_rule_run_parameter(run, "prevalence"));
  for (guint i = 0; i < candidates->len; i++) {
    const guint32 number = g_array_index(candidates, guint32, i);
    if (!hg_shared_services_contain(shared, hg_service_table_get(services, number)))
      assess_target(run, beacons, hg_beacon_target_of_service(run, number));
  }
  g_hash_table_destroy(shared);
  g_array_free(candidates, TRUE);
}

static void assess_names(const HgRuleRun *run, GArray *beacons) {
  GPtrArray *targets = hg_beacon_targets_of_names(run, (guint)hg_rule_run_parameter(run, "short"),
                                                  (guint)hg_rule_run_parameter(run, "contents"),
                                                  hg_rule_run_parameter(run, "prevalence"));
  g_ptr_array_set_free_func(targets, NULL); /* assess_target takes them */
  for (guint i = 0; i < targets->len; i++)
    assess_target(run, beacons, targets->pdata[i]);
  g_ptr_array_unref(targets);
}

static void assess(HgRuleRun *run) {
  const HgTraffic *all = hg_tally_traffic(hg_rule_run_tally(run));
  if (all->packets > 0 && (double)hg_time_span(all->first_ns, all->last_ns) <
                              hg_rule_run_parameter(run, "min-span") * 1e9) {
    hg_rule_run_not_assessed(run, "the capture is too short to tell regular from busy");
    return;
  }
  GArray *beacons = g_array_new(FALSE, FALSE, sizeof(Beacon));
  GHashTable *reported = g_hash_table_new(NULL, NULL);
  g_array_set_clear_func(beacons, beacon_clear);
  assess_services(run, beacons);
  assess_names(run, beacons);
  g_array_sort(beacons, compare_beacons);
  for (guint i = 0; i < beacons->len; i++)
    report_unless_explained(run, &g_array_index(beacons, Beacon, i), reported);
  g_hash_table_destroy(reported);
  g_array_free(beacons, TRUE);
}

static const char *const attack[] = {"T1071", "T1029", NULL};
static const HgParameter parameters[] = {
    {"score", 0.8, 0.1, 1, "", "RITA's beacon score from which it is reported"},
    {"regularity", 0.7, 0, 1, "",
     "and the part of the score for gaps; what people do at random has 0.52. Of fewer than 54 "
     "connections up to 0.06 more is needed, as chance does more there"},
    {"connections", 10, 4, 1000000, "connections",
     "fewer prove nothing, unless they are almost perfect"},
    {"short", 8, 4, 1000000, "connections",
     "so many are enough if they are almost perfect, last over a minute and cover most of the capture"},
    {"short-regularity", 0.99, 0.1, 1, "",
     "almost perfect is this score for sizes, and gaps whose mean deviation leaves this much of 1"},
    {"min-span", 30, 0, 86400, "s", "shorter series are bursts: a page, a retry"},
    {"contents", 5, 2, 1000000, "contents",
     "names asked of DNS (TXT, NULL, CNAME, MX) and pings count where so many different data came or went"},
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
    .gives_way = TRUE,
    .what =
        "connections of one client to one server and port, to one name, or to one name by proxies, at "
        "regular times, of alike sizes; DNS queries for one name whose answers change, and pings whose data does",
    .source =
        "RITA v5's beacon score for addresses, server names and proxies, flagged from 0.8 and 10 "
        "connections on, and its prevalence; 8 almost perfect ones, as counted over captures of "
        "malware and harmless ones",
    .false_positive_if =
        "the server belongs to an updater, monitor, mail or chat program that polls at "
        "this pace",
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};

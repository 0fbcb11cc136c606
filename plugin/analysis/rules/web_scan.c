/* web_scan.c - a client looks for what a web server may have, path by path, or says that it is a scanner
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#define MINUTE_NS G_GINT64_CONSTANT(60000000000)

/* What one client asked of one server. */
typedef struct {
  guint32 client, server;
  GArray *missing;            /* const HgObservation *: paths that are not there, each once */
  guint64 requests, failures; /* that were answered; of these, with "not found" */
  GPtrArray *tools;           /* const char *: what it calls itself; borrowed */
  HgTraffic told;             /* requests in which it does */
} Visit;

static void visit_free(gpointer data) {
  Visit *visit = data;
  g_array_unref(visit->missing);
  g_ptr_array_unref(visit->tools);
  g_free(visit);
}

static gint compare_visits(gconstpointer a, gconstpointer b) {
  const Visit *x = *(const Visit *const *)a, *y = *(const Visit *const *)b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  return x->server < y->server ? -1 : x->server > y->server;
}

/* The visit that the observation belongs to; NULL: nobody can be blamed. */
static Visit *visit_of(const HgRuleRun *run, GHashTable *visits, const HgObservedPair *pair) {
  const guint64 key = hg_observed_pair_key(pair);
  Visit *visit;
  if (!hg_rule_run_is_unicast(run, pair->client))
    return NULL;
  visit = g_hash_table_lookup(visits, &key);
  if (visit == NULL) {
    visit = g_new0(Visit, 1);
    visit->client = pair->client;
    visit->server = pair->server;
    visit->missing = g_array_new(FALSE, FALSE, sizeof(const HgObservation *));
    visit->tools = g_ptr_array_new();
    g_hash_table_insert(visits, g_memdup2(&key, sizeof key), visit);
  }
  return visit;
}

static void add_answer(Visit *visit, const HgObservation *answer) {
  visit->requests += answer->traffic.packets;
  if (!g_str_has_prefix(answer->subject, "missing "))
    return;
  visit->failures += answer->traffic.packets;
  g_array_append_val(visit->missing, answer);
}

static void add_scanner(Visit *visit, const HgObservation *scanner) {
  g_ptr_array_add(visit->tools, scanner->subject);
  hg_traffic_merge(&visit->told, &scanner->traffic);
}

static void gather(const HgRuleRun *run, GHashTable *visits, HgObservationKind kind,
                   void (*add)(Visit *visit, const HgObservation *observation)) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *numbers = hg_observation_table_seen(hg_tally_observations(tally), kind);
  for (guint i = 0; i < numbers->len; i++) {
    HgObservedPair pair;
    Visit *visit = hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &pair)
                       ? visit_of(run, visits, &pair)
                       : NULL;
    if (visit != NULL)
      add(visit, pair.observation);
  }
}

/* --- paths that are not there --- */

static gint compare_missing(gconstpointer a, gconstpointer b) {
  const HgTraffic *x = &(*(const HgObservation *const *)a)->traffic;
  const HgTraffic *y = &(*(const HgObservation *const *)b)->traffic;
  return hg_traffic_is_before(x, y) ? -1 : hg_traffic_is_before(y, x);
}

/* The most distinct paths within a minute. */
static guint busiest(const Visit *visit) {
  GArray *times = g_array_new(FALSE, FALSE, sizeof(gint64));
  guint most;
  for (guint i = 0; i < visit->missing->len; i++) {
    const gint64 ns = g_array_index(visit->missing, const HgObservation *, i)->traffic.first_ns;
    if (ns != HG_TIME_NONE)
      g_array_append_val(times, ns);
  }
  most = hg_statistics_busiest(times, MINUTE_NS);
  g_array_unref(times);
  return most;
}

typedef struct {
  double fast, slow, share, fast_share;
} Limits;

/* How far beyond a limit the client is; `*limit`: which. 0: it is not. */
static guint searched(const Visit *visit, const Limits *limits, double *limit) {
  const double share = visit->requests ? (double)visit->failures / (double)visit->requests : 0;
  const guint fast = share >= limits->fast_share ? busiest(visit) : 0;
  if (fast >= limits->fast) {
    *limit = limits->fast;
    return fast;
  }
  *limit = limits->slow;
  return share >= limits->share && visit->missing->len >= limits->slow ? visit->missing->len : 0;
}

/* --- one client --- */

/* It says that it is a scanner. */
#define TOLD 0.7

/* The visits of one client, by server. */
typedef struct {
  const GPtrArray *visits;
  guint first, end;
} Client;

typedef struct {
  HgFinding *finding; /* NULL: nothing was found yet */
  GArray *servers;    /* guint32: at which something was */
  GHashTable *tools;  /* set of const char * */
  GString *text;
  guint most;         /* paths at one server, in any time */
  const Visit *worst; /* where these were; NULL: nowhere */
} Result;

static HgFinding *finding_of(HgRuleRun *run, Result *result, const Visit *visit) {
  if (result->finding == NULL)
    result->finding = hg_rule_run_report(run, visit->client);
  g_array_append_val(result->servers, visit->server);
  hg_finding_add_peer(result->finding, visit->server);
  hg_rule_run_explain_server(run, result->finding, visit->server);
  return result->finding;
}

static void add_traffic(HgFinding *finding, const HgTraffic *traffic) {
  hg_finding_add_frame(finding, traffic->first_frame);
  finding->last_frame = MAX(finding->last_frame, traffic->last_frame);
}

static void add_tools(Result *result, const Visit *visit) {
  result->finding->strength = MAX(result->finding->strength, TOLD);
  if (result->most == 0) { /* its word is enough */
    result->finding->observed = visit->tools->len;
    result->finding->threshold = 1;
  }
  add_traffic(result->finding, &visit->told);
  for (guint i = 0; i < visit->tools->len; i++)
    if (g_hash_table_add(result->tools, g_ptr_array_index(visit->tools, i)))
      g_string_append_printf(result->text, "%s%s",
                             result->text->len == 0 ? " and says that it is " : ", ",
                             (const char *)g_ptr_array_index(visit->tools, i));
}

static void add_paths(Result *result, const Visit *visit, guint paths, double limit) {
  HgFinding *finding = result->finding;
  finding->strength = MAX(finding->strength, hg_statistics_strength(paths, limit));
  for (guint i = 0; i < visit->missing->len; i++)
    add_traffic(finding, &g_array_index(visit->missing, const HgObservation *, i)->traffic);
  if (visit->missing->len <= result->most)
    return;
  result->most = visit->missing->len;
  result->worst = visit;
  finding->observed = result->most;
  finding->threshold = limit;
}

/* Proxies ask for many, and what is not there they did not look for. */
static void assess_visit(HgRuleRun *run, const Visit *visit, const Limits *limits, Result *result) {
  double limit;
  guint paths;
  g_array_sort(visit->missing, compare_missing);
  paths = searched(visit, limits, &limit);
  if (hg_rule_run_has_role(run, visit->client, HG_ROLE_PROXY))
    paths = 0;
  if (paths == 0 && visit->tools->len == 0)
    return;
  finding_of(run, result, visit);
  if (visit->tools->len > 0)
    add_tools(result, visit);
  if (paths > 0)
    add_paths(result, visit, paths, limit);
}

static char *filter_of(const HgTally *tally, guint32 client, const GArray *servers) {
  char *from = hg_filter_and(hg_filter_host(tally, client, HG_FILTER_SOURCE),
                             hg_filter_hosts(tally, servers, HG_FILTER_DESTINATION));
  char *to = hg_filter_and(hg_filter_host(tally, client, HG_FILTER_DESTINATION),
                           hg_filter_hosts(tally, servers, HG_FILTER_SOURCE));
  return hg_filter_and(g_strdup("tcp"), hg_filter_or(from, to));
}

static void describe(const HgTally *tally, guint32 client, Result *result) {
  const Visit *worst = result->worst;
  g_autofree char *names = hg_wording_hosts(tally, result->servers, result->servers->len);
  if (worst != NULL)
    g_string_append_printf(result->text,
                           "; %s does not have %u different paths of those (%" G_GUINT64_FORMAT
                           " of %" G_GUINT64_FORMAT " answers), up to %u within a minute",
                           hg_tally_host(tally, worst->server)->text, worst->missing->len,
                           worst->failures, worst->requests, busiest(worst));
  hg_finding_set_evidence(result->finding, "%s sends HTTP requests to %s%s",
                          hg_tally_host(tally, client)->text, names, result->text->str);
  hg_finding_take_filter(result->finding, filter_of(tally, client, result->servers));
}

static void assess_client(HgRuleRun *run, const Client *client, const Limits *limits) {
  Result result = {.servers = g_array_new(FALSE, FALSE, sizeof(guint32)),
                   .tools = g_hash_table_new(g_str_hash, g_str_equal),
                   .text = g_string_new(NULL)};
  for (guint i = client->first; i < client->end; i++)
    assess_visit(run, g_ptr_array_index(client->visits, i), limits, &result);
  if (result.finding != NULL) {
    const Visit *any = g_ptr_array_index(client->visits, client->first);
    describe(hg_rule_run_tally(run), any->client, &result);
  }
  g_array_unref(result.servers);
  g_hash_table_destroy(result.tools);
  g_string_free(result.text, TRUE);
}

static guint32 client_of(const GPtrArray *visits, guint i) {
  return ((const Visit *)g_ptr_array_index(visits, i))->client;
}

static void assess(HgRuleRun *run) {
  const Limits limits = {
      hg_rule_run_parameter(run, "paths"), hg_rule_run_parameter(run, "slow-paths"),
      hg_rule_run_parameter(run, "slow-share"), hg_rule_run_parameter(run, "share")};
  GHashTable *visits = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, visit_free);
  GPtrArray *order;
  GHashTableIter iter;
  gpointer visit;
  gather(run, visits, HG_OBSERVED_WEB_ANSWER, add_answer);
  gather(run, visits, HG_OBSERVED_SCANNER, add_scanner);
  order = g_ptr_array_sized_new(g_hash_table_size(visits));
  g_hash_table_iter_init(&iter, visits);
  while (g_hash_table_iter_next(&iter, NULL, &visit))
    g_ptr_array_add(order, visit);
  g_ptr_array_sort(order, compare_visits);
  for (guint first = 0, end; first < order->len; first = end) {
    for (end = first + 1; end < order->len; end++)
      if (client_of(order, end) != client_of(order, first))
        break;
    assess_client(run, &(Client){order, first, end}, &limits);
  }
  g_ptr_array_unref(order);
  g_hash_table_destroy(visits);
}

static const char *const attack[] = {"T1595.002", "T1595.003", NULL};
static const HgParameter parameters[] = {
    {"paths", 50, 5, 1000000, "paths",
     "different paths of one server that are not there, within a minute"},
    {"share", 0.5, 0.01, 1, "share", "of the answers say so"},
    {"slow-paths", 30, 5, 1000000, "paths", "or so many in any time"},
    {"slow-share", 0.8, 0.01, 1, "share", "and this share of the answers says so"},
    {0}};

const HgRule hg_rule_web_scan = {
    .id = "web-scan",
    .title = "Web scan",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what =
        "a client asks a web server (HTTP) for many different paths that are not there, or says in its requests that "
        "it is a scanner (Nikto, sqlmap, Nmap, ...). Numbers and digests in paths do not make paths different",
    .source =
        "counted: at most 4 such paths in a minute in 192 harmless captures and 472 of 477 of malware; package "
        "managers reach 26. Names: the scanners' documentation; OWASP Core Rule Set, scanners-user-agents.data",
    .false_positive_if =
        "it is a scan that the network's administrators make, or a crawler of a site whose links are dead",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};

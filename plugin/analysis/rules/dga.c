/* dga.c - a host asks for many random-looking domains that do not exist (domain generation
 * algorithm)
 *
 * Malware that generates domain names reaches its server only if one of them is registered, so
 * nearly all of its queries fail (NXDOMAIN). Names below one domain are not counted, nor single
 * labels: those are a browser's probes for resolvers that lie, search suffixes, block lists.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/dns_name.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/roles/roles.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT(1000000000)
#define NAMED 4 /* how many domains the evidence quotes */

/* A criterion: more generated domains than this within such a time, if they make up this share of
 * all that do not exist. */
typedef struct {
  double names, window; /* window: seconds */
  double share;
} Limit;

/* Some failed look-ups of crawlers and filters look random, too; of a generator's, most do. Over a
 * whole day most must: by then, an advertisement blocker that answers NXDOMAIN has done so for many
 * domains, some of which look random. */
#define SHARE_AT_ONCE 0.25
#define SHARE_IN_A_DAY 0.5

typedef struct {
  const char *zone; /* borrowed */
  gint64 time_ns;
  guint32 frame;
} Attempt;

/* One host and the names for which it got NXDOMAIN. */
typedef struct {
  guint32 host;
  GHashTable *names;  /* const char *: distinct names that do not exist */
  GHashTable *zones;  /* const char *: the registered domains of these names */
  GArray *attempts;   /* Attempt: each random-looking domain once */
  GArray *resolvers;  /* guint32 */
  HgTraffic failures; /* answers */
} Client;

static void client_free(gpointer data) {
  Client *client = data;
  g_hash_table_destroy(client->names);
  g_hash_table_destroy(client->zones);
  g_array_free(client->attempts, TRUE);
  g_array_free(client->resolvers, TRUE);
  g_free(client);
}

static Client *intern(GHashTable *clients, GPtrArray *order, guint32 host) {
  Client *client = g_hash_table_lookup(clients, GUINT_TO_POINTER(host));
  if (client)
    return client;
  client = g_new0(Client, 1);
  client->host = host;
  client->names = g_hash_table_new(g_str_hash, g_str_equal);
  client->zones = g_hash_table_new(g_str_hash, g_str_equal);
  client->attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  client->resolvers = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_hash_table_insert(clients, GUINT_TO_POINTER(host), client);
  g_ptr_array_add(order, client);
  return client;
}

/* Endings that are no domains of the public DNS (RFC 6761, RFC 6762, RFC 8375, ICANN 2018). */
static gboolean is_local(const HgDnsName *name) {
  static const char *const local[] = {"arpa",     "corp", "example",   "home",    "internal",
                                      "intranet", "lan",  "localhost", "local",   "localdomain",
                                      "onion",    "test", "invalid",   "private", "workgroup"};
  const char *last = hg_dns_name_suffix(name, 1);
  for (guint i = 0; i < G_N_ELEMENTS(local); i++)
    if (strcmp(last, local[i]) == 0)
      return TRUE;
  return FALSE;
}

/* The registered domain; NULL: the name can have no owner, or NXDOMAIN is a regular answer there.
 */
static const char *zone_of(const char *text) {
  HgDnsName name;
  if (!hg_dns_name_split(text, &name))
    return NULL;
  const guint labels = hg_dns_name_zone(&name);
  if (labels < 2 || is_local(&name) || hg_dns_name_is_query_service(&name) ||
      hg_dns_name_is_lookup(&name, labels))
    return NULL;
  return hg_dns_name_suffix(&name, labels);
}

static void add_once(GArray *hosts, const HgHost *host) {
  for (guint i = 0; host && i < hosts->len; i++)
    if (g_array_index(hosts, guint32, i) == host->number)
      return;
  if (host)
    g_array_append_val(hosts, host->number);
}

static void add(Client *client, const HgTally *tally, const HgObservation *answer,
                const char *text) {
  const char *zone = zone_of(text);
  hg_traffic_merge(&client->failures, &answer->traffic);
  g_hash_table_add(client->names, (gpointer)text);
  add_once(client->resolvers, hg_tally_find_host(tally, &answer->actor));
  if (!zone || !g_hash_table_add(client->zones, (gpointer)zone) ||
      !hg_dns_label_looks_random(zone, strcspn(zone, ".")))
    return;
  const Attempt attempt = {zone, answer->traffic.first_ns, answer->traffic.first_frame};
  g_array_append_val(client->attempts, attempt);
}

/* "HOST NAME" of every query that a host received, if the host sends queries itself: resolvers
 * forward what others ask for. */
static GHashTable *passed_on(const HgTally *tally) {
  const HgObservationTable *table = hg_tally_observations(tally);
  GHashTable *asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTable *clients = g_hash_table_new((GHashFunc)hg_address_hash, (GEqualFunc)hg_address_equal);
  const guint32 count = hg_observation_table_count(table);
  for (guint32 i = 0; i < count; i++) {
    const HgObservation *query = hg_observation_table_get(table, i);
    if (query->kind == HG_OBSERVED_DNS_QUERY)
      g_hash_table_add(clients, (gpointer)&query->actor);
  }
  for (guint32 i = 0; i < count; i++) {
    const HgObservation *query = hg_observation_table_get(table, i);
    HgDnsSubject subject;
    if (query->kind != HG_OBSERVED_DNS_QUERY || !g_hash_table_contains(clients, &query->peer) ||
        !hg_dns_subject(query, &subject))
      continue;
    const HgHost *host = hg_tally_find_host(tally, &query->peer);
    if (host)
      g_hash_table_add(asked, g_strdup_printf("%u %s", host->number, subject.name));
  }
  g_hash_table_destroy(clients);
  return asked;
}

static gboolean is_passed_on(GHashTable *asked, guint32 host, const char *name) {
  if (g_hash_table_size(asked) == 0)
    return FALSE;
  char *key = g_strdup_printf("%u %s", host, name);
  const gboolean found = g_hash_table_contains(asked, key);
  g_free(key);
  return found;
}

static void gather(const HgRuleRun *run, GHashTable *clients, GPtrArray *order) {
  static const char *const addresses[] = {"A", "AAAA", NULL};
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *table = hg_tally_observations(tally);
  GHashTable *asked = passed_on(tally);
  GArray *answers = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_ANSWER);
  for (guint i = 0; i < answers->len; i++) {
    const HgObservation *answer =
        hg_observation_table_get(table, g_array_index(answers, guint32, i));
    HgDnsSubject subject;
    if (!hg_dns_subject(answer, &subject) || !hg_dns_subject_is_code(&subject, "NXDOMAIN") ||
        !hg_dns_subject_is_type(&subject, addresses))
      continue;
    const HgHost *host = hg_tally_find_host(tally, &answer->peer);
    if (host && hg_rule_run_is_unicast(run, host->number) &&
        !hg_rule_run_has_role(run, host->number, HG_ROLE_MAIL_SERVER) &&
        !is_passed_on(asked, host->number, subject.name))
      add(intern(clients, order, host->number), tally, answer, subject.name);
  }
  g_array_free(answers, TRUE);
  g_hash_table_destroy(asked);
}

static gint compare_attempts(gconstpointer a, gconstpointer b) {
  const Attempt *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return strcmp(x->zone, y->zone);
}

/* `window`: seconds. */
static guint busiest(const GArray *attempts, double window) {
  g_autoptr(GArray) times = g_array_sized_new(FALSE, FALSE, sizeof(gint64), attempts->len);
  for (guint i = 0; i < attempts->len; i++)
    g_array_append_val(times, g_array_index(attempts, Attempt, i).time_ns);
  return hg_statistics_busiest(times, (gint64)(window * SECOND));
}

static char *quoted(const GArray *attempts) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < MIN(attempts->len, NAMED); i++)
    g_string_append_printf(text, "%s%.64s", i ? ", " : "",
                           g_array_index(attempts, Attempt, i).zone);
  return g_string_free(text, FALSE);
}

static gboolean meets(const Client *client, const Limit *limit, guint *most) {
  *most = busiest(client->attempts, limit->window);
  return *most > limit->names &&
         client->attempts->len >= limit->share * g_hash_table_size(client->zones);
}

static void report(HgRuleRun *run, const Client *client, const Limit *limit, guint most) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, client->host);
  finding->observed = most;
  finding->threshold = limit->names;
  finding->strength = hg_statistics_strength(most, limit->names);
  for (guint i = 0; i < client->resolvers->len; i++)
    hg_finding_add_peer(finding, g_array_index(client->resolvers, guint32, i));
  for (guint i = 0; i < client->attempts->len; i++)
    hg_finding_add_frame(finding, g_array_index(client->attempts, Attempt, i).frame);
  finding->first_frame = MIN(finding->first_frame, client->failures.first_frame);
  finding->last_frame = MAX(finding->last_frame, client->failures.last_frame);
  hg_finding_take_filter(
      finding,
      hg_filter_and(hg_filter_host(tally, client->host, HG_FILTER_DESTINATION),
                    g_strdup("dns.flags.rcode == 3 && dns.flags.response == 1 && dns.qry.type in "
                             "{1, 28} && !mdns && !llmnr && !icmp && !icmpv6")));
  char *names = quoted(client->attempts);
  char *span = hg_wording_span((gint64)(limit->window * SECOND));
  hg_finding_set_evidence(
      finding,
      "%s was told that %u names do not exist; %u are in different domains that "
      "look random, up to %u within %s: %s%s",
      hg_tally_host(tally, client->host)->text, g_hash_table_size(client->names),
      client->attempts->len, most, span, names, client->attempts->len > NAMED ? ", ..." : "");
  g_free(names);
  g_free(span);
}

static void assess_client(HgRuleRun *run, Client *client, const Limit limits[2]) {
  g_array_sort(client->attempts, compare_attempts);
  guint most;
  for (guint i = 0; i < 2; i++) {
    if (meets(client, &limits[i], &most)) {
      report(run, client, &limits[i], most);
      return;
    }
  }
}

static void assess(HgRuleRun *run) {
  const Limit limits[2] = {
      {hg_rule_run_parameter(run, "names"), hg_rule_run_parameter(run, "window"), SHARE_AT_ONCE},
      {hg_rule_run_parameter(run, "names"), hg_rule_run_parameter(run, "slow-window"),
       SHARE_IN_A_DAY}};
  const char *why = hg_dns_unassessable(hg_rule_run_tally(run), HG_OBSERVED_DNS_ANSWER);
  if (why) {
    hg_rule_run_not_assessed(run, why);
    return;
  }
  GHashTable *clients = g_hash_table_new_full(NULL, NULL, NULL, client_free);
  GPtrArray *order = g_ptr_array_new();
  gather(run, clients, order);
  for (guint i = 0; i < order->len; i++)
    assess_client(run, order->pdata[i], limits);
  g_ptr_array_free(order, TRUE);
  g_hash_table_destroy(clients);
}

static const char *const attack[] = {"T1568.002", NULL};
static const HgParameter parameters[] = {
    {"names", 20, 2, 1000000, "domains", "more domains that look random and do not exist"},
    {"window", 3600, 1, 86400, "s", "within this time"},
    {"slow-window", 86400, 1, 31536000, "s",
     "or within this time, when they are half of all domains that do not exist"},
    {0}};

const HgRule hg_rule_dga = {
    .id = "dga",
    .title = "Generated domain names",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_CARRIERS,
    .what = "many different domains that do not exist and look random",
    .source =
        "Maltrail: 20 names that do not exist an hour; what looks random: Yadav et al., \"Detecting "
        "Algorithmically Generated Malicious Domain Names\", IMC 2010; over days: Antonakakis et al., "
        "\"From Throw-Away Traffic to Bots\", USENIX Security 2012",
    .false_positive_if =
        "the host checks domains for a living (mail filter, crawler, a registrar's or "
        "researcher's tool), or resolves names for others, which the capture does not show",
    .needs_evidence = TRUE,
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};

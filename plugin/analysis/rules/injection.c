/* injection.c - a client sends a server what is meant to be executed there
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/injection.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

typedef struct {
  guint32 client, server;
  const HgObservation *observation;
  HgInjection what;
} Attempt;

static gint compare_attempts(gconstpointer a, gconstpointer b) {
  const Attempt *x = a, *y = b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  const HgTraffic *p = &x->observation->traffic, *q = &y->observation->traffic;
  if (p->first_ns != q->first_ns)
    return p->first_ns < q->first_ns ? -1 : 1;
  return p->first_frame < q->first_frame ? -1 : p->first_frame > q->first_frame;
}

/* (transfer full) */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *table = hg_tally_observations(tally);
  const GArray *numbers = hg_observation_table_seen(table, HG_OBSERVED_INJECTION);
  GArray *attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  for (guint i = 0; i < numbers->len; i++) {
    Attempt one = {.observation =
                       hg_observation_table_get(table, g_array_index(numbers, guint32, i))};
    const HgHost *client = hg_tally_find_host(tally, &one.observation->actor);
    const HgHost *server = hg_tally_find_host(tally, &one.observation->peer);
    if (!client || !server || !hg_injection_parse(one.observation->subject, &one.what) ||
        !hg_rule_run_is_unicast(run, client->number))
      continue;
    one.client = client->number;
    one.server = server->number;
    g_array_append_val(attempts, one);
  }
  g_array_sort(attempts, compare_attempts);
  return attempts;
}

/* --- who only passes on --- */

/* A front-end passes a request on at once. */
#define PASSED_ON_WITHIN 5 /* s */

static char *received_key(guint32 host, HgInjectionKind kind, gint64 second) {
  return g_strdup_printf("%u %u %" G_GINT64_FORMAT, host, kind, second);
}

static gint64 second_of(const Attempt *attempt) {
  return attempt->observation->traffic.first_ns / SECOND_NS;
}

/* Who was sent what, and the seconds in which it may pass it on. (transfer full) */
static GHashTable *received_by(const GArray *attempts) {
  GHashTable *received = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < attempts->len; i++) {
    const Attempt *one = &g_array_index(attempts, Attempt, i);
    for (gint64 after = 0; one->client != one->server && after <= PASSED_ON_WITHIN; after++)
      g_hash_table_add(received, received_key(one->server, one->what.kind, second_of(one) + after));
  }
  return received;
}

static gboolean is_passed_on(GHashTable *received, const Attempt *attempt) {
  g_autofree char *key = received_key(attempt->client, attempt->what.kind, second_of(attempt));
  return attempt->what.forwarded || g_hash_table_contains(received, key);
}

/* --- one client --- */

typedef struct {
  const GArray *attempts;
  guint first, end;
  GHashTable *received;
} Client;

static const Attempt *attempt(const Client *client, guint i) {
  return &g_array_index(client->attempts, Attempt, i);
}

typedef struct {
  guint64 own, passed; /* requests */
  guint64 certain;     /* of its own, what nobody sends by chance */
  guint busiest;       /* of its own, within the window */
} Counts;

static Counts count(const Client *client, gint64 window_ns) {
  Counts counts = {0};
  GArray *times = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (guint i = client->first; i < client->end; i++) {
    const Attempt *one = attempt(client, i);
    const guint64 requests = one->observation->traffic.packets;
    if (is_passed_on(client->received, one)) {
      counts.passed += requests;
      continue;
    }
    counts.own += requests;
    counts.certain += hg_injection_is_certain(one->what.kind) ? requests : 0;
    for (guint64 k = 0; k < requests; k++)
      g_array_append_val(times, one->observation->traffic.first_ns);
  }
  counts.busiest = hg_statistics_busiest(times, window_ns);
  g_array_unref(times);
  return counts;
}

/* "SQL in the address asked for (12), ..." */
static void describe_kinds(const Client *client, GString *text) {
  for (guint kind = 0; kind < HG_INJECTION_COUNT; kind++) {
    for (guint place = 0; place < HG_INJECTED_COUNT; place++) {
      guint64 requests = 0;
      for (guint i = client->first; i < client->end; i++)
        if (attempt(client, i)->what.kind == kind && attempt(client, i)->what.place == place)
          requests += attempt(client, i)->observation->traffic.packets;
      if (requests > 0)
        g_string_append_printf(text, "%s%s in %s (%" G_GUINT64_FORMAT ")", text->len ? ", " : "",
                               hg_injection_kind_text(kind), hg_injection_place_text(place),
                               requests);
    }
  }
}

/* Adds servers and frames; answers the servers. (transfer full) */
static GArray *add_attempts(const HgTally *tally, const Client *client, HgFinding *finding) {
  GArray *servers = g_array_new(FALSE, FALSE, sizeof(guint32));
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = client->first; i < client->end; i++) {
    const Attempt *one = attempt(client, i);
    if (g_hash_table_add(seen, GUINT_TO_POINTER(one->server)))
      g_array_append_val(servers, one->server);
    hg_finding_add_peer(finding, one->server);
    hg_finding_add_frame(finding, one->observation->traffic.first_frame);
    g_array_append_val(frames, one->observation->traffic.first_frame);
  }
  hg_finding_take_filter(
      finding,
      hg_filter_few_frames(
          frames, hg_filter_host(tally, attempt(client, client->first)->client, HG_FILTER_SOURCE)));
  g_hash_table_destroy(seen);
  g_array_unref(frames);
  return servers;
}

#define CERTAIN 0.7 /* one is enough */
#define WEAK 0.25   /* words that somebody searches for, or of somebody else: no suspect alone */

static void assess_client(HgRuleRun *run, const Client *client, double limit, gint64 window_ns) {
  const HgTally *tally = hg_rule_run_tally(run);
  const Counts counts = count(client, window_ns);
  HgFinding *finding = hg_rule_run_report(run, attempt(client, client->first)->client);
  GArray *servers = add_attempts(tally, client, finding);
  GString *kinds = g_string_new(NULL);
  g_autofree char *named = hg_wording_hosts(tally, servers, servers->len);
  describe_kinds(client, kinds);
  const gboolean by_one = counts.certain > 0 && counts.busiest < limit;
  finding->observed = by_one ? (double)counts.certain : (double)counts.busiest;
  finding->threshold = by_one ? 1 : limit;
  finding->strength =
      counts.busiest >= limit ? hg_statistics_strength(counts.busiest, limit) : WEAK;
  if (counts.certain > 0)
    finding->strength = MAX(finding->strength, CERTAIN);
  hg_finding_set_evidence(finding, "%s sent injections to %s: %s%s",
                          hg_tally_host(tally, attempt(client, client->first)->client)->text, named,
                          kinds->str,
                          counts.own == 0 ? "; it passed on what it was sent, or asks for others"
                          : counts.passed == 0 ? ""
                                               : "; some it passed on");
  g_string_free(kinds, TRUE);
  g_array_unref(servers);
}

static void assess(HgRuleRun *run) {
  const double limit = hg_rule_run_parameter(run, "requests");
  const gint64 window_ns = (gint64)(hg_rule_run_parameter(run, "window") * (double)SECOND_NS);
  GArray *attempts = gather(run);
  GHashTable *received = received_by(attempts);
  for (guint first = 0, end; first < attempts->len; first = end) {
    const guint32 host = g_array_index(attempts, Attempt, first).client;
    for (end = first + 1; end < attempts->len; end++)
      if (g_array_index(attempts, Attempt, end).client != host)
        break;
    assess_client(run, &(Client){attempts, first, end, received}, limit, window_ns);
  }
  g_hash_table_destroy(received);
  g_array_unref(attempts);
}

static const char *const attack[] = {"T1190", "T1210", "T1059", NULL};
static const HgParameter parameters[] = {
    {"requests", 5, 1, 1000000, "requests",
     "requests with SQL, shell commands or path traversal; fewer are a weak sign. Of what nobody writes by chance one is "
     "enough"},
    {"window", 300, 1, 86400, "s", "within this time"},
    {0}};

const HgRule hg_rule_injection = {
    .id = "injection",
    .title = "Injection",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what =
        "a client sends, in the address that it asks for, in header fields (HTTP) or as a user name, what is meant to "
        "be executed: JNDI look-ups, Shellshock, shell commands, SQL, path traversal. Bodies are not looked at",
    .source =
        "classes: OWASP Core Rule Set 4 (930, 932, 942, 944); CVE-2021-44228, CVE-2014-6271; window: Zeek's "
        "detect-sqli, which wants 50 requests of looser patterns in 5 min",
    .false_positive_if =
        "it is a test that the network's administrators make, or the host passes on requests of others "
        "that the capture does not show",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};

/* injection.c - a client sends a server what is meant to be executed there
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/injection.h"
#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

typedef struct {
  HgObservedPair pair;
  HgInjection what;
} Attempt;

static const HgTraffic *traffic_of(const Attempt *attempt) {
  return &attempt->pair.observation->traffic;
}

static gint compare_attempts(gconstpointer a, gconstpointer b) {
  const Attempt *x = a, *y = b;
  if (x->pair.client != y->pair.client)
    return x->pair.client < y->pair.client ? -1 : 1;
  const HgTraffic *p = traffic_of(x), *q = traffic_of(y);
  if (p->first_ns != q->first_ns)
    return p->first_ns < q->first_ns ? -1 : 1;
  return p->first_frame < q->first_frame ? -1 : p->first_frame > q->first_frame;
}

/* (transfer full) */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *numbers =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_INJECTION);
  GArray *attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  for (guint i = 0; i < numbers->len; i++) {
    Attempt one;
    if (hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &one.pair) &&
        hg_injection_parse(one.pair.observation->subject, &one.what) &&
        hg_rule_run_is_unicast(run, one.pair.client))
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
  return traffic_of(attempt)->first_ns / SECOND_NS;
}

/* Who was sent what, and the seconds in which it may pass it on. (transfer full) */
static GHashTable *received_by(const GArray *attempts) {
  GHashTable *received = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < attempts->len; i++) {
    const Attempt *one = &g_array_index(attempts, Attempt, i);
    for (gint64 after = 0; one->pair.client != one->pair.server && after <= PASSED_ON_WITHIN;
         after++)
      g_hash_table_add(received,
                       received_key(one->pair.server, one->what.kind, second_of(one) + after));
  }
  return received;
}

static gboolean is_passed_on(GHashTable *received, const Attempt *attempt) {
  g_autofree char *key = received_key(attempt->pair.client, attempt->what.kind, second_of(attempt));
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
    const guint64 requests = traffic_of(one)->packets;
    if (is_passed_on(client->received, one)) {
      counts.passed += requests;
      continue;
    }
    counts.own += requests;
    counts.certain += hg_injection_is_certain(one->what.kind) ? requests : 0;
    for (guint64 k = 0; k < requests; k++)
      g_array_append_val(times, traffic_of(one)->first_ns);
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
          requests += traffic_of(attempt(client, i))->packets;
      if (requests > 0)
        g_string_append_printf(text, "%s%s in %s (%" G_GUINT64_FORMAT ")", text->len ? ", " : "",
                               hg_injection_kind_text(kind), hg_injection_place_text(place),
                               requests);
    }
  }
}

/* Adds servers and frames; answers the servers. (transfer full) */
static GArray *add_attempts(const HgTally *tally, const Client *client, HgFinding *finding) {
  HgDistinctHosts servers;
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  hg_distinct_hosts_init(&servers);
  for (guint i = client->first; i < client->end; i++) {
    const Attempt *one = attempt(client, i);
    hg_distinct_hosts_add(&servers, one->pair.server);
    hg_finding_add_peer(finding, one->pair.server);
    hg_finding_add_frame(finding, traffic_of(one)->first_frame);
    g_array_append_val(frames, traffic_of(one)->first_frame);
  }
  hg_finding_take_filter(
      finding, hg_filter_few_frames(
                   frames, hg_filter_host(tally, attempt(client, client->first)->pair.client,
                                          HG_FILTER_SOURCE)));
  g_array_unref(frames);
  return hg_distinct_hosts_end(&servers);
}

#define CERTAIN 0.7 /* one is enough */
#define WEAK 0.25   /* words that somebody searches for, or of somebody else: no suspect alone */

static void assess_client(HgRuleRun *run, const Client *client, double limit, gint64 window_ns) {
  const HgTally *tally = hg_rule_run_tally(run);
  const Counts counts = count(client, window_ns);
  HgFinding *finding = hg_rule_run_report(run, attempt(client, client->first)->pair.client);
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
                          hg_tally_host(tally, attempt(client, client->first)->pair.client)->text,
                          named, kinds->str,
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
    const guint32 host = g_array_index(attempts, Attempt, first).pair.client;
    for (end = first + 1; end < attempts->len; end++)
      if (g_array_index(attempts, Attempt, end).pair.client != host)
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

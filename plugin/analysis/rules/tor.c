/* tor.c - clients of the Tor network
 *
 * To look like a browser, a client of Tor asks for a server name that it made up, and the relay shows a
 * certificate with made-up names: "www.", up to 25 letters and digits of base32, ".com" or ".net". Nobody looks
 * such names up.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/dns_name.h"
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "tally/types/certificate.h"
#include "tally/types/tor_name.h"

#include <string.h>

/* Strengths: by its certificates, which nothing else has; by names alone. */
#define BY_CERTIFICATE 1.0
#define BY_NAMES 0.7

/* What one client shows. */
typedef struct {
  guint32 client;
  guint certificates;
  HgDistinctHosts servers;
  GArray *frames; /* guint32 */
} Client;

typedef struct {
  const HgRuleRun *run;
  GHashTable *clients;  /* host -> Client, owned */
  GPtrArray *order;     /* Client, borrowed */
  GHashTable *resolved; /* set of names that anybody looked up, borrowed */
  GHashTable *askers;   /* set of hosts whose look-ups were captured */
} Survey;

static void client_free(gpointer data) {
  Client *client = data;
  hg_distinct_hosts_clear(&client->servers);
  g_array_unref(client->frames);
  g_free(client);
}

static Client *intern_client(Survey *survey, guint32 host) {
  Client *client = g_hash_table_lookup(survey->clients, GUINT_TO_POINTER(host));
  if (client)
    return client;
  client = g_new0(Client, 1);
  client->client = host;
  hg_distinct_hosts_init(&client->servers);
  client->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_hash_table_insert(survey->clients, GUINT_TO_POINTER(host), client);
  g_ptr_array_add(survey->order, client);
  return client;
}

static void add(Survey *survey, const HgObservedPair *pair) {
  Client *client = intern_client(survey, pair->client);
  client->certificates += pair->observation->kind == HG_OBSERVED_CERTIFICATE;
  g_array_append_val(client->frames, pair->observation->traffic.first_frame);
  hg_distinct_hosts_add(&client->servers, pair->server);
}

/* And looks random. */
static gboolean is_made_up(const char *name) {
  const gsize length = strlen(name), around = strlen("www.") + strlen(".com");
  return hg_tor_name_is_made_up(name, length, 4, 25, ".com") &&
         hg_dns_label_looks_random(name + strlen("www."), length - around);
}

/* That nobody looked a name up says something only of a host whose look-ups are seen. */
static gboolean is_sign(const Survey *survey, const HgObservedPair *pair) {
  const char *subject = pair->observation->subject;
  if (pair->observation->kind == HG_OBSERVED_CERTIFICATE)
    return hg_certificate_parse(subject).tor;
  return is_made_up(subject) && !g_hash_table_contains(survey->resolved, subject) &&
         g_hash_table_contains(survey->askers, GUINT_TO_POINTER(pair->client));
}

static void gather(Survey *survey, HgObservationKind kind) {
  const HgTally *tally = hg_rule_run_tally(survey->run);
  GArray *numbers = hg_observation_table_of_kind(hg_tally_observations(tally), kind);
  for (guint i = 0; i < numbers->len; i++) {
    HgObservedPair pair;
    if (hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &pair) &&
        hg_rule_run_is_unicast(survey->run, pair.client) &&
        hg_rule_run_scope(survey->run, pair.client) != HG_SCOPE_EXTERNAL &&
        hg_rule_run_scope(survey->run, pair.server) == HG_SCOPE_EXTERNAL && is_sign(survey, &pair))
      add(survey, &pair);
  }
  g_array_unref(numbers);
}

static void gather_lookups(Survey *survey) {
  const HgTally *tally = hg_rule_run_tally(survey->run);
  const HgObservationTable *table = hg_tally_observations(tally);
  const GArray *seen = hg_observation_table_seen(table, HG_OBSERVED_DNS_QUERY);
  for (guint i = 0; i < seen->len; i++) {
    const HgObservation *o = hg_observation_table_get(table, g_array_index(seen, guint32, i));
    const HgHost *asker = hg_tally_find_host(tally, &o->actor);
    HgDnsSubject subject;
    if (asker)
      g_hash_table_add(survey->askers, GUINT_TO_POINTER(asker->number));
    if (hg_dns_subject(o, &subject))
      g_hash_table_add(survey->resolved, (gpointer)subject.name);
  }
}

static void report(HgRuleRun *run, const Client *client, double names) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, client->client);
  finding->strength = client->certificates > 0 ? BY_CERTIFICATE : BY_NAMES;
  finding->observed = client->frames->len;
  finding->threshold = client->certificates > 0 ? 1 : names;
  for (guint i = 0; i < client->servers.hosts->len; i++)
    hg_finding_add_peer(finding, g_array_index(client->servers.hosts, guint32, i));
  for (guint i = 0; i < client->frames->len; i++)
    hg_finding_add_frame(finding, g_array_index(client->frames, guint32, i));
  hg_finding_take_filter(finding,
                         hg_filter_and(hg_filter_host(tally, client->client, HG_FILTER_EITHER),
                                       hg_filter_hosts(tally, finding->peers, HG_FILTER_EITHER)));
  char *servers = hg_wording_hosts(tally, client->servers.hosts, client->servers.hosts->len);
  hg_finding_set_evidence(
      finding,
      "%s talks TLS to %s, with %u certificates named as those of Tor's relays, and %u server "
      "names that are made up as Tor does and that nobody looked up",
      hg_tally_host(tally, client->client)->text, servers, client->certificates,
      client->frames->len - client->certificates);
  g_free(servers);
}

static void assess(HgRuleRun *run) {
  Survey survey = {run, g_hash_table_new_full(NULL, NULL, NULL, client_free), g_ptr_array_new(),
                   g_hash_table_new(g_str_hash, g_str_equal), g_hash_table_new(NULL, NULL)};
  const double names = hg_rule_run_parameter(run, "names");
  gather_lookups(&survey);
  gather(&survey, HG_OBSERVED_CERTIFICATE);
  gather(&survey, HG_OBSERVED_SERVER_NAME);
  for (guint i = 0; i < survey.order->len; i++) {
    const Client *client = survey.order->pdata[i];
    if (client->certificates > 0 || client->servers.hosts->len >= names)
      report(run, client, names);
  }
  g_ptr_array_unref(survey.order);
  g_hash_table_destroy(survey.clients);
  g_hash_table_destroy(survey.resolved);
  g_hash_table_destroy(survey.askers);
}

static const char *const attack[] = {"T1090.003", NULL};
static const HgParameter parameters[] = {
    {"names", 2, 1, 10000, "servers",
     "so many that are called by made-up names are enough without a certificate"},
    {0}};

const HgRule hg_rule_tor = {
    .id = "tor",
    .title = "Tor",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.4,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "TLS with relays of the Tor network: certificates named www.NAME.net and www.NAME.com, or server names "
        "www.NAME.com that nobody looked up, NAME being random; weak, as people use Tor, too",
    .source =
        "the names that Tor's source makes up for its link certificates and server names (8 to 20 and 4 to 25 "
        "characters of base32)",
    .false_positive_if = "somebody uses Tor Browser",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};

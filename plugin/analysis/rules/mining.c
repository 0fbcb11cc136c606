/* mining.c - a host that mines for a pool
 *
 * Stratum says so in clear: the first bytes of a connection tell it from everything else on whatever port (see
 * protocols/stratum.h). One connection is enough. Under TLS, in a web socket or as Stratum V2, which encrypts, it
 * does not show.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#include <string.h>

/* What one client says to pools. */
typedef struct {
  guint32 client;
  guint16 stratum;  /* number of the protocol */
  GArray *services; /* guint32, numbers */
  GArray *pools;    /* guint32 */
  guint connections;
  guint64 packets;
} Miner;

static guint stratum_connections(const HgRuleRun *run, const HgService *service, guint16 stratum) {
  guint count = 0;
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c =
        hg_service_table_connection(hg_rule_run_services(run), service->first_connection + i);
    count += c->detected == stratum;
  }
  return count;
}

/* Those who mine for a pool that is one's own are elsewhere. */
static gboolean is_own_pool(const HgRuleRun *run, const HgService *service) {
  return hg_rule_run_scope(run, service->client) == HG_SCOPE_EXTERNAL &&
         hg_rule_run_scope(run, service->server) == HG_SCOPE_INTERNAL;
}

static void add_service(const HgRuleRun *run, Miner *miner, guint32 number) {
  const HgService *service = hg_service_table_get(hg_rule_run_services(run), number);
  const guint connections = stratum_connections(run, service, miner->stratum);
  if (connections == 0 || is_own_pool(run, service))
    return;
  g_array_append_val(miner->services, number);
  if (miner->pools->len == 0 ||
      g_array_index(miner->pools, guint32, miner->pools->len - 1) != service->server)
    g_array_append_val(miner->pools, service->server);
  miner->connections += connections;
  miner->packets += service->packets[0] + service->packets[1];
}

static char *ports_of(const HgRuleRun *run, const Miner *miner) {
  GString *text = g_string_new(NULL);
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < miner->services->len; i++) {
    const HgService *service =
        hg_service_table_get(hg_rule_run_services(run), g_array_index(miner->services, guint32, i));
    if (g_hash_table_add(seen, GUINT_TO_POINTER(service->port)))
      g_string_append_printf(text, "%s%u", text->len > 0 ? ", " : "", service->port);
  }
  g_hash_table_destroy(seen);
  return g_string_free(text, FALSE);
}

static void report(HgRuleRun *run, const Miner *miner) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, miner->client);
  GPtrArray *services = g_ptr_array_new(); /* const HgService, borrowed */
  finding->observed = miner->connections;
  finding->threshold = hg_rule_run_parameter(run, "connections");
  finding->strength = 1;
  for (guint i = 0; i < miner->pools->len; i++)
    hg_finding_add_peer(finding, g_array_index(miner->pools, guint32, i));
  for (guint i = 0; i < miner->services->len; i++) {
    const guint32 number = g_array_index(miner->services, guint32, i);
    const HgService *service = hg_service_table_get(hg_rule_run_services(run), number);
    hg_finding_add_service(finding, number);
    hg_finding_add_frame(finding, service->first_frame);
    hg_finding_add_frame(finding, service->last_frame);
    g_ptr_array_add(services, (gpointer)service);
  }
  hg_finding_take_filter(finding, hg_filter_services(tally, miner->client, services));
  g_ptr_array_unref(services);
  g_autofree char *pools = hg_wording_hosts(tally, miner->pools, miner->pools->len);
  g_autofree char *ports = ports_of(run, miner);
  hg_finding_set_evidence(finding,
                          "%s spoke Stratum, the protocol of mining pools, with %s (port %s): %u "
                          "connection%s, %" G_GUINT64_FORMAT " packets",
                          hg_tally_host(tally, miner->client)->text, pools, ports,
                          miner->connections, miner->connections == 1 ? "" : "s", miner->packets);
}

static void assess_client(HgRuleRun *run, Miner *miner, double connections) {
  guint32 first = 0;
  const guint32 count =
      hg_service_table_of_client(hg_rule_run_services(run), miner->client, &first);
  g_array_set_size(miner->services, 0);
  g_array_set_size(miner->pools, 0);
  miner->connections = 0;
  miner->packets = 0;
  for (guint32 i = first; i < first + count; i++)
    add_service(run, miner, i);
  if (miner->connections > 0 && miner->connections >= connections)
    report(run, miner);
}

/* HG_PROTOCOL_UNKNOWN: nobody speaks it. */
static guint16 find_stratum(const HgTally *tally) {
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++)
    if (strcmp(hg_tally_protocol(tally, (guint16)i)->name, "Stratum") == 0)
      return (guint16)i;
  return HG_PROTOCOL_UNKNOWN;
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const double connections = hg_rule_run_parameter(run, "connections");
  const guint32 hosts = hg_tally_host_count(tally);
  Miner miner = {.stratum = find_stratum(tally),
                 .services = g_array_new(FALSE, FALSE, sizeof(guint32)),
                 .pools = g_array_new(FALSE, FALSE, sizeof(guint32))};
  for (guint32 host = 0; miner.stratum != HG_PROTOCOL_UNKNOWN && host < hosts; host++) {
    miner.client = host;
    if (hg_rule_run_is_unicast(run, host))
      assess_client(run, &miner, connections);
  }
  g_array_unref(miner.services);
  g_array_unref(miner.pools);
}

static const char *const attack[] = {"T1496", NULL};
static const HgParameter parameters[] = {
    {"connections", 1, 1, 1000000, "connections", "of one client, to whatever pools"}, {0}};

const HgRule hg_rule_mining = {
    .id = "mining",
    .title = "Mining",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "Stratum, what miners and pools of cryptocurrencies say to each other, whatever the port: "
        "mining.subscribe, mining.authorize, eth_submitLogin, login with a wallet, jobs",
    .source =
        "Stratum's published messages (Slush Pool and NiceHash, ethereum-mining-stratum, XMRig): "
        "no other JSON-RPC has these methods; MITRE ATT&CK T1496",
    .false_positive_if = "the owner of the machine mines",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};

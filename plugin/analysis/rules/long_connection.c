/* long_connection.c - connections to external hosts that stay open for hours
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#define HOUR_NS (G_GINT64_CONSTANT(3600) * 1000000000)

/* RITA's steps, in multiples of the first: 1, 4, 8 and 12 h. */
static const struct { double times, strength; } steps[] = {{12, 0.8}, {8, 0.6}, {4, 0.4}, {1, 0.2}};

/* The longest connection of a client, and how many others are long. */
typedef struct {
  const HgService *service;
  const HgConnection *connection;
  guint others;
  GArray *servers; /* guint32, servers of all of them */
} Longest;

/* 0 where the clock was set back meanwhile: the first packet by time stands behind the last one. */
static gint64 duration(const HgConnection *connection) {
  return connection->first_frame > connection->last_frame
             ? 0
             : hg_time_span(connection->first_ns, connection->last_ns);
}

/* Whether the server is external and the client's roles do not explain the service. */
static gboolean is_candidate(const HgRuleRun *run, const HgService *service, gint64 limit) {
  return service->established > 0 && hg_time_span(service->first_ns, service->last_ns) >= limit &&
         hg_rule_run_scope(run, service->client) == HG_SCOPE_INTERNAL &&
         hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL &&
         hg_roles_asking(hg_rule_run_roles(run), service) == 0;
}

static gboolean is_outlying(const HgRuleRun *run, const HgConnection *connection) {
  const HgOutlyingTimes *times = hg_rule_run_outlying_times(run);
  return hg_outlying_times_contain(times, connection->first_frame, connection->first_ns) ||
         hg_outlying_times_contain(times, connection->last_frame, connection->last_ns);
}

static void check_service(const HgRuleRun *run, const HgService *service, gint64 limit,
                          Longest *longest) {
  const HgServiceTable *services = hg_rule_run_services(run);
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c = hg_service_table_connection(services, service->first_connection + i);
    if (!c->begun || hg_connection_state(c) != HG_CONNECTION_ESTABLISHED || duration(c) < limit ||
        is_outlying(run, c))
      continue;
    longest->others += longest->connection != NULL;
    g_array_append_val(longest->servers, service->server);
    if (longest->connection == NULL || duration(c) > duration(longest->connection)) {
      longest->connection = c;
      longest->service = service;
    }
  }
}

static char *filter_of(const HgTally *tally, const Longest *longest) {
  const HgConnection *c = longest->connection;
  char *service = hg_filter_service(tally, longest->service);
  const char *transport = hg_transport_name(longest->service->transport);
  if (longest->service->port == 0)
    return service;
  return hg_filter_and(service, g_strdup_printf("%s.port == %u", transport, c->port[c->client]));
}

static void report(HgRuleRun *run, const Longest *longest) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgService *service = longest->service;
  const HgConnection *c = longest->connection;
  HgFinding *finding = hg_rule_run_report(run, service->client);
  finding->threshold = hg_rule_run_parameter(run, "hours");
  finding->observed = (double)duration(c) / (double)HOUR_NS;
  for (guint i = 0; i < G_N_ELEMENTS(steps) && finding->strength <= 0; i++)
    if (finding->observed >= steps[i].times * finding->threshold)
      finding->strength = steps[i].strength;
  hg_finding_add_frame(finding, c->first_frame);
  hg_finding_add_frame(finding, c->last_frame);
  hg_finding_add_peer(finding, service->server);
  for (guint i = 0; i < longest->servers->len; i++)
    hg_finding_add_peer(finding, g_array_index(longest->servers, guint32, i));
  hg_finding_take_filter(finding, filter_of(tally, longest));
  char *span = hg_wording_span(duration(c));
  char *others =
      longest->others > 0 ? g_strdup_printf("; %u more were long", longest->others) : g_strdup("");
  hg_finding_set_evidence(
      finding,
      "%s kept a connection to %s %s port %u open for %s, with %" G_GUINT64_FORMAT
      " bytes of data sent and %" G_GUINT64_FORMAT " received%s",
      hg_tally_host(tally, service->client)->text, hg_tally_host(tally, service->server)->text,
      hg_transport_name(service->transport), service->port, span, c->payload[c->client],
      c->payload[1 - c->client], others);
  g_free(others);
  g_free(span);
}

/* Services are sorted by client. Each client gets one finding, because many weak ones would add up.
 */
static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgTraffic *all = hg_tally_traffic(hg_rule_run_tally(run));
  const gint64 limit = (gint64)(hg_rule_run_parameter(run, "hours") * (double)HOUR_NS);
  if (all->packets > 0 && hg_time_span(all->first_ns, all->last_ns) < limit) {
    hg_rule_run_not_assessed(run, "the capture is shorter than the connections that it looks for");
    return;
  }
  for (guint32 i = 0, end; i < hg_service_table_count(services); i = end) {
    const guint32 client = hg_service_table_get(services, i)->client;
    Longest longest = {.servers = g_array_new(FALSE, FALSE, sizeof(guint32))};
    for (end = i; end < hg_service_table_count(services); end++) {
      const HgService *service = hg_service_table_get(services, end);
      if (service->client != client)
        break;
      if (is_candidate(run, service, limit))
        check_service(run, service, limit, &longest);
    }
    if (longest.connection != NULL)
      report(run, &longest);
    g_array_unref(longest.servers);
  }
}

static const char *const attack[] = {"T1571", NULL};
static const HgParameter parameters[] = {
    {"hours", 1, 0.01, 8760, "h",
     "connections at least so long; 4, 8 and 12 times that are stronger signs"},
    {0}};

const HgRule hg_rule_long_connection = {
    .id = "long-connection",
    .title = "Long connection",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.3, /* weak indicator: never enough alone */
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "a connection to an external server that stays open for hours",
    .source = "RITA: 1, 4, 8 and 12 hours are strengths of 0.2, 0.4, 0.6 and 0.8",
    .false_positive_if = "it is a VPN, remote desktop, push or chat service that the user knows of",
    .needs_times = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};

/* first_contact.c - whether a client's first contact with a service failed
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "first_contact.h"

#include "analysis/basics/wording.h"

/* ping sends 4 on Windows, fping and sweepers send 1 to 4. A longer series monitors one host. */
#define ECHO_PACKETS 4

typedef struct {
  guint16 first, last;
} PortRange;

static gboolean within(const PortRange *ranges, guint16 port) {
  for (; ranges->first; ranges++)
    if (port >= ranges->first && port <= ranges->last)
      return TRUE;
  return FALSE;
}

/* UDP servers that never answer by design. */
static const PortRange one_way[] = {
    {9, 9},         /* discard, Wake-on-LAN */
    {162, 162},     /* SNMP traps */
    {514, 514},     /* syslog */
    {2055, 2055},   /* NetFlow */
    {4729, 4739},   /* IPFIX and its neighbours */
    {6343, 6343},   /* sFlow */
    {8125, 8125},   /* StatsD */
    {9995, 9996},   /* NetFlow */
    {12201, 12201}, /* GELF */
    {25826, 25826}, /* collectd */
    /* traceroute and tracepath count hops with the port; routers answer instead of the target */
    {33434, 33689},
    {44444, 44699},
    {0, 0}};

/* UDP servers that answer a multicast request from their own port: to the port that sent the
 * request, the answer looks like the first datagram of a flow. */
static const PortRange answers_multicast[] = {{1900, 1900}, /* SSDP */
                                              {3702, 3702}, /* WS-Discovery */
                                              {5353, 5353}, /* mDNS */
                                              {5355, 5355}, /* LLMNR */
                                              {0, 0}};

static gboolean is_echo(const HgConnection *c) {
  return c->transport == HG_TRANSPORT_ICMP || c->transport == HG_TRANSPORT_ICMPV6;
}

/* A scanner gives up: nmap sends a probe again at most 10 times, about a second apart and from another port
 * (as masscan does, from the same one). A program that needs the server goes on asking. */
typedef struct {
  guint32 packets;
  gint64 ns;
} Insistence;
static const Insistence of_a_socket = {3, G_GINT64_CONSTANT(30) * 1000000000},
                        of_a_host = {5, G_GINT64_CONSTANT(60) * 1000000000};

static gboolean insists(const HgService *service) {
  const Insistence *least = service->connections == 1 ? &of_a_socket : &of_a_host;
  return service->transport == HG_TRANSPORT_UDP && service->packets[0] >= least->packets &&
         hg_time_span(service->first_ns, service->last_ns) > least->ns;
}

/* Longer series than a probe without an answer are a stream (media, logs, telemetry) or retries to a
 * dead peer that somebody relies on. */
static gboolean silence_is_normal(const HgConnection *c, HgConnectionState conn_state) {
  const guint32 sent = c->packets[c->client];
  if (sent > (is_echo(c) ? ECHO_PACKETS : HG_PROBE_PACKETS))
    return TRUE;
  if (c->transport != HG_TRANSPORT_UDP)
    return FALSE;
  const guint16 from = c->port[c->client], to = c->port[1 - c->client];
  return (conn_state == HG_CONNECTION_UNANSWERED && within(one_way, to)) ||
         (from != to && within(answers_multicast, from));
}

/* Who sends datagrams without data to many asks nothing of anybody, whatever came back (but see RFC 6263,
 * 4.1: keep-alives to one peer). */
static gboolean is_empty(const HgService *service) {
  return service->transport == HG_TRANSPORT_UDP && service->payload[0] + service->payload[1] == 0;
}

/* Whether an answer could have been expected at that time, and would have been captured. */
static gboolean proves_failure(const HgRuleRun *run, const HgService *service,
                               HgConnectionState conn_state) {
  const HgAnswers *answers = hg_rule_run_answers(run);
  return !hg_answers_were_out(answers, service) &&
         (service->transport == HG_TRANSPORT_TCP || is_empty(service) ||
          conn_state == HG_CONNECTION_REFUSED ||
          hg_answers_are_visible(answers, service->client, service->server));
}

gboolean hg_first_contact(const HgRuleRun *run, guint32 number, HgFirstContact *contact) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgService *service = hg_service_table_get(services, number);
  const HgConnection *c = hg_service_table_connection(services, service->first_connection);
  const HgConnectionState conn_state = hg_connection_state(c);
  if (conn_state == HG_CONNECTION_MIDSTREAM || service->client == service->server ||
      !hg_rule_run_is_unicast(run, service->client) ||
      !hg_rule_run_is_unicast(run, service->server))
    return FALSE;
  const gboolean failed = conn_state != HG_CONNECTION_ESTABLISHED && service->established == 0 &&
                          service->midstream == 0;
  if (failed && (silence_is_normal(c, conn_state) || insists(service) ||
                 !proves_failure(run, service, conn_state)))
    return FALSE;
  *contact = (HgFirstContact){
      .server = service->server,
      .transport = service->transport,
      .port = service->port,
      .client_port = c->port[c->client],
      .failed = failed,
      .refused = failed && conn_state == HG_CONNECTION_REFUSED,
      .no_route = failed && conn_state == HG_CONNECTION_REFUSED &&
                  hg_answers_have_no_route(hg_rule_run_answers(run), service->server),
      .stealth = hg_connection_is_stealth_probe(c),
      .time_ns = c->first_ns,
      .tried_ns = hg_time_span(c->first_ns, service->last_ns),
      .frame = c->first_frame};
  return TRUE;
}

gint hg_first_contact_compare(gconstpointer a, gconstpointer b) {
  const HgFirstContact *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* Clients of whose unanswered datagrams and pings nothing is to be concluded. (transfer full, guint32) */
static GArray *find_one_sided(const HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  GArray *clients = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    const gboolean known = clients->len > 0 && g_array_index(clients, guint32, clients->len - 1) ==
                                                   service->client; /* services are by client */
    if (!known && service->transport != HG_TRANSPORT_TCP && !is_empty(service) &&
        service->unanswered > 0 && hg_rule_run_is_unicast(run, service->client) &&
        hg_rule_run_is_unicast(run, service->server) && service->client != service->server &&
        !hg_answers_are_visible(hg_rule_run_answers(run), service->client, service->server))
      g_array_append_val(clients, service->client);
  }
  return clients;
}

static gboolean has_attempts(const HgServiceTable *services) {
  for (guint32 i = 0; i < hg_service_table_count(services); i++)
    if (hg_service_table_get(services, i)->attempts > 0)
      return TRUE;
  return FALSE;
}

void hg_first_contact_note_gaps(HgRuleRun *run, gboolean datagrams) {
  const HgServiceTable *services = hg_rule_run_services(run);
  if (hg_service_table_count(services) > 0 && !has_attempts(services))
    hg_rule_run_not_assessed(run, "no connection's start was captured");
  if (!datagrams)
    return;
  GArray *clients = find_one_sided(run);
  if (clients->len > 0) {
    char *names = hg_wording_hosts(hg_rule_run_tally(run), clients, clients->len);
    char *why = g_strdup_printf(
        "only one direction of the traffic of %s was captured: datagrams and "
        "pings without an answer prove nothing (TCP and empty datagrams were assessed)",
        names);
    hg_rule_run_not_assessed(run, why);
    g_free(why);
    g_free(names);
  }
  g_array_unref(clients);
}

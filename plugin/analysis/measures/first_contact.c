/* first_contact.c - whether a client's first contact with a service failed
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "first_contact.h"

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
  if (failed && silence_is_normal(c, conn_state))
    return FALSE;
  *contact = (HgFirstContact){.server = service->server,
                              .transport = service->transport,
                              .port = service->port,
                              .client_port = c->port[c->client],
                              .failed = failed,
                              .refused = failed && conn_state == HG_CONNECTION_REFUSED,
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

gboolean hg_first_contact_both_directions(const HgTally *tally) {
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *c = hg_tally_conversation(tally, i);
    if (c->traffic[0].packets > 0 && c->traffic[1].packets > 0 && c->host[0] != c->host[1])
      return TRUE;
  }
  return FALSE;
}

const char *hg_first_contact_unassessable(const HgTally *tally, const HgServiceTable *services) {
  gboolean begun = FALSE, datagrams = FALSE;
  const guint32 count = hg_service_table_count(services);
  for (guint32 i = 0; i < count && !(begun && datagrams); i++) {
    const HgService *service = hg_service_table_get(services, i);
    begun |= service->attempts > 0;
    datagrams |= service->attempts > 0 && service->transport != HG_TRANSPORT_TCP;
  }
  if (count > 0 && !begun)
    return "no connection's start was captured";
  if (datagrams && !hg_first_contact_both_directions(tally))
    return "only one direction of the traffic was captured: datagrams and pings without an answer "
           "prove nothing (TCP was assessed)";
  return NULL;
}

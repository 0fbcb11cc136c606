/* flood_bursts.c - packets that get hosts no further (half-open connections, unanswered datagrams,
 * pings), and their rates
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "flood_bursts.h"

#include "answers.h"

#include <string.h>

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

const HgFloodType hg_flood_types[HG_FLOOD_TYPES] = {
    {HG_TRANSPORT_TCP, "syn-rate", "SYNs that nobody completed", TRUE},
    {HG_TRANSPORT_UDP, "udp-rate", "UDP datagrams that nothing came back for", FALSE},
    {HG_TRANSPORT_ICMP, "icmp-rate", "pings", FALSE},
    {HG_TRANSPORT_ICMPV6, "icmp-rate", "pings", FALSE},
    {HG_TRANSPORT_NONE, "fragment-rate", "fragments or packets of unknown protocols", FALSE},
};

/* Protocols without answers: log collectors receive a lot and send nothing; receivers of media
 * streams do so as well. */
static const char *const one_way[] = {"Syslog", "CFLOW",    "sFlow", "SNMP",  "RTP",
                                      "SRTP",   "RTCP",     "GELF",  "GTP",   "MPEG TS",
                                      "ESP",    "UDPENCAP", "VXLAN", "Geneve"};

static guint find_type(HgTransport transport) {
  guint i = 0;
  while (i < HG_FLOOD_TYPES && hg_flood_types[i].transport != transport)
    i++;
  return i;
}

/* The protocols of the tally that have no answers, by number. (transfer full) */
static guint8 *find_one_way(const HgTally *tally) {
  const guint count = hg_tally_protocol_count(tally);
  guint8 *found = g_new0(guint8, (gsize)count + 1);
  for (guint protocol = 0; protocol < count; protocol++) {
    const char *name = hg_tally_protocol(tally, (guint16)protocol)->name;
    for (guint i = 0; i < G_N_ELEMENTS(one_way); i++)
      found[protocol] |= strcmp(one_way[i], name) == 0;
  }
  return found;
}

/* --- connections --- */

/* An upper bound of what this service can add to a flood; 0: nothing. */
static guint64 bound(const HgRuleRun *run, const guint8 *silent, const HgService *service,
                     guint type) {
  if (type == HG_FLOOD_TYPES || service->attempts == 0 ||
      !hg_rule_run_is_unicast(run, service->server))
    return 0;
  if (service->transport == HG_TRANSPORT_UDP &&
      (service->established == service->attempts || silent[service->protocol]))
    return 0;
  return service->packets[0];
}

/* Which of the tally's captures hold TCP segments that are neither SYN, SYN-ACK nor RST: where a capture
 * filter lets only those pass, no handshake is complete. */
typedef struct {
  GArray *captures; /* HgCapture */
  guint8 *whole;    /* by capture */
} Handshakes;

static void handshakes_init(Handshakes *handshakes, const HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  handshakes->captures = hg_tally_captures(hg_rule_run_tally(run));
  handshakes->whole = g_new0(guint8, (gsize)handshakes->captures->len + 1);
  for (guint32 i = 0; i < hg_service_table_connection_count(services); i++) {
    const HgConnection *c = hg_service_table_connection(services, i);
    if (c->transport == HG_TRANSPORT_TCP &&
        ((c->history[0] | c->history[1]) & (HG_HISTORY_OTHER | HG_HISTORY_FIN)))
      handshakes->whole[hg_capture_array_of_frame(handshakes->captures, c->last_frame)] = TRUE;
  }
}

static void handshakes_clear(Handshakes *handshakes) {
  g_array_unref(handshakes->captures);
  g_free(handshakes->whole);
}

/* The client did not complete the handshake. Where the server answered and the capture would not hold the
 * client's ACK, one of these shows it: a SYN-ACK sent again, a RST that turns it down, an address that is
 * there only once, as forged ones are. */
static gboolean is_half_open(const HgRuleRun *run, const HgConnection *c, const HgService *service,
                             const Handshakes *handshakes) {
  const guint8 client = c->history[c->client], server = c->history[1 - c->client];
  if ((client & (HG_HISTORY_SYN | HG_HISTORY_OTHER | HG_HISTORY_FIN)) != HG_HISTORY_SYN)
    return FALSE;
  if (handshakes->whole[hg_capture_array_of_frame(handshakes->captures, c->first_frame)])
    return TRUE;
  if (!(server & HG_HISTORY_SYN_ACK)) /* nor would it hold the ACK of a client that was answered */
    return (server & HG_HISTORY_RST) ||
           hg_answers_are_visible(hg_rule_run_answers(run), service->client, service->server);
  return (client & HG_HISTORY_RST) || c->packets[1 - c->client] > c->packets[c->client] ||
         service->connections == 1;
}

/* Pings need no answer to be more than anybody has use for. */
static gboolean is_burst(const HgRuleRun *run, const HgConnection *c, const HgService *service,
                         const Handshakes *handshakes) {
  if (!c->begun)
    return FALSE;
  switch (c->transport) {
  case HG_TRANSPORT_TCP:
    return is_half_open(run, c, service, handshakes);
  case HG_TRANSPORT_UDP:
    return hg_connection_state(c) == HG_CONNECTION_REFUSED ||
           (hg_connection_state(c) == HG_CONNECTION_UNANSWERED &&
            hg_answers_are_visible(hg_rule_run_answers(run), service->client, service->server));
  default:
    return TRUE;
  }
}

static gint compare_bursts(gconstpointer a, gconstpointer b) {
  const HgBurst *x = a, *y = b;
  if (x->target != y->target)
    return x->target < y->target ? -1 : 1;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  if (hg_flood_types[x->type].by_port && x->port != y->port)
    return x->port < y->port ? -1 : 1;
  if (x->first_ns != y->first_ns)
    return x->first_ns < y->first_ns ? -1 : 1;
  return x->first_frame < y->first_frame ? -1 : x->first_frame > y->first_frame;
}

static gboolean are_of_one_flood(const HgBurst *a, const HgBurst *b) {
  return a->target == b->target && a->type == b->type &&
         (!hg_flood_types[a->type].by_port || a->port == b->port);
}

static void gather_services(const HgRuleRun *run, const double rates[HG_FLOOD_TYPES],
                            GArray *bursts) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint32 hosts = hg_tally_host_count(hg_rule_run_tally(run));
  guint64 *sums = g_new0(guint64, (gsize)hosts * HG_FLOOD_TYPES + 1);
  guint8 *silent = find_one_way(hg_rule_run_tally(run));
  Handshakes handshakes;
  handshakes_init(&handshakes, run);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    const guint type = find_type(s->transport);
    const guint64 most = bound(run, silent, s, type);
    if (most > 0)
      sums[(gsize)s->server * HG_FLOOD_TYPES + type] += most;
  }
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    const guint type = find_type(s->transport);
    if (bound(run, silent, s, type) == 0 ||
        (double)sums[(gsize)s->server * HG_FLOOD_TYPES + type] < rates[type])
      continue;
    for (guint32 k = 0; k < s->connections; k++) {
      const HgConnection *c = hg_service_table_connection(services, s->first_connection + k);
      const HgBurst burst = {s->server,      s->client,     type,
                             s->port,        c->first_ns,   c->last_ns,
                             c->first_frame, c->last_frame, c->packets[c->client]};
      if (is_burst(run, c, s, &handshakes) && burst.packets > 0)
        g_array_append_val(bursts, burst);
    }
  }
  handshakes_clear(&handshakes);
  g_free(silent);
  g_free(sums);
}

/* --- packets without a transport --- */

/* A datagram has at most 65535 bytes, so 44 fragments in Ethernet's 1500 and 54 in the 1280 of RFC 8200, and the
 * last of them is shown as what it made whole, unless one was lost: of those with 44 every fourth is whole at a loss of
 * 3 %, and one of a hundred at 10 %. Fewer datagrams, both ways, show that none was meant to be. */
#define FRAGMENTS_OF_ONE 1000

static gboolean is_without_transport(const HgTally *tally, guint16 protocol) {
  const char *name = hg_tally_protocol(tally, protocol)->name;
  return strcmp(name, "IPv4") == 0 || strcmp(name, "IPv6") == 0;
}

/* Packets of UDP that one of two hosts sent the other: TCP does not rely on fragments. */
static guint64 count_whole(const HgServiceTable *services, guint32 client, guint32 server) {
  guint64 packets = 0;
  guint32 first = 0;
  const guint32 count = hg_service_table_of_pair(services, client, server, &first);
  for (guint32 i = first; i < first + count; i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->transport == HG_TRANSPORT_UDP)
      packets += service->packets[0] + service->packets[1];
  }
  return packets;
}

static void gather_fragments(const HgRuleRun *run, GArray *bursts) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  for (guint32 i = 0; i < hg_tally_conversation_protocol_count(tally); i++) {
    const HgConversationProtocol *part = hg_tally_conversation_protocol(tally, i);
    const HgConversation *c = hg_tally_conversation(tally, part->conversation);
    for (guint side = 0; side < 2 && is_without_transport(tally, part->protocol); side++) {
      const HgTraffic *sent = &part->traffic[side];
      const guint64 others = part->traffic[1 - side].packets +
                             count_whole(services, c->host[0], c->host[1]) +
                             count_whole(services, c->host[1], c->host[0]);
      const HgBurst burst = {c->host[1 - side],
                             c->host[side],
                             find_type(HG_TRANSPORT_NONE),
                             0,
                             sent->first_ns,
                             sent->last_ns,
                             sent->first_frame,
                             sent->last_frame,
                             (guint32)MIN(sent->packets, G_MAXUINT32)};
      if (sent->packets > 0 && others <= sent->packets / FRAGMENTS_OF_ONE &&
          burst.target != burst.source && hg_rule_run_is_unicast(run, burst.target))
        g_array_append_val(bursts, burst);
    }
  }
}

GArray *hg_flood_bursts_new(const HgRuleRun *run, const double rates[HG_FLOOD_TYPES]) {
  GArray *bursts = g_array_new(FALSE, FALSE, sizeof(HgBurst));
  gather_services(run, rates, bursts);
  gather_fragments(run, bursts);
  g_array_sort(bursts, compare_bursts);
  return bursts;
}

/* --- how much a second --- */

typedef struct {
  gint64 second; /* counted from the first packet */
  double change; /* change of the rate, packets a second */
} Step;

static gint compare_steps(gconstpointer a, gconstpointer b) {
  const Step *x = a, *y = b;
  if (x->second != y->second)
    return x->second < y->second ? -1 : 1;
  return x->change < y->change ? -1 : x->change > y->change;
}

static void add_step(GArray *steps, gint64 second, double change) {
  const Step step = {second, change};
  g_array_append_val(steps, step);
}

HgFlood hg_flood_of(const GArray *bursts, guint first) {
  const HgBurst *burst = &g_array_index(bursts, HgBurst, first);
  guint end = first + 1;
  while (end < bursts->len && are_of_one_flood(burst, &g_array_index(bursts, HgBurst, end)))
    end++;
  return (HgFlood){burst, end - first};
}

double hg_flood_peak(const HgFlood *flood) {
  GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
  const gint64 start = flood->bursts[0].first_ns;
  double rate = 0, most = 0;
  for (guint i = 0; i < flood->count; i++) {
    const HgBurst *burst = &flood->bursts[i];
    const gint64 first = hg_time_span(start, burst->first_ns) / SECOND_NS,
                 seconds = hg_time_span(burst->first_ns, burst->last_ns) / SECOND_NS + 1;
    add_step(steps, first, (double)burst->packets / (double)seconds);
    add_step(steps, first + seconds, -(double)burst->packets / (double)seconds);
  }
  g_array_sort(steps, compare_steps);
  for (guint i = 0; i < steps->len; i++) {
    rate += g_array_index(steps, Step, i).change;
    most = MAX(most, rate);
  }
  g_array_unref(steps);
  return most;
}

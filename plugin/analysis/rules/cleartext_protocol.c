/* cleartext_protocol.c - unencrypted application protocols, by host and protocol
 *
 * The host is the client: the requests, files and mails of its user can be read, and its side can
 * choose another protocol. If no connection tells which side is the client (no transport, or
 * another one than TCP and UDP), it is the side that sent first. Where many clients use one server,
 * the host is the server, and what they do there is one finding: a mail server with 80 senders is
 * one thing to mend.
 *
 * What the packets show decides, unless the first bytes of a connection tell another protocol: then its
 * packets are what these say (FTP on a port that no dissector knows; SSH on that of Telnet, which is not
 * readable).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/cleartext.h"

/* The meaning of a text of the Protocol column, looked up once for each. */
typedef struct {
  const HgCleartext *cleartext; /* NULL: not known to be readable */
  gboolean tls;
  gboolean unnamed; /* no more than a transport, or what any bytes on a port are taken for */
} Column;

static Column *read_columns(const HgTally *tally) {
  const guint count = hg_tally_protocol_count(tally);
  Column *columns = g_new0(Column, count);
  for (guint i = 0; i < count; i++) {
    const HgProtocol *protocol = hg_tally_protocol(tally, (guint16)i);
    columns[i].cleartext = hg_cleartext_find(protocol->name);
    columns[i].tls = hg_protocol_name_is_tls(protocol->name);
    columns[i].unnamed = protocol->transport || protocol->doubtful;
  }
  return columns;
}

/* --- the client of each conversation, and connections that became TLS --- */

typedef struct {
  guint64 packets[2]; /* of connections in which this side is the client */
  gboolean mistaken;  /* first bytes tell that a connection is of another protocol */
} Clients;

typedef struct {
  const HgTally *tally;
  Column *columns;  /* by protocol */
  Clients *clients; /* by the entry that represents a protocol; see representative */
  guint8 *tls;      /* by conversation: a connection ended as TLS */
} Survey;

/* One protocol has several texts ("HTTP", "HTTP/JSON"). The first entry of the conversation for any
 * of them represents all. HG_NO_LINK: it has none. */
static guint32 representative(const Survey *survey, guint32 conversation,
                              const HgCleartext *protocol) {
  guint32 found = HG_NO_LINK;
  guint32 i = hg_tally_conversation(survey->tally, conversation)->first_protocol;
  while (i != HG_NO_LINK) {
    const HgConversationProtocol *cp = hg_tally_conversation_protocol(survey->tally, i);
    if (survey->columns[cp->protocol].cleartext == protocol)
      found = MIN(found, i);
    i = cp->next;
  }
  return found;
}

/* `client`: the side of the conversation. */
static void survey_owner(Survey *survey, const HgService *service, guint16 protocol, guint8 client,
                         guint64 packets) {
  const Column *column = &survey->columns[protocol];
  survey->tls[service->conversation] |= !column->cleartext && column->tls;
  if (!column->cleartext || hg_cleartext_is_tls_port(service->port))
    return;
  const guint32 entry = representative(survey, service->conversation, column->cleartext);
  if (entry != HG_NO_LINK)
    survey->clients[entry].packets[client] += packets;
}

/* A connection that is of something else than its packets show is none of theirs. */
static void survey_mistaken(Survey *survey, guint32 conversation, guint16 shown) {
  const HgCleartext *protocol = survey->columns[shown].cleartext;
  const guint32 entry = protocol ? representative(survey, conversation, protocol) : HG_NO_LINK;
  if (entry != HG_NO_LINK)
    survey->clients[entry].mistaken = TRUE;
}

static void survey_service(Survey *survey, const HgServiceTable *services,
                           const HgService *service) {
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c = hg_service_table_connection(services, service->first_connection + i);
    const guint16 protocol = hg_tally_connection_protocol(survey->tally, c);
    survey_owner(survey, service, protocol, c->client, (guint64)c->packets[0] + c->packets[1]);
    if (protocol != c->protocol &&
        survey->columns[protocol].cleartext != survey->columns[c->protocol].cleartext)
      survey_mistaken(survey, service->conversation, c->protocol);
  }
}

static void survey_init(Survey *survey, const HgTally *tally, const HgServiceTable *services) {
  survey->tally = tally;
  survey->columns = read_columns(tally);
  survey->clients = g_new0(Clients, (gsize)hg_tally_conversation_protocol_count(tally) + 1);
  survey->tls = g_new0(guint8, (gsize)hg_tally_conversation_count(tally) + 1);
  for (guint32 i = 0; i < hg_service_table_count(services); i++)
    survey_service(survey, services, hg_service_table_get(services, i));
}

static void survey_clear(Survey *survey) {
  g_free(survey->columns);
  g_free(survey->clients);
  g_free(survey->tls);
}

/* --- gathering --- */

/* What one client did over one protocol, or, `of_server`, many clients of one server. */
typedef struct Exposure Exposure;
struct Exposure {
  guint32 host;
  const HgCleartext *protocol;
  gboolean of_server;
  gboolean partial; /* the host exchanges packets of this protocol that are not in here */
  guint64 packets, bytes;
  GArray *peers;       /* guint32: servers, or clients */
  GArray *frames;      /* guint32: first and last ones of each conversation and direction */
  gboolean shown;      /* packets show the protocol, */
  GPtrArray *detected; /* and those of these HgService only by the first bytes of connections */
  Exposure *next;      /* of the same host; borrowed */
};

typedef struct {
  const HgRuleRun *run;
  Exposure **of_host;  /* by host: the head of its list, borrowed */
  GPtrArray *list;     /* Exposure, owned, in order of first sight */
  GHashTable *clients; /* (host, protocol) of a server -> how many clients it has */
  double many;         /* so many are one finding */
} Exposures;

static void exposure_free(gpointer data) {
  Exposure *e = data;
  g_array_free(e->peers, TRUE);
  g_array_free(e->frames, TRUE);
  g_ptr_array_free(e->detected, TRUE);
  g_free(e);
}

static Exposure *find_exposure(const Exposures *exposures, guint32 host,
                               const HgCleartext *protocol, gboolean of_server) {
  Exposure *exposure = exposures->of_host[host];
  while (exposure && (exposure->protocol != protocol || exposure->of_server != of_server))
    exposure = exposure->next;
  return exposure;
}

static Exposure *intern_exposure(Exposures *exposures, guint32 host, const HgCleartext *protocol,
                                 gboolean of_server) {
  Exposure *exposure = find_exposure(exposures, host, protocol, of_server);
  if (exposure)
    return exposure;
  exposure = g_new(Exposure, 1);
  *exposure = (Exposure){.host = host,
                         .protocol = protocol,
                         .of_server = of_server,
                         .peers = g_array_new(FALSE, FALSE, sizeof(guint32)),
                         .frames = g_array_new(FALSE, FALSE, sizeof(guint32)),
                         .detected = g_ptr_array_new(),
                         .next = exposures->of_host[host]};
  exposures->of_host[host] = exposure;
  g_ptr_array_add(exposures->list, exposure);
  return exposure;
}

static void add_traffic(Exposure *exposure, const HgTraffic *traffic) {
  if (traffic->packets == 0)
    return;
  exposure->packets += traffic->packets;
  exposure->bytes += traffic->bytes;
  g_array_append_val(exposure->frames, traffic->first_frame);
  g_array_append_val(exposure->frames, traffic->last_frame);
}

/* An entry of a conversation that anyone can read, or connections of a service. */
typedef struct {
  HgTraffic traffic[2]; /* of connections: all in the first */
  const HgCleartext *protocol;
  guint32 client, server;
  gboolean represents;       /* the first of its conversation and protocol */
  const HgService *detected; /* NULL: packets show the protocol */
} Readable;

/* FALSE: nobody can read it, or its client is no host. */
static gboolean read_entry(const HgRuleRun *run, const Survey *survey, guint32 number,
                           Readable *readable) {
  const HgConversationProtocol *cp = hg_tally_conversation_protocol(survey->tally, number);
  const HgConversation *c = hg_tally_conversation(survey->tally, cp->conversation);
  const HgCleartext *protocol = survey->columns[cp->protocol].cleartext;
  if (!protocol || c->host[0] == HG_NO_HOST || c->host[1] == HG_NO_HOST)
    return FALSE;
  /* A connection has the protocol that it ended with. If those of this conversation ended as TLS,
   * only the hello was in clear; on a TLS port Wireshark decrypted it. */
  const gboolean only = c->first_protocol == number && cp->next == HG_NO_LINK;
  const guint32 entry = only ? number : representative(survey, cp->conversation, protocol);
  const guint64 *packets = survey->clients[entry].packets;
  if (packets[0] + packets[1] == 0 &&
      (survey->clients[entry].mistaken || (protocol->can_upgrade && survey->tls[cp->conversation])))
    return FALSE;
  const int side = packets[1] > packets[0] ? 1 : 0;
  *readable = (Readable){{cp->traffic[0], cp->traffic[1]},
                         protocol,
                         c->host[side],
                         c->host[1 - side],
                         entry == number,
                         NULL};
  return hg_rule_run_is_unicast(run, readable->client);
}

static void add_connection(Readable *readable, const HgConnection *c) {
  const HgTraffic traffic = {(guint64)c->packets[0] + c->packets[1],
                             c->bytes[0] + c->bytes[1],
                             c->first_ns,
                             c->last_ns,
                             c->first_frame,
                             c->last_frame};
  hg_traffic_merge(&readable->traffic[0], &traffic);
}

/* No packet of the connection is counted as one of the protocol: they show the transport alone, or what any bytes on
 * the port are taken for, and then none of the conversation shows the protocol. */
static gboolean is_unseen(const Survey *survey, const HgConnection *c,
                          const HgCleartext *protocol) {
  return survey->columns[c->protocol].unnamed &&
         (!c->application || representative(survey, c->conversation, protocol) == HG_NO_LINK);
}

/* The connections of a service of which the first bytes tell a readable protocol, and nothing else does. FALSE:
 * there are none. */
static gboolean read_service(const HgRuleRun *run, const Survey *survey, const HgService *service,
                             Readable *readable) {
  *readable = (Readable){.client = service->client, .server = service->server, .detected = service};
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c =
        hg_service_table_connection(hg_rule_run_services(run), service->first_connection + i);
    const guint16 spoken = hg_tally_connection_protocol(survey->tally, c);
    const HgCleartext *protocol = survey->columns[spoken].cleartext;
    if (spoken == c->protocol || !protocol || !is_unseen(survey, c, protocol) ||
        (readable->protocol && readable->protocol != protocol))
      continue;
    readable->protocol = protocol;
    add_connection(readable, c);
  }
  if (!readable->protocol)
    return FALSE;
  readable->represents =
      representative(survey, service->conversation, readable->protocol) == HG_NO_LINK;
  return hg_rule_run_is_unicast(run, readable->client);
}

/* Protocols are entries of one table, far fewer than 2^16. */
static gpointer server_key(const Readable *readable) {
  const gsize protocol = (gsize)(readable->protocol - hg_cleartexts);
  return GSIZE_TO_POINTER((gsize)readable->server << 16 | protocol);
}

static guint clients_of(const Exposures *exposures, const Readable *readable) {
  return GPOINTER_TO_UINT(g_hash_table_lookup(exposures->clients, server_key(readable)));
}

static void count_client(Exposures *exposures, const Readable *readable) {
  if (readable->represents && hg_rule_run_is_unicast(exposures->run, readable->server))
    g_hash_table_insert(exposures->clients, server_key(readable),
                        GUINT_TO_POINTER(clients_of(exposures, readable) + 1));
}

static void gather_entry(Exposures *exposures, const Readable *readable) {
  const gboolean of_server = clients_of(exposures, readable) >= exposures->many;
  const guint32 host = of_server ? readable->server : readable->client;
  const guint32 peer = of_server ? readable->client : readable->server;
  Exposure *exposure = intern_exposure(exposures, host, readable->protocol, of_server);
  if (readable->represents)
    g_array_append_val(exposure->peers, peer);
  for (int d = 0; d < 2; d++)
    add_traffic(exposure, &readable->traffic[d]);
  if (readable->detected)
    g_ptr_array_add(exposure->detected, (gpointer)readable->detected);
  else
    exposure->shown = TRUE;
}

typedef void (*Take)(Exposures *exposures, const Readable *readable);

/* Services of one pair are neighbours: of several that are of one protocol the first represents it. */
static void take_services(Exposures *exposures, const Survey *survey, Take take) {
  const HgServiceTable *services = hg_rule_run_services(exposures->run);
  Readable last = {.client = HG_NO_HOST}, readable;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    if (!read_service(exposures->run, survey, hg_service_table_get(services, i), &readable))
      continue;
    readable.represents &= readable.client != last.client || readable.server != last.server ||
                           readable.protocol != last.protocol;
    take(exposures, &readable);
    last = readable;
  }
}

static void take_all(Exposures *exposures, const Survey *survey, Take take) {
  const guint32 count = hg_tally_conversation_protocol_count(survey->tally);
  Readable readable;
  for (guint32 i = 0; i < count; i++)
    if (read_entry(exposures->run, survey, i, &readable))
      take(exposures, &readable);
  take_services(exposures, survey, take);
}

/* Each host that is the peer in an exposure has packets of that protocol beside those of its own, and so
 * has one with an exposure of either kind. */
static void mark_partial(Exposures *exposures) {
  for (guint i = 0; i < exposures->list->len; i++) {
    Exposure *exposure = g_ptr_array_index(exposures->list, i);
    if (find_exposure(exposures, exposure->host, exposure->protocol, !exposure->of_server))
      exposure->partial = TRUE;
    for (guint j = 0; j < exposure->peers->len; j++)
      for (int of_server = 0; of_server < 2; of_server++) {
        Exposure *peer = find_exposure(exposures, g_array_index(exposure->peers, guint32, j),
                                       exposure->protocol, of_server);
        if (peer)
          peer->partial = TRUE;
      }
  }
}

/* Exposure, owned. (transfer full) */
static GPtrArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  Survey survey;
  survey_init(&survey, tally, hg_rule_run_services(run));
  Exposures exposures = {run, g_new0(Exposure *, (gsize)hg_tally_host_count(tally) + 1),
                         g_ptr_array_new_with_free_func(exposure_free),
                         g_hash_table_new(NULL, NULL), hg_rule_run_parameter(run, "clients")};
  take_all(&exposures, &survey, count_client);
  take_all(&exposures, &survey, gather_entry);
  mark_partial(&exposures);
  survey_clear(&survey);
  g_hash_table_destroy(exposures.clients);
  g_free(exposures.of_host);
  return exposures.list;
}

/* --- the report --- */

/* If the host has other packets of this protocol, the filter names its peers to tell them apart. Where packets do not
 * show the protocol, its services do. */
static char *filter_of(const HgTally *tally, const Exposure *exposure) {
  char *services = hg_filter_services(tally, exposure->host, exposure->detected);
  if (!exposure->shown)
    return services;
  char *hosts = hg_filter_host(tally, exposure->host, HG_FILTER_EITHER);
  if (exposure->partial || exposure->peers->len == 1)
    hosts = hg_filter_and(hosts, hg_filter_hosts(tally, exposure->peers, HG_FILTER_EITHER));
  return hg_filter_or(hg_filter_and(g_strdup(exposure->protocol->filter), hosts), services);
}

static void report(HgRuleRun *run, const Exposure *exposure, double threshold) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, exposure->host);
  finding->strength = 1;
  finding->protocol = g_strdup(exposure->protocol->name);
  finding->observed = (double)exposure->packets;
  finding->threshold = threshold;
  for (guint i = 0; i < exposure->peers->len && i < HG_FINDING_MAX_PEERS; i++)
    hg_finding_add_peer(finding, g_array_index(exposure->peers, guint32, i));
  for (guint i = 0; i < exposure->frames->len; i++)
    hg_finding_add_frame(finding, g_array_index(exposure->frames, guint32, i));
  hg_finding_take_filter(finding, filter_of(tally, exposure));
  char *peers = hg_wording_hosts(tally, exposure->peers, exposure->peers->len);
  char *whom = exposure->of_server
                   ? g_strdup_printf("its %u clients %s", exposure->peers->len, peers)
                   : g_strdup(peers);
  hg_finding_set_evidence(finding,
                          "%s exchanged %" G_GUINT64_FORMAT " packets (%" G_GUINT64_FORMAT
                          " bytes) of unencrypted %s with %s",
                          hg_tally_host(tally, exposure->host)->text, exposure->packets,
                          exposure->bytes, exposure->protocol->name, whom);
  g_free(whom);
  g_free(peers);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  if (hg_tally_traffic(tally)->packets > 0 && hg_tally_protocol_count(tally) <= 1) {
    hg_rule_run_not_assessed(run, "the protocols of the packets are not known");
    return;
  }
  const double threshold = hg_rule_run_parameter(run, "packets");
  GPtrArray *exposures = gather(run);
  for (guint i = 0; i < exposures->len; i++) {
    const Exposure *exposure = g_ptr_array_index(exposures, i);
    if ((double)exposure->packets >= threshold)
      report(run, exposure, threshold);
  }
  g_ptr_array_free(exposures, TRUE);
}

static const char *const attack[] = {"T1040", NULL};
static const HgParameter parameters[] = {
    {"packets", 1, 1, 1e12, "packets", "fewer of a host and protocol are not listed"},
    {"clients", 5, 2, 1000000, "hosts",
     "so many clients of one server are one finding, about the server"},
    {0}};

const HgRule hg_rule_cleartext_protocol = {
    .id = "cleartext-protocol",
    .title = "Cleartext protocol",
    .kind = HG_FINDING_EXPOSURE,
    .weight = 0,
    .attack = attack,
    .what = "application protocols without encryption: anyone on the way can read them",
    .source = "the Protocol column against a table of protocols that do not encrypt",
    .false_positive_if = "the path is trusted, or a tunnel around it encrypts",
    .parameters = parameters,
    .assess = assess};

/* cleartext_protocol.c - unencrypted application protocols, by host and protocol
 *
 * The host is the client: it is its user whose questions, files and mails can be read, and its
 * side that can choose another protocol. Where no connection tells who the client is (no transport,
 * or another one than TCP and UDP) it is the side that spoke first.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/cleartext.h"
#include "analysis/filter_private.h"
#include "analysis/rule.h"
#include "analysis/wording.h"

/* What a text of the Protocol column says, looked up once for each. */
typedef struct {
  const HgCleartext *cleartext; /* NULL: not known to be readable */
  gboolean tls;
} Column;

static Column *read_columns(const HgTally *tally) {
  const guint count = hg_tally_protocol_count(tally);
  Column *columns = g_new0(Column, count);
  for (guint i = 0; i < count; i++) {
    const char *name = hg_tally_protocol(tally, (guint16)i)->name;
    columns[i].cleartext = hg_cleartext_find(name);
    columns[i].tls = g_str_has_prefix(name, "TLS") || g_str_has_prefix(name, "SSL");
  }
  return columns;
}

/* --- who the client is, and whether TLS took over --- */

/* The connections of a conversation that ended as one protocol. */
typedef struct {
  guint32 conversation;
  const HgCleartext *protocol;
  guint64 packets[2]; /* of connections in which this side is the client */
} Spoken;

typedef struct {
  GHashTable *spoken; /* Spoken, owned; equal when conversation and protocol are */
  guint8 *tls;        /* by conversation: a connection ended as TLS */
} Connections;

static guint spoken_hash(gconstpointer key) {
  const Spoken *s = key;
  return s->conversation * 31 + g_direct_hash(s->protocol);
}

static gboolean spoken_equal(gconstpointer a, gconstpointer b) {
  const Spoken *x = a, *y = b;
  return x->conversation == y->conversation && x->protocol == y->protocol;
}

static void count_connection(Connections *connections, const Column *column,
                             const HgConnection *c) {
  connections->tls[c->conversation] |= !column->cleartext && column->tls;
  if (!column->cleartext || hg_cleartext_is_tls_port(hg_connection_server_port(c)))
    return;
  const Spoken key = {.conversation = c->conversation, .protocol = column->cleartext};
  Spoken *spoken = g_hash_table_lookup(connections->spoken, &key);
  if (!spoken) {
    spoken = g_memdup2(&key, sizeof key);
    g_hash_table_add(connections->spoken, spoken);
  }
  spoken->packets[c->client] += c->packets[0] + c->packets[1];
}

static Connections count_connections(HgRuleRun *run, const Column *columns) {
  const HgServiceTable *services = hg_rule_run_services(run);
  Connections connections = {
      g_hash_table_new_full(spoken_hash, spoken_equal, g_free, NULL),
      g_new0(guint8, (gsize)hg_tally_conversation_count(hg_rule_run_tally(run)) + 1)};
  for (guint32 i = 0; i < hg_service_table_connection_count(services); i++) {
    const HgConnection *c = hg_service_table_connection(services, i);
    count_connection(&connections, &columns[c->protocol], c);
  }
  return connections;
}

/* --- gathering --- */

/* What one client did over one protocol. */
typedef struct {
  guint32 client;
  const HgCleartext *protocol;
  gboolean serves; /* it is a server of this protocol, too */
  guint64 packets, bytes;
  GArray *servers; /* guint32 */
  GArray *frames;  /* guint32: first and last ones of each conversation and direction */
} Exposure;

static guint exposure_hash(gconstpointer key) {
  const Exposure *e = key;
  return e->client * 31 + g_direct_hash(e->protocol);
}

static gboolean exposure_equal(gconstpointer a, gconstpointer b) {
  const Exposure *x = a, *y = b;
  return x->client == y->client && x->protocol == y->protocol;
}

static void exposure_free(gpointer data) {
  Exposure *e = data;
  g_array_free(e->servers, TRUE);
  g_array_free(e->frames, TRUE);
  g_free(e);
}

static void add_frames(Exposure *exposure, const HgTraffic *traffic) {
  if (traffic->packets == 0)
    return;
  g_array_append_val(exposure->frames, traffic->first_frame);
  g_array_append_val(exposure->frames, traffic->last_frame);
}

typedef struct {
  GHashTable *by_client; /* Exposure, borrowed; equal when client and protocol are */
  GPtrArray *list;       /* Exposure, owned, in order of first sight */
} Exposures;

static Exposure *intern_exposure(Exposures *exposures, guint32 client,
                                 const HgCleartext *protocol) {
  const Exposure key = {.client = client, .protocol = protocol};
  Exposure *exposure = g_hash_table_lookup(exposures->by_client, &key);
  if (!exposure) {
    exposure = g_memdup2(&key, sizeof key);
    exposure->servers = g_array_new(FALSE, FALSE, sizeof(guint32));
    exposure->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_hash_table_add(exposures->by_client, exposure);
    g_ptr_array_add(exposures->list, exposure);
  }
  return exposure;
}

/* One protocol has several texts ("HTTP", "HTTP/JSON"): was the conversation seen with another? */
static gboolean is_known(const HgTally *tally, const Column *columns, const HgConversation *c,
                         guint32 number) {
  const HgCleartext *protocol =
      columns[hg_tally_conversation_protocol(tally, number)->protocol].cleartext;
  for (guint32 i = c->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *other = hg_tally_conversation_protocol(tally, i);
    if (i < number && columns[other->protocol].cleartext == protocol)
      return TRUE;
    i = other->next;
  }
  return FALSE;
}

static void gather_spoken(HgRuleRun *run, Exposures *exposures, const Connections *connections,
                          const Column *columns, guint32 number) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgConversationProtocol *cp = hg_tally_conversation_protocol(tally, number);
  const HgConversation *c = hg_tally_conversation(tally, cp->conversation);
  const Spoken key = {.conversation = cp->conversation,
                      .protocol = columns[cp->protocol].cleartext};
  if (!key.protocol || c->host[0] == HG_NO_HOST || c->host[1] == HG_NO_HOST)
    return;
  /* A connection is known by the protocol that it ended with. When those of this conversation
   * ended as TLS, only the hello was in clear; on a TLS port Wireshark has decrypted it. */
  const Spoken *spoken = g_hash_table_lookup(connections->spoken, &key);
  if (key.protocol->can_upgrade && !spoken && connections->tls[cp->conversation])
    return;
  const int side = spoken && spoken->packets[1] > spoken->packets[0] ? 1 : 0;
  if (!hg_rule_run_is_unicast(run, c->host[side]))
    return;
  Exposure *exposure = intern_exposure(exposures, c->host[side], key.protocol);
  if (!is_known(tally, columns, c, number))
    g_array_append_val(exposure->servers, c->host[1 - side]);
  for (int d = 0; d < 2; d++) {
    exposure->packets += cp->traffic[d].packets;
    exposure->bytes += cp->traffic[d].bytes;
    add_frames(exposure, &cp->traffic[d]);
  }
}

static void mark_serving(Exposures *exposures) {
  for (guint i = 0; i < exposures->list->len; i++) {
    const Exposure *exposure = g_ptr_array_index(exposures->list, i);
    for (guint j = 0; j < exposure->servers->len; j++) {
      const Exposure key = {.client = g_array_index(exposure->servers, guint32, j),
                            .protocol = exposure->protocol};
      Exposure *server = g_hash_table_lookup(exposures->by_client, &key);
      if (server)
        server->serves = TRUE;
    }
  }
}

/* Exposure, owned. (transfer full) */
static GPtrArray *gather(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  Exposures exposures = {g_hash_table_new(exposure_hash, exposure_equal),
                         g_ptr_array_new_with_free_func(exposure_free)};
  Column *columns = read_columns(tally);
  Connections connections = count_connections(run, columns);
  for (guint32 i = 0; i < hg_tally_conversation_protocol_count(tally); i++)
    gather_spoken(run, &exposures, &connections, columns, i);
  mark_serving(&exposures);
  g_hash_table_destroy(connections.spoken);
  g_free(connections.tls);
  g_free(columns);
  g_hash_table_destroy(exposures.by_client);
  return exposures.list;
}

/* --- the report --- */

/* Where the client is itself a server of this protocol, its own servers tell the two apart. */
static char *filter_of(const HgTally *tally, const Exposure *exposure) {
  const HgAddress *client = &hg_tally_host(tally, exposure->client)->address;
  char *hosts = hg_filter_address(client, HG_FILTER_EITHER);
  if (exposure->serves || exposure->servers->len == 1)
    hosts = hg_filter_and(hosts, hg_filter_hosts(tally, exposure->servers, HG_FILTER_EITHER));
  return hg_filter_and(g_strdup(exposure->protocol->filter), hosts);
}

static void report(HgRuleRun *run, const Exposure *exposure, double threshold) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, exposure->client);
  finding->strength = 1;
  finding->protocol = g_strdup(exposure->protocol->name);
  finding->measured = (double)exposure->packets;
  finding->threshold = threshold;
  for (guint i = 0; i < exposure->servers->len && i < HG_FINDING_MAX_PEERS; i++)
    hg_finding_add_peer(finding, g_array_index(exposure->servers, guint32, i));
  for (guint i = 0; i < exposure->frames->len; i++)
    hg_finding_add_frame(finding, g_array_index(exposure->frames, guint32, i));
  hg_finding_take_filter(finding, filter_of(tally, exposure));
  char *servers = hg_wording_hosts(tally, exposure->servers, exposure->servers->len);
  hg_finding_set_evidence(finding,
                          "%s exchanged %" G_GUINT64_FORMAT " packets (%" G_GUINT64_FORMAT
                          " bytes) of unencrypted %s with %s",
                          hg_tally_host(tally, exposure->client)->text, exposure->packets,
                          exposure->bytes, exposure->protocol->name, servers);
  g_free(servers);
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
    {"packets", 1, 1, 1e12, "packets", "fewer of a host and protocol are not listed"}, {0}};

const HgRule hg_rule_cleartext_protocol = {
    .id = "cleartext-protocol",
    .title = "Cleartext protocol",
    .kind = HG_FINDING_EXPOSURE,
    .weight = 0,
    .attack = attack,
    .what = "application protocols without encryption: anyone on the way can read them",
    .source = "the Protocol column against a table of protocols that do not encrypt",
    .clears_if = "the path is trusted, or a tunnel around it encrypts",
    .parameters = parameters,
    .assess = assess};

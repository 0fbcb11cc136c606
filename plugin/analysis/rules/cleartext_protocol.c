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

/* What one client did over one protocol. */
typedef struct {
  guint32 client;
  const HgCleartext *protocol;
  guint64 packets, bytes;
  GArray *servers;   /* guint32 */
  GHashTable *known; /* the same, to look up */
  GArray *frames;    /* guint32: first and last ones of each conversation and direction */
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
  g_hash_table_destroy(e->known);
  g_array_free(e->frames, TRUE);
  g_free(e);
}

/* --- who the client is, and whether TLS took over --- */

typedef struct {
  guint32 conversation;
  const HgCleartext *protocol; /* NULL: TLS */
} Spoken;

typedef struct {
  guint64 packets[2]; /* of connections in which this side is the client */
} Clients;

static guint spoken_hash(gconstpointer key) {
  const Spoken *s = key;
  return s->conversation * 31 + g_direct_hash(s->protocol);
}

static gboolean spoken_equal(gconstpointer a, gconstpointer b) {
  const Spoken *x = a, *y = b;
  return x->conversation == y->conversation && x->protocol == y->protocol;
}

static gboolean is_tls(const char *column) {
  return g_str_has_prefix(column, "TLS") || g_str_has_prefix(column, "SSL");
}

static void count_connection(GHashTable *spoken, const HgTally *tally, const HgConnection *c) {
  const char *column = hg_tally_protocol(tally, c->protocol)->name;
  const Spoken key = {c->conversation, hg_cleartext_find(column)};
  if (!key.protocol && !is_tls(column))
    return;
  if (key.protocol && hg_cleartext_is_tls_port(hg_connection_server_port(c)))
    return;
  Clients *clients = g_hash_table_lookup(spoken, &key);
  if (!clients) {
    clients = g_new0(Clients, 1);
    g_hash_table_insert(spoken, g_memdup2(&key, sizeof key), clients);
  }
  clients->packets[c->client] += c->packets[0] + c->packets[1];
}

/* Spoken -> Clients */
static GHashTable *count_connections(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  GHashTable *spoken = g_hash_table_new_full(spoken_hash, spoken_equal, g_free, g_free);
  for (guint32 i = 0; i < hg_service_table_connection_count(services); i++)
    count_connection(spoken, hg_rule_run_tally(run), hg_service_table_connection(services, i));
  return spoken;
}

/* A connection is known by the protocol that it ended with. When those of this conversation ended
 * as TLS, only the hello was in clear; on a TLS port Wireshark has decrypted it. */
static gboolean is_protected(GHashTable *spoken, const Spoken *key) {
  const Spoken tls = {key->conversation, NULL};
  return key->protocol->can_upgrade && !g_hash_table_contains(spoken, key) &&
         g_hash_table_contains(spoken, &tls);
}

/* --- gathering --- */

static void add_frames(Exposure *exposure, const HgTraffic *traffic) {
  if (traffic->packets == 0)
    return;
  g_array_append_val(exposure->frames, traffic->first_frame);
  g_array_append_val(exposure->frames, traffic->last_frame);
}

static void add_exposure(GHashTable *exposures, GPtrArray *list, const HgConversationProtocol *cp,
                         const Exposure *key, guint32 server) {
  Exposure *exposure = g_hash_table_lookup(exposures, key);
  if (!exposure) {
    exposure = g_memdup2(key, sizeof *key);
    exposure->servers = g_array_new(FALSE, FALSE, sizeof(guint32));
    exposure->known = g_hash_table_new(NULL, NULL);
    exposure->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_hash_table_add(exposures, exposure);
    g_ptr_array_add(list, exposure);
  }
  if (g_hash_table_add(exposure->known, GUINT_TO_POINTER(server)))
    g_array_append_val(exposure->servers, server);
  for (int d = 0; d < 2; d++) {
    exposure->packets += cp->traffic[d].packets;
    exposure->bytes += cp->traffic[d].bytes;
    add_frames(exposure, &cp->traffic[d]);
  }
}

static GPtrArray *gather(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  GPtrArray *list = g_ptr_array_new_with_free_func(exposure_free);
  GHashTable *exposures = g_hash_table_new(exposure_hash, exposure_equal);
  GHashTable *spoken = count_connections(run);
  for (guint32 i = 0; i < hg_tally_conversation_protocol_count(tally); i++) {
    const HgConversationProtocol *cp = hg_tally_conversation_protocol(tally, i);
    const HgConversation *c = hg_tally_conversation(tally, cp->conversation);
    const Spoken key = {cp->conversation,
                        hg_cleartext_find(hg_tally_protocol(tally, cp->protocol)->name)};
    if (!key.protocol || is_protected(spoken, &key) || c->host[0] == HG_NO_HOST ||
        c->host[1] == HG_NO_HOST)
      continue;
    const Clients *clients = g_hash_table_lookup(spoken, &key);
    const int side = clients && clients->packets[1] > clients->packets[0] ? 1 : 0;
    const Exposure exposure = {.client = c->host[side], .protocol = key.protocol};
    if (hg_host_is_unicast(hg_tally_host(tally, exposure.client)))
      add_exposure(exposures, list, cp, &exposure, c->host[1 - side]);
  }
  g_hash_table_destroy(spoken);
  g_hash_table_destroy(exposures);
  return list;
}

/* --- the report --- */

/* Where the client is itself a server of this protocol, its own servers tell the two apart. */
static char *filter_of(const HgTally *tally, GHashTable *serving, const Exposure *exposure) {
  const HgAddress *client = &hg_tally_host(tally, exposure->client)->address;
  char *hosts = hg_filter_address(client, HG_FILTER_EITHER);
  if (g_hash_table_contains(serving, exposure) || exposure->servers->len == 1)
    hosts = hg_filter_and(hosts, hg_filter_hosts(tally, exposure->servers, HG_FILTER_EITHER));
  return hg_filter_and(g_strdup(exposure->protocol->filter), hosts);
}

static void report(HgRuleRun *run, GHashTable *serving, const Exposure *exposure) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, exposure->client);
  finding->strength = 1;
  finding->protocol = g_strdup(exposure->protocol->name);
  finding->measured = (double)exposure->packets;
  finding->threshold = hg_rule_run_parameter(run, "packets");
  for (guint i = 0; i < exposure->servers->len && i < HG_FINDING_MAX_PEERS; i++)
    hg_finding_add_peer(finding, g_array_index(exposure->servers, guint32, i));
  for (guint i = 0; i < exposure->frames->len; i++)
    hg_finding_add_frame(finding, g_array_index(exposure->frames, guint32, i));
  hg_finding_take_filter(finding, filter_of(tally, serving, exposure));
  char *servers = hg_wording_hosts(tally, exposure->servers, exposure->servers->len);
  hg_finding_set_evidence(finding,
                          "%s exchanged %" G_GUINT64_FORMAT " packets (%" G_GUINT64_FORMAT
                          " bytes) of unencrypted %s with %s",
                          hg_tally_host(tally, exposure->client)->text, exposure->packets,
                          exposure->bytes, exposure->protocol->name, servers);
  g_free(servers);
}

/* Exposure -> itself, for lookup only: `client` is a server of `protocol`. */
static GHashTable *gather_serving(const GPtrArray *exposures) {
  GHashTable *serving = g_hash_table_new_full(exposure_hash, exposure_equal, g_free, NULL);
  for (guint i = 0; i < exposures->len; i++) {
    const Exposure *exposure = g_ptr_array_index(exposures, i);
    for (guint j = 0; j < exposure->servers->len; j++) {
      const Exposure key = {.client = g_array_index(exposure->servers, guint32, j),
                            .protocol = exposure->protocol};
      if (!g_hash_table_contains(serving, &key))
        g_hash_table_add(serving, g_memdup2(&key, sizeof key));
    }
  }
  return serving;
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  if (hg_tally_traffic(tally)->packets > 0 && hg_tally_protocol_count(tally) <= 1) {
    hg_rule_run_not_assessed(run, "the protocols of the packets are not known");
    return;
  }
  GPtrArray *exposures = gather(run);
  GHashTable *serving = gather_serving(exposures);
  for (guint i = 0; i < exposures->len; i++) {
    const Exposure *exposure = g_ptr_array_index(exposures, i);
    if ((double)exposure->packets >= hg_rule_run_parameter(run, "packets"))
      report(run, serving, exposure);
  }
  g_hash_table_destroy(serving);
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

/* service.c - connections gathered by client, server, transport and server port
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "service.h"

#include "reassembled_connections.h"
#include "stealth_probes.h"
#include "tally/memory/counting_sort.h"

#include <string.h>

struct HgServiceTable {
  const HgTally *tally;                 /* borrowed; only while it is built */
  HgReassembledConnections reassembled; /* its connections are brought into the order of services */
  GArray *services;                     /* HgService */
  gint8 *initiator;                     /* by conversation */
};

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static int by_time(const HgConnection *a, const HgConnection *b) {
  ORDER(a->first_ns, b->first_ns);
  ORDER(a->first_frame, b->first_frame);
  return 0;
}

/* The connections are sorted by conversation here, and within each by ports before time. */
static void find_initiators(HgServiceTable *table) {
  const guint32 conversations = hg_tally_conversation_count(table->tally);
  table->initiator = g_malloc((gsize)conversations + 1);
  memset(table->initiator, HG_SIDE_UNKNOWN, conversations);
  const HgConnection *first = NULL;
  for (guint32 i = 0; i < table->reassembled.count; i++) {
    const HgConnection *c = table->reassembled.connections[i];
    if (!first || first->conversation != c->conversation || by_time(c, first) < 0)
      first = c;
    table->initiator[c->conversation] = first->begun ? (gint8)first->client : HG_SIDE_UNKNOWN;
  }
}

static guint32 end_of(const HgServiceTable *table, const HgConnection *c, int side) {
  return hg_tally_conversation(table->tally, c->conversation)->host[side];
}

/* For connections of one client and one server. */
static gint by_service(gconstpointer first, gconstpointer second, gpointer data) {
  const HgConnection *a = ((const HgCountingSortItem *)first)->item;
  const HgConnection *b = ((const HgCountingSortItem *)second)->item;
  (void)data;
  ORDER(a->transport, b->transport);
  ORDER(hg_connection_server_port(a), hg_connection_server_port(b));
  return by_time(a, b);
}

enum { CLIENT, SERVER };

static gboolean is_same_pair(const HgCountingSortItem *a, const HgCountingSortItem *b) {
  return a->key[CLIENT] == b->key[CLIENT] && a->key[SERVER] == b->key[SERVER];
}

/* By client, server, transport, port and time, with client and server as keys. (transfer full) */
static HgCountingSortItem *sort_connections(HgServiceTable *table) {
  const guint32 count = table->reassembled.count, hosts = hg_tally_host_count(table->tally);
  HgCountingSortItem *items = g_new(HgCountingSortItem, (gsize)count + 1);
  HgCountingSortItem *sorted = g_new(HgCountingSortItem, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++) {
    const HgConnection *c = table->reassembled.connections[i];
    items[i] =
        (HgCountingSortItem){{end_of(table, c, c->client), end_of(table, c, 1 - c->client)}, c};
  }
  hg_counting_sort(items, sorted, count, SERVER, hosts);
  hg_counting_sort(sorted, items, count, CLIENT, hosts);
  g_free(sorted);
  for (guint32 from = 0, to; from < count; from = to) {
    for (to = from + 1; to < count && is_same_pair(&items[to], &items[from]); to++)
      continue;
    hg_counting_sort_finish(items + from, to - from, by_service, NULL);
    for (guint32 i = from; i < to; i++)
      table->reassembled.connections[i] = items[i].item;
  }
  return items;
}

static gboolean belongs(const HgService *s, const HgCountingSortItem *item) {
  const HgConnection *c = item->item;
  return s->client == item->key[CLIENT] && s->server == item->key[SERVER] &&
         s->transport == c->transport && s->port == hg_connection_server_port(c);
}

static void count_conn_state(HgService *service, const HgConnection *connection) {
  const HgConnectionState conn_state = hg_connection_state(connection);
  service->attempts += conn_state != HG_CONNECTION_MIDSTREAM;
  service->midstream += conn_state == HG_CONNECTION_MIDSTREAM;
  service->established += conn_state == HG_CONNECTION_ESTABLISHED;
  service->refused += conn_state == HG_CONNECTION_REFUSED;
  service->unanswered += conn_state == HG_CONNECTION_UNANSWERED;
}

static void add_connection(HgService *service, const HgConnection *c) {
  for (int way = 0; way < 2; way++) {
    const int side = way == 0 ? c->client : 1 - c->client;
    service->packets[way] += c->packets[side];
    service->bytes[way] += c->bytes[side];
    service->payload[way] += c->payload[side];
  }
  if (service->connections++ == 0) {
    service->first_ns = c->first_ns;
    service->first_frame = c->first_frame;
    service->last_ns = c->last_ns;
    service->last_frame = c->last_frame;
  }
  if (c->last_ns > service->last_ns ||
      (c->last_ns == service->last_ns && c->last_frame > service->last_frame)) {
    service->last_ns = c->last_ns;
    service->last_frame = c->last_frame;
  }
  count_conn_state(service, c);
}

/* --- the protocol of a service --- */

/* Packets of one service by protocol; used for one service after the other. */
typedef struct {
  guint64 *packets;      /* by protocol */
  gboolean *application; /* by protocol */
  GArray *named;         /* guint16: protocols with votes */
} Votes;

static void votes_init(Votes *votes, const HgTally *tally) {
  const guint protocols = hg_tally_protocol_count(tally);
  votes->packets = g_new0(guint64, (gsize)protocols + 1);
  votes->application = g_new0(gboolean, (gsize)protocols + 1);
  votes->named = g_array_new(FALSE, FALSE, sizeof(guint16));
}

static void votes_clear(Votes *votes) {
  g_free(votes->packets);
  g_free(votes->application);
  g_array_free(votes->named, TRUE);
}

static void vote(Votes *votes, const HgTally *tally, const HgConnection *c) {
  const guint16 protocol = hg_tally_connection_protocol(tally, c);
  /* Without packets there is no connection. */
  if (votes->packets[protocol] == 0) {
    g_array_append_val(votes->named, protocol);
    votes->application[protocol] = c->application || protocol != c->protocol;
  }
  votes->packets[protocol] += (guint64)c->packets[0] + c->packets[1];
}

/* Does `a` name the service better than `b`? Ties go by name, which no order of packets changes. */
static gboolean is_better(const Votes *votes, const HgTally *tally, guint16 a, guint16 b) {
  if (votes->application[a] != votes->application[b])
    return votes->application[a];
  if (votes->packets[a] != votes->packets[b])
    return votes->packets[a] > votes->packets[b];
  return strcmp(hg_tally_protocol(tally, a)->name, hg_tally_protocol(tally, b)->name) < 0;
}

/* The protocol of most of the packets of a service that is more than its transport. */
static guint16 elect_protocol(const HgServiceTable *table, const HgService *service, Votes *votes) {
  const HgConnection *const *connections =
      table->reassembled.connections + service->first_connection;
  if (service->connections == 1)
    return hg_tally_connection_protocol(table->tally, connections[0]);
  for (guint32 i = 0; i < service->connections; i++)
    vote(votes, table->tally, connections[i]);
  guint16 best = hg_tally_connection_protocol(table->tally, connections[0]);
  for (guint i = 0; i < votes->named->len; i++) {
    const guint16 other = g_array_index(votes->named, guint16, i);
    if (is_better(votes, table->tally, other, best))
      best = other;
  }
  for (guint i = 0; i < votes->named->len; i++)
    votes->packets[g_array_index(votes->named, guint16, i)] = 0;
  g_array_set_size(votes->named, 0);
  return best;
}

/* The protocol of a service is elected as soon as its connections are complete, while they are
 * still in the cache: they are scattered over memory. */
static void gather(HgServiceTable *table, const HgCountingSortItem *items) {
  HgService *service = NULL;
  Votes votes;
  table->services = g_array_new(FALSE, FALSE, sizeof(HgService));
  votes_init(&votes, table->tally);
  for (guint32 i = 0; i < table->reassembled.count; i++) {
    const HgConnection *c = items[i].item;
    hg_counting_sort_prefetch(items, i, table->reassembled.count);
    if (!service || !belongs(service, &items[i])) {
      const HgService fresh = {.client = items[i].key[CLIENT],
                               .server = items[i].key[SERVER],
                               .conversation = c->conversation,
                               .side = c->client,
                               .transport = c->transport,
                               .port = hg_connection_server_port(c),
                               .first_connection = i};
      if (service)
        service->protocol = elect_protocol(table, service, &votes);
      g_array_append_val(table->services, fresh);
      service = &g_array_index(table->services, HgService, table->services->len - 1);
    }
    add_connection(service, c);
  }
  if (service)
    service->protocol = elect_protocol(table, service, &votes);
  votes_clear(&votes);
}

HgServiceTable *hg_service_table_new(const HgTally *tally) {
  HgServiceTable *table = g_new0(HgServiceTable, 1);
  table->tally = tally;
  hg_reassembled_connections_init(&table->reassembled, tally);
  hg_stealth_probes_tell(&table->reassembled, tally);
  find_initiators(table);
  HgCountingSortItem *items = sort_connections(table);
  gather(table, items);
  g_free(items);
  table->tally = NULL;
  return table;
}

void hg_service_table_free(HgServiceTable *table) {
  if (!table)
    return;
  hg_reassembled_connections_clear(&table->reassembled);
  g_array_free(table->services, TRUE);
  g_free(table->initiator);
  g_free(table);
}

guint32 hg_service_table_count(const HgServiceTable *table) {
  return table->services->len;
}

const HgService *hg_service_table_get(const HgServiceTable *table, guint32 number) {
  g_return_val_if_fail(number < table->services->len, NULL);
  return &g_array_index(table->services, HgService, number);
}

/* The first service at or after (client, server). */
static guint32 lower_bound(const HgServiceTable *table, guint32 client, guint32 server) {
  guint32 low = 0, high = table->services->len;
  while (low < high) {
    const guint32 middle = low + (high - low) / 2;
    const HgService *s = &g_array_index(table->services, HgService, middle);
    if (s->client < client || (s->client == client && s->server < server))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

guint32 hg_service_table_of_client(const HgServiceTable *table, guint32 client, guint32 *first) {
  *first = lower_bound(table, client, 0);
  return lower_bound(table, client + 1, 0) - *first;
}

guint32 hg_service_table_of_pair(const HgServiceTable *table, guint32 client, guint32 server,
                                 guint32 *first) {
  *first = lower_bound(table, client, server);
  return lower_bound(table, client, server + 1) - *first;
}

guint32 hg_service_table_connection_count(const HgServiceTable *table) {
  return table->reassembled.count;
}

const HgConnection *hg_service_table_connection(const HgServiceTable *table, guint32 number) {
  g_return_val_if_fail(number < table->reassembled.count, NULL);
  return table->reassembled.connections[number];
}

const GArray *hg_service_table_parts(const HgServiceTable *table) {
  return table->reassembled.parts;
}

guint32 hg_service_table_initiated(const HgServiceTable *table, guint32 from, guint32 to) {
  guint32 attempts = 0, first;
  const guint32 count = hg_service_table_of_pair(table, from, to, &first);
  for (guint32 i = first; i < first + count; i++)
    attempts += g_array_index(table->services, HgService, i).attempts;
  return attempts;
}

int hg_service_table_initiator(const HgServiceTable *table, guint32 conversation) {
  return table->initiator[conversation];
}

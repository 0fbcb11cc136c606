/* save_services.c - saves the tables services, connections, connection_parts
 *
 * If several captures show one TCP connection, the part in each is saved as well: a capture that
 * is added later may lie in between and show that there were two connections.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"
#include "tally/tables/zeek_state.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

typedef struct {
  HgStoreSave *save;
  const HgServiceTable *services;
  guint32 *row; /* connections: row by number */
} Saving;

static gint by_ends(gconstpointer a, gconstpointer b, gpointer data) {
  const Saving *saving = data;
  const HgService *x = hg_service_table_get(saving->services, *(const guint32 *)a);
  const HgService *y = hg_service_table_get(saving->services, *(const guint32 *)b);
  ORDER(hg_store_host_row(saving->save, x->client), hg_store_host_row(saving->save, y->client));
  ORDER(hg_store_host_row(saving->save, x->server), hg_store_host_row(saving->save, y->server));
  ORDER(x->transport, y->transport);
  ORDER(x->port, y->port);
  return 0;
}

static void save_service(const Saving *saving, const HgService *service, guint32 row) {
  HgStoreWriter *writer = saving->save->writer;
  hg_store_integer(writer, row);
  hg_store_integer(writer, hg_store_host_row(saving->save, service->client));
  hg_store_integer(writer, hg_store_host_row(saving->save, service->server));
  hg_store_literal(writer, hg_transport_name(service->transport));
  hg_store_integer(writer, service->port);
  hg_store_integer(writer, saving->save->protocol[service->protocol]);
  hg_store_integer(writer, service->attempts);
  hg_store_integer(writer, service->established);
  hg_store_integer(writer, service->refused);
  hg_store_integer(writer, service->unanswered);
  hg_store_integer(writer, service->midstream);
  for (int way = 0; way < 2; way++) {
    hg_store_count(writer, service->packets[way]);
    hg_store_count(writer, service->bytes[way]);
    hg_store_count(writer, service->payload[way]);
  }
  hg_store_time(writer, service->first_ns);
  hg_store_time(writer, service->last_ns);
  hg_store_integer(writer, service->first_frame);
  hg_store_integer(writer, service->last_frame);
  hg_store_row(writer);
}

/* The columns that connections and their parts share. */
static void save_columns(const Saving *saving, const HgConnection *c) {
  HgStoreWriter *writer = saving->save->writer;
  const int flip = saving->save->flipped[c->conversation];
  hg_store_literal(writer, hg_transport_name((HgTransport)c->transport));
  for (int column = 0; column < 2; column++)
    hg_store_integer(writer, c->port[column ^ flip]);
  hg_store_integer(writer, c->client ^ flip);
  for (int column = 0; column < 2; column++)
    hg_store_integer(writer, c->history[column ^ flip]);
  hg_store_integer(writer, c->begun);
  hg_store_integer(writer, c->application);
  hg_store_integer(writer, saving->save->protocol[c->protocol]);
  hg_store_time(writer, c->protocol_ns);
  hg_store_integer(writer, c->protocol_frame);
  if (c->detected == HG_PROTOCOL_UNKNOWN)
    hg_store_null(writer);
  else
    hg_store_integer(writer, saving->save->protocol[c->detected]);
  hg_store_integer(writer, c->initial_sequence);
  for (int column = 0; column < 2; column++)
    hg_store_integer(writer, c->packets[column ^ flip]);
  for (int column = 0; column < 2; column++)
    hg_store_count(writer, c->bytes[column ^ flip]);
  for (int column = 0; column < 2; column++)
    hg_store_count(writer, c->payload[column ^ flip]);
  hg_store_time(writer, c->first_ns);
  hg_store_time(writer, c->last_ns);
  hg_store_integer(writer, c->first_frame);
  hg_store_integer(writer, c->last_frame);
  g_autofree char *vlan = hg_vlan_text(c->vlan);
  hg_store_text(writer, vlan);
  hg_store_row(writer);
}

static void save_connections(Saving *saving, const guint32 *order) {
  static const char *const outcomes[] = {[HG_CONNECTION_MIDSTREAM] = "midstream",
                                         [HG_CONNECTION_ESTABLISHED] = "established",
                                         [HG_CONNECTION_REFUSED] = "refused",
                                         [HG_CONNECTION_UNANSWERED] = "unanswered"};
  HgStoreWriter *writer = saving->save->writer;
  guint32 row = 0;
  hg_store_table(writer, "connections");
  for (guint32 i = 0; i < hg_service_table_count(saving->services); i++) {
    const HgService *service = hg_service_table_get(saving->services, order[i]);
    for (guint32 j = 0; j < service->connections; j++) {
      const guint32 number = service->first_connection + j;
      const HgConnection *c = hg_service_table_connection(saving->services, number);
      saving->row[number] = ++row;
      hg_store_integer(writer, row);
      hg_store_integer(writer, (gint64)i + 1);
      hg_store_integer(writer, saving->save->conversation[c->conversation]);
      hg_store_literal(writer, outcomes[hg_connection_state(c)]);
      hg_store_literal(writer, hg_zeek_state(c));
      hg_store_integer(
          writer, saving->save->protocol[hg_tally_connection_protocol(saving->save->tally, c)]);
      save_columns(saving, c);
    }
  }
}

/* --- parts --- */

/* The part of a connection in one capture is saved beside the whole, because a capture that is
 * added later may change the whole. Datagrams are joined for good, since only silence separates
 * their exchanges; but an ICMP error in another capture is kept apart for them, too. What other
 * connections prove to be a probe is saved as what it is alone, too. */
typedef struct {
  guint32 row;       /* row of the whole connection */
  guint32 parts;     /* number of parts so far */
  guint8 history[2]; /* HgConnection.history of the parts */
  gboolean begun;    /* a part is */
} Whole;

static gboolean is_provisional(const Whole *known, const HgConnection *whole) {
  return (known->parts > 1 && whole->transport == HG_TRANSPORT_TCP) ||
         (hg_connection_is_stealth_probe(whole) && !known->begun) ||
         whole->history[0] != known->history[0] || whole->history[1] != known->history[1];
}

/* By HgConnection: all connections that have parts. */
static GHashTable *find_wholes(const Saving *saving) {
  const GArray *parts = hg_service_table_parts(saving->services);
  GHashTable *wholes = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  for (guint i = 0; i < parts->len; i++) {
    const HgConnectionPart *part = &g_array_index(parts, HgConnectionPart, i);
    Whole *known = g_hash_table_lookup(wholes, part->whole);
    if (!known) {
      known = g_new0(Whole, 1);
      g_hash_table_insert(wholes, (gpointer)part->whole, known);
    }
    known->parts++;
    known->begun |= part->part->begun;
    for (int side = 0; side < 2; side++)
      known->history[side] |= part->part->history[side];
  }
  for (guint32 i = 0; i < hg_service_table_connection_count(saving->services); i++) {
    Whole *known = g_hash_table_lookup(wholes, hg_service_table_connection(saving->services, i));
    if (known)
      known->row = saving->row[i];
  }
  return wholes;
}

static gint by_whole(gconstpointer a, gconstpointer b, gpointer wholes) {
  const HgConnectionPart *x = a, *y = b;
  const Whole *whole_x = g_hash_table_lookup(wholes, x->whole);
  const Whole *whole_y = g_hash_table_lookup(wholes, y->whole);
  ORDER(whole_x->row, whole_y->row);
  ORDER(x->part->first_frame, y->part->first_frame);
  return 0;
}

static void save_parts(const Saving *saving) {
  HgStoreWriter *writer = saving->save->writer;
  const GArray *all = hg_service_table_parts(saving->services);
  GHashTable *wholes = find_wholes(saving);
  GArray *parts = g_array_sized_new(FALSE, FALSE, sizeof(HgConnectionPart), all->len);
  for (guint i = 0; i < all->len; i++) {
    const HgConnectionPart *part = &g_array_index(all, HgConnectionPart, i);
    if (is_provisional(g_hash_table_lookup(wholes, part->whole), part->whole))
      g_array_append_val(parts, *part);
  }
  g_array_sort_with_data(parts, by_whole, wholes);
  hg_store_table(writer, "connection_parts");
  for (guint i = 0; i < parts->len; i++) {
    const HgConnectionPart *part = &g_array_index(parts, HgConnectionPart, i);
    hg_store_integer(writer, (gint64)i + 1);
    hg_store_integer(writer, ((const Whole *)g_hash_table_lookup(wholes, part->whole))->row);
    save_columns(saving, part->part);
  }
  g_array_unref(parts);
  g_hash_table_unref(wholes);
}

void hg_store_save_services(HgStoreSave *save) {
  const HgServiceTable *services = hg_analysis_services(hg_report_analysis(save->report));
  const guint32 connections = hg_service_table_connection_count(services);
  Saving saving = {save, services, g_new(guint32, (gsize)connections + 1)};
  guint32 *order = hg_store_sorted(hg_service_table_count(services), by_ends, &saving);
  hg_store_table(save->writer, "services");
  for (guint32 i = 0; i < hg_service_table_count(services); i++)
    save_service(&saving, hg_service_table_get(services, order[i]), i + 1);
  save_connections(&saving, order);
  save_parts(&saving);
  g_free(order);
  g_free(saving.row);
}

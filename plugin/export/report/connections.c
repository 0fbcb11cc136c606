/* connections.c - connections as rows: their order in exports and their attributes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "connections.h"

#include "community_id.h"
#include "export/text/text.h"
#include "tally/tables/zeek_state.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

/* A frame begins one connection at most, so this leaves no two equal. */
static gint by_start(gconstpointer a, gconstpointer b) {
  const HgConnection *one = *(const HgConnection *const *)a;
  const HgConnection *other = *(const HgConnection *const *)b;
  ORDER(one->first_ns, other->first_ns);
  ORDER(one->first_frame, other->first_frame);
  return 0;
}

GPtrArray *hg_connections_sorted(const HgReport *report) {
  const HgServiceTable *services = hg_analysis_services(hg_report_analysis(report));
  const guint32 count = hg_service_table_connection_count(services);
  GPtrArray *connections = g_ptr_array_sized_new(count);
  for (guint32 i = 0; i < count; i++)
    g_ptr_array_add(connections, (gpointer)hg_service_table_connection(services, i));
  g_ptr_array_sort(connections, by_start);
  return connections;
}

/* The side of the conversation. */
static int side_of(const HgConnection *connection, int end) {
  return end == 0 ? connection->client : 1 - connection->client;
}

guint32 hg_connection_end(const HgReport *report, const HgConnection *c, int end) {
  return hg_tally_conversation(hg_report_tally(report), c->conversation)->host[side_of(c, end)];
}

guint16 hg_connection_end_port(const HgConnection *c, int end) {
  guint16 echo[2];
  return hg_community_id_echo_ports((HgTransport)c->transport, echo) ? echo[end]
                                                                     : c->port[side_of(c, end)];
}

char *hg_connection_community_id(const HgReport *report, const HgConnection *c) {
  const HgTally *tally = hg_report_tally(report);
  return hg_community_id((HgTransport)c->transport,
                         &hg_tally_host(tally, hg_connection_end(report, c, 0))->address,
                         &hg_tally_host(tally, hg_connection_end(report, c, 1))->address,
                         hg_connection_end_port(c, 0), hg_connection_end_port(c, 1));
}

gint64 hg_connection_duration(const HgConnection *c) {
  const gboolean known = hg_time_is_known(c->first_ns) && hg_time_is_known(c->last_ns);
  return known ? hg_time_span(c->first_ns, c->last_ns) : HG_TIME_NONE;
}

/* --- attributes --- */

enum { CLIENT, SERVER };

static HgValue of_string(const char *string) {
  return (HgValue){.string = string};
}

static HgValue of_integer(gint64 integer) {
  return (HgValue){.integer = integer};
}

static HgValue of_count(guint64 count) {
  return of_integer((gint64)MIN(count, (guint64)G_MAXINT64));
}

static HgValue get_start(const HgReport *report, gconstpointer item) {
  GString *text = g_string_new(NULL);
  (void)report;
  if (hg_time_is_known(((const HgConnection *)item)->first_ns))
    hg_text_iso8601(text, ((const HgConnection *)item)->first_ns);
  return (HgValue){.string = g_string_free(text, FALSE), .owned = TRUE};
}

static HgValue get_duration(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_connection_duration(item));
}

static HgValue get_client(const HgReport *report, gconstpointer item) {
  return of_string(hg_report_host_id(report, hg_connection_end(report, item, CLIENT)));
}

static HgValue get_client_port(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_connection_end_port(item, CLIENT));
}

static HgValue get_server(const HgReport *report, gconstpointer item) {
  return of_string(hg_report_host_id(report, hg_connection_end(report, item, SERVER)));
}

static HgValue get_server_port(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_connection_end_port(item, SERVER));
}

static HgValue get_transport(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_string(hg_transport_name((HgTransport)((const HgConnection *)item)->transport));
}

static HgValue get_protocol(const HgReport *report, gconstpointer item) {
  const HgTally *tally = hg_report_tally(report);
  return of_string(hg_tally_protocol(tally, hg_tally_connection_protocol(tally, item))->name);
}

static HgValue get_conn_state(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_string(hg_zeek_state(item));
}

static HgValue get_client_packets(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_integer(c->packets[side_of(c, CLIENT)]);
}

static HgValue get_client_bytes(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_count(c->bytes[side_of(c, CLIENT)]);
}

static HgValue get_client_payload(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_count(c->payload[side_of(c, CLIENT)]);
}

static HgValue get_server_packets(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_integer(c->packets[side_of(c, SERVER)]);
}

static HgValue get_server_bytes(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_count(c->bytes[side_of(c, SERVER)]);
}

static HgValue get_server_payload(const HgReport *report, gconstpointer item) {
  const HgConnection *c = item;
  (void)report;
  return of_count(c->payload[side_of(c, SERVER)]);
}

static HgValue get_vlan(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = hg_vlan_text(((const HgConnection *)item)->vlan), .owned = TRUE};
}

static HgValue get_community_id(const HgReport *report, gconstpointer item) {
  char *id = hg_connection_community_id(report, item);
  return (HgValue){.string = id ? id : "", .owned = id != NULL};
}

static HgValue get_first_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(((const HgConnection *)item)->first_frame);
}

static HgValue get_last_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(((const HgConnection *)item)->last_frame);
}

/* clang-format off */
const HgAttribute hg_connection_attributes[] = {
    {"start", HG_TYPE_STRING, "First packet", "ISO 8601, UTC", get_start},
    {"duration", HG_TYPE_DURATION, "Duration", "s", get_duration},
    {"client", HG_TYPE_STRING, "Client", NULL, get_client},
    {"client_port", HG_TYPE_INTEGER, "Port of the client", NULL, get_client_port},
    {"server", HG_TYPE_STRING, "Server", NULL, get_server},
    {"server_port", HG_TYPE_INTEGER, "Port of the server", NULL, get_server_port},
    {"transport", HG_TYPE_STRING, "Transport", NULL, get_transport},
    {"protocol", HG_TYPE_STRING, "Protocol", NULL, get_protocol},
    {"conn_state", HG_TYPE_STRING, "State, as Zeek names it", NULL, get_conn_state},
    {"client_packets", HG_TYPE_INTEGER, "Packets sent by the client", NULL, get_client_packets},
    {"client_bytes", HG_TYPE_INTEGER, "Bytes sent by the client", "on the wire", get_client_bytes},
    {"client_payload", HG_TYPE_INTEGER, "Payload sent by the client", "bytes", get_client_payload},
    {"server_packets", HG_TYPE_INTEGER, "Packets sent by the server", NULL, get_server_packets},
    {"server_bytes", HG_TYPE_INTEGER, "Bytes sent by the server", "on the wire", get_server_bytes},
    {"server_payload", HG_TYPE_INTEGER, "Payload sent by the server", "bytes", get_server_payload},
    {"community_id", HG_TYPE_STRING, "Community ID", "version 1, seed 0", get_community_id},
    {"vlan", HG_TYPE_STRING, "VLAN", "of the first packet", get_vlan},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, get_first_frame},
    {"last_frame", HG_TYPE_INTEGER, "Last frame", NULL, get_last_frame},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL}};
/* clang-format on */

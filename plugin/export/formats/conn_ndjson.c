/* conn_ndjson.c - one JSON object a line: the capture, then its connections, with the names of the
 * Elastic Common Schema
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/connections.h"
#include "export/report/ecs.h"
#include "export/report/format.h"
#include "export/text/json_text.h"

/* ECS takes the keywords of IANA's list of protocol numbers. */
static const char *transport_name(const HgConnection *c) {
  return c->transport == HG_TRANSPORT_ICMPV6 ? "ipv6-icmp"
                                             : hg_transport_name((HgTransport)c->transport);
}

/* Appends "source", the client (0), or "destination", the server (1). */
static void append_side(GString *line, const HgReport *report, const HgConnection *c, int end) {
  const int side = end == 0 ? c->client : 1 - c->client;
  hg_ecs_begin_side(line, report, end == 0 ? "source" : "destination",
                    hg_connection_end(report, c, end));
  hg_json_integer(line, "port", hg_connection_end_port(c, end));
  hg_json_integer(line, "packets", c->packets[side]);
  hg_json_count(line, "bytes", c->bytes[side]);
  hg_ecs_end(line);
}

/* Of two tags: "vlan" and "inner". */
static void append_vlan(GString *line, HgVlan vlan) {
  g_autofree char *text = hg_vlan_text(vlan);
  g_auto(GStrv) tags = g_strsplit(text, ".", 2);
  for (guint i = 0; tags[i]; i++) {
    if (i == 1)
      hg_ecs_begin(line, "inner");
    hg_ecs_begin(line, "vlan");
    hg_json_string(line, "id", tags[i]);
    hg_ecs_end(line);
    if (i == 1)
      hg_ecs_end(line);
  }
}

static void append_network(GString *line, const HgReport *report, const HgConnection *c) {
  const guint32 client = hg_connection_end(report, c, 0);
  g_autofree char *id = hg_connection_community_id(report, c);
  hg_ecs_begin(line, "network");
  hg_json_integer(line, "packets", (gint64)c->packets[0] + c->packets[1]);
  hg_json_count(line, "bytes", c->bytes[0] + c->bytes[1]);
  hg_ecs_network_type(line, hg_tally_host(hg_report_tally(report), client));
  hg_json_string(line, "transport", transport_name(c));
  hg_ecs_protocol(line, report, hg_tally_connection_protocol(hg_report_tally(report), c));
  if (id)
    hg_json_string(line, "community_id", id);
  append_vlan(line, c->vlan);
  hg_ecs_end(line);
}

static void write_connection(GString *line, const HgReport *report, HgOutput *output,
                             const HgConnection *c) {
  hg_ecs_begin_line(line, "hostgraph.connection", "event", "network", "connection", c->first_ns,
                    c->last_ns);
  if (hg_time_is_known(hg_connection_duration(c)))
    hg_json_integer(line, "duration", hg_connection_duration(c));
  hg_ecs_end(line);
  append_side(line, report, c, 0);
  append_side(line, report, c, 1);
  append_network(line, report, c);
  hg_ecs_attributes(line, report, hg_connection_attributes, c);
  hg_ecs_end_line(line, output);
}

static void write_conn_ndjson(const HgReport *report, HgOutput *const *outputs) {
  g_autoptr(GPtrArray) connections = hg_connections_sorted(report);
  GString *line = g_string_new(NULL);
  hg_ecs_write_capture(line, report, outputs[0]);
  for (guint i = 0; i < connections->len; i++)
    write_connection(line, report, outputs[0], connections->pdata[i]);
  g_string_free(line, TRUE);
}

static const char *const suffixes[] = {"conn.ndjson", "conn.jsonl", NULL};

const HgFormat hg_format_conn_ndjson = {
    .name = "conn.ndjson",
    .suffixes = suffixes,
    .title = "Connections as ECS lines",
    .what = "a connection a line, ECS names: Elasticsearch, Splunk, jq",
    .as_tallied = TRUE, /* other tools find a flow by the addresses that it has */
    .write = write_conn_ndjson,
};

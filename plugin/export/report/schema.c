/* schema.c - the attributes of nodes and edges, declared once for all formats
 *
 * Names are stable, because other programs read them. Three exist for graph tools, which look for
 * exactly these names: label, weight, and reach for colouring. No name may be one that Gephi or
 * Graphviz gives another meaning (size, color, x, y, time stamps, ...).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "schema.h"

#include <math.h>

#include "server_ports.h"
#include "tunnels.h"
#include "vlans.h"

#define SINCE_EPOCH "s since 1970-01-01 UTC"

static HgValue of_string(const char *string) {
  return (HgValue){.string = string ? string : ""};
}

/* Limits counts to 63 bits: only a forged capture file claims packets of such lengths. */
static HgValue of_count(guint64 count) {
  return (HgValue){.integer = (gint64)MIN(count, (guint64)G_MAXINT64)};
}

static HgValue of_integer(gint64 integer) {
  return (HgValue){.integer = integer};
}

static gboolean is_compared(const HgReport *report) {
  return hg_analysis_baseline(hg_report_analysis(report)) != NULL;
}

/* clang-format off */
#define END {NULL, HG_TYPE_STRING, NULL, NULL, NULL}
/* clang-format on */

/* --- nodes --- */

static HgValue node_id(const HgReport *report, gconstpointer item) {
  const HgHost *host = item;
  return of_string(hg_report_host_id(report, host->number));
}

static HgValue node_label(const HgReport *report, gconstpointer item) {
  const HgHost *host = item;
  const char *id = hg_report_host_id(report, host->number);
  const char *name = hg_report_host_name(report, host->number);
  if (!name)
    return of_string(id);
  return (HgValue){.string = g_strdup_printf("%s (%s)", id, name), .owned = TRUE};
}

static HgValue node_kind(const HgReport *report, gconstpointer item) {
  if (hg_report_is_subnet(report, item))
    return of_string("subnet");
  return of_string(hg_address_kind_name(((const HgHost *)item)->address.kind));
}

static HgValue node_name(const HgReport *report, gconstpointer item) {
  return of_string(hg_report_host_name(report, ((const HgHost *)item)->number));
}

static HgValue node_scope(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_string(hg_scope_name(hg_host_scope(item)));
}

static HgValue node_packets_sent(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->sent.packets);
}

static HgValue node_packets_received(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->received.packets);
}

static HgValue node_bytes_sent(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->sent.bytes);
}

static HgValue node_bytes_received(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->received.bytes);
}

static HgValue node_copies_sent(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->sent_copies.packets);
}

static HgValue node_copies_received(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_count(((const HgHost *)item)->received_copies.packets);
}

static HgValue node_peers(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(((const HgHost *)item)->peers);
}

static HgValue node_first(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_host_traffic(item).first_ns);
}

static HgValue node_last(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_host_traffic(item).last_ns);
}

static HgValue node_first_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_host_traffic(item).first_frame);
}

static HgValue node_last_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(hg_host_traffic(item).last_frame);
}

static HgValue node_roles(const HgReport *report, gconstpointer item) {
  const HgRoles *roles = hg_analysis_roles(hg_report_analysis(report));
  return (HgValue){.list = hg_roles_names(roles, ((const HgHost *)item)->number), .owned = TRUE};
}

static HgValue node_macs(const HgReport *report, gconstpointer item) {
  const HgBindingTable *bindings = hg_tally_bindings(hg_report_tally(report));
  return (HgValue){.list = hg_binding_table_macs(bindings, &((const HgHost *)item)->address),
                   .owned = TRUE};
}

static HgValue node_vlans(const HgReport *report, gconstpointer item) {
  return (HgValue){.list = hg_vlans_of_host(report, ((const HgHost *)item)->number), .owned = TRUE};
}

static HgValue node_device(const HgReport *report, gconstpointer item) {
  const guint32 device = hg_report_device(report, ((const HgHost *)item)->number);
  return of_string(hg_report_host_id(report, device));
}

/* Two decimals, because the last bits of a product differ between machines. */
static HgValue node_score(const HgReport *report, gconstpointer item) {
  const HgHost *host = item;
  const double score = hg_analysis_score(hg_report_analysis(report), host->number);
  return (HgValue){.number = round(score * 100) / 100};
}

static HgValue node_suspect(const HgReport *report, gconstpointer item) {
  return of_integer(hg_report_is_named_suspect(report, ((const HgHost *)item)->number));
}

static HgValue node_rules(const HgReport *report, gconstpointer item) {
  return (HgValue){.list = (char **)hg_report_host_rules(report, ((const HgHost *)item)->number)};
}

static HgValue node_reach(const HgReport *report, gconstpointer item) {
  return of_string(hg_reach_name(hg_report_reach(report, ((const HgHost *)item)->number)));
}

static HgValue node_new(const HgReport *report, gconstpointer item) {
  const HgBaseline *baseline = hg_analysis_baseline(hg_report_analysis(report));
  return of_integer(hg_baseline_twin(baseline, ((const HgHost *)item)->number) == HG_NO_HOST);
}

/* A macro, because two tables contain this list. */
/* clang-format off */
#define NODE_ATTRIBUTES \
    {"id", HG_TYPE_STRING, "Address", NULL, node_id},                                                 \
    {"label", HG_TYPE_STRING, "Address and name", NULL, node_label},                                  \
    {"kind", HG_TYPE_STRING, "Kind of address", NULL, node_kind},                                     \
    {"name", HG_TYPE_STRING, "Name", NULL, node_name},                                                \
    {"scope", HG_TYPE_STRING, "Scope", NULL, node_scope},                                             \
    {"packets_sent", HG_TYPE_INTEGER, "Packets sent", NULL, node_packets_sent},                       \
    {"packets_received", HG_TYPE_INTEGER, "Packets received", NULL, node_packets_received},           \
    {"bytes_sent", HG_TYPE_INTEGER, "Bytes sent", NULL, node_bytes_sent},                             \
    {"bytes_received", HG_TYPE_INTEGER, "Bytes received", NULL, node_bytes_received},                 \
    {"copies_sent", HG_TYPE_INTEGER, "Copies among packets sent", NULL, node_copies_sent},            \
    {"copies_received", HG_TYPE_INTEGER, "Copies among packets received", NULL, node_copies_received},\
    {"peers", HG_TYPE_INTEGER, "Peers", NULL, node_peers},                                            \
    {"first", HG_TYPE_TIME, "First packet", SINCE_EPOCH, node_first},                                 \
    {"last", HG_TYPE_TIME, "Last packet", SINCE_EPOCH, node_last},                                    \
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, node_first_frame},                          \
    {"last_frame", HG_TYPE_INTEGER, "Last frame", NULL, node_last_frame},                             \
    {"roles", HG_TYPE_LIST, "Roles", NULL, node_roles},                                               \
    {"macs", HG_TYPE_LIST, "MAC addresses", NULL, node_macs},                                         \
    {"vlans", HG_TYPE_LIST, "VLANs", NULL, node_vlans},                                               \
    {"device", HG_TYPE_STRING, "Device: the address that stands for the machine", NULL, node_device}, \
    {"score", HG_TYPE_DOUBLE, "Suspect score", "of 100", node_score},                                 \
    {"suspect", HG_TYPE_BOOLEAN, "Suspect or red-flagged, once a device", NULL, node_suspect},                       \
    {"rules", HG_TYPE_LIST, "Rules that found something", NULL, node_rules},                          \
    {"reach", HG_TYPE_STRING, "Suspect, contacted by one, reached by one, or none", NULL, node_reach}
/* clang-format on */

static const HgAttribute node_attributes[] = {NODE_ATTRIBUTES, END};

/* Only with a baseline: without one, "false" would be a claim. */
static const HgAttribute compared_node_attributes[] = {
    NODE_ATTRIBUTES, {"new", HG_TYPE_BOOLEAN, "Not in the baseline", NULL, node_new}, END};

const HgAttribute *hg_node_attributes(const HgReport *report) {
  return is_compared(report) ? compared_node_attributes : node_attributes;
}

const HgAttribute *hg_node_attributes_ever(void) {
  return compared_node_attributes;
}

/* --- edges --- */

static HgTraffic traffic(const HgReport *report, gconstpointer item) {
  return hg_report_edge_traffic(report, item);
}

static HgValue edge_source(const HgReport *report, gconstpointer item) {
  return of_string(hg_report_host_id(report, ((const HgEdge *)item)->source));
}

static HgValue edge_target(const HgReport *report, gconstpointer item) {
  return of_string(hg_report_host_id(report, ((const HgEdge *)item)->target));
}

static HgValue edge_kind(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_string(((const HgEdge *)item)->conversation != HG_NO_CONVERSATION ? "conversation"
                                                                              : "tunnel");
}

static HgValue edge_packets(const HgReport *report, gconstpointer item) {
  return of_count(traffic(report, item).packets);
}

static HgValue edge_bytes(const HgReport *report, gconstpointer item) {
  return of_count(traffic(report, item).bytes);
}

static HgValue edge_copies(const HgReport *report, gconstpointer item) {
  const HgEdge *edge = item;
  if (edge->conversation == HG_NO_CONVERSATION)
    return of_integer(0);
  const HgTally *tally = hg_report_tally(report);
  return of_count(
      hg_tally_conversation(tally, edge->conversation)->copies[edge->direction].packets);
}

static HgValue edge_first(const HgReport *report, gconstpointer item) {
  return of_integer(traffic(report, item).first_ns);
}

static HgValue edge_last(const HgReport *report, gconstpointer item) {
  return of_integer(traffic(report, item).last_ns);
}

static HgValue edge_first_frame(const HgReport *report, gconstpointer item) {
  return of_integer(traffic(report, item).first_frame);
}

static HgValue edge_last_frame(const HgReport *report, gconstpointer item) {
  return of_integer(traffic(report, item).last_frame);
}

static HgValue edge_protocols(const HgReport *report, gconstpointer item) {
  return (HgValue){.counts = hg_report_edge_protocols(report, item), .owned = TRUE};
}

static HgValue edge_ports(const HgReport *report, gconstpointer item) {
  return (HgValue){.ports = hg_server_ports_of_edge(report, item), .owned = TRUE};
}

static HgValue edge_vlans(const HgReport *report, gconstpointer item) {
  return (HgValue){.list = hg_vlans_of_edge(report, item), .owned = TRUE};
}

static HgValue edge_tunnels(const HgReport *report, gconstpointer item) {
  const HgEdge *edge = item;
  char **names = g_new0(char *, (gsize)edge->tunnel_count + 1);
  for (guint i = 0; i < edge->tunnel_count; i++)
    names[i] = g_strdup(hg_report_tunnel(report, edge->first_tunnel + i)->observation->subject);
  return (HgValue){.list = names, .owned = TRUE};
}

static HgValue edge_initiated(const HgReport *report, gconstpointer item) {
  (void)report;
  return of_integer(((const HgEdge *)item)->initiated);
}

static HgValue edge_new(const HgReport *report, gconstpointer item) {
  const HgBaseline *baseline = hg_analysis_baseline(hg_report_analysis(report));
  const HgEdge *edge = item;
  if (edge->conversation != HG_NO_CONVERSATION)
    return of_integer(hg_baseline_is_new_pair(baseline, edge->conversation));
  return of_integer(hg_baseline_twin(baseline, edge->source) == HG_NO_HOST ||
                    hg_baseline_twin(baseline, edge->target) == HG_NO_HOST);
}

/* A macro, because two tables contain this list. */
/* clang-format off */
#define EDGE_ATTRIBUTES \
    {"source", HG_TYPE_STRING, "Sender", NULL, edge_source},                                 \
    {"target", HG_TYPE_STRING, "Receiver", NULL, edge_target},                               \
    {"packets", HG_TYPE_INTEGER, "Packets", NULL, edge_packets},                             \
    {"bytes", HG_TYPE_INTEGER, "Bytes", NULL, edge_bytes},                                   \
    {"copies", HG_TYPE_INTEGER, "Copies among the packets", NULL, edge_copies},              \
    {"first", HG_TYPE_TIME, "First packet", SINCE_EPOCH, edge_first},                        \
    {"last", HG_TYPE_TIME, "Last packet", SINCE_EPOCH, edge_last},                           \
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, edge_first_frame},                 \
    {"last_frame", HG_TYPE_INTEGER, "Last frame", NULL, edge_last_frame},                    \
    {"protocols", HG_TYPE_COUNTS, "Packets by protocol", NULL, edge_protocols},              \
    {"ports", HG_TYPE_PORTS, "Packets by server port", NULL, edge_ports},                    \
    {"kind", HG_TYPE_STRING, "conversation, or tunnel of others' packets", NULL, edge_kind},  \
    {"tunnels", HG_TYPE_LIST, "Tunnels", NULL, edge_tunnels},                                \
    {"vlans", HG_TYPE_LIST, "VLANs", NULL, edge_vlans},                                      \
    {"initiated", HG_TYPE_INTEGER, "Connections begun by the sender", NULL, edge_initiated}, \
    {"weight", HG_TYPE_INTEGER, "Strength: packets", NULL, edge_packets}
/* clang-format on */

static const HgAttribute edge_attributes[] = {EDGE_ATTRIBUTES, END};

/* Only with a baseline: without one, "false" would be a claim. */
static const HgAttribute compared_edge_attributes[] = {
    EDGE_ATTRIBUTES, {"new", HG_TYPE_BOOLEAN, "No such pair in the baseline", NULL, edge_new}, END};

const HgAttribute *hg_edge_attributes(const HgReport *report) {
  return is_compared(report) ? compared_edge_attributes : edge_attributes;
}

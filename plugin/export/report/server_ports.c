/* server_ports.c - which server ports an edge or a pair of hosts uses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "server_ports.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

gboolean hg_server_ports_has(const HgService *service) {
  return service->transport < HG_TRANSPORT_ICMP;
}

static gint by_port(gconstpointer a, gconstpointer b) {
  const HgPortShare *one = a, *other = b;
  ORDER(one->transport, other->transport);
  ORDER(one->port, other->port);
  return 0;
}

static gint by_packets(gconstpointer a, gconstpointer b) {
  const HgPortShare *one = a, *other = b;
  ORDER(other->packets, one->packets);
  return by_port(a, b);
}

/* Adds what `sender` sent in the connections of `client` to `server`. */
static void add_services(const HgReport *report, GArray *shares, guint32 client, guint32 server,
                         guint32 sender) {
  const HgServiceTable *services = hg_analysis_services(hg_report_analysis(report));
  guint32 first;
  const guint32 count = hg_service_table_of_pair(services, client, server, &first);
  for (guint32 i = first; i < first + count; i++) {
    const HgService *service = hg_service_table_get(services, i);
    HgPortShare share = {.transport = service->transport, .port = service->port};
    for (int way = 0; way < 2; way++) {
      if (sender == (way == 0 ? client : server)) {
        share.packets += service->packets[way];
        share.bytes += service->bytes[way];
      }
    }
    if (hg_server_ports_has(service) && share.packets > 0)
      g_array_append_val(shares, share);
  }
}

/* Adds what `source` sent to `target` in the connections of both; a host may talk to itself. */
static void add_direction(const HgReport *report, GArray *shares, guint32 source, guint32 target) {
  add_services(report, shares, source, target, source);
  if (source != target)
    add_services(report, shares, target, source, source);
}

/* Each port once, most packets first. Takes `shares`. */
static GArray *gather(GArray *shares) {
  guint kept = 0;
  g_array_sort(shares, by_port);
  for (guint i = 0; i < shares->len; i++) {
    const HgPortShare share = g_array_index(shares, HgPortShare, i);
    HgPortShare *last = kept > 0 ? &g_array_index(shares, HgPortShare, kept - 1) : NULL;
    if (last && by_port(last, &share) == 0) {
      last->packets += share.packets;
      last->bytes += share.bytes;
    } else {
      g_array_index(shares, HgPortShare, kept++) = share;
    }
  }
  g_array_set_size(shares, kept);
  g_array_sort(shares, by_packets);
  return shares;
}

GArray *hg_server_ports_of_edge(const HgReport *report, const HgEdge *edge) {
  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgPortShare));
  add_direction(report, shares, edge->source, edge->target);
  return gather(shares);
}

GArray *hg_server_ports_of_pair(const HgReport *report, const HgConversation *conversation) {
  const guint32 *host = conversation->host;
  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgPortShare));
  if (host[0] != HG_NO_HOST && host[1] != HG_NO_HOST) {
    add_direction(report, shares, host[0], host[1]);
    if (host[0] != host[1])
      add_direction(report, shares, host[1], host[0]);
  }
  return gather(shares);
}

void hg_server_ports_append(GString *out, HgTransport transport, guint16 port) {
  g_string_append_printf(out, "%u/%s", port, hg_transport_name(transport));
}

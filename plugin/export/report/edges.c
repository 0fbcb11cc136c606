/* edges.c - conversations as directed edges, in the order of exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "edges.h"

#include "tunnels.h"

/* Initiated connections, for each direction of each conversation: [2 * conversation + side].
 * Counted in one pass, since a scanner has as many services as edges. (transfer full) */
static guint32 *count_initiated(const HgAnalysis *analysis) {
  const HgTally *tally = hg_analysis_tally(analysis);
  const HgServiceTable *services = hg_analysis_services(analysis);
  guint32 *initiated = g_new0(guint32, 2 * (gsize)hg_tally_conversation_count(tally) + 1);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    int side;
    const HgConversation *conversation =
        hg_tally_find_conversation(tally, service->client, service->server, &side);
    if (conversation && service->attempts > 0)
      initiated[2 * (gsize)conversation->number + (gsize)side] += service->attempts;
  }
  return initiated;
}

static GArray *collect(const HgTally *tally, const GArray *tunnels, const guint32 *initiated) {
  GArray *edges = g_array_new(FALSE, FALSE, sizeof(HgEdge));
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *conversation = hg_tally_conversation(tally, i);
    const guint32 *host = conversation->host;
    if (host[0] == HG_NO_HOST || host[1] == HG_NO_HOST)
      continue;
    for (int side = 0; side < 2; side++) {
      if (conversation->traffic[side].packets == 0)
        continue;
      HgEdge edge = {host[side], host[1 - side], i, side, initiated[2 * (gsize)i + side], 0, 0};
      edge.tunnel_count = hg_tunnels_of_pair(tunnels, edge.source, edge.target, &edge.first_tunnel);
      g_array_append_val(edges, edge);
    }
  }
  return edges;
}

static gboolean is_conversation(const HgTally *tally, const HgTunnel *tunnel) {
  int side;
  const HgConversation *conversation =
      hg_tally_find_conversation(tally, tunnel->source, tunnel->target, &side);
  return conversation && conversation->traffic[side].packets > 0;
}

/* Adds the tunnels between hosts that exchange no packets of their own that way. */
static void add_tunnels(GArray *edges, const HgTally *tally, const GArray *tunnels) {
  HgEdge edge = {.conversation = HG_NO_CONVERSATION};
  for (guint i = 0; i < tunnels->len; i += edge.tunnel_count) {
    const HgTunnel *tunnel = &g_array_index(tunnels, HgTunnel, i);
    edge.source = tunnel->source;
    edge.target = tunnel->target;
    edge.tunnel_count = hg_tunnels_of_pair(tunnels, edge.source, edge.target, &edge.first_tunnel);
    if (!is_conversation(tally, tunnel))
      g_array_append_val(edges, edge);
  }
}

/* Sorts edges by the rank of one end (stable counting sort). Takes `edges`; `count`: number of
 * hosts. */
static GArray *sort_by_rank(GArray *edges, const guint32 *ranks, guint32 count,
                            gboolean by_source) {
  GArray *sorted = g_array_sized_new(FALSE, FALSE, sizeof(HgEdge), edges->len);
  guint32 *next = g_new0(guint32, (gsize)count + 1); /* index for the next edge of each rank */
  g_array_set_size(sorted, edges->len);
  for (guint i = 0; i < edges->len; i++) {
    const HgEdge *edge = &g_array_index(edges, HgEdge, i);
    next[ranks[by_source ? edge->source : edge->target] + 1]++;
  }
  for (guint32 i = 1; i <= count; i++)
    next[i] += next[i - 1];
  for (guint i = 0; i < edges->len; i++) {
    const HgEdge *edge = &g_array_index(edges, HgEdge, i);
    const guint32 rank = ranks[by_source ? edge->source : edge->target];
    g_array_index(sorted, HgEdge, next[rank]++) = *edge;
  }
  g_free(next);
  g_array_unref(edges);
  return sorted;
}

GArray *hg_edges_new(const HgAnalysis *analysis, const GArray *tunnels, const guint32 *ranks) {
  const HgTally *tally = hg_analysis_tally(analysis);
  const guint32 hosts = hg_tally_host_count(tally);
  guint32 *initiated = count_initiated(analysis);
  GArray *edges = collect(tally, tunnels, initiated);
  add_tunnels(edges, tally, tunnels);
  g_free(initiated);
  edges = sort_by_rank(edges, ranks, hosts, FALSE);
  return sort_by_rank(edges, ranks, hosts, TRUE);
}

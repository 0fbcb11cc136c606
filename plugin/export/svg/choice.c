/* choice.c - chooses the hosts and edges that a static picture shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "choice.h"

/* If only HG_SVG_SOME hosts are drawn: the most of each kind. The busiest hosts fill the rest. */
static const guint32 quotas[HG_SVG_WHY_COUNT] = {40, 60, 20, HG_SVG_SOME};

typedef struct {
  guint32 host, rank;
  HgSvgWhy why;
  guint64 bytes; /* bytes exchanged with suspects for HG_SVG_PEER, else all bytes */
} Candidate;

static gboolean is_suspect(const HgReport *report, guint32 host) {
  return host != HG_NO_HOST && hg_report_is_suspect(report, host);
}

/* Bytes that each host exchanged with suspects. */
static guint64 *bytes_with_suspects(const HgReport *report) {
  guint64 *bytes = g_new0(guint64, (gsize)hg_report_host_count(report) + 1);
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    const guint64 more = hg_report_edge_traffic(report, edge).bytes;
    if (is_suspect(report, edge->source))
      bytes[edge->target] += more;
    else if (is_suspect(report, edge->target))
      bytes[edge->source] += more;
  }
  return bytes;
}

static Candidate candidate_of(const HgReport *report, guint32 host, guint64 with_suspects) {
  const HgTally *tally = hg_report_tally(report);
  const HgReach reach = hg_report_reach(report, host);
  const HgSvgWhy why = reach == HG_REACH_SUSPECT                          ? HG_SVG_SUSPECT
                       : with_suspects > 0 || reach == HG_REACH_CONTACTED ? HG_SVG_PEER
                       : reach == HG_REACH_REACHED                        ? HG_SVG_REACHED
                                                                          : HG_SVG_BUSY;
  return (Candidate){host, hg_report_host_rank(report, host), why,
                     why == HG_SVG_PEER ? with_suspects
                                        : hg_host_traffic(hg_tally_host(tally, host)).bytes};
}

static gint by_importance(gconstpointer a, gconstpointer b) {
  const Candidate *x = a, *y = b;
  if (x->why != y->why)
    return x->why < y->why ? -1 : 1;
  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static gint by_bytes(gconstpointer a, gconstpointer b) {
  const Candidate *x = a, *y = b;
  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* Marks hosts as drawn. Hosts over their quota are candidates again, by all their bytes. */
static void choose(HgSvgChoice *choice, GArray *candidates, gboolean *drawn) {
  g_autoptr(GArray) rest = g_array_new(FALSE, FALSE, sizeof(Candidate));
  const gboolean all = candidates->len <= HG_SVG_ALL;
  guint32 room = HG_SVG_SOME;
  g_array_sort(candidates, by_importance);
  for (guint i = 0; i < candidates->len; i++) {
    const Candidate *one = &g_array_index(candidates, Candidate, i);
    choice->all[one->why]++;
    if (all || (one->why != HG_SVG_BUSY && choice->drawn[one->why] < quotas[one->why])) {
      drawn[one->host] = TRUE;
      choice->drawn[one->why]++;
      room -= all ? 0 : 1;
    } else {
      g_array_append_val(rest, *one);
    }
  }
  g_array_sort(rest, by_bytes);
  for (guint i = 0; i < rest->len && room > 0; i++, room--) {
    const Candidate *one = &g_array_index(rest, Candidate, i);
    drawn[one->host] = TRUE;
    choice->drawn[one->why]++;
  }
}

static void choose_hosts(HgSvgChoice *choice, const HgReport *report, gboolean *drawn) {
  const guint32 count = hg_report_host_count(report);
  g_autofree guint64 *with_suspects = bytes_with_suspects(report);
  g_autoptr(GArray) candidates = g_array_sized_new(FALSE, FALSE, sizeof(Candidate), count);
  for (guint32 i = 0; i < count; i++) {
    const Candidate one = candidate_of(report, i, with_suspects[i]);
    g_array_append_val(candidates, one);
  }
  choose(choice, candidates, drawn);
  for (guint32 i = 0; i < count; i++) {
    const guint32 host = hg_report_host(report, i);
    if (drawn[host])
      g_array_append_val(choice->hosts, host);
  }
}

static guint64 pair_of(guint32 source, guint32 target) {
  return (guint64)source << 32 | target;
}

/* Pairs of hosts along which traces from suspects continue: keys (owned) of pair_of. */
static GHashTable *spread_pairs(const HgReport *report) {
  GHashTable *pairs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < hg_report_trace_count(report); i++) {
    const HgTrace *trace = hg_report_trace(report, i);
    if (trace->direction != HG_TRACE_FORWARD || !hg_report_is_suspect(report, trace->host))
      continue;
    for (guint j = 0; j < trace->reached->len; j++) {
      const HgReached *reached = &g_array_index(trace->reached, HgReached, j);
      const guint64 pair = pair_of(reached->via, reached->host);
      g_hash_table_add(pairs, g_memdup2(&pair, sizeof pair));
    }
  }
  return pairs;
}

static gint edges_by_importance(gconstpointer a, gconstpointer b) {
  const HgSvgEdge *x = a, *y = b;
  if (x->kind != y->kind)
    return x->kind > y->kind ? -1 : 1;
  if (x->bytes != y->bytes)
    return x->bytes > y->bytes ? -1 : 1;
  return x->edge < y->edge ? -1 : x->edge > y->edge;
}

static void choose_edges(HgSvgChoice *choice, const HgReport *report, const gboolean *drawn) {
  GHashTable *spread = spread_pairs(report);
  g_autoptr(GArray) chosen = g_array_new(FALSE, FALSE, sizeof(HgSvgEdge));
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    const guint64 pair = pair_of(edge->source, edge->target);
    if (!drawn[edge->source] || !drawn[edge->target])
      continue;
    const HgSvgEdge one = {i,
                           is_suspect(report, edge->source)       ? HG_SVG_EDGE_ALARM
                           : g_hash_table_contains(spread, &pair) ? HG_SVG_EDGE_SPREAD
                                                                  : HG_SVG_EDGE_PLAIN,
                           hg_report_edge_traffic(report, edge).bytes};
    g_array_append_val(chosen, one);
  }
  g_array_sort(chosen, edges_by_importance);
  for (guint i = MIN(chosen->len, HG_SVG_MAX_EDGES); i > 0; i--)
    g_array_append_val(choice->edges, g_array_index(chosen, HgSvgEdge, i - 1));
  g_hash_table_unref(spread);
}

HgSvgChoice *hg_svg_choice_new(const HgReport *report) {
  HgSvgChoice *choice = g_new0(HgSvgChoice, 1);
  g_autofree gboolean *drawn = g_new0(gboolean, (gsize)hg_report_host_count(report) + 1);
  choice->hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  choice->edges = g_array_new(FALSE, FALSE, sizeof(HgSvgEdge));
  choose_hosts(choice, report, drawn);
  choose_edges(choice, report, drawn);
  return choice;
}

void hg_svg_choice_free(HgSvgChoice *choice) {
  if (!choice)
    return;
  g_array_unref(choice->hosts);
  g_array_unref(choice->edges);
  g_free(choice);
}

/* report.c - hosts, edges and protocols in the order of exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "config.h"
#include "edges.h"
#include "naming.h"
#include "selection.h"
#include "tunnels.h"

struct HgReport {
  const HgReport *unfolded; /* of hosts; NULL: this one is */
  const HgAnalysis *analysis;
  const HgReportOptions *options;
  const HgTally *tally;
  guint32 host_count;
  guint32 *hosts;     /* by rank */
  guint32 *ranks;     /* by host */
  GPtrArray *ids;     /* char *, by host */
  const char **names; /* by host */
  GArray *tunnels;    /* HgTunnel */
  GArray *edges;      /* HgEdge */
  /* The conversations of host h: touching[first_touching[h]] up to first_touching[h + 1]. */
  guint32 *first_touching;
  guint32 *touching;
  HgSelection *selection;
};

static int compare_hosts(const void *a, const void *b) {
  const HgHost *const *host_a = a;
  const HgHost *const *host_b = b;
  const int order = hg_address_compare(&(*host_a)->address, &(*host_b)->address);
  if (order)
    return order;
  return (*host_a)->number < (*host_b)->number ? -1 : (*host_a)->number > (*host_b)->number;
}

static void sort_hosts(HgReport *report) {
  const guint32 count = report->host_count;
  const HgHost **sorted = g_new(const HgHost *, (gsize)count + 1);
  report->hosts = g_new(guint32, (gsize)count + 1);
  report->ranks = g_new(guint32, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    sorted[i] = hg_tally_host(report->tally, i);
  qsort(sorted, count, sizeof *sorted, compare_hosts);
  for (guint32 i = 0; i < count; i++) {
    report->hosts[i] = sorted[i]->number;
    report->ranks[sorted[i]->number] = i;
  }
  g_free(sorted);
}

static gboolean is_end(const guint32 host[2], int side) {
  return host[side] != HG_NO_HOST && (side == 0 || host[1] != host[0]);
}

/* Lists the conversations of each host; one with itself is listed once. */
static void index_conversations(HgReport *report) {
  const guint32 count = hg_tally_conversation_count(report->tally);
  guint32 *first = g_new0(guint32, (gsize)report->host_count + 1);
  for (guint32 i = 0; i < count; i++) {
    const guint32 *host = hg_tally_conversation(report->tally, i)->host;
    for (int side = 0; side < 2; side++)
      if (is_end(host, side))
        first[host[side] + 1]++;
  }
  for (guint32 i = 1; i <= report->host_count; i++)
    first[i] += first[i - 1];

  guint32 *next = g_new(guint32, (gsize)report->host_count + 1);
  memcpy(next, first, ((gsize)report->host_count + 1) * sizeof *next);
  report->touching = g_new(guint32, (gsize)first[report->host_count] + 1);
  for (guint32 i = 0; i < count; i++) {
    const guint32 *host = hg_tally_conversation(report->tally, i)->host;
    for (int side = 0; side < 2; side++)
      if (is_end(host, side))
        report->touching[next[host[side]]++] = i;
  }
  g_free(next);
  report->first_touching = first;
}

/* All but the selection. */
static HgReport *report_of(const HgAnalysis *analysis, const HgReportOptions *options) {
  HgReport *report = g_new0(HgReport, 1);
  report->analysis = analysis;
  report->options = options;
  report->tally = hg_analysis_tally(analysis);
  report->host_count = hg_tally_host_count(report->tally);
  sort_hosts(report);
  report->ids = hg_naming_ids(report->tally, report->hosts);
  report->names = hg_naming_names(report->tally);
  report->tunnels = hg_tunnels_new(report->tally);
  report->edges = hg_edges_new(analysis, report->tunnels, report->ranks);
  index_conversations(report);
  return report;
}

HgReport *hg_report_new(const HgAnalysis *analysis, const HgReportOptions *options) {
  HgReport *report = report_of(analysis, options);
  report->selection = hg_selection_new(analysis, options, report->ids);
  return report;
}

HgReport *hg_report_fold(const HgReport *hosts, const HgAnalysis *analysis,
                         const guint32 *becomes) {
  HgReport *report = report_of(analysis, hosts->options);
  report->unfolded = hosts;
  report->selection = hg_selection_fold(hosts->selection, hosts->analysis, analysis, becomes);
  return report;
}

const HgReport *hg_report_hosts(const HgReport *report) {
  return report->unfolded;
}

gboolean hg_report_is_subnet(const HgReport *report, const HgHost *host) {
  HgNetwork network;
  g_autofree char *text = hg_address_to_text(&host->address); /* without segment */
  return report->unfolded && host->address.kind == HG_ADDRESS_OTHER &&
         hg_network_parse(text, &network) == NULL;
}

void hg_report_free(HgReport *report) {
  if (!report)
    return;
  hg_selection_free(report->selection);
  g_free(report->touching);
  g_free(report->first_touching);
  g_array_unref(report->edges);
  g_array_unref(report->tunnels);
  g_free(report->names);
  g_ptr_array_unref(report->ids);
  g_free(report->ranks);
  g_free(report->hosts);
  g_free(report);
}

const HgAnalysis *hg_report_analysis(const HgReport *report) {
  return report->analysis;
}

const HgTally *hg_report_tally(const HgReport *report) {
  return report->tally;
}

const HgReportOptions *hg_report_options(const HgReport *report) {
  return report->options;
}

gboolean hg_report_has_full_info(const HgReport *report) {
  return hg_tally_options(report->tally)->full_info;
}

GArray *hg_report_captures(const HgReport *report) {
  GArray *captures = hg_tally_captures(report->tally);
  for (guint i = 0; i < captures->len; i++) {
    HgCapture *capture = &g_array_index(captures, HgCapture, i);
    const char *filter = capture->name ? capture->filter : report->options->filter;
    char *kept = g_strdup(filter ? filter : "");
    g_free(capture->filter);
    capture->filter = kept;
    if (!capture->name)
      capture->name = g_strdup(report->options->capture ? report->options->capture : "");
  }
  return captures;
}

const char *hg_report_generator(void) {
  return "hostgraph " HG_VERSION;
}

guint32 hg_report_host_count(const HgReport *report) {
  return report->host_count;
}

guint32 hg_report_host(const HgReport *report, guint32 i) {
  return report->hosts[i];
}

guint32 hg_report_host_rank(const HgReport *report, guint32 host) {
  return report->ranks[host];
}

const char *hg_report_host_id(const HgReport *report, guint32 host) {
  return g_ptr_array_index(report->ids, host);
}

GArray *hg_report_find_hosts(const HgReport *report, const char *text) {
  return hg_naming_find(report->tally, report->ids, text);
}

const char *hg_report_layer(const HgReport *report) {
  return hg_analysis_is_by_device(report->analysis)
             ? "device"
             : hg_layer_name(hg_tally_options(report->tally)->layer);
}

guint32 hg_report_device(const HgReport *report, guint32 host) {
  return hg_devices_of(hg_analysis_devices(report->analysis), host);
}

const char *hg_report_host_name(const HgReport *report, guint32 host) {
  return report->names[host];
}

guint32 hg_report_edge_count(const HgReport *report) {
  return report->edges->len;
}

const HgEdge *hg_report_edge(const HgReport *report, guint32 i) {
  return &g_array_index(report->edges, HgEdge, i);
}

const GArray *hg_report_tunnels(const HgReport *report) {
  return report->tunnels;
}

const HgTunnel *hg_report_tunnel(const HgReport *report, guint i) {
  return &g_array_index(report->tunnels, HgTunnel, i);
}

HgTraffic hg_report_edge_traffic(const HgReport *report, const HgEdge *edge) {
  HgTraffic all = {0};
  if (edge->conversation != HG_NO_CONVERSATION)
    return hg_tally_conversation(report->tally, edge->conversation)->traffic[edge->direction];
  for (guint i = 0; i < edge->tunnel_count; i++)
    hg_traffic_merge(&all, &hg_report_tunnel(report, edge->first_tunnel + i)->observation->traffic);
  return all;
}

/* Most packets first, then name. */
static gint compare_shares(gconstpointer a, gconstpointer b, gpointer data) {
  const HgTally *tally = data;
  const HgProtocolShare *one = a, *other = b;
  if (one->packets != other->packets)
    return one->packets > other->packets ? -1 : 1;
  return strcmp(hg_tally_protocol(tally, one->protocol)->name,
                hg_tally_protocol(tally, other->protocol)->name);
}

static GArray *sort_shares(const HgReport *report, GArray *shares) {
  g_array_sort_with_data(shares, compare_shares, (gpointer)report->tally);
  return shares;
}

static void add_share(GArray *shares, guint16 protocol, const HgTraffic *traffic) {
  const HgProtocolShare share = {protocol, traffic->packets, traffic->bytes};
  if (traffic->packets > 0)
    g_array_append_val(shares, share);
}

GArray *hg_report_edge_protocols(const HgReport *report, const HgEdge *edge) {
  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgProtocolShare));
  guint32 number = edge->conversation != HG_NO_CONVERSATION
                       ? hg_tally_conversation(report->tally, edge->conversation)->first_protocol
                       : HG_NO_LINK;
  while (number != HG_NO_LINK) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(report->tally, number);
    add_share(shares, spoken->protocol, &spoken->traffic[edge->direction]);
    number = spoken->next;
  }
  return sort_shares(report, shares);
}

/* Adds both directions of one conversation to totals by protocol (HgTraffic, owned values). */
static void add_conversation(const HgReport *report, GHashTable *totals, guint32 conversation) {
  guint32 number = hg_tally_conversation(report->tally, conversation)->first_protocol;
  while (number != HG_NO_LINK) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(report->tally, number);
    HgTraffic *total = g_hash_table_lookup(totals, GUINT_TO_POINTER(spoken->protocol));
    if (!total) {
      total = g_new0(HgTraffic, 1);
      g_hash_table_insert(totals, GUINT_TO_POINTER(spoken->protocol), total);
    }
    hg_traffic_merge(total, &spoken->traffic[0]);
    hg_traffic_merge(total, &spoken->traffic[1]);
    number = spoken->next;
  }
}

const guint32 *hg_report_host_conversations(const HgReport *report, guint32 host, guint32 *count) {
  *count = report->first_touching[host + 1] - report->first_touching[host];
  return report->touching + report->first_touching[host];
}

GArray *hg_report_host_protocols(const HgReport *report, guint32 host) {
  GHashTable *totals = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  guint32 count;
  const guint32 *conversations = hg_report_host_conversations(report, host, &count);
  for (guint32 i = 0; i < count; i++)
    add_conversation(report, totals, conversations[i]);

  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgProtocolShare));
  GHashTableIter iter;
  gpointer protocol, total;
  g_hash_table_iter_init(&iter, totals);
  while (g_hash_table_iter_next(&iter, &protocol, &total))
    add_share(shares, (guint16)GPOINTER_TO_UINT(protocol), total);
  g_hash_table_unref(totals);
  return sort_shares(report, shares);
}

GArray *hg_report_protocols(const HgReport *report) {
  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgProtocolShare));
  for (guint i = 0; i < hg_tally_protocol_count(report->tally); i++)
    add_share(shares, (guint16)i, &hg_tally_protocol(report->tally, (guint16)i)->traffic);
  return sort_shares(report, shares);
}

GArray *hg_report_all_protocols(const HgReport *report) {
  GArray *shares = g_array_new(FALSE, FALSE, sizeof(HgProtocolShare));
  for (guint i = 0; i < hg_tally_protocol_count(report->tally); i++) {
    const HgTraffic *traffic = &hg_tally_protocol(report->tally, (guint16)i)->traffic;
    const HgProtocolShare share = {(guint16)i, traffic->packets, traffic->bytes};
    if (i != HG_PROTOCOL_UNKNOWN || traffic->packets > 0)
      g_array_append_val(shares, share);
  }
  return sort_shares(report, shares);
}

guint hg_report_flagged_count(const HgReport *report) {
  return report->selection->flagged->len;
}

guint32 hg_report_flagged(const HgReport *report, guint i) {
  return g_array_index(report->selection->flagged, guint32, i);
}

gboolean hg_report_is_suspect(const HgReport *report, guint32 host) {
  return hg_report_reach(report, host) == HG_REACH_SUSPECT;
}

gboolean hg_report_is_named_suspect(const HgReport *report, guint32 host) {
  for (guint i = 0; i < hg_report_flagged_count(report); i++)
    if (hg_report_flagged(report, i) == host)
      return TRUE;
  return hg_analysis_is_suspect(report->analysis, host) &&
         hg_analysis_named(report->analysis, host) == host;
}

HgReach hg_report_reach(const HgReport *report, guint32 host) {
  return (HgReach)report->selection->reach[host];
}

const char *hg_reach_name(HgReach reach) {
  static const char *const names[] = {"none", "reached", "contacted", "suspect"};
  return names[reach];
}

const char *const *hg_report_host_rules(const HgReport *report, guint32 host) {
  const GPtrArray *ids = g_hash_table_lookup(report->selection->rules,
                                             GUINT_TO_POINTER(hg_report_device(report, host)));
  return ids ? (const char *const *)ids->pdata : NULL;
}

const HgFirstIndicator *hg_report_first_indicator(const HgReport *report, guint32 host) {
  return g_hash_table_lookup(report->selection->first_indicators,
                             GUINT_TO_POINTER(hg_report_device(report, host)));
}

guint hg_report_unseen_count(const HgReport *report) {
  return report->selection->unseen->len;
}

const char *hg_report_unseen(const HgReport *report, guint i) {
  return g_ptr_array_index(report->selection->unseen, i);
}

guint hg_report_trace_count(const HgReport *report) {
  return report->selection->traces->len;
}

const HgTrace *hg_report_trace(const HgReport *report, guint i) {
  return g_ptr_array_index(report->selection->traces, i);
}

guint hg_report_untraced_suspects(const HgReport *report) {
  return report->selection->untraced;
}

/* selection.c - selects the hosts that a report is about: red-flagged, suspect, traced
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "selection.h"

#include "first_indicators.h"
#include "naming.h"

#include <string.h>

/* The hosts with this address or id. If there are none, the text is noted as unseen. (transfer full) */
static GArray *look_up(HgSelection *selection, const HgTally *tally, const GPtrArray *ids,
                       const char *text) {
  GArray *found = hg_naming_find(tally, ids, text);
  if (found->len == 0 &&
      !g_ptr_array_find_with_equal_func(selection->unseen, text, g_str_equal, NULL))
    g_ptr_array_add(selection->unseen, (gpointer)text);
  return found;
}

static gboolean contains(const GArray *hosts, guint32 host) {
  for (guint i = 0; i < hosts->len; i++)
    if (g_array_index(hosts, guint32, i) == host)
      return TRUE;
  return FALSE;
}

static void find_flagged(HgSelection *selection, const HgTally *tally, const GPtrArray *ids,
                         char **suspects) {
  for (char **text = suspects; text && *text; text++) {
    GArray *found = look_up(selection, tally, ids, *text);
    for (guint i = 0; i < found->len; i++)
      if (!contains(selection->flagged, g_array_index(found, guint32, i)))
        g_array_append_val(selection->flagged, g_array_index(found, guint32, i));
    g_array_unref(found);
  }
}

/* Key of a trace that exists already. HG_TRACE_DEFAULT_TIME is kept as it is here, while the trace
 * itself has a real time. */
typedef struct {
  guint32 host;
  HgTraceDirection direction;
  gint64 at_ns;
} Started;

static void trace(HgSelection *selection, const HgAnalysis *analysis, GArray *started, guint32 host,
                  HgTraceDirection direction, gint64 at_ns) {
  for (guint i = 0; i < started->len; i++) {
    const Started *before = &g_array_index(started, Started, i);
    if (before->host == host && before->direction == direction && before->at_ns == at_ns)
      return;
  }
  const Started now = {host, direction, at_ns};
  g_array_append_val(started, now);
  g_ptr_array_add(selection->traces,
                  hg_trace_new(hg_analysis_tally(analysis), hg_analysis_devices(analysis), host,
                               direction, at_ns));
}

/* Traces a suspect for which the user gave no time. */
static void trace_suspect(HgSelection *selection, const HgAnalysis *analysis, GArray *started,
                          guint32 host) {
  const guint32 device = hg_devices_of(hg_analysis_devices(analysis), host);
  const HgFirstIndicator *first_indicator =
      g_hash_table_lookup(selection->first_indicators, GUINT_TO_POINTER(device));
  trace(selection, analysis, started, host, HG_TRACE_FORWARD, HG_TRACE_DEFAULT_TIME);
  trace(selection, analysis, started, host, HG_TRACE_BACKWARD,
        first_indicator ? first_indicator->time_ns : HG_TRACE_DEFAULT_TIME);
}

static gboolean is_started(const GArray *started, guint32 host) {
  for (guint i = 0; i < started->len; i++)
    if (g_array_index(started, Started, i).host == host)
      return TRUE;
  return FALSE;
}

static void trace_all(HgSelection *selection, const HgAnalysis *analysis,
                      const HgReportOptions *options, const GPtrArray *ids) {
  const HgTally *tally = hg_analysis_tally(analysis);
  GArray *started = g_array_new(FALSE, FALSE, sizeof(Started));

  for (guint i = 0; options->traces && i < options->traces->len; i++) {
    const HgTraceRequest *request = g_ptr_array_index(options->traces, i);
    GArray *found = look_up(selection, tally, ids, request->address);
    for (guint j = 0; j < found->len; j++) {
      const guint32 host = g_array_index(found, guint32, j);
      trace(selection, analysis, started, host, HG_TRACE_FORWARD, request->at_ns);
      trace(selection, analysis, started, host, HG_TRACE_BACKWARD, request->at_ns);
    }
    g_array_unref(found);
  }
  for (guint i = 0; i < selection->flagged->len; i++)
    trace_suspect(selection, analysis, started, g_array_index(selection->flagged, guint32, i));

  guint traced = 0;
  for (guint i = 0; i < hg_analysis_scored_count(analysis); i++) {
    const guint32 host = hg_analysis_scored(analysis, i);
    if (!hg_analysis_is_suspect(analysis, host))
      continue;
    if (traced++ < HG_REPORT_MAX_TRACED)
      trace_suspect(selection, analysis, started, host);
    else if (!is_started(started, host))
      selection->untraced++;
  }
  g_array_unref(started);
}

/* For all hosts of the host's device. */
static void raise_to(HgSelection *selection, const HgDevices *devices, guint32 host,
                     HgReach least) {
  guint count;
  const HgDeviceMember *members = hg_devices_members(devices, host, &count);
  selection->reach[host] = MAX(selection->reach[host], (guint8)least);
  for (guint i = 0; i < count; i++)
    selection->reach[members[i].host] = MAX(selection->reach[members[i].host], (guint8)least);
}

static void mark_suspects(HgSelection *selection, const HgAnalysis *analysis) {
  const HgDevices *devices = hg_analysis_devices(analysis);
  for (guint i = 0; i < selection->flagged->len; i++)
    raise_to(selection, devices, g_array_index(selection->flagged, guint32, i), HG_REACH_SUSPECT);
  for (guint i = 0; i < hg_analysis_scored_count(analysis); i++) {
    const guint32 host = hg_analysis_scored(analysis, i);
    if (hg_analysis_is_suspect(analysis, host))
      raise_to(selection, devices, host, HG_REACH_SUSPECT);
  }
}

/* Who finds out an address, or tells its own, has not contacted a machine by that. */
static gboolean has_more_than_arp(const HgTally *tally, const HgConversation *conversation,
                                  int side) {
  for (guint32 i = conversation->first_protocol; i != HG_NO_LINK;) {
    const HgConversationProtocol *spoken = hg_tally_conversation_protocol(tally, i);
    if (spoken->traffic[side].packets > 0 && !hg_tally_protocol(tally, spoken->protocol)->arp)
      return TRUE;
    i = spoken->next;
  }
  return FALSE;
}

/* Multicast and broadcast addresses are no hosts, so they are never contacted. */
static void mark_contacted(HgSelection *selection, const HgAnalysis *analysis) {
  const HgTally *tally = hg_analysis_tally(analysis);
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++) {
    const HgConversation *conversation = hg_tally_conversation(tally, i);
    if (conversation->host[0] == HG_NO_HOST || conversation->host[1] == HG_NO_HOST)
      continue;
    for (int side = 0; side < 2; side++) {
      const guint32 to = conversation->host[1 - side];
      if (selection->reach[conversation->host[side]] == HG_REACH_SUSPECT &&
          hg_host_is_unicast(hg_tally_host(tally, to)) &&
          has_more_than_arp(tally, conversation, side))
        raise_to(selection, hg_analysis_devices(analysis), to, HG_REACH_CONTACTED);
    }
  }
}

static void mark_reached(HgSelection *selection, const HgDevices *devices) {
  for (guint i = 0; i < selection->traces->len; i++) {
    const HgTrace *one = g_ptr_array_index(selection->traces, i);
    if (one->direction != HG_TRACE_FORWARD || selection->reach[one->host] != HG_REACH_SUSPECT)
      continue;
    for (guint j = 0; j < one->reached->len; j++)
      raise_to(selection, devices, g_array_index(one->reached, HgReached, j).host,
               HG_REACH_REACHED);
  }
}

static gint compare_ids(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Most hosts have no findings, and no entry here. */
static void add_rule(HgSelection *selection, gpointer device, const char *id) {
  GPtrArray *ids = g_hash_table_lookup(selection->rules, device);
  if (!ids) {
    ids = g_ptr_array_new();
    g_hash_table_insert(selection->rules, device, ids);
  }
  if (!g_ptr_array_find(ids, id, NULL))
    g_ptr_array_add(ids, (gpointer)id);
}

static void end_rules(HgSelection *selection) {
  GHashTableIter iter;
  gpointer ids;
  g_hash_table_iter_init(&iter, selection->rules);
  while (g_hash_table_iter_next(&iter, NULL, &ids)) {
    g_ptr_array_sort(ids, compare_ids);
    g_ptr_array_add(ids, NULL);
  }
}

static void collect_rules(HgSelection *selection, const HgAnalysis *analysis) {
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++) {
    const HgFinding *finding = hg_analysis_finding(analysis, i);
    add_rule(selection,
             GUINT_TO_POINTER(hg_devices_of(hg_analysis_devices(analysis), finding->host)),
             finding->rule->id);
  }
  end_rules(selection);
}

static void free_ids(gpointer data) {
  g_ptr_array_unref(data);
}

static void free_trace(gpointer data) {
  hg_trace_free(data);
}

static HgSelection *selection_empty(const HgTally *tally) {
  HgSelection *selection = g_new0(HgSelection, 1);
  selection->flagged = g_array_new(FALSE, FALSE, sizeof(guint32));
  selection->unseen = g_ptr_array_new();
  selection->traces = g_ptr_array_new_with_free_func(free_trace);
  selection->reach = g_new0(guint8, (gsize)hg_tally_host_count(tally) + 1);
  selection->rules = g_hash_table_new_full(NULL, NULL, NULL, free_ids);
  return selection;
}

HgSelection *hg_selection_new(const HgAnalysis *analysis, const HgReportOptions *options,
                              const GPtrArray *ids) {
  const HgTally *tally = hg_analysis_tally(analysis);
  HgSelection *selection = selection_empty(tally);
  find_flagged(selection, tally, ids, options->suspects);
  selection->first_indicators = hg_first_indicators_new(analysis);
  trace_all(selection, analysis, options, ids);
  mark_suspects(selection, analysis);
  mark_contacted(selection, analysis);
  mark_reached(selection, hg_analysis_devices(analysis));
  collect_rules(selection, analysis);
  return selection;
}

static void fold_first_indicator(HgSelection *selection, const HgFirstIndicator *one,
                                 gpointer group) {
  const HgFirstIndicator *known = g_hash_table_lookup(selection->first_indicators, group);
  if (one && (!known || one->frame < known->frame))
    g_hash_table_insert(selection->first_indicators, group, g_memdup2(one, sizeof *one));
}

HgSelection *hg_selection_fold(const HgSelection *hosts, const HgAnalysis *analysis,
                               const HgAnalysis *folded, const guint32 *becomes) {
  HgSelection *selection = selection_empty(hg_analysis_tally(folded));
  const guint32 count = hg_tally_host_count(hg_analysis_tally(analysis));
  for (guint i = 0; i < hosts->flagged->len; i++) {
    const guint32 group = becomes[g_array_index(hosts->flagged, guint32, i)];
    if (!contains(selection->flagged, group))
      g_array_append_val(selection->flagged, group);
  }
  for (guint i = 0; i < hosts->unseen->len; i++)
    g_ptr_array_add(selection->unseen, g_ptr_array_index(hosts->unseen, i));
  selection->first_indicators = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  for (guint32 i = 0; i < count; i++) {
    const gpointer device = GUINT_TO_POINTER(hg_devices_of(hg_analysis_devices(analysis), i));
    const gpointer group = GUINT_TO_POINTER(becomes[i]);
    const GPtrArray *ids = g_hash_table_lookup(hosts->rules, device);
    selection->reach[becomes[i]] = MAX(selection->reach[becomes[i]], hosts->reach[i]);
    fold_first_indicator(selection, g_hash_table_lookup(hosts->first_indicators, device), group);
    for (guint k = 0; ids && ids->pdata[k]; k++)
      add_rule(selection, group, ids->pdata[k]);
  }
  end_rules(selection);
  return selection;
}

void hg_selection_free(HgSelection *selection) {
  if (!selection)
    return;
  g_array_unref(selection->flagged);
  g_ptr_array_unref(selection->unseen);
  g_ptr_array_unref(selection->traces);
  g_hash_table_unref(selection->first_indicators);
  g_hash_table_unref(selection->rules);
  g_free(selection->reach);
  g_free(selection);
}

/* annotations.c - what an analysis says about single packets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "annotations.h"

#include <math.h>

#include "export/text/text.h"

struct HgAnnotations {
  GHashTable *hosts; /* HgAddress -> HgAnnotation, owned */
};

static HgAddress copy_address(const HgAddress *address) {
  HgAddress copy = *address;
  copy.data = g_memdup2(address->data, address->length);
  return copy;
}

static void address_free(gpointer data) {
  g_free((gpointer)((HgAddress *)data)->data);
  g_free(data);
}

static void finding_free(gpointer data) {
  HgAnnotatedFinding *finding = data;
  g_free(finding->evidence);
  if (finding->peers)
    g_hash_table_unref(finding->peers);
  g_free(finding);
}

static void annotation_free(gpointer data) {
  HgAnnotation *annotation = data;
  g_free((gpointer)annotation->address.data);
  if (annotation->findings)
    g_ptr_array_unref(annotation->findings);
  g_free(annotation);
}

/* All addresses of the host's device: HgAddress, borrowed from the tally. (transfer full) */
static GArray *addresses_of(const HgReport *report, guint32 host) {
  const HgTally *tally = hg_report_tally(report);
  const GArray *aliases = hg_tally_host_aliases(tally, host);
  GArray *addresses = g_array_new(FALSE, FALSE, sizeof(HgAddress));
  guint count;
  const HgDeviceMember *members =
      hg_devices_members(hg_analysis_devices(hg_report_analysis(report)), host, &count);
  for (guint i = 0; i < count; i++)
    g_array_append_vals(addresses, &hg_tally_host(tally, members[i].host)->address, 1);
  if (count == 0)
    g_array_append_vals(addresses, &hg_tally_host(tally, host)->address, 1);
  if (aliases)
    g_array_append_vals(addresses, aliases->data, aliases->len);
  return addresses;
}

/* A finding lists only some of its peers: if there are more, it covers packets with any peer. */
static GHashTable *peers_of(const HgReport *report, const HgFinding *finding) {
  if (finding->peers->len == 0 || finding->peers_cut)
    return NULL;
  GHashTable *peers = g_hash_table_new_full(hg_address_hash, hg_address_equal, address_free, NULL);
  for (guint i = 0; i < finding->peers->len; i++) {
    GArray *addresses = addresses_of(report, g_array_index(finding->peers, guint32, i));
    for (guint k = 0; k < addresses->len; k++) {
      const HgAddress address = copy_address(&g_array_index(addresses, HgAddress, k));
      g_hash_table_add(peers, g_memdup2(&address, sizeof address));
    }
    g_array_unref(addresses);
  }
  return peers;
}

/* As exports show the text. (transfer full) */
static char *cleaned(const char *text) {
  GString *out = g_string_new(NULL);
  hg_text_plain(out, text, -1);
  return g_string_free(out, FALSE);
}

static void add_finding_to(HgAnnotation *annotation, const HgReport *report,
                           const HgFinding *finding) {
  HgAnnotatedFinding *annotated = g_new(HgAnnotatedFinding, 1);
  *annotated = (HgAnnotatedFinding){
      .rule = finding->rule->id,
      .title = finding->rule->title,
      .kind = finding->kind,
      .evidence = cleaned(finding->evidence),
      .peers = peers_of(report, finding),
      .first_frame = finding->first_frame,
      .last_frame = finding->last_frame,
  };
  if (!annotation->findings)
    annotation->findings = g_ptr_array_new_with_free_func(finding_free);
  g_ptr_array_add(annotation->findings, annotated);
}

static void add_finding(HgAnnotations *annotations, const HgReport *report,
                        const HgFinding *finding) {
  GArray *addresses = addresses_of(report, finding->host);
  for (guint i = 0; i < addresses->len; i++)
    add_finding_to(g_hash_table_lookup(annotations->hosts, &g_array_index(addresses, HgAddress, i)),
                   report, finding);
  g_array_unref(addresses);
}

static void reach_address(HgAnnotation *annotation, guint32 hops, gint64 time_ns, guint32 frame) {
  if (annotation->is_reached &&
      (annotation->hops == 0 || annotation->reached_ns < time_ns ||
       (annotation->reached_ns == time_ns && annotation->reached_frame <= frame)))
    return; /* another suspect could have reached it earlier */
  annotation->is_reached = TRUE;
  annotation->hops = hops;
  annotation->reached_ns = time_ns;
  annotation->reached_frame = frame;
}

static void reach(HgAnnotations *annotations, const HgReport *report, guint32 host, guint32 hops,
                  gint64 time_ns, guint32 frame) {
  GArray *addresses = addresses_of(report, host);
  for (guint i = 0; i < addresses->len; i++)
    reach_address(g_hash_table_lookup(annotations->hosts, &g_array_index(addresses, HgAddress, i)),
                  hops, time_ns, frame);
  g_array_unref(addresses);
}

static gboolean is_of_suspect(const HgReport *report, const HgTrace *trace) {
  return trace->direction == HG_TRACE_FORWARD && hg_report_is_suspect(report, trace->host);
}

static void add_reached(HgAnnotations *annotations, const HgReport *report, const HgTrace *trace) {
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *one = &g_array_index(trace->reached, HgReached, i);
    reach(annotations, report, one->host, one->hops, one->time_ns, one->frame);
  }
}

/* A suspect keeps hop count 0, even if another suspect could have reached it. */
static void add_reach(HgAnnotations *annotations, const HgReport *report) {
  for (guint i = 0; i < hg_report_trace_count(report); i++) {
    const HgTrace *trace = hg_report_trace(report, i);
    if (is_of_suspect(report, trace))
      reach(annotations, report, trace->host, 0, trace->at_ns, 0);
  }
  for (guint i = 0; i < hg_report_trace_count(report); i++) {
    const HgTrace *trace = hg_report_trace(report, i);
    if (is_of_suspect(report, trace))
      add_reached(annotations, report, trace);
  }
}

static void annotate(HgAnnotations *annotations, const HgReport *report, guint32 host,
                     const HgAddress *address) {
  HgAnnotation *annotation = g_new0(HgAnnotation, 1);
  annotation->address = copy_address(address);
  /* rounded as in exports */
  annotation->score = round(hg_analysis_score(hg_report_analysis(report), host) * 100) / 100;
  annotation->suspect = hg_report_is_named_suspect(report, host);
  g_hash_table_insert(annotations->hosts, &annotation->address, annotation);
}

HgAnnotations *hg_annotations_new(const HgReport *report) {
  const HgTally *tally = hg_report_tally(report);
  const HgAnalysis *analysis = hg_report_analysis(report);
  HgAnnotations *annotations = g_new(HgAnnotations, 1);
  annotations->hosts =
      g_hash_table_new_full(hg_address_hash, hg_address_equal, NULL, annotation_free);
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    const GArray *aliases = hg_tally_host_aliases(tally, i);
    annotate(annotations, report, i, &hg_tally_host(tally, i)->address);
    for (guint k = 0; aliases && k < aliases->len; k++)
      annotate(annotations, report, i, &g_array_index(aliases, HgAddress, k));
  }
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++)
    add_finding(annotations, report, hg_analysis_finding(analysis, i));
  add_reach(annotations, report);
  return annotations;
}

void hg_annotations_free(HgAnnotations *annotations) {
  if (!annotations)
    return;
  g_hash_table_unref(annotations->hosts);
  g_free(annotations);
}

const HgAnnotation *hg_annotations_host(const HgAnnotations *annotations,
                                        const HgAddress *address) {
  return hg_address_is_none(address) ? NULL : g_hash_table_lookup(annotations->hosts, address);
}

/* A packet without a time of its own, or with 0, stands at that of a neighbour: their order tells. */
static gboolean is_after(gint64 time_ns, guint32 frame, const HgAnnotation *reached) {
  if (!hg_time_is_known(time_ns) || time_ns == 0 || time_ns == reached->reached_ns)
    return frame > reached->reached_frame;
  return time_ns > reached->reached_ns;
}

guint32 hg_annotation_hops(const HgAnnotation *sender, gint64 time_ns, guint32 frame) {
  if (!sender || !sender->is_reached || !is_after(time_ns, frame, sender))
    return 0;
  return sender->hops + 1;
}

gboolean hg_annotated_finding_covers(const HgAnnotatedFinding *finding, const HgAddress *peer,
                                     guint32 frame) {
  if (frame < finding->first_frame || frame > finding->last_frame)
    return FALSE;
  return !finding->peers ||
         (!hg_address_is_none(peer) && g_hash_table_contains(finding->peers, peer));
}

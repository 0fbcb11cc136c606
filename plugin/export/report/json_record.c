/* json_record.c - the members of the JSON record, shared by all formats that are JSON or contain
 * it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "json_record.h"

#include "export/report/comparison.h"
#include "export/text/json_text.h"
#include "export/text/text.h"

void hg_json_host(GString *out, const HgReport *report, const char *name, guint32 host) {
  if (host == HG_NO_HOST) {
    hg_json_key(out, name);
    g_string_append(out, "null");
  } else {
    hg_json_string(out, name, hg_report_host_id(report, host));
  }
}

static const char *protocol_name(const HgReport *report, guint16 protocol) {
  return hg_tally_protocol(hg_report_tally(report), protocol)->name;
}

static void add_counts(GString *out, const HgReport *report, const char *name,
                       const GArray *counts) {
  hg_json_key(out, name);
  g_string_append_c(out, '{');
  for (guint i = 0; i < counts->len; i++) {
    const HgProtocolShare *share = &g_array_index(counts, HgProtocolShare, i);
    hg_json_separate(out);
    hg_text_json(out, protocol_name(report, share->protocol), -1);
    g_string_append_c(out, ':');
    hg_text_integer(out, (gint64)share->packets);
  }
  g_string_append_c(out, '}');
}

static void add_ports(GString *out, const char *name, const GArray *ports) {
  hg_json_list(out, name);
  for (guint i = 0; i < ports->len; i++) {
    const HgPortShare *share = &g_array_index(ports, HgPortShare, i);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_integer(out, "port", share->port);
    hg_json_string(out, "transport", hg_transport_name(share->transport));
    hg_json_count(out, "packets", share->packets);
    hg_json_count(out, "bytes", share->bytes);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
}

void hg_json_attribute(GString *out, const HgReport *report, const HgAttribute *attribute,
                       gconstpointer item) {
  HgValue value = attribute->get(report, item);
  switch (attribute->type) {
  case HG_TYPE_STRING:
    hg_json_string(out, attribute->name, value.string);
    break;
  case HG_TYPE_INTEGER:
    hg_json_integer(out, attribute->name, value.integer);
    break;
  case HG_TYPE_DOUBLE:
    hg_json_double(out, attribute->name, value.number);
    break;
  case HG_TYPE_BOOLEAN:
    hg_json_boolean(out, attribute->name, value.integer != 0);
    break;
  case HG_TYPE_TIME:
  case HG_TYPE_DURATION:
    hg_json_time(out, attribute->name, value.integer);
    break;
  case HG_TYPE_LIST:
    hg_json_strings(out, attribute->name, (const char *const *)value.list);
    break;
  case HG_TYPE_COUNTS:
    add_counts(out, report, attribute->name, value.counts);
    break;
  case HG_TYPE_PORTS:
    add_ports(out, attribute->name, value.ports);
    break;
  }
  hg_value_clear(attribute, &value);
}

/* --- one object of each list: appended to `out` without its braces --- */

/* Ids of host numbers (guint32; NULL: none). */
static void add_hosts(GString *out, const HgReport *report, const char *name, const GArray *hosts) {
  hg_json_list(out, name);
  for (guint i = 0; hosts && i < hosts->len; i++) {
    hg_json_separate(out);
    hg_text_json(out, hg_report_host_id(report, g_array_index(hosts, guint32, i)), -1);
  }
  g_string_append_c(out, ']');
}

static void add_frames(GString *out, const GArray *frames) {
  hg_json_list(out, "frames");
  for (guint i = 0; frames && i < frames->len; i++) {
    hg_json_separate(out);
    hg_text_integer(out, g_array_index(frames, guint32, i));
  }
  g_string_append_c(out, ']');
}

/* The host that a finding is about, where hosts are folded into groups. */
static void add_address(GString *out, const HgReport *hosts, guint32 i) {
  hg_json_host(out, hosts, "address", hg_analysis_finding(hg_report_analysis(hosts), i)->host);
}

void hg_json_finding(GString *out, const HgReport *report, guint32 i) {
  const HgFinding *finding = hg_analysis_finding(hg_report_analysis(report), i);
  const HgRule *rule = finding->rule;
  hg_json_host(out, report, "host", finding->host);
  if (hg_report_hosts(report)) /* `host` is its group; findings are in the same order */
    add_address(out, hg_report_hosts(report), i);
  hg_json_string(out, "rule", rule->id);
  hg_json_string(out, "kind", hg_finding_kind_name(finding->kind));
  hg_json_string(out, "title", rule->title);
  hg_json_double(out, "strength", finding->strength);
  hg_json_strings(out, "attack", rule->attack);
  hg_json_string(out, "evidence", finding->evidence);
  hg_json_double(out, "measured", finding->observed);
  hg_json_double(out, "threshold", finding->threshold);
  add_hosts(out, report, "peers", finding->peers);
  add_frames(out, finding->frames);
  hg_json_integer(out, "first_frame", finding->first_frame);
  hg_json_integer(out, "last_frame", finding->last_frame);
  hg_json_string(out, "filter", finding->filter);
  hg_json_string(out, "clears_if", rule->false_positive_if);
}

static void add_reached(GString *out, const HgReport *report, const HgReached *reached) {
  g_string_append(out, "\n  {");
  hg_json_host(out, report, "host", reached->host);
  hg_json_integer(out, "hops", reached->hops);
  hg_json_time(out, "time", reached->time_ns);
  hg_json_integer(out, "frame", reached->frame);
  hg_json_host(out, report, "via", reached->via);
  hg_json_string(out, "protocol",
                 hg_tally_protocol(hg_report_tally(report), reached->protocol)->name);
  hg_json_boolean(out, "payload", reached->payload);
  g_string_append_c(out, '}');
}

void hg_json_trace(GString *out, const HgReport *report, guint32 i) {
  const HgTrace *trace = hg_report_trace(report, i);
  hg_json_host(out, report, "host", trace->host);
  hg_json_time(out, "at", trace->at_ns);
  hg_json_string(out, "direction", hg_trace_direction_name(trace->direction));
  hg_json_integer(out, "untimed_count", trace->untimed_count);
  hg_json_list(out, "reached");
  for (guint j = 0; j < trace->reached->len; j++) {
    hg_json_separate(out);
    add_reached(out, report, &g_array_index(trace->reached, HgReached, j));
  }
  g_string_append_c(out, ']');
}

/* --- the graph as a whole --- */

static void add_caps(GString *out, const HgTally *tally) {
  hg_json_list(out, "caps");
  for (guint i = 0; i < HG_CAP_COUNT; i++) {
    const guint64 left_out = hg_tally_left_out(tally, (HgCap)i);
    if (left_out == 0)
      continue;
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_string(out, "name", hg_caps[i].name);
    hg_json_count(out, "limit", hg_tally_options(tally)->caps[i]);
    hg_json_count(out, "left_out", left_out);
    hg_json_string(out, "what", hg_caps[i].consequence);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
}

static void add_not_assessed(GString *out, const HgAnalysis *analysis) {
  hg_json_list(out, "not_assessed");
  for (guint i = 0; i < hg_analysis_not_assessed_count(analysis); i++) {
    const HgNotAssessed *gap = hg_analysis_not_assessed(analysis, i);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_string(out, "rule", gap->rule->id);
    hg_json_string(out, "why", gap->why);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
}

/* Findings that an allow list suppressed, and the line that did. */
static void add_suppressed(GString *out, const HgReport *report) {
  const HgAnalysis *analysis = hg_report_analysis(report);
  hg_json_list(out, "suppressed");
  for (guint i = 0; i < hg_analysis_suppressed_count(analysis); i++) {
    const HgSuppressed *suppressed = hg_analysis_suppressed(analysis, i);
    char *entry = hg_list_entry_text(suppressed->entry);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_host(out, report, "host", suppressed->finding->host);
    hg_json_string(out, "rule", suppressed->finding->rule->id);
    hg_json_string(out, "kind", hg_finding_kind_name(suppressed->finding->kind));
    hg_json_double(out, "strength", suppressed->finding->strength);
    hg_json_string(out, "evidence", suppressed->finding->evidence);
    hg_json_integer(out, "first_frame", suppressed->finding->first_frame);
    hg_json_string(out, "entry", entry);
    hg_json_string(out, "file", suppressed->entry->file);
    hg_json_integer(out, "line", suppressed->entry->line);
    g_string_append_c(out, '}');
    g_free(entry);
  }
  g_string_append_c(out, ']');
}

static void add_switched_off(GString *out, const HgAnalysis *analysis) {
  hg_json_list(out, "switched_off");
  for (guint i = 0; i < hg_analysis_switched_off_count(analysis); i++) {
    hg_json_separate(out);
    hg_text_json(out, hg_analysis_switched_off(analysis, i)->id, -1);
  }
  g_string_append_c(out, ']');
}

/* Times at which nobody was answered: what failed then is held against nobody. */
static void add_outages(GString *out, const HgAnalysis *analysis) {
  hg_json_list(out, "outages");
  for (guint i = 0; i < hg_analysis_outage_count(analysis); i++) {
    const HgOutageNotice *one = hg_analysis_outage(analysis, i);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_string(out, "what", one->subject);
    hg_json_time(out, "from", one->from_ns);
    hg_json_time(out, "to", one->to_ns);
    hg_json_count(out, "clients", one->clients);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
}

/* The hosts and times that the user asked for, so that the record is self-contained. */
static void add_selection(GString *out, const HgReport *report) {
  hg_json_list(out, "flagged");
  for (guint i = 0; i < hg_report_flagged_count(report); i++) {
    hg_json_separate(out);
    hg_text_json(out, hg_report_host_id(report, hg_report_flagged(report, i)), -1);
  }
  g_string_append_c(out, ']');
  hg_json_list(out, "unseen");
  for (guint i = 0; i < hg_report_unseen_count(report); i++) {
    hg_json_separate(out);
    hg_text_json(out, hg_report_unseen(report, i), -1);
  }
  g_string_append_c(out, ']');
  hg_json_integer(out, "untraced_suspects", hg_report_untraced_suspects(report));
  hg_json_string(out, "filter", hg_report_options(report)->filter);
  hg_json_boolean(out, "partial", hg_report_options(report)->partial);
  hg_json_boolean(out, "pseudonyms", hg_report_options(report)->pseudonyms);
  if (hg_report_has_full_info(report))
    hg_json_string(out, "info", "full");
}

static void add_comparison(GString *out, const HgReport *report, const HgBaseline *baseline,
                           const HgComparisonList *list) {
  hg_json_list(out, list->name);
  for (guint i = 0; i < list->count(baseline); i++) {
    hg_json_separate(out);
    g_string_append_c(out, '{');
    for (const HgAttribute *column = list->columns; column->name; column++)
      hg_json_attribute(out, report, column, list->item(baseline, i));
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
}

/* What the baseline holds, and each list of comparison.h; null: no baseline was given. */
static void add_baseline(GString *out, const HgReport *report) {
  const HgBaseline *baseline = hg_comparison_of(report);
  hg_json_key(out, "baseline");
  if (!baseline) {
    g_string_append(out, "null");
    return;
  }
  g_string_append_c(out, '{');
  for (const HgComparisonFact *fact = hg_comparison_facts; fact->name; fact++)
    hg_json_integer(out, fact->name, fact->get(baseline));
  for (guint i = 0; hg_comparison_lists[i]; i++)
    add_comparison(out, report, baseline, hg_comparison_lists[i]);
  g_string_append_c(out, '}');
}

/* What the tally was made of; frame n of a capture is frame frames_before + n everywhere. */
static void add_captures(GString *out, const HgReport *report) {
  GArray *captures = hg_report_captures(report);
  hg_json_list(out, "captures");
  for (guint i = 0; i < captures->len; i++) {
    const HgCapture *capture = &g_array_index(captures, HgCapture, i);
    /* Folders are nobody's business. */
    g_autofree char *name = *capture->name ? g_path_get_basename(capture->name) : NULL;
    const gboolean has_packets = capture->traffic.packets > 0;
    char digest[HG_CAPTURE_DIGEST_TEXT];
    hg_capture_digest_text(&capture->digest, digest);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_string(out, "name", name);
    hg_json_string(out, "filter", capture->filter);
    hg_json_string(out, "digest", digest);
    hg_json_count(out, "frames_before", capture->frames_before);
    hg_json_count(out, "frames", capture->frames);
    hg_json_count(out, "packets", capture->traffic.packets);
    hg_json_count(out, "bytes", capture->traffic.bytes);
    hg_json_time(out, "first", has_packets ? capture->traffic.first_ns : HG_TIME_NONE);
    hg_json_time(out, "last", has_packets ? capture->traffic.last_ns : HG_TIME_NONE);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
  g_array_unref(captures);
}

static void add_home(GString *out, const HgReport *report) {
  const GArray *home = hg_tally_home(hg_report_tally(report));
  hg_json_list(out, "home");
  for (guint i = 0; i < home->len; i++) {
    const HgHomeNetwork *one = &g_array_index(home, HgHomeNetwork, i);
    if (!hg_home_network_matters(one))
      continue;
    g_autofree char *network = hg_network_to_text(&one->network);
    g_autofree char *why = hg_home_network_why(one);
    hg_json_separate(out);
    g_string_append_c(out, '{');
    hg_json_string(out, "network", network);
    hg_json_string(out, "source", hg_home_source_name(one->source));
    hg_json_string(out, "why", why);
    hg_json_integer(out, "frame", one->frame);
    hg_json_integer(out, "hosts", one->hosts);
    g_string_append_c(out, '}');
  }
  g_string_append_c(out, ']');
  hg_json_boolean(out, "home_known", hg_analysis_knows_home(hg_report_analysis(report)));
}

void hg_json_graph(GString *out, const HgReport *report) {
  const HgReport *hosts = hg_report_hosts(report);
  const HgReport *whole =
      hosts ? hosts : report; /* groups know nothing of what was compared, or why */
  const HgTally *tally = hg_report_tally(report);
  const HgTraffic *traffic = hg_tally_traffic(tally);
  hg_json_string(out, "generator", hg_report_generator());
  hg_json_string(out, "group", hosts ? "subnet" : "none");
  hg_json_string(out, "layer", hg_report_layer(whole));
  hg_json_string(out, "duplicates", hg_duplicates_name(hg_tally_options(tally)->keep_duplicates));
  hg_json_count(out, "packets", traffic->packets);
  hg_json_count(out, "copies", hg_tally_copies(tally)->packets);
  hg_json_count(out, "bytes", traffic->bytes);
  /* null: there is no packet, or none has a time */
  hg_json_time(out, "first", traffic->packets > 0 ? traffic->first_ns : HG_TIME_NONE);
  hg_json_time(out, "last", traffic->packets > 0 ? traffic->last_ns : HG_TIME_NONE);
  hg_json_count(out, "packets_without_time", hg_tally_packets_without_time(tally));
  add_captures(out, whole);
  hg_json_count(out, "packets_with_outlying_time",
                hg_analysis_outlying_times(hg_report_analysis(whole))->packets);
  if (hg_tally_contact_resolution_ns(tally) > 0) /* the traces are over runs of packets */
    hg_json_time(out, "contact_resolution", hg_tally_contact_resolution_ns(tally));
  add_home(out, whole);
  add_caps(out, tally);
  add_not_assessed(out, hg_report_analysis(report));
  add_suppressed(out, report);
  add_baseline(out, whole);
  add_outages(out, hg_report_analysis(report));
  add_switched_off(out, hg_report_analysis(report));
  add_selection(out, report);
}

void hg_json_protocol(GString *out, const HgReport *report, const HgProtocolShare *share) {
  hg_json_string(out, "name", protocol_name(report, share->protocol));
  hg_json_count(out, "packets", share->packets);
  hg_json_count(out, "bytes", share->bytes);
}

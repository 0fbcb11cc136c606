/* ndjson.c - one JSON object a line: the capture, then findings, hosts and edges, with the names
 * of the Elastic Common Schema, for Elasticsearch, OpenSearch, Splunk, jq
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/ecs.h"
#include "export/report/format.h"
#include "export/report/json_record.h"
#include "export/text/json_text.h"
#include "export/text/text.h"

typedef struct {
  const HgReport *report;
  GString *line;
  GHashTable *frame_times; /* frame -> gint64 (owned), for the frames of findings */
} Writer;

/* --- hosts by the names of ECS --- */

static void append_host(GString *line, const HgReport *report, const HgHost *host) {
  const char *name = hg_report_host_name(report, host->number);
  g_auto(GStrv) macs =
      hg_binding_table_macs(hg_tally_bindings(hg_report_tally(report)), &host->address);
  hg_ecs_begin(line, "host");
  hg_json_string(line, "name", name ? name : hg_report_host_id(report, host->number));
  if (hg_ecs_is_ip(host))
    hg_ecs_single(line, "ip", host->text);
  hg_json_list(line, "mac");
  if (host->address.kind == HG_ADDRESS_MAC)
    hg_ecs_mac(line, host->text);
  for (char **mac = macs; *mac; mac++) {
    hg_json_separate(line);
    hg_ecs_mac(line, *mac);
  }
  g_string_append_c(line, ']');
  hg_ecs_end(line);
}

/* Appends "source" or "destination". `sent`: its packets; NULL: those of the other side. */
static void append_side(GString *line, const HgReport *report, const char *side, guint32 host,
                        const HgTraffic *sent) {
  hg_ecs_begin_side(line, report, side, host);
  if (sent) {
    hg_json_count(line, "packets", sent->packets);
    hg_json_count(line, "bytes", sent->bytes);
  }
  hg_ecs_end(line);
}

/* --- the kinds of lines --- */

static void write_host(const Writer *writer, HgOutput *output, guint32 number) {
  const HgHost *host = hg_tally_host(hg_report_tally(writer->report), number);
  const HgTraffic traffic = hg_host_traffic(host);
  GString *line = writer->line;
  hg_ecs_begin_line(line, "hostgraph.host", "asset", "host", "info", traffic.first_ns,
                    traffic.last_ns);
  hg_json_double(line, "risk_score", hg_analysis_score(hg_report_analysis(writer->report), number));
  hg_ecs_end(line);
  append_host(line, writer->report, host);
  hg_ecs_attributes(line, writer->report, hg_node_attributes(writer->report), host);
  hg_ecs_end_line(line, output);
}

static void append_network(GString *line, const HgReport *report, const HgEdge *edge,
                           const HgTraffic *traffic) {
  const HgHost *host = hg_tally_host(hg_report_tally(report), edge->source);
  GArray *shares = hg_report_edge_protocols(report, edge);
  hg_ecs_begin(line, "network");
  hg_json_count(line, "packets", traffic->packets);
  hg_json_count(line, "bytes", traffic->bytes);
  hg_ecs_network_type(line, host);
  if (shares->len > 0)
    hg_ecs_protocol(line, report, g_array_index(shares, HgProtocolShare, 0).protocol);
  hg_ecs_end(line);
  g_array_unref(shares);
}

static void write_edge(const Writer *writer, HgOutput *output, const HgEdge *edge) {
  const HgTraffic traffic = hg_report_edge_traffic(writer->report, edge);
  GString *line = writer->line;
  hg_ecs_begin_line(line, "hostgraph.edge", "event", "network", "connection", traffic.first_ns,
                    traffic.last_ns);
  hg_ecs_end(line);
  append_side(line, writer->report, "source", edge->source, &traffic);
  append_side(line, writer->report, "destination", edge->target, NULL);
  append_network(line, writer->report, edge, &traffic);
  hg_ecs_attributes(line, writer->report, hg_edge_attributes(writer->report), edge);
  hg_ecs_end_line(line, output);
}

/* The time of a frame; `otherwise`: if it is not known. */
static gint64 time_of(const Writer *writer, guint32 frame, gint64 otherwise) {
  const gint64 *time = g_hash_table_lookup(writer->frame_times, GUINT_TO_POINTER(frame));
  return time ? *time : otherwise;
}

/* Appends the addresses for searches ("related.ip"). */
static void append_related(GString *line, const HgReport *report, const HgFinding *finding) {
  hg_ecs_begin(line, "related");
  hg_json_list(line, "ip");
  for (guint i = 0; i <= (finding->peers ? finding->peers->len : 0); i++) {
    const guint32 number = i ? g_array_index(finding->peers, guint32, i - 1) : finding->host;
    const HgHost *host = hg_tally_host(hg_report_tally(report), number);
    if (!hg_ecs_is_ip(host))
      continue;
    hg_json_separate(line);
    hg_text_json(line, host->text, -1);
  }
  g_string_append(line, "]}");
}

static void write_finding(const Writer *writer, HgOutput *output, guint i) {
  const HgFinding *finding = hg_analysis_finding(hg_report_analysis(writer->report), i);
  const HgRule *rule = finding->rule;
  const HgHost *host = hg_tally_host(hg_report_tally(writer->report), finding->host);
  const HgTraffic traffic = hg_host_traffic(host);
  const gint64 first = time_of(writer, finding->first_frame, traffic.first_ns);
  GString *line = writer->line;
  hg_ecs_begin_line(line, "hostgraph.finding", "alert", "intrusion_detection", "info", first,
                    MAX(first, time_of(writer, finding->last_frame, traffic.last_ns)));
  hg_json_integer(line, "severity", (gint64)(finding->strength * 100 + 0.5));
  hg_ecs_end(line);
  hg_json_string(line, "message", finding->evidence);
  hg_ecs_begin(line, "rule");
  hg_json_string(line, "id", rule->id);
  hg_json_string(line, "name", rule->title);
  hg_json_string(line, "category", hg_finding_kind_name(finding->kind));
  hg_ecs_end(line);
  if (rule->attack && *rule->attack) {
    g_string_append(line, ",\"threat\":{\"framework\":\"MITRE ATT\\u0026CK\",\"technique\":{");
    hg_json_strings(line, "id", rule->attack);
    g_string_append(line, "}}");
  }
  append_host(line, writer->report, host);
  append_related(line, writer->report, finding);
  hg_ecs_begin(line, "hostgraph");
  hg_json_finding(line, writer->report, i);
  hg_ecs_end(line);
  hg_ecs_end_line(line, output);
}

/* --- the times of findings --- */

static void want_frame(GHashTable *times, guint32 frame) {
  g_hash_table_insert(times, GUINT_TO_POINTER(frame), NULL);
}

static GHashTable *find_times(const HgReport *report) {
  const HgAnalysis *analysis = hg_report_analysis(report);
  const HgContactLog *contacts = hg_tally_contacts(hg_report_tally(report));
  GHashTable *times = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++) {
    want_frame(times, hg_analysis_finding(analysis, i)->first_frame);
    want_frame(times, hg_analysis_finding(analysis, i)->last_frame);
  }
  const guint64 count = g_hash_table_size(times) > 0 ? hg_contact_log_count(contacts) : 0;
  for (guint64 i = 0; i < count; i++) {
    const HgContact *contact = hg_contact_log_get(contacts, i);
    const gpointer frame = GUINT_TO_POINTER(contact->frame);
    if (g_hash_table_contains(times, frame))
      g_hash_table_insert(times, frame, g_memdup2(&contact->time_ns, sizeof contact->time_ns));
  }
  return times;
}

static void write_ndjson(const HgReport *report, HgOutput *const *outputs) {
  const Writer writer = {report, g_string_new(NULL), find_times(report)};
  hg_ecs_write_capture(writer.line, report, outputs[0]);
  for (guint i = 0; i < hg_analysis_finding_count(hg_report_analysis(report)); i++)
    write_finding(&writer, outputs[0], i);
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    write_host(&writer, outputs[0], hg_report_host(report, i));
  for (guint32 i = 0; i < hg_report_edge_count(report); i++)
    write_edge(&writer, outputs[0], hg_report_edge(report, i));
  g_hash_table_unref(writer.frame_times);
  g_string_free(writer.line, TRUE);
}

static const char *const suffixes[] = {"ndjson", "jsonl", NULL};

const HgFormat hg_format_ndjson = {
    .name = "ndjson",
    .suffixes = suffixes,
    .title = "ECS lines",
    .what = "a finding, host or edge a line, ECS names: Elasticsearch, Splunk, jq",
    .write = write_ndjson,
};

/* ndjson.c - one JSON object a line: the capture, then findings, hosts and edges, with the names
 * of the Elastic Common Schema (ECS 8.11), for Elasticsearch, OpenSearch, Splunk, jq
 *
 * Fields that ECS knows have its names; all attributes are under "hostgraph", too. Protocols are a
 * list there, because a dot in a field name ("TLSv1.2") means an object within an object.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/format.h"
#include "export/report/json_record.h"
#include "export/text/json_text.h"
#include "export/text/text.h"

typedef struct {
  const HgReport *report;
  GString *line;
  GHashTable *frame_times; /* frame -> gint64 (owned), for the frames of findings */
} Writer;

static void begin(GString *line, const char *name) {
  hg_json_key(line, name);
  g_string_append_c(line, '{');
}

static void end(GString *line) {
  g_string_append_c(line, '}');
}

/* Elasticsearch reads no time from null or "", so what is not known is left out. */
static void append_time(GString *line, const char *name, gint64 ns) {
  if (!hg_time_is_known(ns))
    return;
  hg_json_key(line, name);
  g_string_append_c(line, '"');
  hg_text_iso8601(line, ns);
  g_string_append_c(line, '"');
}

static void append_single(GString *line, const char *name, const char *value) {
  const char *const list[] = {value, NULL};
  hg_json_strings(line, name, list);
}

/* Begins a line, up to and including the members of "event" that all lines have; "event" stays
 * open. */
static void begin_line(GString *line, const char *dataset, const char *kind, const char *category,
                       const char *type, gint64 first_ns, gint64 last_ns) {
  g_string_assign(line, "{");
  append_time(line, "@timestamp", first_ns);
  begin(line, "ecs");
  hg_json_string(line, "version", "8.11.0");
  end(line);
  begin(line, "event");
  hg_json_string(line, "module", "hostgraph");
  hg_json_string(line, "dataset", dataset);
  hg_json_string(line, "kind", kind);
  append_single(line, "category", category);
  append_single(line, "type", type);
  append_time(line, "start", first_ns);
  append_time(line, "end", last_ns);
}

static void end_line(const Writer *writer, HgOutput *output) {
  g_string_append(writer->line, "}\n");
  hg_output_write(output, writer->line->str, writer->line->len);
}

/* --- attributes of the schema --- */

static void append_counts(GString *line, const HgReport *report, const HgAttribute *attribute,
                          gconstpointer item) {
  HgValue value = attribute->get(report, item);
  hg_json_list(line, attribute->name);
  for (guint i = 0; i < value.counts->len; i++) {
    hg_json_separate(line);
    g_string_append_c(line, '{');
    hg_json_protocol(line, report, &g_array_index(value.counts, HgProtocolShare, i));
    g_string_append_c(line, '}');
  }
  g_string_append_c(line, ']');
  hg_value_clear(attribute, &value);
}

static void append_attributes(GString *line, const HgReport *report, const HgAttribute *attributes,
                              gconstpointer item) {
  begin(line, "hostgraph");
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (attribute->type == HG_TYPE_COUNTS)
      append_counts(line, report, attribute, item);
    else
      hg_json_attribute(line, report, attribute, item);
  }
  end(line);
}

/* --- hosts by the names of ECS --- */

static gboolean is_ip(const HgHost *host) {
  return host->address.kind == HG_ADDRESS_IPV4 || host->address.kind == HG_ADDRESS_IPV6;
}

/* Appends a MAC as a JSON string in ECS's form: "00-11-22-AA-BB-CC". */
static void append_mac(GString *line, const char *text) {
  g_autofree char *mac = g_ascii_strup(text, -1);
  hg_text_json(line, g_strdelimit(mac, ":", '-'), -1);
}

static void append_host(GString *line, const HgReport *report, const HgHost *host) {
  const char *name = hg_report_host_name(report, host->number);
  g_auto(GStrv) macs =
      hg_binding_table_macs(hg_tally_bindings(hg_report_tally(report)), &host->address);
  begin(line, "host");
  hg_json_string(line, "name", name ? name : hg_report_host_id(report, host->number));
  if (is_ip(host))
    append_single(line, "ip", host->text);
  hg_json_list(line, "mac");
  if (host->address.kind == HG_ADDRESS_MAC)
    append_mac(line, host->text);
  for (char **mac = macs; *mac; mac++) {
    hg_json_separate(line);
    append_mac(line, *mac);
  }
  g_string_append_c(line, ']');
  end(line);
}

/* Appends "source" or "destination". `sent`: its packets; NULL: those of the other side. */
static void append_end(GString *line, const HgReport *report, const char *side, guint32 number,
                       const HgTraffic *sent) {
  const HgHost *host = hg_tally_host(hg_report_tally(report), number);
  const char *name = hg_report_host_name(report, number);
  begin(line, side);
  hg_json_string(line, "address", hg_report_host_id(report, number));
  if (is_ip(host))
    hg_json_string(line, "ip", host->text);
  if (host->address.kind == HG_ADDRESS_MAC) {
    hg_json_key(line, "mac");
    append_mac(line, host->text);
  }
  if (name)
    hg_json_string(line, "domain", name);
  if (sent) {
    hg_json_count(line, "packets", sent->packets);
    hg_json_count(line, "bytes", sent->bytes);
  }
  end(line);
}

/* --- the kinds of lines --- */

/* Writes what was captured, left out, or not assessed. Without packets there is no time. */
static void write_capture(const Writer *writer, HgOutput *output) {
  const HgTraffic *traffic = hg_tally_traffic(hg_report_tally(writer->report));
  const gboolean any = traffic->packets > 0;
  GString *line = writer->line;
  begin_line(line, "hostgraph.capture", "metric", "network", "info",
             any ? traffic->first_ns : HG_TIME_NONE, any ? traffic->last_ns : HG_TIME_NONE);
  end(line);
  begin(line, "network");
  hg_json_count(line, "packets", traffic->packets);
  hg_json_count(line, "bytes", traffic->bytes);
  end(line);
  begin(line, "hostgraph");
  hg_json_graph(line, writer->report);
  end(line);
  end_line(writer, output);
}

static void write_host(const Writer *writer, HgOutput *output, guint32 number) {
  const HgHost *host = hg_tally_host(hg_report_tally(writer->report), number);
  const HgTraffic traffic = hg_host_traffic(host);
  GString *line = writer->line;
  begin_line(line, "hostgraph.host", "asset", "host", "info", traffic.first_ns, traffic.last_ns);
  hg_json_double(line, "risk_score", hg_analysis_score(hg_report_analysis(writer->report), number));
  end(line);
  append_host(line, writer->report, host);
  append_attributes(line, writer->report, hg_node_attributes(writer->report), host);
  end_line(writer, output);
}

static void append_network(GString *line, const HgReport *report, const HgEdge *edge,
                           const HgTraffic *traffic) {
  const HgHost *host = hg_tally_host(hg_report_tally(report), edge->source);
  GArray *shares = hg_report_edge_protocols(report, edge);
  begin(line, "network");
  hg_json_count(line, "packets", traffic->packets);
  hg_json_count(line, "bytes", traffic->bytes);
  if (is_ip(host))
    hg_json_string(line, "type", hg_address_kind_name(host->address.kind));
  if (shares->len > 0) {
    const guint16 protocol = g_array_index(shares, HgProtocolShare, 0).protocol;
    g_autofree char *name =
        g_ascii_strdown(hg_tally_protocol(hg_report_tally(report), protocol)->name, -1);
    hg_json_string(line, "protocol", name);
  }
  end(line);
  g_array_unref(shares);
}

static void write_edge(const Writer *writer, HgOutput *output, const HgEdge *edge) {
  const HgTraffic traffic = hg_report_edge_traffic(writer->report, edge);
  GString *line = writer->line;
  begin_line(line, "hostgraph.edge", "event", "network", "connection", traffic.first_ns,
             traffic.last_ns);
  end(line);
  append_end(line, writer->report, "source", edge->source, &traffic);
  append_end(line, writer->report, "destination", edge->target, NULL);
  append_network(line, writer->report, edge, &traffic);
  append_attributes(line, writer->report, hg_edge_attributes(writer->report), edge);
  end_line(writer, output);
}

/* The time of a frame; `otherwise`: if it is not known. */
static gint64 time_of(const Writer *writer, guint32 frame, gint64 otherwise) {
  const gint64 *time = g_hash_table_lookup(writer->frame_times, GUINT_TO_POINTER(frame));
  return time ? *time : otherwise;
}

/* Appends the addresses for searches ("related.ip"). */
static void append_related(GString *line, const HgReport *report, const HgFinding *finding) {
  begin(line, "related");
  hg_json_list(line, "ip");
  for (guint i = 0; i <= (finding->peers ? finding->peers->len : 0); i++) {
    const guint32 number = i ? g_array_index(finding->peers, guint32, i - 1) : finding->host;
    const HgHost *host = hg_tally_host(hg_report_tally(report), number);
    if (!is_ip(host))
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
  begin_line(line, "hostgraph.finding", "alert", "intrusion_detection", "info", first,
             MAX(first, time_of(writer, finding->last_frame, traffic.last_ns)));
  hg_json_integer(line, "severity", (gint64)(finding->strength * 100 + 0.5));
  end(line);
  hg_json_string(line, "message", finding->evidence);
  begin(line, "rule");
  hg_json_string(line, "id", rule->id);
  hg_json_string(line, "name", rule->title);
  hg_json_string(line, "category", hg_finding_kind_name(finding->kind));
  end(line);
  if (rule->attack && *rule->attack) {
    g_string_append(line, ",\"threat\":{\"framework\":\"MITRE ATT\\u0026CK\",\"technique\":{");
    hg_json_strings(line, "id", rule->attack);
    g_string_append(line, "}}");
  }
  append_host(line, writer->report, host);
  append_related(line, writer->report, finding);
  begin(line, "hostgraph");
  hg_json_finding(line, writer->report, i);
  end(line);
  end_line(writer, output);
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
  write_capture(&writer, outputs[0]);
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

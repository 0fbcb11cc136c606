/* json.c - node-link JSON: the complete record, for networkx, d3, scripts
 *
 * networkx reads the edges from `links` up to 3.5 and from `edges` since, so both are there. Each
 * object is on a line of its own, for diff and grep. A count above 2^53, which JavaScript would
 * round, is followed by its digits as a string: "bytes":N,"bytes_text":"N".
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/format.h"
#include "export/report/json_record.h"
#include "export/text/json_text.h"

typedef void (*AddItem)(GString *out, const HgReport *report, guint32 i);

static void add_attributes(GString *out, const HgReport *report, const HgAttribute *attributes,
                           gconstpointer item) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    hg_json_attribute(out, report, attribute, item);
}

static void add_node(GString *out, const HgReport *report, guint32 i) {
  add_attributes(out, report, hg_node_attributes(report),
                 hg_tally_host(hg_report_tally(report), hg_report_host(report, i)));
}

static void add_edge(GString *out, const HgReport *report, guint32 i) {
  add_attributes(out, report, hg_edge_attributes(report), hg_report_edge(report, i));
}

static void write_graph(const HgReport *report, HgOutput *output) {
  GString *out = g_string_new("{\"directed\":true,\"multigraph\":false,\n\"graph\":{");
  hg_json_graph(out, report);
  g_string_append_c(out, '}');
  hg_output_write(output, out->str, out->len);
  g_string_free(out, TRUE);
}

/* Writes a list of objects, each on a line of its own. */
static void write_list(const HgReport *report, HgOutput *output, const char *name, guint32 count,
                       AddItem add) {
  GString *line = g_string_new(NULL);
  hg_output_printf(output, ",\n\"%s\":[", name);
  for (guint32 i = 0; i < count; i++) {
    g_string_assign(line, i > 0 ? ",\n{" : "\n{");
    add(line, report, i);
    g_string_append_c(line, '}');
    hg_output_write(output, line->str, line->len);
  }
  hg_output_puts(output, count > 0 ? "\n]" : "]");
  g_string_free(line, TRUE);
}

static void write_protocols(const HgReport *report, HgOutput *output) {
  GArray *shares = hg_report_protocols(report);
  GString *out = g_string_new(",\n\"protocols\":[");
  for (guint i = 0; i < shares->len; i++) {
    hg_json_separate(out);
    g_string_append(out, "\n{");
    hg_json_protocol(out, report, &g_array_index(shares, HgProtocolShare, i));
    g_string_append_c(out, '}');
  }
  g_string_append(out, shares->len > 0 ? "\n]" : "]");
  hg_output_write(output, out->str, out->len);
  g_string_free(out, TRUE);
  g_array_unref(shares);
}

static void write_json(const HgReport *report, HgOutput *const *outputs) {
  HgOutput *output = outputs[0];
  const HgAnalysis *analysis = hg_report_analysis(report);
  write_graph(report, output);
  write_list(report, output, "nodes", hg_report_host_count(report), add_node);
  write_list(report, output, "edges", hg_report_edge_count(report), add_edge);
  write_list(report, output, "links", hg_report_edge_count(report), add_edge);
  write_protocols(report, output);
  write_list(report, output, "findings", hg_analysis_finding_count(analysis), hg_json_finding);
  write_list(report, output, "traces", hg_report_trace_count(report), hg_json_trace);
  hg_output_puts(output, "}\n");
}

static const char *const suffixes[] = {"json", NULL};

const HgFormat hg_format_json = {
    .name = "json",
    .suffixes = suffixes,
    .title = "JSON",
    .what = "the complete record, node-link: networkx, d3, scripts",
    .draws_graph = TRUE,
    .write = write_json,
};

/* graphml.c - GraphML, for Gephi, yEd, Cytoscape and networkx
 *
 * The graph itself has no keys, because Gephi warns about them. Findings and traces are in the
 * nodes' attributes rules and reach; the json format has them in full. Edges have no ids, which
 * networkx would read as an attribute.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/report/format.h"
#include "export/report/schema.h"
#include "export/text/text.h"

/* Attributes that GraphML has as its own, so they are not written as data. */
static gboolean is_structure(const HgAttribute *attribute) {
  return strcmp(attribute->name, "id") == 0 || strcmp(attribute->name, "source") == 0 ||
         strcmp(attribute->name, "target") == 0;
}

/* Writes one <key> for each attribute. Its id is the prefixed name of the attribute, to be
 * readable. */
static void write_keys(HgOutput *output, const HgAttribute *attributes, const char *element,
                       char prefix) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (is_structure(attribute))
      continue;
    hg_output_printf(output,
                     "  <key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\">"
                     "<desc>%s%s%s</desc></key>\n",
                     prefix, attribute->name, element, attribute->name,
                     hg_type_xml_name(attribute->type), attribute->title,
                     attribute->unit ? ", " : "", attribute->unit ? attribute->unit : "");
  }
}

/* `text` is a buffer that is reused. */
static void append_data(GString *line, GString *text, const HgReport *report,
                        const HgAttribute *attributes, char prefix, gconstpointer item) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (is_structure(attribute) || !hg_attribute_has_value(report, attribute, item))
      continue;
    g_string_append(line, "<data key=\"");
    g_string_append_c(line, prefix);
    g_string_append_c(line, '_');
    g_string_append(line, attribute->name);
    g_string_append(line, "\">");
    hg_value_escape(report, attribute, item, hg_text_xml, text, line);
    g_string_append(line, "</data>");
  }
}

static void write_nodes(const HgReport *report, HgOutput *output) {
  GString *line = g_string_new(NULL), *text = g_string_new(NULL);
  for (guint32 i = 0; i < hg_report_host_count(report); i++) {
    const guint32 host = hg_report_host(report, i);
    g_string_assign(line, "    <node id=\"");
    hg_text_xml(line, hg_report_host_id(report, host), -1);
    g_string_append(line, "\">");
    append_data(line, text, report, hg_node_attributes(report), 'n',
                hg_tally_host(hg_report_tally(report), host));
    g_string_append(line, "</node>\n");
    hg_output_write(output, line->str, line->len);
  }
  g_string_free(line, TRUE);
  g_string_free(text, TRUE);
}

static void write_edges(const HgReport *report, HgOutput *output) {
  GString *line = g_string_new(NULL), *text = g_string_new(NULL);
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    g_string_assign(line, "    <edge source=\"");
    hg_text_xml(line, hg_report_host_id(report, edge->source), -1);
    g_string_append(line, "\" target=\"");
    hg_text_xml(line, hg_report_host_id(report, edge->target), -1);
    g_string_append(line, "\">");
    append_data(line, text, report, hg_edge_attributes(report), 'e', edge);
    g_string_append(line, "</edge>\n");
    hg_output_write(output, line->str, line->len);
  }
  g_string_free(line, TRUE);
  g_string_free(text, TRUE);
}

static void write_graphml(const HgReport *report, HgOutput *const *outputs) {
  HgOutput *output = outputs[0];
  hg_output_puts(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  hg_output_printf(output, "<!-- %s: an edge goes from the sender of packets to the receiver -->\n",
                   hg_report_generator());
  if (hg_report_has_full_info(report))
    hg_output_puts(output, "<!-- Info texts are " HG_REPORT_FULL_INFO " -->\n");
  hg_output_puts(output, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
  write_keys(output, hg_node_attributes(report), "node", 'n');
  write_keys(output, hg_edge_attributes(report), "edge", 'e');
  hg_output_puts(output, "  <graph id=\"hostgraph\" edgedefault=\"directed\">\n");
  write_nodes(report, output);
  write_edges(report, output);
  hg_output_puts(output, "  </graph>\n</graphml>\n");
}

static const char *const suffixes[] = {"graphml", NULL};

const HgFormat hg_format_graphml = {
    .name = "graphml",
    .suffixes = suffixes,
    .title = "GraphML",
    .what = "Gephi, yEd, Cytoscape, networkx",
    .draws_graph = TRUE,
    .write = write_graphml,
};

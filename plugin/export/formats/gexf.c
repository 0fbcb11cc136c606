/* gexf.c - GEXF 1.2draft, for Gephi, whose timeline plays it
 *
 * Version 1.2draft, because networkx before 3.6 reads no later one. Hosts and edges exist from
 * their first packet until just after their last; single packets have no spells.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/report/format.h"
#include "export/report/schema.h"
#include "export/report/style.h"
#include "export/text/text.h"

/* Added to every end, because an end must come after its start: 1 ms. The exact times are in the
 * attributes first and last. */
#define AFTERGLOW_NS 1000000

typedef struct {
  const HgReport *report;
  HgOutput *output;
  GString *line, *text; /* reused buffers */
  HgBusiest busiest;
} Writer;

/* Attributes that GEXF has as its own, so they are not written as values. */
static gboolean is_structure(const HgAttribute *attribute) {
  static const char *const names[] = {"id", "label", "source", "target", "weight"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(attribute->name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void write_attributes(HgOutput *output, const HgAttribute *attributes, const char *class) {
  hg_output_printf(output, "    <attributes class=\"%s\" mode=\"static\">\n", class);
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    if (!is_structure(attribute))
      hg_output_printf(output, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n",
                       attribute->name, attribute->name, hg_type_xml_name(attribute->type));
  hg_output_puts(output, "    </attributes>\n");
}

static void append_quoted(GString *line, const char *name, const char *text) {
  g_string_append_c(line, ' ');
  g_string_append(line, name);
  g_string_append(line, "=\"");
  hg_text_xml(line, text, -1);
  g_string_append_c(line, '"');
}

/* What has no time is there all the time. */
static void append_span(GString *line, const HgTraffic *traffic) {
  if (!hg_time_is_known(traffic->first_ns))
    return;
  g_string_append(line, " start=\"");
  hg_text_seconds(line, traffic->first_ns);
  g_string_append(line, "\" end=\"");
  hg_text_seconds(line, traffic->last_ns + AFTERGLOW_NS);
  g_string_append_c(line, '"');
}

static void append_values(Writer *writer, const HgAttribute *attributes, gconstpointer item) {
  GString *line = writer->line;
  g_string_append(line, "<attvalues>");
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (is_structure(attribute) || !hg_attribute_has_value(writer->report, attribute, item))
      continue;
    g_string_append(line, "<attvalue for=\"");
    g_string_append(line, attribute->name);
    g_string_append(line, "\" value=\"");
    hg_value_escape(writer->report, attribute, item, hg_text_xml, writer->text, line);
    g_string_append(line, "\"/>");
  }
  g_string_append(line, "</attvalues>");
}

static void append_colour(GString *line, const char *colour) {
  guint rgb[3];
  hg_style_rgb(colour, rgb);
  g_string_append(line, "<viz:color r=\"");
  hg_text_integer(line, rgb[0]);
  g_string_append(line, "\" g=\"");
  hg_text_integer(line, rgb[1]);
  g_string_append(line, "\" b=\"");
  hg_text_integer(line, rgb[2]);
  g_string_append(line, "\"/>");
}

static void append_size(GString *line, const char *element, double size) {
  g_string_append(line, "<viz:");
  g_string_append(line, element);
  g_string_append(line, " value=\"");
  hg_style_number(line, size);
  g_string_append(line, "\"/>");
}

static void write_node(Writer *writer, guint32 number) {
  const HgHost *host = hg_tally_host(hg_report_tally(writer->report), number);
  const HgTraffic traffic = hg_host_traffic(host);
  GString *line = writer->line;
  g_string_assign(line, "      <node");
  append_quoted(line, "id", hg_report_host_id(writer->report, number));
  g_string_append(line, " label=\"");
  hg_value_escape(writer->report, &hg_node_attributes(writer->report)[1], host, hg_text_xml,
                  writer->text, line);
  g_string_append_c(line, '"');
  append_span(line, &traffic);
  g_string_append_c(line, '>');
  append_values(writer, hg_node_attributes(writer->report), host);
  append_colour(line, hg_style_of(hg_report_reach(writer->report, number))->fill);
  append_size(line, "size", 4 + 26 * hg_style_share(traffic.bytes, writer->busiest.host));
  g_string_append(line, "</node>\n");
  hg_output_write(writer->output, line->str, line->len);
}

static void write_edge(Writer *writer, guint32 i) {
  const HgReport *report = writer->report;
  const HgEdge *edge = hg_report_edge(report, i);
  const HgTraffic traffic = hg_report_edge_traffic(report, edge);
  GString *line = writer->line;
  g_string_assign(line, "      <edge id=\"");
  hg_text_integer(line, i);
  g_string_append_c(line, '"');
  append_quoted(line, "source", hg_report_host_id(report, edge->source));
  append_quoted(line, "target", hg_report_host_id(report, edge->target));
  g_string_append(line, " weight=\"");
  hg_text_integer(line, (gint64)MIN(traffic.packets, (guint64)G_MAXINT64));
  g_string_append_c(line, '"');
  append_span(line, &traffic);
  g_string_append_c(line, '>');
  append_values(writer, hg_edge_attributes(writer->report), edge);
  append_colour(line, hg_report_is_suspect(report, edge->source) ? HG_STYLE_ALARM : HG_STYLE_LINE);
  append_size(line, "thickness", 1 + 7 * hg_style_share(traffic.bytes, writer->busiest.edge));
  g_string_append(line, "</edge>\n");
  hg_output_write(writer->output, line->str, line->len);
}

static void write_head(Writer *writer) {
  const HgTraffic *traffic = hg_tally_traffic(hg_report_tally(writer->report));
  hg_output_puts(writer->output,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<gexf xmlns=\"http://www.gexf.net/1.2draft\" "
                 "xmlns:viz=\"http://www.gexf.net/1.2draft/viz\" version=\"1.2\">\n");
  hg_output_printf(
      writer->output,
      "  <meta>\n    <creator>%s</creator>\n    <description>Hosts of a capture; an "
      "edge goes from the sender of packets to the receiver. Times are seconds since "
      "1970-01-01 UTC.%s</description>\n  </meta>\n",
      hg_report_generator(),
      hg_report_has_full_info(writer->report) ? " Info texts are " HG_REPORT_FULL_INFO "." : "");
  g_string_assign(writer->line,
                  "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"double\"");
  if (traffic->packets > 0)
    append_span(writer->line, traffic);
  g_string_append(writer->line, ">\n");
  hg_output_write(writer->output, writer->line->str, writer->line->len);
}

static void write_gexf(const HgReport *report, HgOutput *const *outputs) {
  Writer writer = {report, outputs[0], g_string_new(NULL), g_string_new(NULL),
                   hg_style_busiest(report)};
  write_head(&writer);
  write_attributes(outputs[0], hg_node_attributes(report), "node");
  write_attributes(outputs[0], hg_edge_attributes(report), "edge");
  hg_output_puts(outputs[0], "    <nodes>\n");
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    write_node(&writer, hg_report_host(report, i));
  hg_output_puts(outputs[0], "    </nodes>\n    <edges>\n");
  for (guint32 i = 0; i < hg_report_edge_count(report); i++)
    write_edge(&writer, i);
  hg_output_puts(outputs[0], "    </edges>\n  </graph>\n</gexf>\n");
  g_string_free(writer.line, TRUE);
  g_string_free(writer.text, TRUE);
}

static const char *const suffixes[] = {"gexf", NULL};

const HgFormat hg_format_gexf = {
    .name = "gexf",
    .suffixes = suffixes,
    .title = "GEXF",
    .what = "Gephi with its timeline, networkx",
    .draws_graph = TRUE,
    .write = write_gexf,
};

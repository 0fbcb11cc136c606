/* dot.c - Graphviz: a drawing that needs no settings, with every number in it
 *
 * Suspects are red, hosts that they contacted orange, hosts that they could have reached through
 * others yellow, all others blue-grey. Sizes and widths grow with the logarithm of bytes. Node ids
 * are n1, n2, ..., because an address may contain any character.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/report/format.h"
#include "export/report/schema.h"
#include "export/report/style.h"
#include "export/text/text.h"

/* With more hosts than this, edges are straight: routing them around nodes takes minutes. */
#define MAX_ROUTED 120

/* A buffer, and the busiest host and edge, to which sizes are relative. */
typedef struct {
  const HgReport *report;
  GString *line, *text;
  HgBusiest busiest;
} Drawing;

static void append_number(GString *line, const char *name, double value) {
  g_string_append_printf(line, "%s=", name);
  hg_style_number(line, value);
}

/* Attributes that are written in another form, or that have another meaning in Graphviz. */
static gboolean is_structure(const HgAttribute *attribute) {
  static const char *const names[] = {"id", "label", "source", "target", "weight"};
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
    if (strcmp(attribute->name, names[i]) == 0)
      return TRUE;
  return FALSE;
}

static void append_attributes(Drawing *drawing, const HgAttribute *attributes, gconstpointer item) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (is_structure(attribute) || !hg_attribute_has_value(drawing->report, attribute, item))
      continue;
    g_string_append(drawing->line, ", ");
    g_string_append(drawing->line, attribute->name);
    g_string_append_c(drawing->line, '=');
    hg_value_escape(drawing->report, attribute, item, hg_text_dot, drawing->text, drawing->line);
  }
}

static guint place(const HgReport *report, guint32 host) {
  return hg_report_host_rank(report, host) + 1;
}

static void append_label(Drawing *drawing, guint32 host) {
  const char *name = hg_report_host_name(drawing->report, host);
  GString *line = drawing->line;
  g_string_append(line, "label=");
  hg_text_dot(line, hg_report_host_id(drawing->report, host), -1);
  if (!name)
    return;
  g_string_truncate(line, line->len - 1); /* a second line inside the same quotes */
  const gsize end = line->len;
  hg_text_dot(line, name, -1);
  g_string_erase(line, (gssize)end, 1);
  g_string_insert(line, (gssize)end, "\\n");
}

static void append_node(Drawing *drawing, const HgHost *host) {
  const HgReport *report = drawing->report;
  const HgStyle *style = hg_style_of(hg_report_reach(report, host->number));
  const double size = hg_style_share(hg_host_traffic(host).bytes, drawing->busiest.host);
  GString *line = drawing->line;

  g_string_append_printf(line, "  n%u [", place(report, host->number));
  append_label(drawing, host->number);
  g_string_append_printf(line, ", fillcolor=\"%s\", fontcolor=\"%s\", ", style->fill, style->text);
  if (!hg_host_is_unicast(host))
    g_string_append(line, "style=\"filled,rounded,dashed\", ");
  append_number(line, "fontsize", 8 + 8 * size * size);
  g_string_append(line, ", address=");
  hg_text_dot(line, hg_report_host_id(report, host->number), -1);
  append_attributes(drawing, hg_node_attributes(drawing->report), host);
  g_string_append(line, "];\n");
}

static void append_edge(Drawing *drawing, const HgEdge *edge) {
  const HgReport *report = drawing->report;
  const HgTraffic traffic = hg_report_edge_traffic(report, edge);
  const double size = hg_style_share(traffic.bytes, drawing->busiest.edge);
  GString *line = drawing->line;

  g_string_append_printf(line, "  n%u -> n%u [", place(report, edge->source),
                         place(report, edge->target));
  if (hg_report_is_suspect(report, edge->source))
    g_string_append(line, "color=\"" HG_STYLE_ALARM "b0\", ");
  if (edge->conversation == HG_NO_CONVERSATION)
    g_string_append(line, "style=dashed, ");
  append_number(line, "penwidth", 0.5 + 3.5 * size * size * size);
  append_attributes(drawing, hg_edge_attributes(drawing->report), edge);
  g_string_append(line, "];\n");
}

static void flush(Drawing *drawing, HgOutput *output) {
  hg_output_write(output, drawing->line->str, drawing->line->len);
  g_string_truncate(drawing->line, 0);
}

/* The legend of the kinds that occur, as Graphviz's HTML-like label; it contains no text from
 * packets. */
static void write_legend(const HgReport *report, HgOutput *output) {
  guint32 count[HG_REACH_SUSPECT + 1] = {0}, dashed = 0;
  const guint32 hosts = hg_report_host_count(report);
  for (guint32 i = 0; i < hosts; i++) {
    count[hg_report_reach(report, i)]++;
    dashed += !hg_host_is_unicast(hg_tally_host(hg_report_tally(report), i));
  }
  hg_output_printf(output,
                   "  label=<<table border=\"0\" cellspacing=\"4\"><tr><td>%u hosts, %u "
                   "edges</td>",
                   hosts, hg_report_edge_count(report));
  for (int i = HG_REACH_SUSPECT; i >= HG_REACH_NONE; i--)
    if (count[i] > 0 && count[i] < hosts)
      hg_output_printf(output, "<td bgcolor=\"%s\" width=\"16\"></td><td>%s (%u)</td>",
                       hg_style_of((HgReach)i)->fill, hg_style_of((HgReach)i)->meaning, count[i]);
  if (dashed > 0)
    hg_output_printf(output, "<td>dashed: multicast, broadcast, unspecified (%u)</td>", dashed);
  hg_output_puts(output, "</tr></table>>;\n");
}

/* sfdp with prism never lets nodes overlap and handles thousands; circo may draw wide labels over
 * each other. */
static void write_head(const HgReport *report, HgOutput *output) {
  hg_output_printf(output,
                   "// %s: an edge goes from the sender of packets to the receiver\n%s"
                   "// Draw it: dot -Tsvg -O THIS_FILE; with few hosts try -Glayout=circo, too\n"
                   "digraph hostgraph {\n"
                   "  layout=\"sfdp\";\n"
                   "  overlap=\"prism\";\n"
                   "  sep=\"+8\";\n"
                   "  splines=%s;\n"
                   "  outputorder=\"edgesfirst\";\n"
                   "  fontname=\"Helvetica\";\n"
                   "  fontsize=10;\n",
                   hg_report_generator(),
                   hg_report_has_full_info(report) ? "// Info texts are " HG_REPORT_FULL_INFO "\n"
                                                   : "",
                   hg_report_host_count(report) <= MAX_ROUTED ? "true" : "line");
  hg_output_puts(output,
                 "  node [shape=box, style=\"filled,rounded\", color=\"" HG_STYLE_LINE "\", "
                 "fontname=\"Helvetica\", margin=\"0.08,0.04\", width=0.3, height=0.2];\n"
                 "  edge [color=\"" HG_STYLE_LINE "99\", arrowsize=0.5];\n");
  write_legend(report, output);
}

static void write_dot(const HgReport *report, HgOutput *const *outputs) {
  HgOutput *output = outputs[0];
  Drawing drawing = {report, g_string_new(NULL), g_string_new(NULL), hg_style_busiest(report)};
  write_head(report, output);
  for (guint32 i = 0; i < hg_report_host_count(report); i++) {
    append_node(&drawing, hg_tally_host(hg_report_tally(report), hg_report_host(report, i)));
    flush(&drawing, output);
  }
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    append_edge(&drawing, hg_report_edge(report, i));
    flush(&drawing, output);
  }
  hg_output_puts(output, "}\n");
  g_string_free(drawing.line, TRUE);
  g_string_free(drawing.text, TRUE);
}

static const char *const suffixes[] = {"dot", "gv", NULL};

const HgFormat hg_format_dot = {
    .name = "dot",
    .suffixes = suffixes,
    .title = "Graphviz",
    .what = "dot, sfdp, circo, xdot",
    .draws_graph = TRUE,
    .write = write_dot,
};

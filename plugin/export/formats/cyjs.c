/* cyjs.c - Cytoscape's JSON, for Cytoscape, Cytoscape.js and networkx
 *
 * `name` is the text that Cytoscape shows on a node, so it holds the label; the name of the host
 * is in `host_name`. Lists, counts and ports are texts, because Cytoscape's tables have no maps and no
 * empty lists.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/report/format.h"
#include "export/report/json_record.h"
#include "export/text/json_text.h"
#include "export/text/text.h"

typedef struct {
  const HgReport *report;
  HgOutput *output;
  GString *line, *text; /* reused buffers */
} Writer;

static const char *key_of(const HgAttribute *attribute) {
  if (strcmp(attribute->name, "label") == 0)
    return "name";
  return strcmp(attribute->name, "name") == 0 ? "host_name" : attribute->name;
}

static void append_attributes(Writer *writer, const HgAttribute *attributes, gconstpointer item) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (!hg_type_is_text(attribute->type)) {
      hg_json_attribute(writer->line, writer->report, attribute, item);
      continue;
    }
    hg_json_key(writer->line, key_of(attribute));
    hg_value_escape(writer->report, attribute, item, hg_text_json, writer->text, writer->line);
  }
}

static void write_node(Writer *writer, guint32 i) {
  const guint32 host = hg_report_host(writer->report, i);
  g_string_assign(writer->line, i > 0 ? ",\n{\"data\":{" : "\n{\"data\":{");
  append_attributes(writer, hg_node_attributes(writer->report),
                    hg_tally_host(hg_report_tally(writer->report), host));
  hg_json_string(writer->line, "value", hg_report_host_id(writer->report, host));
  g_string_append(writer->line, "}}");
  hg_output_write(writer->output, writer->line->str, writer->line->len);
}

/* A prefix for edge ids with which no host id begins. (transfer full) */
static char *edge_prefix(const HgReport *report) {
  GString *prefix = g_string_new("edge ");
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    while (g_str_has_prefix(hg_report_host_id(report, i), prefix->str))
      g_string_append_c(prefix, '#');
  return g_string_free(prefix, FALSE);
}

static void write_edge(Writer *writer, guint32 i, const char *prefix) {
  GString *line = writer->line;
  g_string_assign(line, i > 0 ? ",\n{\"data\":{\"id\":\"" : "\n{\"data\":{\"id\":\"");
  g_string_append(line, prefix);
  hg_text_integer(line, (gint64)i + 1);
  g_string_append_c(line, '"');
  append_attributes(writer, hg_edge_attributes(writer->report), hg_report_edge(writer->report, i));
  g_string_append(line, "}}");
  hg_output_write(writer->output, line->str, line->len);
}

static void write_head(Writer *writer) {
  const char *capture = hg_report_options(writer->report)->capture;
  g_autofree char *name = capture ? g_path_get_basename(capture) : NULL;
  g_string_assign(writer->line, "{\"format_version\":\"1.0\"");
  hg_json_string(writer->line, "generated_by", hg_report_generator());
  g_string_append(writer->line, ",\"target_cytoscapejs_version\":\"~2.1\",\"directed\":true,"
                                "\"multigraph\":false,\n\"data\":{");
  hg_json_string(writer->line, "name", name ? name : "Host graph");
  if (hg_report_has_full_info(writer->report))
    hg_json_string(writer->line, "info", "full");
  g_string_append(writer->line, "},\n\"elements\":{\"nodes\":[");
  hg_output_write(writer->output, writer->line->str, writer->line->len);
}

static void write_cyjs(const HgReport *report, HgOutput *const *outputs) {
  Writer writer = {report, outputs[0], g_string_new(NULL), g_string_new(NULL)};
  g_autofree char *prefix = edge_prefix(report);
  write_head(&writer);
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    write_node(&writer, i);
  hg_output_puts(outputs[0], "\n],\n\"edges\":[");
  for (guint32 i = 0; i < hg_report_edge_count(report); i++)
    write_edge(&writer, i, prefix);
  hg_output_puts(outputs[0], "\n]}}\n");
  g_string_free(writer.line, TRUE);
  g_string_free(writer.text, TRUE);
}

static const char *const suffixes[] = {"cyjs", NULL};

const HgFormat hg_format_cyjs = {
    .name = "cyjs",
    .suffixes = suffixes,
    .title = "Cytoscape JSON",
    .what = "Cytoscape, Cytoscape.js, networkx",
    .draws_graph = TRUE,
    .write = write_cyjs,
};

/* csv.c - two tables, hosts and edges, for Gephi, pandas and spreadsheets
 *
 * A table has no header but the names of its columns, and readers take a comment for a row. So what other
 * formats say in their headers of whole Info texts is a last column here, the same in each row.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/report/format.h"
#include "export/report/schema.h"
#include "export/text/text.h"

/* Gephi recognises node tables and edge tables by exactly these column names. */
static const char *column_name(const HgAttribute *attribute) {
  static const char *const gephi[] = {"Id", "Label", "Source", "Target", "Weight"};
  for (gsize i = 0; i < G_N_ELEMENTS(gephi); i++)
    if (g_ascii_strcasecmp(attribute->name, gephi[i]) == 0)
      return gephi[i];
  return attribute->name;
}

static void write_header(const HgReport *report, HgOutput *output, const HgAttribute *attributes) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    hg_output_printf(output, "%s%s", attribute == attributes ? "" : ",", column_name(attribute));
  hg_output_puts(output, hg_report_has_full_info(report) ? ",info_texts\n" : "\n");
}

/* `line` and `text` are buffers that are reused. */
static void write_row(const HgReport *report, HgOutput *output, const HgAttribute *attributes,
                      gconstpointer item, GString *line, GString *text) {
  g_string_truncate(line, 0);
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (attribute != attributes)
      g_string_append_c(line, ',');
    hg_value_escape(report, attribute, item, hg_text_csv, text, line);
  }
  g_string_append(line, hg_report_has_full_info(report) ? ",full\n" : "\n");
  hg_output_write(output, line->str, line->len);
}

static void write_csv(const HgReport *report, HgOutput *const *outputs) {
  const HgTally *tally = hg_report_tally(report);
  GString *line = g_string_new(NULL), *text = g_string_new(NULL);
  write_header(report, outputs[0], hg_node_attributes(report));
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    write_row(report, outputs[0], hg_node_attributes(report),
              hg_tally_host(tally, hg_report_host(report, i)), line, text);
  write_header(report, outputs[1], hg_edge_attributes(report));
  for (guint32 i = 0; i < hg_report_edge_count(report); i++)
    write_row(report, outputs[1], hg_edge_attributes(report), hg_report_edge(report, i), line,
              text);
  g_string_free(line, TRUE);
  g_string_free(text, TRUE);
}

static const char *const suffixes[] = {"csv", NULL};
static const char *const parts[] = {"hosts.csv", "edges.csv", NULL};

const HgFormat hg_format_csv = {
    .name = "csv",
    .suffixes = suffixes,
    .title = "CSV",
    .what = "two files, X.hosts.csv and X.edges.csv: Gephi, pandas, spreadsheets",
    .parts = parts,
    .write = write_csv,
};

/* exposures.c - section: what anyone on the path could read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

static const HgTableColumn columns[] = {
    {"Protocol", HG_COLUMN_KEY},       {"Address", HG_COLUMN_KEY}, {"Name", HG_COLUMN_TEXT},
    {"First frame", HG_COLUMN_NUMBER}, {NULL, HG_COLUMN_WORD},
};

static const char *protocol(const HgFinding *finding) {
  return finding->protocol ? finding->protocol : "-";
}

static gint by_protocol_then_host(gconstpointer a, gconstpointer b, gpointer data) {
  const HgFinding *const one = *(HgFinding *const *)a, *const two = *(HgFinding *const *)b;
  const int protocols = g_strcmp0(protocol(one), protocol(two));
  if (protocols)
    return protocols;
  const int hosts = hg_report_writer_compare(data, 0, one->host, 0, two->host);
  return hosts ? hosts : one->first_frame < two->first_frame ? -1 : 1;
}

/* (transfer container) */
static GPtrArray *findings_of(const HgReportWriter *writer, const HgRule *rule) {
  GPtrArray *const findings = g_ptr_array_new();
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(writer->analysis, i);
    if (finding->rule == rule && finding->kind == HG_FINDING_EXPOSURE)
      g_ptr_array_add(findings, (gpointer)finding);
  }
  g_ptr_array_sort_with_data(findings, by_protocol_then_host, (gpointer)writer);
  return findings;
}

static void print_rule(const HgReportWriter *writer, const HgRule *rule) {
  g_autoptr(GPtrArray) findings = findings_of(writer, rule);
  if (findings->len == 0)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(findings->len, writer->top);
  for (guint i = 0; i < shown; i++) {
    const HgFinding *const finding = findings->pdata[i];
    hg_table_add(table, protocol(finding));
    hg_table_add(table, hg_report_writer_host(writer, finding->host));
    hg_table_add(table, hg_report_writer_name(writer, finding->host));
    hg_table_add_number(table, finding->first_frame);
    hg_table_note(table, finding->evidence, TRUE);
  }
  hg_report_writer_section(writer, "Exposures: %s (%u)", rule->title, findings->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, findings->len);
  hg_table_free(table);
}

void hg_section_exposures(const HgReportWriter *writer) {
  for (guint i = 0; hg_rules[i]; i++)
    print_rule(writer, hg_rules[i]);
}

/* suspects.c - section: suspects with their findings, contacts and traces
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "export/text/columns.h"

/* Rows for a suspect that the user did not name; with top=0 all. */
#define CONTACTS_SHOWN 5
#define REACHED_SHOWN 8

static guint fewer(const HgReportWriter *writer, guint most) {
  return writer->top == G_MAXUINT ? writer->top : MIN(writer->top, most);
}

static gboolean is_flagged(const HgReportWriter *writer, guint32 host) {
  for (guint i = 0; i < hg_report_flagged_count(writer->report); i++) {
    if (hg_report_writer_is_same_device(writer, hg_report_flagged(writer->report, i), host))
      return TRUE;
  }
  return FALSE;
}

static guint count_suspects(const HgReportWriter *writer) {
  guint count = 0;
  for (guint i = 0; i < hg_analysis_scored_count(writer->analysis); i++)
    count += hg_analysis_is_suspect(writer->analysis, hg_analysis_scored(writer->analysis, i));
  return count;
}

static void print_findings(const HgReportWriter *writer, guint32 host) {
  guint total = 0;
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(writer->analysis, i);
    if (!hg_report_writer_is_same_device(writer, finding->host, host) ||
        finding->kind != HG_FINDING_SUSPICION)
      continue;
    if (total++ < writer->top)
      hg_part_finding(writer, finding);
  }
  hg_report_writer_more(writer, 2, MIN(total, writer->top), total);
}

static void print_suspect(const HgReportWriter *writer, guint number, guint32 host) {
  const gboolean flagged = is_flagged(writer, host);
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_append_printf(line, "\n%u. ", number);
  hg_columns_cut(line, hg_report_writer_host(writer, host), HG_COLUMNS_LINE / 2);
  g_string_append(line, "  score ");
  hg_report_writer_append_score(line, hg_analysis_score(writer->analysis, host));
  g_string_append_c(line, '\n');
  hg_output_puts(writer->output, line->str);
  if (!flagged)
    hg_part_host(writer, host);
  print_findings(writer, host);
  if (flagged) {
    hg_report_writer_labelled(writer, "Red-flagged", "its contacts and traces are below");
    return;
  }
  hg_part_contacts(writer, host, fewer(writer, CONTACTS_SHOWN));
  hg_part_traces(writer, host, fewer(writer, REACHED_SHOWN));
}

void hg_section_suspects(const HgReportWriter *writer) {
  const guint count = count_suspects(writer);
  if (count == 0) {
    hg_output_puts(writer->output, "\nNo suspects.\n");
    return;
  }
  hg_report_writer_section(writer, "Suspects (%u)", count);
  guint shown = 0;
  for (guint i = 0; i < hg_analysis_scored_count(writer->analysis); i++) {
    const guint32 host = hg_analysis_scored(writer->analysis, i);
    if (hg_analysis_is_suspect(writer->analysis, host) && shown < writer->top)
      print_suspect(writer, ++shown, host);
  }
  hg_report_writer_more(writer, 0, shown, count);
  if (hg_report_untraced_suspects(writer->report) > 0)
    hg_output_printf(writer->output,
                     "\nOnly the first %u suspects were traced; trace=ADDRESS traces another.\n",
                     HG_REPORT_MAX_TRACED);
}

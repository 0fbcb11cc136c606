/* findings.c - part: one finding in full; sections: weak indicators and victims
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "analysis/basics/wording.h"
#include "export/text/columns.h"
#include "table.h"

#define PEERS_SHOWN 10

static void print_title(const HgReportWriter *writer, const HgFinding *finding) {
  const HgRule *const rule = finding->rule;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_printf(text, "\n  %s (%s)", rule->title, rule->id);
  char strength[G_ASCII_DTOSTR_BUF_SIZE];
  if (finding->kind == HG_FINDING_SUSPICION)
    g_string_append_printf(text, ", strength %s of 1",
                           g_ascii_formatd(strength, sizeof strength, "%.2f", finding->strength));
  else
    g_string_append_printf(text, ", %s", hg_finding_kind_name(finding->kind));
  for (guint i = 0; rule->attack && rule->attack[i]; i++)
    g_string_append_printf(text, "%s%s", i ? ", " : ", ATT&CK ", rule->attack[i]);
  g_string_append_c(text, '\n');
  hg_output_puts(writer->output, text->str);
}

static void print_peers(const HgReportWriter *writer, const HgFinding *finding) {
  g_autoptr(GString) text = g_string_new(NULL);
  const GArray *const peers = finding->peers;
  const guint shown = peers ? MIN(peers->len, PEERS_SHOWN) : 0;
  for (guint i = 0; i < shown; i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "",
                           hg_report_writer_host(writer, g_array_index(peers, guint32, i)));
  if (shown > 0 && shown < peers->len)
    g_string_append_printf(text, ", … and %s%u more", finding->peers_cut ? "at least " : "",
                           peers->len - shown);
  hg_report_writer_labelled(writer, "  Peers", text->str);
}

static void print_frames(const HgReportWriter *writer, const HgFinding *finding) {
  g_autoptr(GString) text = g_string_new(NULL);
  const GArray *const frames = finding->frames;
  for (guint i = 0; frames && i < frames->len; i++)
    g_string_append_printf(text, "%s%u", i ? ", " : "", g_array_index(frames, guint32, i));
  if (frames && frames->len > 0 &&
      finding->last_frame > g_array_index(frames, guint32, frames->len - 1))
    g_string_append_printf(text, ", … to %u", finding->last_frame);
  hg_report_writer_labelled(writer, "  Frames", text->str);
}

void hg_part_finding(const HgReportWriter *writer, const HgFinding *finding) {
  g_autofree char *value = hg_wording_number(finding->observed, 3);
  g_autofree char *threshold = hg_wording_number(finding->threshold, 3);
  g_autofree char *observed = g_strdup_printf("%s, threshold %s", value, threshold);
  print_title(writer, finding);
  hg_report_writer_labelled(writer, "  Evidence", finding->evidence);
  hg_report_writer_labelled(writer, "  Measured", observed);
  print_peers(writer, finding);
  print_frames(writer, finding);
  hg_report_writer_labelled_whole(writer, "  Filter", finding->filter);
  hg_report_writer_labelled(writer, "  Clears if", finding->rule->false_positive_if);
}

/* --- suppressed --- */

static const HgTableColumn suppressed_columns[] = {
    {"Address", HG_COLUMN_KEY}, {"Rule", HG_COLUMN_WORD},          {"Listed as", HG_COLUMN_WORD},
    {"Line", HG_COLUMN_NUMBER}, {"First frame", HG_COLUMN_NUMBER}, {NULL, HG_COLUMN_WORD},
};

void hg_section_suppressed(const HgReportWriter *writer) {
  const guint count = hg_analysis_suppressed_count(writer->analysis);
  if (count == 0)
    return;
  HgTable *const table = hg_table_new(suppressed_columns, 2);
  for (guint i = 0; i < MIN(count, writer->top); i++) {
    const HgSuppressed *const suppressed = hg_analysis_suppressed(writer->analysis, i);
    g_autofree char *entry = hg_list_entry_text(suppressed->entry);
    hg_table_add(table, hg_report_writer_host(writer, suppressed->finding->host));
    hg_table_add(table, suppressed->finding->rule->id);
    hg_table_add(table, entry);
    hg_table_add_number(table, suppressed->entry->line);
    hg_table_add_number(table, suppressed->finding->first_frame);
    hg_table_note(table, suppressed->finding->evidence, TRUE);
  }
  hg_report_writer_section(writer, "Suppressed by allow lists (%u)", count);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, MIN(count, writer->top), count);
  hg_table_free(table);
}

/* --- weak signs --- */

static const HgTableColumn weak_columns[] = {
    {"Address", HG_COLUMN_KEY},        {"Score", HG_COLUMN_NUMBER}, {"Rule", HG_COLUMN_WORD},
    {"First frame", HG_COLUMN_NUMBER}, {NULL, HG_COLUMN_WORD},
};

static gboolean is_weak(const HgReportWriter *writer, const HgFinding *finding) {
  return finding->kind == HG_FINDING_SUSPICION &&
         !hg_analysis_is_suspect(writer->analysis, finding->host);
}

void hg_section_weak_signs(const HgReportWriter *writer) {
  HgTable *const table = hg_table_new(weak_columns, 2);
  guint total = 0;
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(writer->analysis, i);
    if (!is_weak(writer, finding) || total++ >= writer->top)
      continue;
    g_autoptr(GString) score = g_string_new(NULL);
    hg_report_writer_append_score(score, hg_analysis_score(writer->analysis, finding->host));
    hg_table_add(table, hg_report_writer_host(writer, finding->host));
    hg_table_add(table, score->str);
    hg_table_add(table, finding->rule->id);
    hg_table_add_number(table, finding->first_frame);
    hg_table_note(table, finding->evidence, TRUE);
  }
  if (total > 0) {
    hg_report_writer_section(writer, "Weak signs: score below %d (%u)", (int)HG_SUSPECT_SCORE,
                             total);
    hg_table_print(table, writer->output);
    hg_report_writer_more(writer, 2, MIN(total, writer->top), total);
  }
  hg_table_free(table);
}

/* --- victims --- */

void hg_section_victims(const HgReportWriter *writer) {
  guint total = 0;
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++)
    total += hg_analysis_finding(writer->analysis, i)->kind == HG_FINDING_VICTIM;
  if (total == 0)
    return;
  hg_report_writer_section(writer, "Acted upon by others (%u)", total);
  guint shown = 0;
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(writer->analysis, i);
    if (finding->kind != HG_FINDING_VICTIM || shown >= writer->top)
      continue;
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_append_printf(line, "\n%u. ", ++shown);
    hg_columns_cut(line, hg_report_writer_host(writer, finding->host), HG_COLUMNS_LINE / 2);
    g_string_append_c(line, '\n');
    hg_output_puts(writer->output, line->str);
    hg_part_finding(writer, finding);
  }
  hg_report_writer_more(writer, 2, shown, total);
}

/* exposures.c - section: what anyone on the way could read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

static const HgColumn columns[] = {
    {"Address", HG_COLUMN_KEY}, {"First frame", HG_COLUMN_NUMBER}, {NULL, HG_COLUMN_WORD}};

static gboolean is_of(const HgFinding *finding, const HgRule *rule) {
  return finding->rule == rule && rule->kind == HG_FINDING_EXPOSURE;
}

static void print_rule(const HgPaper *paper, const HgRule *rule) {
  HgTable *const table = hg_table_new(columns, 2);
  guint total = 0;
  for (guint i = 0; i < hg_analysis_finding_count(paper->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(paper->analysis, i);
    if (!is_of(finding, rule) || total++ >= paper->top)
      continue;
    hg_table_add(table, hg_paper_host(paper, finding->host));
    hg_table_add_number(table, finding->first_frame);
    hg_table_note(table, finding->evidence, TRUE);
  }
  if (total > 0)
    hg_paper_section(paper, "Exposures: %s (%u)", rule->title, total);
  hg_table_print(table, paper->output);
  hg_paper_more(paper, 2, MIN(total, paper->top), total);
  hg_table_free(table);
}

void hg_section_exposures(const HgPaper *paper) {
  for (guint i = 0; hg_rules[i]; i++)
    print_rule(paper, hg_rules[i]);
}

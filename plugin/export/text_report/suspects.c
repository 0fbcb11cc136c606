/* suspects.c - section: suspects with their findings, contacts and traces
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "columns.h"

/* Rows for a suspect that was found, not named; all with top=0. */
#define CONTACTS_SHOWN 5
#define REACHED_SHOWN 8

static guint fewer(const HgPaper *paper, guint most) {
  return paper->top == G_MAXUINT ? paper->top : MIN(paper->top, most);
}

static gboolean is_flagged(const HgPaper *paper, guint32 host) {
  for (guint i = 0; i < hg_report_flagged_count(paper->report); i++) {
    if (hg_report_flagged(paper->report, i) == host)
      return TRUE;
  }
  return FALSE;
}

static guint count_suspects(const HgPaper *paper) {
  guint count = 0;
  for (guint i = 0; i < hg_analysis_scored_count(paper->analysis); i++)
    count += hg_analysis_is_suspect(paper->analysis, hg_analysis_scored(paper->analysis, i));
  return count;
}

static void print_findings(const HgPaper *paper, guint32 host) {
  guint total = 0;
  for (guint i = 0; i < hg_analysis_finding_count(paper->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(paper->analysis, i);
    if (finding->host != host || finding->kind != HG_FINDING_SUSPICION)
      continue;
    if (total++ < paper->top)
      hg_part_finding(paper, finding);
  }
  hg_paper_more(paper, 2, MIN(total, paper->top), total);
}

static void print_suspect(const HgPaper *paper, guint number, guint32 host) {
  const gboolean flagged = is_flagged(paper, host);
  g_autoptr(GString) line = g_string_new(NULL);
  g_string_append_printf(line, "\n%u. ", number);
  hg_columns_cut(line, hg_paper_host(paper, host), HG_COLUMNS_LINE / 2);
  g_string_append(line, "  score ");
  hg_paper_append_score(line, hg_analysis_score(paper->analysis, host));
  g_string_append_c(line, '\n');
  hg_output_puts(paper->output, line->str);
  if (!flagged)
    hg_part_host(paper, host);
  print_findings(paper, host);
  if (flagged) {
    hg_paper_labelled(paper, "Red-flagged", "its contacts and traces are below");
    return;
  }
  hg_part_contacts(paper, host, fewer(paper, CONTACTS_SHOWN));
  hg_part_traces(paper, host, fewer(paper, REACHED_SHOWN));
}

void hg_section_suspects(const HgPaper *paper) {
  const guint count = count_suspects(paper);
  if (count == 0) {
    hg_output_puts(paper->output, "\nNo suspects.\n");
    return;
  }
  hg_paper_section(paper, "Suspects (%u)", count);
  guint shown = 0;
  for (guint i = 0; i < hg_analysis_scored_count(paper->analysis); i++) {
    const guint32 host = hg_analysis_scored(paper->analysis, i);
    if (hg_analysis_is_suspect(paper->analysis, host) && shown < paper->top)
      print_suspect(paper, ++shown, host);
  }
  hg_paper_more(paper, 0, shown, count);
  if (hg_report_untraced_suspects(paper->report) > 0)
    hg_output_printf(paper->output,
                     "\nOnly the first %u suspects were traced; trace=ADDRESS traces another.\n",
                     HG_REPORT_MAX_TRACED);
}

/* stat_findings.c - the table of findings, suspects first
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table.h"

static const HgStatColumn all[] = {
    {"No.", HG_STAT_COUNT},        {"Host", HG_STAT_TEXT},         {"Name", HG_STAT_TEXT},
    {"Score", HG_STAT_SCORE},      {"Suspect", HG_STAT_TEXT},      {"Finding", HG_STAT_TEXT},
    {"Kind", HG_STAT_TEXT},        {"Strength", HG_STAT_NUMBER},   {"Measured", HG_STAT_NUMBER},
    {"Threshold", HG_STAT_NUMBER}, {"First frame", HG_STAT_COUNT}, {"Last frame", HG_STAT_COUNT},
    {"ATT&CK", HG_STAT_TEXT},      {"Evidence", HG_STAT_TEXT},     {"Display filter", HG_STAT_TEXT},
};

static const HgStatColumn *columns(guint *count) {
  *count = G_N_ELEMENTS(all);
  return all;
}

/* Wireshark sorts by the first column at first; with the number there, suspects stay at the top. */
static void add_finding(const HgReport *report, guint number, const HgFinding *finding,
                        HgStatRows *rows) {
  const HgAnalysis *analysis = hg_report_analysis(report);
  char *attack =
      finding->rule->attack != NULL ? g_strjoinv(", ", (char **)finding->rule->attack) : NULL;

  hg_stat_rows_count(rows, number);
  hg_stat_rows_text(rows, hg_report_host_id(report, finding->host));
  hg_stat_rows_text(rows, hg_report_host_name(report, finding->host));
  hg_stat_rows_number(rows, hg_analysis_score(analysis, finding->host));
  hg_stat_rows_text(rows, hg_analysis_is_suspect(analysis, finding->host) ? "yes" : "");
  hg_stat_rows_text(rows, finding->rule->title);
  hg_stat_rows_text(rows, hg_finding_kind_name(finding->rule->kind));
  hg_stat_rows_number(rows, finding->strength);
  hg_stat_rows_number(rows, finding->observed);
  hg_stat_rows_number(rows, finding->threshold);
  hg_stat_rows_count(rows, finding->first_frame);
  hg_stat_rows_count(rows, finding->last_frame);
  hg_stat_rows_text(rows, attack);
  hg_stat_rows_text(rows, finding->evidence);
  hg_stat_rows_text(rows, finding->filter);
  g_free(attack);
}

static void fill(const HgReport *report, HgStatRows *rows) {
  const HgAnalysis *analysis = hg_report_analysis(report);

  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++)
    add_finding(report, i + 1, hg_analysis_finding(analysis, i), rows);
}

const HgStatTable hg_stat_findings = {
    .name = "findings",
    .title = "Suspects and Findings",
    .what = "Every finding with its host, evidence and display filter, to be sorted",
    .columns = columns,
    .fill = fill,
};

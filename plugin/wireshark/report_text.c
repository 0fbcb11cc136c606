/* report_text.c - a tally as the text that a window shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_text.h"

#include "analysis/analysis.h"

static char *first_filter(const HgAnalysis *analysis) {
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++) {
    const HgFinding *finding = hg_analysis_finding(analysis, i);

    if (finding->filter != NULL && *finding->filter != '\0')
      return g_strdup(finding->filter);
  }
  return NULL;
}

char *hg_report_text(const HgRequest *request, HgTally *tally, const char *capture,
                     gboolean partial, char **filter) {
  char *name = capture != NULL ? g_path_get_basename(capture) : NULL;
  HgReportOptions options = request->report;
  HgAnalysis *analysis = hg_analysis_new(tally, request->analysis);
  HgReport *report;
  char *text;

  options.capture = name;
  options.partial = partial;
  report = hg_report_new(analysis, &options);
  text = hg_format_to_string(hg_format_find("text"), report);
  *filter = first_filter(analysis);
  hg_report_free(report);
  hg_analysis_free(analysis);
  g_free(name);
  return text;
}

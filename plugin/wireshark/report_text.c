/* report_text.c - a tally as the text that a window shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_text.h"

#include "analysis/analysis.h"
#include "export/request_report.h"

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
  HgRequestReport *made = hg_request_report_new(request, tally, name, partial);
  const HgReport *report = hg_request_report_get(made);
  char *text = hg_format_to_string(hg_format_find("text"), report);

  /* A display filter with pseudonyms in it selects nothing here. */
  *filter = request->pseudonyms == NULL ? first_filter(hg_report_analysis(report)) : NULL;
  hg_request_report_free(made);
  g_free(name);
  return text;
}

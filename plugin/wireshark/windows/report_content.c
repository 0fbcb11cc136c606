/* report_content.c - what the report window shows of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_content.h"

#include "export/request/request_report.h"

static char *first_suspect(const HgReport *report) {
  const HgAnalysis *analysis = hg_report_analysis(report);

  if (hg_analysis_scored_count(analysis) == 0 ||
      !hg_analysis_is_suspect(analysis, hg_analysis_scored(analysis, 0)))
    return NULL;
  return g_strdup(hg_report_host_id(report, hg_analysis_scored(analysis, 0)));
}

HgReportContent *hg_report_content_new(const HgRequest *request, const HgTally *tally,
                                       const char *capture, gboolean partial) {
  char *name = capture != NULL ? g_path_get_basename(capture) : NULL;
  HgRequestReport *made = hg_request_report_new(request, tally, name, partial);
  const HgReport *report = hg_request_report_get(made);
  HgReportContent *window = g_new(HgReportContent, 1);

  *window = (HgReportContent){hg_format_to_string(hg_format_find("text"), report),
                              hg_finding_list_new(report), first_suspect(report)};
  hg_request_report_free(made);
  g_free(name);
  return window;
}

void hg_report_content_free(HgReportContent *report) {
  if (report == NULL)
    return;
  g_free(report->text);
  hg_finding_list_free(report->findings);
  g_free(report->suspect);
  g_free(report);
}

HgAnnotations *hg_report_content_marks(const HgRequest *request, const HgTally *tally) {
  HgRequestReport *made = hg_request_report_new(request, tally, NULL, FALSE);
  HgAnnotations *marks = hg_annotations_new(hg_request_report_get(made));

  hg_request_report_free(made);
  return marks;
}

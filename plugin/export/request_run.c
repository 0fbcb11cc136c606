/* request_run.c - carries a request out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request.h"

#include "append.h"

/* Keeps the first error's kind and joins the messages, one a line; takes `problem`. */
static void join(GError **all, GError *problem) {
  if (!*all) {
    *all = problem;
    return;
  }
  char *const message = g_strconcat((*all)->message, "\n", problem->message, NULL);
  g_free((*all)->message);
  (*all)->message = message;
  g_error_free(problem);
}

static gboolean print_text(const HgReport *report, FILE *stream, GError **error) {
  HgOutput *const output = hg_output_new_stream(stream, "standard output");
  hg_format_find("text")->write(report, &output);
  return hg_output_close(output, error);
}

gboolean hg_request_run(const HgRequest *request, HgTally *tally, const char *capture, FILE *text,
                        GError **error) {
  HgReportOptions options = request->report;
  options.capture = capture;
  HgAnalysis *const analysis = hg_analysis_new(tally, request->analysis);
  HgReport *const report = hg_report_new(analysis, &options);
  GError *all = NULL;
  for (guint i = 0; i < request->exports->len; i++) {
    const HgExport *const target = request->exports->pdata[i];
    GError *problem = NULL;
    const gboolean append = request->append && target->format->load;
    const gboolean good = append ? hg_append(target->format, target->path, tally, request->analysis,
                                             &options, &problem)
                                 : hg_replace(target->format, report, target->path, &problem);
    if (!good)
      join(&all, problem);
  }
  GError *problem = NULL;
  if (text && request->text && !print_text(report, text, &problem))
    join(&all, problem);
  hg_report_free(report);
  hg_analysis_free(analysis);
  if (all)
    g_propagate_error(error, all);
  return !all;
}

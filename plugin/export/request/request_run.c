/* request_run.c - carries out a request
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request.h"

#include "request_report.h"

#include <string.h>

/* Joins the messages, one a line, and keeps the code of the first error; takes `problem`. */
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

/* What was known of a store when the request was parsed. NULL: it was not there. */
static const HgKnownPackets *find_known(const HgRequest *request, const char *path) {
  for (guint i = 0; i < request->known->len; i++)
    if (strcmp(hg_known_packets_of(request->known->pdata[i]), path) == 0)
      return request->known->pdata[i];
  return NULL;
}

gboolean hg_request_run(const HgRequest *request, const HgTally *tally, const char *capture,
                        FILE *text, GPtrArray *notes, GError **error) {
  const gboolean printed = text && request->text;
  if (!printed && request->exports->len == 0)
    return TRUE; /* neither exports nor text: no analysis is needed */
  HgRequestReport *const made = hg_request_report_new(request, tally, capture, FALSE);
  GError *all = NULL;
  for (guint i = 0; i < request->exports->len; i++) {
    const HgExport *const target = request->exports->pdata[i];
    const HgReport *const report = hg_request_report_for(made, target->format);
    GError *problem = NULL;
    const HgAddition addition = {.how = request->append,
                                 .known = find_known(request, target->path),
                                 .analysis = hg_request_report_how(made),
                                 .report = hg_report_options(report),
                                 .notes = notes};
    const gboolean good =
        request->append != HG_APPEND_NO && target->format->load
            ? hg_append(target->format, target->path, hg_report_tally(report), &addition, &problem)
            : hg_replace(target->format, report, target->path, &problem);
    if (!good)
      join(&all, problem);
  }
  GError *problem = NULL;
  if (printed && !print_text(hg_request_report_get(made), text, &problem))
    join(&all, problem);
  hg_request_report_free(made);
  if (all)
    g_propagate_error(error, all);
  return !all;
}

/* request_report.c - makes the report of a request, together with everything it refers to
 *
 * Pseudonyms are applied here and nowhere else: from here on tally and options hold nothing but
 * pseudonyms, so no analysis and no export can reveal real addresses or names.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request_report.h"

#include "tally/merge/pseudonym_tally.h"
#include "tally/merge/subnets.h"

struct HgRequestReport {
  HgTally *copy; /* a copy with pseudonyms; NULL: the caller's tally is used */
  /* the options for that copy; NULL: those of the request are used */
  HgAnalysisOptions *pseudonymized;
  const HgAnalysisOptions *how; /* borrowed */
  HgAnalysis *analysis;
  HgReportOptions options;
  HgReport *report;
  /* hosts as they were tallied; NULL: they are so in `report`, or nobody asked for it */
  HgAnalysis *tallied_analysis;
  HgReport *tallied_report;
  const HgTally *tally; /* that, borrowed */
  /* the same of subnets; NULL: the request does not ask for them */
  HgTally *folded;
  guint32 *subnets; /* by host */
  HgAnalysis *folded_analysis;
  HgReport *groups;
};

static char **map_suspects(const HgPseudonyms *pseudonyms, char **suspects) {
  if (!suspects)
    return NULL;
  char **mapped = g_new0(char *, g_strv_length(suspects) + 1);
  for (guint i = 0; suspects[i]; i++)
    mapped[i] = hg_pseudonyms_address_text(pseudonyms, suspects[i]);
  return mapped;
}

static void trace_free(gpointer data) {
  HgTraceRequest *trace = data;
  g_free(trace->address);
  g_free(trace);
}

static GPtrArray *map_traces(const HgPseudonyms *pseudonyms, const GPtrArray *traces) {
  GPtrArray *mapped = g_ptr_array_new_with_free_func(trace_free);
  for (guint i = 0; traces && i < traces->len; i++) {
    const HgTraceRequest *trace = g_ptr_array_index(traces, i);
    HgTraceRequest *copy = g_new(HgTraceRequest, 1);
    copy->address = hg_pseudonyms_address_text(pseudonyms, trace->address);
    copy->at_ns = trace->at_ns;
    g_ptr_array_add(mapped, copy);
  }
  return mapped;
}

/* Replaces the texts that the user typed, and the name of the file: they can name hosts, too. */
static void pseudonymize(HgReportOptions *options, const HgPseudonyms *pseudonyms) {
  g_autofree char *name = options->capture ? g_path_get_basename(options->capture) : NULL;
  options->suspects = map_suspects(pseudonyms, options->suspects);
  options->traces = map_traces(pseudonyms, options->traces);
  options->capture = name ? hg_pseudonyms_name(pseudonyms, "capture", name) : NULL;
  options->filter = options->filter ? HG_PSEUDONYMS_FILTER : NULL;
  options->pseudonyms = TRUE;
}

static void fold(HgRequestReport *made) {
  made->folded = hg_subnets_fold(hg_report_tally(made->report), &made->subnets);
  made->folded_analysis = hg_analysis_fold(made->analysis, made->folded, made->subnets);
  made->groups = hg_report_fold(made->report, made->folded_analysis, made->subnets);
  made->options.groups = made->groups;
}

HgRequestReport *hg_request_report_new(const HgRequest *request, const HgTally *tally,
                                       const char *capture, gboolean partial) {
  HgRequestReport *made = g_new0(HgRequestReport, 1);
  made->options = request->report;
  made->options.capture = capture;
  made->options.partial = partial;
  if (request->pseudonyms) {
    made->copy = hg_pseudonyms_tally(request->pseudonyms, tally);
    made->pseudonymized =
        hg_analysis_options_pseudonymize(request->analysis, request->pseudonyms, tally);
    pseudonymize(&made->options, request->pseudonyms);
  }
  made->how = made->pseudonymized ? made->pseudonymized : request->analysis;
  made->tally = made->copy ? made->copy : tally;
  made->analysis = request->by_device ? hg_analysis_new_by_device(made->tally, made->how)
                                      : hg_analysis_new(made->tally, made->how);
  made->report = hg_report_new(made->analysis, &made->options);
  if (request->subnets)
    fold(made);
  return made;
}

void hg_request_report_free(HgRequestReport *made) {
  if (!made)
    return;
  hg_report_free(made->groups);
  hg_analysis_free(made->folded_analysis);
  g_free(made->subnets);
  hg_tally_free(made->folded);
  hg_report_free(made->tallied_report);
  hg_analysis_free(made->tallied_analysis);
  hg_report_free(made->report);
  hg_analysis_free(made->analysis);
  if (made->copy) {
    g_strfreev(made->options.suspects);
    g_ptr_array_unref(made->options.traces);
    g_free((char *)made->options.capture);
  }
  hg_analysis_options_free(made->pseudonymized);
  hg_tally_free(made->copy);
  g_free(made);
}

const HgAnalysisOptions *hg_request_report_how(const HgRequestReport *made) {
  return made->how;
}

const HgReport *hg_request_report_get(const HgRequestReport *made) {
  return made->report;
}

static const HgReport *tallied(HgRequestReport *made) {
  if (!hg_analysis_is_by_device(made->analysis))
    return made->report;
  if (!made->tallied_report) {
    made->tallied_analysis = hg_analysis_new(made->tally, made->how);
    made->tallied_report = hg_report_new(made->tallied_analysis, &made->options);
  }
  return made->tallied_report;
}

const HgReport *hg_request_report_for(HgRequestReport *made, const HgFormat *format) {
  if (format->as_tallied)
    return tallied(made);
  return made->groups && format->draws_graph ? made->groups : made->report;
}

/* append.c - adds a tally to a file that holds an earlier one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "append.h"

#include "export/files/file_lock.h"
#include "export/text/text.h"
#include "tally/merge/merge.h"

gboolean hg_append_check(const HgFormat *format, const char *path, const HgTallyOptions *options,
                         GError **error) {
  return !g_file_test(path, G_FILE_TEST_EXISTS) || format->check(path, options, error);
}

/* The tally in the file; without file: one without packets. */
static HgTally *load(const HgFormat *format, const char *path, const HgTallyOptions *options,
                     GError **error) {
  return g_file_test(path, G_FILE_TEST_EXISTS)
             ? format->load(path, error)
             : hg_tally_builder_end(hg_tally_builder_new(options));
}

/* "it holds this capture already, as week1.pcap (2026-01-05T10:00:00Z to ...)" (transfer full) */
static char *word_same(const HgCapture *known) {
  GString *text = g_string_new("it holds this capture already");
  if (known->name && *known->name)
    g_string_append_printf(text, ", as %s", known->name);
  g_string_append(text, " (");
  hg_text_iso8601(text, known->traffic.first_ns);
  g_string_append(text, " to ");
  hg_text_iso8601(text, known->traffic.last_ns);
  g_string_append_c(text, ')');
  return g_string_free(text, FALSE);
}

/* Whether the captures of `tally` are to be added to those of `known`. FALSE: one of them is there
 * already. */
static gboolean is_new(const HgTally *known, const HgTally *tally, const HgReportOptions *options,
                       char **why) {
  GArray *there = hg_tally_captures(known), *captures = hg_tally_captures(tally);
  const HgCapture *same = NULL;
  for (guint i = 0; i < captures->len && !same; i++) {
    HgCapture capture = g_array_index(captures, HgCapture, i);
    if (!capture.name) /* it gets name and filter from the report */
      capture.filter = (char *)options->filter;
    same = hg_capture_array_find(there, &capture);
  }
  *why = same ? word_same(same) : NULL;
  g_array_unref(there);
  g_array_unref(captures);
  return !same;
}

static gboolean save_union(const HgFormat *format, const char *path, const HgTally *known,
                           const HgTally *tally, const HgAnalysisOptions *analysis,
                           const HgReportOptions *options, GError **error) {
  HgTally *both = hg_tally_union(known, tally);
  HgAnalysis *found = hg_analysis_new(both, analysis);
  HgReport *report = hg_report_new(found, options);
  const gboolean good = hg_format_save(format, report, path, error);
  hg_report_free(report);
  hg_analysis_free(found);
  hg_tally_free(both);
  return good;
}

gboolean hg_append(const HgFormat *format, const char *path, const HgTally *tally, HgAppend how,
                   const HgAnalysisOptions *analysis, const HgReportOptions *options,
                   GPtrArray *notes, GError **error) {
  HgFileLock *lock = hg_file_lock_new(path, error);
  /* Checked again under the lock: the file may have changed since the first check. */
  HgTally *known = lock && hg_append_check(format, path, hg_tally_options(tally), error)
                       ? load(format, path, hg_tally_options(tally), error)
                       : NULL;
  g_autofree char *shown = g_filename_display_name(path), *why = NULL;
  gboolean good = FALSE;
  if (known && is_new(known, tally, options, &why)) {
    good = save_union(format, path, known, tally, analysis, options, error);
  } else if (known && how == HG_APPEND_NEW) {
    g_ptr_array_add(notes, g_strdup_printf("nothing is added to %s: %s", shown, why));
    good = TRUE;
  } else if (known) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                "cannot add to %s: %s; append=new skips such captures", shown, why);
  }
  hg_tally_free(known);
  hg_file_lock_free(lock);
  return good;
}

gboolean hg_replace(const HgFormat *format, const HgReport *report, const char *path,
                    GError **error) {
  if (!format->load)
    return hg_format_save(format, report, path, error);
  HgFileLock *lock = hg_file_lock_new(path, error);
  const gboolean good = lock && hg_format_save(format, report, path, error);
  hg_file_lock_free(lock);
  return good;
}

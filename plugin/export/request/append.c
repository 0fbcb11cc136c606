/* append.c - adds a tally to a file that holds an earlier one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "append.h"

#include "export/files/file_lock.h"

gboolean hg_append_check(const HgFormat *format, const char *path, const HgTallyOptions *options,
                         GError **error) {
  return !g_file_test(path, G_FILE_TEST_EXISTS) || format->check(path, options, error);
}

/* The tally in the file (without file: one without packets) merged with `tally`. */
static HgTally *join(const HgFormat *format, const char *path, const HgTally *tally,
                     GError **error) {
  HgTally *known = g_file_test(path, G_FILE_TEST_EXISTS) ? format->load(path, error)
                                                         : hg_tally_new(hg_tally_options(tally));
  if (!known)
    return NULL;
  HgTally *both = hg_tally_union(known, tally);
  hg_tally_free(known);
  return both;
}

gboolean hg_append(const HgFormat *format, const char *path, const HgTally *tally,
                   const HgAnalysisOptions *analysis, const HgReportOptions *options,
                   GError **error) {
  HgFileLock *lock = hg_file_lock_new(path, error);
  /* Checked again under the lock: the file may have changed since the first check. */
  HgTally *both = lock && hg_append_check(format, path, hg_tally_options(tally), error)
                      ? join(format, path, tally, error)
                      : NULL;
  gboolean good = FALSE;
  if (both) {
    HgAnalysis *found = hg_analysis_new(both, analysis);
    HgReport *report = hg_report_new(found, options);
    good = hg_format_save(format, report, path, error);
    hg_report_free(report);
    hg_analysis_free(found);
    hg_tally_free(both);
  }
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

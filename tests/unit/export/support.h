/* support.h - a report of a script, for the tests of this folder
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_EXPORT_SUPPORT_H
#define HG_TESTS_EXPORT_SUPPORT_H

#include <glib/gstdio.h>
#include <locale.h>

#include "export/report/report.h"
#include "script.h"

typedef struct {
  HgTally *tally;
  HgAnalysis *analysis;
  HgReportOptions options;
  HgReport *report;
} Subject;

typedef HgAnalysis *(*Analyse)(const HgTally *tally, const HgAnalysisOptions *options);

static inline void subject_init_analysed(Subject *subject, HgTally *tally, Analyse analyse,
                                         const HgReportOptions *options) {
  HgAnalysisOptions *analysis = hg_analysis_options_new();
  subject->tally = tally;
  subject->analysis = analyse(tally, analysis);
  subject->options = options ? *options : (HgReportOptions){.top = 20};
  subject->report = hg_report_new(subject->analysis, &subject->options);
  hg_analysis_options_free(analysis);
}

/* Takes the tally. `options` may be NULL. */
static inline void subject_init_tally(Subject *subject, HgTally *tally,
                                      const HgReportOptions *options) {
  subject_init_analysed(subject, tally, hg_analysis_new, options);
}

static inline void subject_init(Subject *subject, const char *script,
                                const HgReportOptions *options) {
  subject_init_tally(subject, hg_script_tally(script), options);
}

static inline void subject_init_by_device(Subject *subject, const char *script,
                                          const HgReportOptions *options) {
  subject_init_analysed(subject, hg_script_tally(script), hg_analysis_new_by_device, options);
}

static inline void subject_clear(Subject *subject) {
  hg_report_free(subject->report);
  hg_analysis_free(subject->analysis);
  hg_tally_free(subject->tally);
}

/* Builds a locale with a decimal comma and switches to it. FALSE where that is not possible. */
static inline gboolean use_decimal_comma(void) {
  if (setlocale(LC_ALL, "de_DE.UTF-8"))
    return TRUE;
  char *folder = g_dir_make_tmp("hostgraph-locale-XXXXXX", NULL);
  char *locale = g_build_filename(folder, "de_DE.UTF-8", NULL);
  char *command = g_strdup_printf("localedef -i de_DE -f UTF-8 %s", locale);
  gboolean done = g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
  if (done) {
    g_setenv("LOCPATH", folder, TRUE);
    done = setlocale(LC_ALL, "de_DE.UTF-8") != NULL;
  }
  /* Loaded by now: the files can go. */
  char *remove = g_strdup_printf("rm -r %s", folder);
  g_spawn_command_line_sync(remove, NULL, NULL, NULL, NULL);
  g_free(remove);
  g_free(command);
  g_free(locale);
  g_free(folder);
  return done;
}

#endif

/* analyse.h - shorthand of the analysis tests: a script in, findings out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_ANALYSE_H
#define HG_TESTS_ANALYSE_H

#include "analysis/analysis.h"
#include "script.h"

typedef struct {
  HgTally *tally;
  HgAnalysis *analysis;
} Analysed;

/* With one rule only; `setting` (may be NULL) as in set=. */
static inline Analysed analyse_tally(HgTally *tally, const char *rule, const char *setting) {
  HgAnalysisOptions *options = hg_analysis_options_new();
  GError *error = NULL;
  if (rule)
    g_assert_true(hg_analysis_options_rule(options, rule, &error));
  if (setting)
    g_assert_true(hg_analysis_options_set(options, setting, &error));
  g_assert_no_error(error);
  const Analysed analysed = {tally, hg_analysis_new(tally, options)};
  hg_analysis_options_free(options);
  return analysed;
}

static inline Analysed analyse(const char *script, const char *rule, const char *setting) {
  return analyse_tally(hg_script_tally(script), rule, setting);
}

static inline void analysed_clear(Analysed *analysed) {
  hg_analysis_free(analysed->analysis);
  hg_tally_free(analysed->tally);
}

static inline const HgHost *host_of(const Analysed *analysed, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_tally_find_host(analysed->tally, &address);
}

/* NULL when the host has none. */
static inline const HgFinding *finding_of(const Analysed *analysed, const char *host) {
  const HgHost *found = host_of(analysed, host);
  for (guint i = 0; found && i < hg_analysis_finding_count(analysed->analysis); i++)
    if (hg_analysis_finding(analysed->analysis, i)->host == found->number)
      return hg_analysis_finding(analysed->analysis, i);
  return NULL;
}

/* How many findings a script gives. */
static inline guint count_findings(const char *script, const char *rule, const char *setting) {
  Analysed analysed = analyse(script, rule, setting);
  const guint count = hg_analysis_finding_count(analysed.analysis);
  analysed_clear(&analysed);
  return count;
}

/* Two hosts that talk both ways, so that what goes to their network is seen to show both directions. */
#define BOTH_WAYS                                                                                  \
  "0.1 10.0.0.251 10.0.0.252 TCP tcp=4000:80:S seq=1\n"                                            \
  "0.2 10.0.0.252 10.0.0.251 TCP tcp=80:4000:SA\n"

#endif

/* analysis.h - runs the rules over a tally and scores hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ANALYSIS_H
#define HG_ANALYSIS_ANALYSIS_H

#include "analysis/baseline/baseline.h"
#include "analysis/basics/devices.h"
#include "analysis/basics/outlying_times.h"
#include "analysis/lists/allow_deny_list.h"
#include "analysis/rules/all_rules.h"
#include "trace.h"

G_BEGIN_DECLS

/* A host at or above this score is a suspect. */
#define HG_SUSPECT_SCORE 50.0

typedef struct HgAnalysisOptions HgAnalysisOptions;

/* All rules with default parameters. (transfer full) */
HgAnalysisOptions *hg_analysis_options_new(void);
void hg_analysis_options_free(HgAnalysisOptions *options);

/* A copy that fits the tally in which these pseudonyms replace what `tally` holds; see
 * hg_allow_deny_list_pseudonymize. (transfer full) */
HgAnalysisOptions *hg_analysis_options_pseudonymize(const HgAnalysisOptions *options,
                                                    const HgPseudonyms *pseudonyms,
                                                    const HgTally *tally);

/* NULL and `error` (G_OPTION_ERROR), which lists all rules: there is no rule with this id. */
const HgRule *hg_analysis_options_find_rule(const char *id, GError **error);

/* `rule=ID` enables a rule; the first such call disables all rules that are not named. `rule=-ID`
 * disables one. FALSE and `error` (G_OPTION_ERROR): there is no such rule. */
gboolean hg_analysis_options_rule(HgAnalysisOptions *options, const char *choice, GError **error);
/* `setting` is "RULE.PARAM=VALUE". FALSE and `error`, which names rule, parameter and accepted
 * range. */
gboolean hg_analysis_options_set(HgAnalysisOptions *options, const char *setting, GError **error);

/* HG_LIST_ALLOW suppresses findings about its hosts and domains; HG_LIST_DENY names hosts and
 * domains that nobody should talk to. */
typedef enum { HG_LIST_ALLOW, HG_LIST_DENY, HG_LIST_COUNT } HgListPurpose;
/* Owned by the options; empty at first. */
HgAllowDenyList *hg_analysis_options_list(HgAnalysisOptions *options, HgListPurpose purpose);
/* NULL: the list is empty. */
const HgAllowDenyList *hg_analysis_options_listed(const HgAnalysisOptions *options,
                                                  HgListPurpose purpose);

/* The known-normal traffic to compare with; NULL (the default): none. Borrowed: it must outlive
 * every analysis made with these options. */
void hg_analysis_options_baseline(HgAnalysisOptions *options, const HgTally *normal);
const HgTally *hg_analysis_options_get_baseline(const HgAnalysisOptions *options);

gboolean hg_analysis_options_enabled(const HgAnalysisOptions *options, const HgRule *rule);
double hg_analysis_options_parameter(const HgAnalysisOptions *options, const HgRule *rule,
                                     const char *name);

/* A finding that the allow list suppresses. It does not count to any score. */
typedef struct {
  HgFinding *finding;
  const HgListEntry *entry; /* borrowed from the options */
} HgSuppressed;

typedef struct HgAnalysis HgAnalysis;

/* Runs the rules. The tally must outlive the analysis and must not change meanwhile. The lists of the
 * options must outlive it, too. (transfer full) */
HgAnalysis *hg_analysis_new(const HgTally *tally, const HgAnalysisOptions *options);
/* The same, shown by devices: each is one host, with all its packets and under the address that stands
 * for it. Rules judge devices in any case. (transfer full) */
HgAnalysis *hg_analysis_new_by_device(const HgTally *tally, const HgAnalysisOptions *options);
gboolean hg_analysis_is_by_device(const HgAnalysis *analysis);
/* What was found, for a tally that is folded onto fewer hosts: findings are about the hosts that theirs
 * became, and a host has the highest score and all roles of those that it stands for. Findings keep their
 * order and their words; there is no baseline. `becomes`: by host of the analysis' tally. Both tallies
 * must outlive it. (transfer full) */
HgAnalysis *hg_analysis_fold(const HgAnalysis *analysis, const HgTally *folded,
                             const guint32 *becomes);
void hg_analysis_free(HgAnalysis *analysis);

/* The tally whose hosts findings and all others here speak of: the one given, or one in which each
 * device is one host. Borrowed. */
const HgTally *hg_analysis_tally(const HgAnalysis *analysis);
const HgServiceTable *hg_analysis_services(const HgAnalysis *analysis);
const HgOutlyingTimes *hg_analysis_outlying_times(const HgAnalysis *analysis);
const HgRoles *hg_analysis_roles(const HgAnalysis *analysis);
/* Which of its hosts are one machine. */
const HgDevices *hg_analysis_devices(const HgAnalysis *analysis);
/* FALSE: hosts talk to each other, and nothing tells which of them are one's own. */
gboolean hg_analysis_knows_home(const HgAnalysis *analysis);
/* The same in words, for reports and as the reason why rules are not assessed. */
#define HG_HOME_UNKNOWN "no network is known as one's own; name yours with home=NETWORK"

/* How the tally compares with known-normal traffic; NULL: none was given. */
const HgBaseline *hg_analysis_baseline(const HgAnalysis *analysis);

/* Sorted by kind (suspicions first), score of the host (highest first), host address, rule id,
 * first frame. Borrowed. */
guint hg_analysis_finding_count(const HgAnalysis *analysis);
const HgFinding *hg_analysis_finding(const HgAnalysis *analysis, guint i);

/* Suppressed findings, sorted as findings are. They do not count to scores. Borrowed. */
guint hg_analysis_suppressed_count(const HgAnalysis *analysis);
const HgSuppressed *hg_analysis_suppressed(const HgAnalysis *analysis, guint i);

/* A time at which nobody was answered; what failed then is held against nobody. */
typedef struct {
  char *subject; /* who did not answer: "nothing external", "nothing in 10.0.0.0/24", a service */
  gint64 from_ns, to_ns;
  guint32 clients; /* that it was told by */
} HgOutageNotice;

/* By what was out, the largest first, then time. Borrowed. */
guint hg_analysis_outage_count(const HgAnalysis *analysis);
const HgOutageNotice *hg_analysis_outage(const HgAnalysis *analysis, guint i);

guint hg_analysis_not_assessed_count(const HgAnalysis *analysis);
const HgNotAssessed *hg_analysis_not_assessed(const HgAnalysis *analysis, guint i);

/* Rules that the options switched off, sorted by id. */
guint hg_analysis_switched_off_count(const HgAnalysis *analysis);
const HgRule *hg_analysis_switched_off(const HgAnalysis *analysis, guint i);

/* 100 * (1 - product(1 - weight * strength)) over the suspicions about the host's device: 0 to 100. */
double hg_analysis_score(const HgAnalysis *analysis, guint32 host);
gboolean hg_analysis_is_suspect(const HgAnalysis *analysis, guint32 host);

/* The host by which a device is named as a suspect: of those that suspicions are about the one that stands
 * before the others in the device; where there are no suspicions the one that stands for it. */
guint32 hg_analysis_named(const HgAnalysis *analysis, guint32 host);

/* Devices with a score above 0, by the host that names each, in order of score (highest first), then
 * address. */
guint hg_analysis_scored_count(const HgAnalysis *analysis);
guint32 hg_analysis_scored(const HgAnalysis *analysis, guint i);

G_END_DECLS
#endif

/* analysis.c - runs the rules over a tally and scores hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis.h"

#include "analysis/basics/missing_times.h"
#include "analysis/basics/scopes.h"
#include "analysis/contract/filter.h"
#include "analysis/contract/finding_private.h"
#include "analysis/contract/rule_run_private.h"
#include "analysis/lists/suppress.h"
#include "analysis_options_private.h"

struct HgAnalysis {
  const HgTally *tally;
  HgServiceTable *services;
  guint8 *scopes; /* HgScope by host */
  gboolean knows_home;
  HgRoles *roles;
  HgOutlyingTimes *outlying_times;
  HgArpOwners *owners;     /* NULL until a rule asks for it */
  HgBaseline *baseline;    /* NULL: none was given */
  GPtrArray *findings;     /* HgFinding, owned */
  GArray *suppressed;      /* HgSuppressed; findings owned */
  GPtrArray *not_assessed; /* HgNotAssessed, owned */
  GPtrArray *switched_off; /* const HgRule, borrowed */
  double *scores;          /* by host */
  GArray *scored;          /* guint32 */
};

static void not_assessed_free(gpointer data) {
  HgNotAssessed *entry = data;
  g_free(entry->why);
  g_free(entry);
}

/* A rule's filter names addresses: of one that is several machines, it is to select the packets of one. */
static void keep_to_segments(HgAnalysis *analysis) {
  for (guint i = 0; i < analysis->findings->len; i++) {
    HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    finding->filter = hg_filter_in_segment(
        analysis->tally, hg_tally_host(analysis->tally, finding->host), finding->filter);
  }
}

static void run_rules(HgAnalysis *analysis, const HgAnalysisOptions *options) {
  const char *const missing_times = hg_missing_times(analysis->tally);
  for (guint i = 0; hg_rules[i]; i++) {
    HgRuleRun run = {.rule = hg_rules[i],
                     .tally = analysis->tally,
                     .services = analysis->services,
                     .scopes = analysis->scopes,
                     .roles = analysis->roles,
                     .outlying_times = analysis->outlying_times,
                     .owners = &analysis->owners,
                     .baseline = analysis->baseline,
                     .deny = hg_analysis_options_listed(options, HG_LIST_DENY),
                     .parameters = hg_analysis_options_parameters(options),
                     .findings = analysis->findings,
                     .not_assessed = analysis->not_assessed};
    if (!hg_analysis_options_enabled(options, run.rule))
      g_ptr_array_add(analysis->switched_off, (gpointer)run.rule);
    else if (run.rule->needs_evidence && !hg_tally_options(analysis->tally)->evidence)
      hg_rule_run_not_assessed(&run, "it needs evidence from the dissectors (evidence=no)");
    else if (run.rule->needs_baseline && !analysis->baseline)
      hg_rule_run_not_assessed(&run, "no baseline was given");
    else if (run.rule->needs_times && missing_times)
      hg_rule_run_not_assessed(&run, missing_times);
    else if (run.rule->needs_home && !analysis->knows_home)
      hg_rule_run_not_assessed(&run, HG_HOME_UNKNOWN);
    else
      run.rule->assess(&run);
  }
}

static void compare(HgAnalysis *analysis, const HgTally *normal) {
  analysis->owners = hg_arp_owners_new(analysis->tally);
  const HgWorkedOut now = {analysis->tally, analysis->services, analysis->scopes, analysis->roles,
                           analysis->owners};
  analysis->baseline = hg_baseline_new(&now, normal);
}

static void suppressed_clear(gpointer data) {
  hg_finding_free(((HgSuppressed *)data)->finding);
}

/* Moves the findings that the allow list suppresses out of `findings`. */
static void suppress_findings(HgAnalysis *analysis, const HgAllowDenyList *allow) {
  guint kept = 0;
  if (!allow)
    return;
  for (guint i = 0; i < analysis->findings->len; i++) {
    HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    const HgListEntry *entry = hg_suppress_find(allow, analysis->tally, finding);
    const HgSuppressed suppressed = {finding, entry};
    if (entry)
      g_array_append_val(analysis->suppressed, suppressed);
    else
      analysis->findings->pdata[kept++] = finding;
  }
  /* The entries behind the kept ones now belong to `suppressed`: do not free them. */
  g_ptr_array_set_free_func(analysis->findings, NULL);
  g_ptr_array_set_size(analysis->findings, (gint)kept);
  g_ptr_array_set_free_func(analysis->findings, (GDestroyNotify)hg_finding_free);
}

/* --- scores --- */

/* The score is 1 - product over a host's suspicions, multiplied rule by rule so that rounding is
 * always the same. */
static void score_hosts(HgAnalysis *analysis) {
  const guint32 hosts = hg_tally_host_count(analysis->tally);
  analysis->scores = g_new(double, MAX(hosts, 1));
  for (guint32 host = 0; host < hosts; host++)
    analysis->scores[host] = 1;
  for (guint i = 0; i < analysis->findings->len; i++) {
    const HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    if (finding->kind == HG_FINDING_SUSPICION)
      analysis->scores[finding->host] *= 1 - finding->rule->weight * CLAMP(finding->strength, 0, 1);
  }
  for (guint32 host = 0; host < hosts; host++)
    analysis->scores[host] = 100 * (1 - analysis->scores[host]);
}

/* A host to be sorted: highest score first, then by address. The sort key is copied here because
 * HgHost structures are spread over memory and each is compared many times. */
typedef struct {
  double score;
  guint64 head; /* hg_address_head */
  guint32 host;
} Ranked;

static gint compare_ranked(gconstpointer a, gconstpointer b, gpointer tally) {
  const Ranked *x = a, *y = b;
  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  if (x->head != y->head)
    return x->head < y->head ? -1 : 1;
  return hg_address_compare(&hg_tally_host(tally, x->host)->address,
                            &hg_tally_host(tally, y->host)->address);
}

/* Hosts of findings and of suppressed ones. (transfer full) */
static guint8 *find_concerned(const HgAnalysis *analysis) {
  guint8 *concerned = g_new0(guint8, (gsize)hg_tally_host_count(analysis->tally) + 1);
  for (guint i = 0; i < analysis->findings->len; i++)
    concerned[hg_analysis_finding(analysis, i)->host] = TRUE;
  for (guint i = 0; i < analysis->suppressed->len; i++)
    concerned[hg_analysis_suppressed(analysis, i)->finding->host] = TRUE;
  return concerned;
}

/* Fills in `scored`. Returns the sort position of each host that has a finding. (transfer full) */
static guint32 *order_hosts(HgAnalysis *analysis) {
  const guint32 hosts = hg_tally_host_count(analysis->tally);
  GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
  guint8 *concerned = find_concerned(analysis);
  for (guint32 host = 0; host < hosts; host++) {
    if (!concerned[host])
      continue;
    const HgAddress *address = &hg_tally_host(analysis->tally, host)->address;
    const Ranked one = {analysis->scores[host], hg_address_head(address), host};
    g_array_append_val(ranked, one);
  }
  g_free(concerned);
  g_array_sort_with_data(ranked, compare_ranked, (gpointer)analysis->tally);
  guint32 *places = g_new(guint32, (gsize)hosts + 1);
  analysis->scored = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < ranked->len; i++) {
    const Ranked *one = &g_array_index(ranked, Ranked, i);
    places[one->host] = i;
    if (one->score > 0)
      g_array_append_val(analysis->scored, one->host);
  }
  g_array_unref(ranked);
  return places;
}

/* --- order --- */

#define COMPARE(x, y) ((x) < (y) ? -1 : (x) > (y))

static gint compare_findings(gconstpointer a, gconstpointer b, gpointer data) {
  const guint32 *places = data;
  /* an HgSuppressed begins with the same pointer */
  const HgFinding *x = *(HgFinding *const *)a, *y = *(HgFinding *const *)b;
  gint order = COMPARE(x->kind, y->kind);
  if (!order)
    order = COMPARE(places[x->host], places[y->host]);
  if (!order && x->rule != y->rule)
    order = strcmp(x->rule->id, y->rule->id);
  if (!order)
    order = COMPARE(x->first_frame, y->first_frame);
  if (!order)
    order = COMPARE(x->last_frame, y->last_frame);
  return order ? order : strcmp(x->evidence, y->evidence);
}

/* All that follows from the tally alone, and no finding yet. */
static void init(HgAnalysis *analysis, const HgTally *tally) {
  analysis->tally = tally;
  analysis->services = hg_service_table_new(tally);
  analysis->scopes = hg_scopes_new(tally);
  analysis->knows_home = hg_scopes_know_home(tally, analysis->services, analysis->scopes);
  analysis->roles = hg_roles_new(tally, analysis->services, analysis->scopes);
  analysis->outlying_times = hg_outlying_times_new(tally);
  analysis->findings = g_ptr_array_new_with_free_func((GDestroyNotify)hg_finding_free);
  analysis->not_assessed = g_ptr_array_new_with_free_func(not_assessed_free);
  analysis->switched_off = g_ptr_array_new();
  analysis->suppressed = g_array_new(FALSE, FALSE, sizeof(HgSuppressed));
  g_array_set_clear_func(analysis->suppressed, suppressed_clear);
}

HgAnalysis *hg_analysis_new(const HgTally *tally, const HgAnalysisOptions *options) {
  HgAnalysis *analysis = g_new0(HgAnalysis, 1);
  init(analysis, tally);
  if (hg_analysis_options_get_baseline(options))
    compare(analysis, hg_analysis_options_get_baseline(options));
  run_rules(analysis, options);
  keep_to_segments(analysis);
  suppress_findings(analysis, hg_analysis_options_listed(options, HG_LIST_ALLOW));
  score_hosts(analysis);
  guint32 *places = order_hosts(analysis);
  g_ptr_array_sort_with_data(analysis->findings, compare_findings, places);
  g_array_sort_with_data(analysis->suppressed, compare_findings, places);
  g_free(places);
  return analysis;
}

/* --- folded --- */

static void fold_findings(HgAnalysis *into, const HgAnalysis *from, const guint32 *becomes) {
  for (guint i = 0; i < from->findings->len; i++)
    g_ptr_array_add(into->findings, hg_finding_fold(hg_analysis_finding(from, i), becomes));
  for (guint i = 0; i < from->suppressed->len; i++) {
    const HgSuppressed *one = hg_analysis_suppressed(from, i);
    const HgSuppressed copy = {hg_finding_fold(one->finding, becomes), one->entry};
    g_array_append_val(into->suppressed, copy);
  }
  for (guint i = 0; i < from->not_assessed->len; i++) {
    const HgNotAssessed *one = hg_analysis_not_assessed(from, i);
    HgNotAssessed *copy = g_new(HgNotAssessed, 1);
    *copy = (HgNotAssessed){one->rule, g_strdup(one->why)};
    g_ptr_array_add(into->not_assessed, copy);
  }
  for (guint i = 0; i < from->switched_off->len; i++)
    g_ptr_array_add(into->switched_off, g_ptr_array_index(from->switched_off, i));
}

/* Of several hosts the first in the order of scores gives the place. */
static void fold_scores(HgAnalysis *into, const HgAnalysis *from, const guint32 *becomes) {
  const guint32 hosts = hg_tally_host_count(into->tally);
  guint8 *listed = g_new0(guint8, (gsize)hosts + 1);
  into->scores = g_new0(double, (gsize)hosts + 1);
  into->scored = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < from->scored->len; i++) {
    const guint32 host = hg_analysis_scored(from, i), to = becomes[host];
    into->scores[to] = MAX(into->scores[to], from->scores[host]);
    if (!listed[to])
      g_array_append_val(into->scored, to);
    listed[to] = TRUE;
  }
  g_free(listed);
}

HgAnalysis *hg_analysis_fold(const HgAnalysis *analysis, const HgTally *folded,
                             const guint32 *becomes) {
  HgAnalysis *fold = g_new0(HgAnalysis, 1);
  init(fold, folded);
  fold->knows_home = analysis->knows_home;
  hg_roles_fold(fold->roles, analysis->roles, becomes);
  fold_findings(fold, analysis, becomes);
  fold_scores(fold, analysis, becomes);
  return fold;
}

void hg_analysis_free(HgAnalysis *analysis) {
  if (!analysis)
    return;
  g_ptr_array_free(analysis->findings, TRUE);
  g_array_free(analysis->suppressed, TRUE);
  g_ptr_array_free(analysis->not_assessed, TRUE);
  g_ptr_array_free(analysis->switched_off, TRUE);
  g_array_free(analysis->scored, TRUE);
  g_free(analysis->scores);
  hg_baseline_free(analysis->baseline);
  hg_arp_owners_free(analysis->owners);
  hg_roles_free(analysis->roles);
  hg_outlying_times_free(analysis->outlying_times);
  g_free(analysis->scopes);
  hg_service_table_free(analysis->services);
  g_free(analysis);
}

const HgTally *hg_analysis_tally(const HgAnalysis *analysis) {
  return analysis->tally;
}

const HgServiceTable *hg_analysis_services(const HgAnalysis *analysis) {
  return analysis->services;
}

const HgOutlyingTimes *hg_analysis_outlying_times(const HgAnalysis *analysis) {
  return analysis->outlying_times;
}

const HgRoles *hg_analysis_roles(const HgAnalysis *analysis) {
  return analysis->roles;
}

gboolean hg_analysis_knows_home(const HgAnalysis *analysis) {
  return analysis->knows_home;
}

const HgBaseline *hg_analysis_baseline(const HgAnalysis *analysis) {
  return analysis->baseline;
}

guint hg_analysis_finding_count(const HgAnalysis *analysis) {
  return analysis->findings->len;
}

const HgFinding *hg_analysis_finding(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->findings->len, NULL);
  return g_ptr_array_index(analysis->findings, i);
}

guint hg_analysis_suppressed_count(const HgAnalysis *analysis) {
  return analysis->suppressed->len;
}

const HgSuppressed *hg_analysis_suppressed(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->suppressed->len, NULL);
  return &g_array_index(analysis->suppressed, HgSuppressed, i);
}

guint hg_analysis_not_assessed_count(const HgAnalysis *analysis) {
  return analysis->not_assessed->len;
}

const HgNotAssessed *hg_analysis_not_assessed(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->not_assessed->len, NULL);
  return g_ptr_array_index(analysis->not_assessed, i);
}

guint hg_analysis_switched_off_count(const HgAnalysis *analysis) {
  return analysis->switched_off->len;
}

const HgRule *hg_analysis_switched_off(const HgAnalysis *analysis, guint i) {
  return g_ptr_array_index(analysis->switched_off, i);
}

double hg_analysis_score(const HgAnalysis *analysis, guint32 host) {
  g_return_val_if_fail(host < hg_tally_host_count(analysis->tally), 0);
  return analysis->scores[host];
}

gboolean hg_analysis_is_suspect(const HgAnalysis *analysis, guint32 host) {
  return hg_analysis_score(analysis, host) >= HG_SUSPECT_SCORE;
}

guint hg_analysis_scored_count(const HgAnalysis *analysis) {
  return analysis->scored->len;
}

guint32 hg_analysis_scored(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->scored->len, HG_NO_HOST);
  return g_array_index(analysis->scored, guint32, i);
}

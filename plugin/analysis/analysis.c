/* analysis.c - runs the rules over a tally and scores hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis.h"

#include "analysis/basics/missing_times.h"
#include "analysis/basics/scopes.h"
#include "analysis/contract/explanations.h"
#include "analysis/contract/filter.h"
#include "analysis/contract/finding_private.h"
#include "analysis/contract/rule_run_private.h"
#include "analysis/lists/suppress.h"
#include "analysis_options_private.h"
#include "view.h"

struct HgAnalysis {
  HgDevices *devices;       /* of the tally that was given */
  HgDevices *shown_devices; /* of the view that is shown; may be the same */
  HgView *tallied;          /* hosts as they were tallied */
  HgView *shown;            /* what exports see: `tallied`, or each device as one host */
  GPtrArray *findings;      /* HgFinding, owned; hosts are those of `shown` */
  GArray *suppressed;       /* HgSuppressed; findings owned */
  GPtrArray *not_assessed;  /* HgNotAssessed, owned */
  GPtrArray *switched_off;  /* const HgRule, borrowed */
  GArray *outages;          /* HgOutageNotice, owned */
  HgOutlyingTimes *outlying_times;
  gboolean knows_home;
  double *scores; /* by host */
  guint32 *named; /* by host: see hg_analysis_named */
  GArray *scored; /* guint32 */
};

static void not_assessed_free(gpointer data) {
  HgNotAssessed *entry = data;
  g_free(entry->why);
  g_free(entry);
}

static void outage_clear(gpointer data) {
  g_free(((HgOutageNotice *)data)->subject);
}

static void add_outage(HgAnalysis *analysis, const HgOutageNotice *outage) {
  HgOutageNotice copy = *outage;
  copy.subject = g_strdup(outage->subject);
  g_array_append_val(analysis->outages, copy);
}

/* A rule's filter names addresses: of one that is several machines, it is to select the packets of one. */
static void keep_to_segments(HgAnalysis *analysis) {
  const HgTally *tally = hg_analysis_tally(analysis);
  for (guint i = 0; i < analysis->findings->len; i++) {
    HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    finding->filter =
        hg_filter_in_segment(tally, hg_tally_host(tally, finding->host), finding->filter);
  }
}

/* --- views --- */

static void show_by_device(HgAnalysis *analysis) {
  const HgTally *tally = analysis->tallied->tally;
  analysis->shown =
      hg_view_new_folded(hg_devices_fold(analysis->devices, tally, TRUE), tally, analysis->devices);
  analysis->shown_devices = hg_devices_none(analysis->shown->tally);
}

/* What rules judge: the hosts as they were tallied, or all IP addresses of a device as one. */
static HgView *judged_view(HgAnalysis *analysis) {
  const HgTally *tally = analysis->tallied->tally;
  if (!hg_devices_have_several_ips(analysis->devices))
    return analysis->tallied;
  return hg_view_new_folded(hg_devices_fold(analysis->devices, tally, FALSE), tally,
                            analysis->devices);
}

static void compare(HgAnalysis *analysis, const HgTally *normal) {
  hg_view_compare(analysis->tallied, normal);
  hg_view_compare(analysis->shown, normal);
}

/* --- rules --- */

static void assess(HgAnalysis *analysis, const HgAnalysisOptions *options, const HgRule *rule,
                   HgView *view) {
  const char *missing_times = hg_missing_times(view->tally);
  HgRuleRun run = {.rule = rule,
                   .tally = view->tally,
                   .services = view->services,
                   .scopes = view->scopes,
                   .roles = view->roles,
                   .devices = view->devices,
                   .outlying_times = analysis->outlying_times,
                   .owners = &view->owners,
                   .answers = hg_view_answers(view),
                   .baseline = analysis->tallied->baseline,
                   .deny = hg_analysis_options_listed(options, HG_LIST_DENY),
                   .parameters = hg_analysis_options_parameters(options),
                   .findings = analysis->findings,
                   .not_assessed = analysis->not_assessed};
  if (!hg_analysis_options_enabled(options, rule))
    g_ptr_array_add(analysis->switched_off, (gpointer)rule);
  else if (rule->needs_evidence && !hg_tally_options(view->tally)->evidence)
    hg_rule_run_not_assessed(&run, "it needs evidence from the dissectors (evidence=no)");
  else if (rule->needs_baseline && !run.baseline)
    hg_rule_run_not_assessed(&run, "no baseline was given");
  else if (rule->needs_times && missing_times)
    hg_rule_run_not_assessed(&run, missing_times);
  else if (rule->needs_home && !analysis->knows_home)
    hg_rule_run_not_assessed(&run, HG_HOME_UNKNOWN);
  else
    rule->assess(&run);
}

static void note_outages(HgAnalysis *analysis, HgView *judged) {
  const HgAnswers *answers = hg_view_answers(judged);
  const HgOutageSearch *search = hg_answers_search(answers);
  const GArray *outages = hg_answers_outages(answers);
  for (guint i = 0; i < outages->len; i++) {
    const HgOutage *one = &g_array_index(outages, HgOutage, i);
    if (hg_outage_is_part(one, outages, search))
      continue;
    const HgOutageNotice notice = {hg_outage_subject(one, search), one->from_ns, one->to_ns,
                                   one->clients};
    g_array_append_val(analysis->outages, notice);
  }
}

/* A baseline is compared address by address; everything else adds up over a device's addresses. Rules
 * find in their view; others read findings in the one that is shown. */
static void run_rules(HgAnalysis *analysis, const HgAnalysisOptions *options) {
  HgView *judged = judged_view(analysis);
  note_outages(analysis, judged);
  guint32 *of_judged = hg_view_translate(judged, analysis->shown);
  guint32 *of_tallied = hg_view_translate(analysis->tallied, analysis->shown);
  for (guint i = 0; hg_rules[i]; i++) {
    const guint before = analysis->findings->len;
    const gboolean as_tallied = hg_rules[i]->needs_baseline;
    assess(analysis, options, hg_rules[i], as_tallied ? analysis->tallied : judged);
    for (guint f = before; f < analysis->findings->len; f++)
      hg_finding_renumber(g_ptr_array_index(analysis->findings, f),
                          as_tallied ? of_tallied : of_judged);
  }
  hg_explanations_settle(analysis->findings, judged->services);
  g_free(of_judged);
  g_free(of_tallied);
  if (judged != analysis->tallied)
    hg_view_free(judged);
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
    const HgListEntry *entry =
        hg_suppress_find(allow, analysis->shown->tally, analysis->shown_devices, finding);
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

/* The score is 1 - product over the suspicions about a device, multiplied rule by rule so that rounding
 * is always the same. All hosts of the device have it. */
static void score_hosts(HgAnalysis *analysis) {
  const guint32 hosts = hg_tally_host_count(analysis->shown->tally);
  const guint32 *devices = analysis->shown->devices;
  double *innocence = g_new(double, (gsize)hosts + 1);
  analysis->scores = g_new(double, MAX(hosts, 1));
  for (guint32 host = 0; host < hosts; host++)
    innocence[host] = 1;
  for (guint i = 0; i < analysis->findings->len; i++) {
    const HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    if (finding->kind == HG_FINDING_SUSPICION)
      innocence[devices[finding->host]] *=
          1 - finding->rule->weight * CLAMP(finding->strength, 0, 1);
  }
  for (guint32 host = 0; host < hosts; host++)
    analysis->scores[host] = 100 * (1 - innocence[devices[host]]);
  g_free(innocence);
}

/* The place of a host in its device: the one that stands for it has 0. */
static guint place_in_device(const HgAnalysis *analysis, guint32 host) {
  guint count, place = 0;
  const HgDeviceMember *members = hg_devices_members(analysis->shown_devices, host, &count);
  while (place < count && members[place].host != host)
    place++;
  return place;
}

static void name_devices(HgAnalysis *analysis) {
  const guint32 hosts = hg_tally_host_count(analysis->shown->tally);
  const guint32 *devices = analysis->shown->devices;
  guint32 *named = g_new(guint32, (gsize)hosts + 1); /* by device */
  analysis->named = g_new(guint32, (gsize)hosts + 1);
  for (guint32 host = 0; host < hosts; host++)
    named[host] = HG_NO_HOST;
  for (guint i = 0; i < analysis->findings->len; i++) {
    const HgFinding *finding = g_ptr_array_index(analysis->findings, i);
    guint32 *name = &named[devices[finding->host]];
    if (finding->kind == HG_FINDING_SUSPICION &&
        (*name == HG_NO_HOST ||
         place_in_device(analysis, finding->host) < place_in_device(analysis, *name)))
      *name = finding->host;
  }
  for (guint32 host = 0; host < hosts; host++)
    analysis->named[host] =
        named[devices[host]] == HG_NO_HOST ? devices[host] : named[devices[host]];
  g_free(named);
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

/* Devices of findings and of suppressed ones, by the host that stands for them. (transfer full) */
static guint8 *find_concerned(const HgAnalysis *analysis) {
  const guint32 *devices = analysis->shown->devices;
  guint8 *concerned = g_new0(guint8, (gsize)hg_tally_host_count(analysis->shown->tally) + 1);
  for (guint i = 0; i < analysis->findings->len; i++)
    concerned[devices[hg_analysis_finding(analysis, i)->host]] = TRUE;
  for (guint i = 0; i < analysis->suppressed->len; i++)
    concerned[devices[hg_analysis_suppressed(analysis, i)->finding->host]] = TRUE;
  return concerned;
}

/* Fills in `scored`. Returns the sort position of each host whose device has a finding. (transfer
 * full) */
static guint32 *order_hosts(HgAnalysis *analysis) {
  const HgTally *tally = analysis->shown->tally;
  const guint32 hosts = hg_tally_host_count(tally);
  GArray *ranked = g_array_new(FALSE, FALSE, sizeof(Ranked));
  guint8 *concerned = find_concerned(analysis);
  for (guint32 host = 0; host < hosts; host++) {
    if (!concerned[host])
      continue;
    const HgAddress *address = &hg_tally_host(tally, host)->address;
    const Ranked one = {analysis->scores[host], hg_address_head(address), host};
    g_array_append_val(ranked, one);
  }
  g_free(concerned);
  g_array_sort_with_data(ranked, compare_ranked, (gpointer)tally);
  guint32 *places = g_new(guint32, (gsize)hosts + 1);
  analysis->scored = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < ranked->len; i++) {
    const Ranked *one = &g_array_index(ranked, Ranked, i);
    places[one->host] = i;
    if (one->score > 0)
      g_array_append_val(analysis->scored, analysis->named[one->host]);
  }
  g_array_unref(ranked);
  for (guint32 host = 0; host < hosts; host++)
    places[host] = places[analysis->shown->devices[host]];
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

/* An analysis of the tally as it is, which has found nothing yet. Takes the devices. */
static HgAnalysis *begin(const HgTally *tally, HgDevices *devices) {
  HgAnalysis *analysis = g_new0(HgAnalysis, 1);
  analysis->findings = g_ptr_array_new_with_free_func((GDestroyNotify)hg_finding_free);
  analysis->not_assessed = g_ptr_array_new_with_free_func(not_assessed_free);
  analysis->switched_off = g_ptr_array_new();
  analysis->suppressed = g_array_new(FALSE, FALSE, sizeof(HgSuppressed));
  g_array_set_clear_func(analysis->suppressed, suppressed_clear);
  analysis->outages = g_array_new(FALSE, FALSE, sizeof(HgOutageNotice));
  g_array_set_clear_func(analysis->outages, outage_clear);
  analysis->devices = analysis->shown_devices = devices;
  analysis->tallied = analysis->shown = hg_view_new(tally, devices);
  analysis->outlying_times = hg_outlying_times_new(tally);
  return analysis;
}

static HgAnalysis *analyse(const HgTally *tally, const HgAnalysisOptions *options,
                           gboolean by_device) {
  HgAnalysis *analysis = begin(tally, hg_devices_new(tally));
  analysis->knows_home =
      hg_scopes_know_home(tally, analysis->tallied->services, analysis->tallied->scopes);
  if (by_device)
    show_by_device(analysis);
  if (hg_analysis_options_get_baseline(options))
    compare(analysis, hg_analysis_options_get_baseline(options));
  run_rules(analysis, options);
  keep_to_segments(analysis);
  suppress_findings(analysis, hg_analysis_options_listed(options, HG_LIST_ALLOW));
  score_hosts(analysis);
  name_devices(analysis);
  guint32 *places = order_hosts(analysis);
  g_ptr_array_sort_with_data(analysis->findings, compare_findings, places);
  g_array_sort_with_data(analysis->suppressed, compare_findings, places);
  g_free(places);
  return analysis;
}

HgAnalysis *hg_analysis_new(const HgTally *tally, const HgAnalysisOptions *options) {
  return analyse(tally, options, FALSE);
}

HgAnalysis *hg_analysis_new_by_device(const HgTally *tally, const HgAnalysisOptions *options) {
  return analyse(tally, options, TRUE);
}

gboolean hg_analysis_is_by_device(const HgAnalysis *analysis) {
  return analysis->shown != analysis->tallied;
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
  for (guint i = 0; i < from->outages->len; i++)
    add_outage(into, hg_analysis_outage(from, i));
  for (guint i = 0; i < from->switched_off->len; i++)
    g_ptr_array_add(into->switched_off, g_ptr_array_index(from->switched_off, i));
}

/* Of several hosts the first in the order of scores gives the place. */
static void fold_scores(HgAnalysis *into, const HgAnalysis *from, const guint32 *becomes) {
  const guint32 hosts = hg_tally_host_count(hg_analysis_tally(into));
  guint8 *listed = g_new0(guint8, (gsize)hosts + 1);
  into->scores = g_new0(double, (gsize)hosts + 1);
  into->scored = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 host = 0; host < hg_tally_host_count(hg_analysis_tally(from)); host++)
    into->scores[becomes[host]] = MAX(into->scores[becomes[host]], from->scores[host]);
  for (guint i = 0; i < from->scored->len; i++) {
    const guint32 to = becomes[hg_analysis_scored(from, i)];
    if (!listed[to])
      g_array_append_val(into->scored, to);
    listed[to] = TRUE;
  }
  g_free(listed);
}

/* Addresses of one device may have become several hosts: it is named by what the one that names it became. */
static void fold_names(HgAnalysis *into, const HgAnalysis *from, const guint32 *becomes) {
  const guint32 hosts = hg_tally_host_count(hg_analysis_tally(from));
  into->named = g_new0(guint32, (gsize)hg_tally_host_count(hg_analysis_tally(into)) + 1);
  for (guint32 host = 0; host < hosts; host++)
    into->named[becomes[host]] = becomes[from->named[host]];
  for (guint32 host = 0; host < hosts; host++)
    if (from->named[host] == host)
      into->named[becomes[host]] = becomes[host];
}

HgAnalysis *hg_analysis_fold(const HgAnalysis *analysis, const HgTally *folded,
                             const guint32 *becomes) {
  HgAnalysis *fold = begin(folded, hg_devices_none(folded));
  fold->knows_home = analysis->knows_home;
  hg_roles_fold(fold->shown->roles, analysis->shown->roles, becomes);
  fold_findings(fold, analysis, becomes);
  fold_scores(fold, analysis, becomes);
  fold_names(fold, analysis, becomes);
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
  g_array_free(analysis->outages, TRUE);
  g_free(analysis->scores);
  g_free(analysis->named);
  if (analysis->shown != analysis->tallied)
    hg_view_free(analysis->shown);
  hg_view_free(analysis->tallied);
  if (analysis->shown_devices != analysis->devices)
    hg_devices_free(analysis->shown_devices);
  hg_devices_free(analysis->devices);
  hg_outlying_times_free(analysis->outlying_times);
  g_free(analysis);
}

const HgTally *hg_analysis_tally(const HgAnalysis *analysis) {
  return analysis->shown->tally;
}

const HgServiceTable *hg_analysis_services(const HgAnalysis *analysis) {
  return analysis->shown->services;
}

const HgOutlyingTimes *hg_analysis_outlying_times(const HgAnalysis *analysis) {
  return analysis->outlying_times;
}

const HgRoles *hg_analysis_roles(const HgAnalysis *analysis) {
  return analysis->shown->roles;
}

const HgDevices *hg_analysis_devices(const HgAnalysis *analysis) {
  return analysis->shown_devices;
}

gboolean hg_analysis_knows_home(const HgAnalysis *analysis) {
  return analysis->knows_home;
}

const HgBaseline *hg_analysis_baseline(const HgAnalysis *analysis) {
  return analysis->shown->baseline;
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

guint hg_analysis_outage_count(const HgAnalysis *analysis) {
  return analysis->outages->len;
}

const HgOutageNotice *hg_analysis_outage(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->outages->len, NULL);
  return &g_array_index(analysis->outages, HgOutageNotice, i);
}

guint hg_analysis_switched_off_count(const HgAnalysis *analysis) {
  return analysis->switched_off->len;
}

const HgRule *hg_analysis_switched_off(const HgAnalysis *analysis, guint i) {
  return g_ptr_array_index(analysis->switched_off, i);
}

double hg_analysis_score(const HgAnalysis *analysis, guint32 host) {
  g_return_val_if_fail(host < hg_tally_host_count(analysis->shown->tally), 0);
  return analysis->scores[host];
}

gboolean hg_analysis_is_suspect(const HgAnalysis *analysis, guint32 host) {
  return hg_analysis_score(analysis, host) >= HG_SUSPECT_SCORE;
}

guint32 hg_analysis_named(const HgAnalysis *analysis, guint32 host) {
  g_return_val_if_fail(host < hg_tally_host_count(analysis->shown->tally), host);
  return analysis->named[host];
}

guint hg_analysis_scored_count(const HgAnalysis *analysis) {
  return analysis->scored->len;
}

guint32 hg_analysis_scored(const HgAnalysis *analysis, guint i) {
  g_return_val_if_fail(i < analysis->scored->len, HG_NO_HOST);
  return g_array_index(analysis->scored, guint32, i);
}

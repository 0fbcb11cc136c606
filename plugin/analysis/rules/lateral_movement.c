/* lateral_movement.c - a host takes control of others of its network, hop by hop
 *
 * Only control counts: remote services, scheduled tasks and registry values, programs that are
 * copied and run, the backdoor of EternalBlue. Clients read files, query a directory or use a
 * print server all day.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/remote_execution.h"

#define FURTHER_TARGET 0.1 /* added for each further target */
#define CHAIN 0.3          /* added if another host took control of this host before */

/* Added if different techniques hit one target: copying a program is harmless, and so is starting a
 * service, until both happen. */
#define TOGETHER 0.2

/* --- one actor --- */

typedef struct {
  const HgRemoteExecution *executions;
  guint count;
  const HgRemoteExecution
      *before; /* the last execution that took control of this host before it acted; NULL: none */
} Actor;

/* The execution before which another host must have taken control of this one to form a chain: the
 * first that takes control itself. If none does, it is the last one, since the earlier ones may be
 * the user's work. */
static const HgRemoteExecution *consequence(const Actor *actor) {
  for (guint i = 0; i < actor->count; i++)
    if (hg_remote_execution_takes_control(&actor->executions[i]))
      return &actor->executions[i];
  return actor->executions + actor->count - 1;
}

static gint compare_targets(gconstpointer a, gconstpointer b) {
  const HgRemoteExecution *x = *(const HgRemoteExecution *const *)a,
                          *y = *(const HgRemoteExecution *const *)b;
  if (x->target != y->target)
    return x->target < y->target ? -1 : 1;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* Executions that take control, by target, then time. (transfer full) */
static GPtrArray *list_by_target(const GArray *executions) {
  GPtrArray *list = g_ptr_array_new();
  for (guint i = 0; i < executions->len; i++) {
    HgRemoteExecution *execution = &g_array_index(executions, HgRemoteExecution, i);
    if (hg_remote_execution_takes_control(execution))
      g_ptr_array_add(list, execution);
  }
  g_ptr_array_sort(list, compare_targets);
  return list;
}

static const HgRemoteExecution *find_before(const GPtrArray *by_target, const Actor *actor) {
  const HgRemoteExecution *after = consequence(actor), *found = NULL;
  guint low = 0, high = by_target->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const HgRemoteExecution *execution = g_ptr_array_index(by_target, middle);
    const gboolean earlier =
        execution->target < after->actor ||
        (execution->target == after->actor && execution->time_ns < after->time_ns);
    if (earlier && execution->target == after->actor)
      found = execution;
    if (earlier)
      low = middle + 1;
    else
      high = middle;
  }
  return found;
}

/* Whether different techniques were used on one target. */
static gboolean met_together(const Actor *actor) {
  GHashTable *first = g_hash_table_new(NULL, NULL); /* target -> index of the technique + 1 */
  gboolean together = FALSE;
  for (guint i = 0; i < actor->count && !together; i++) {
    const HgRemoteExecution *execution = &actor->executions[i];
    if (!hg_remote_execution_takes_control(execution))
      continue;
    const gpointer key = GUINT_TO_POINTER(execution->target);
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(first, key));
    together = known != 0 && known != execution->technique + 1;
    if (known == 0)
      g_hash_table_insert(first, key, GUINT_TO_POINTER(execution->technique + 1));
  }
  g_hash_table_destroy(first);
  return together;
}

/* Targets whose strongest technique is `by`, each once: guint32 (transfer full). */
static GArray *targets_of(const Actor *actor, guint by) {
  GArray *targets = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < actor->count; i++) {
    const HgRemoteExecution *execution = &actor->executions[i];
    if (execution->technique == by && g_hash_table_add(seen, GUINT_TO_POINTER(execution->target)))
      g_array_append_val(targets, execution->target);
  }
  g_hash_table_destroy(seen);
  return targets;
}

static char *filter_of(const HgTally *tally, const Actor *actor) {
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < actor->count; i++)
    g_array_append_val(frames, actor->executions[i].frame);
  char *filter = hg_filter_few_frames(
      frames,
      hg_filter_and(
          hg_filter_host(tally, actor->executions->actor, HG_FILTER_SOURCE),
          g_strdup(
              "(smb.trans2.cmd == 14 || smb.cmd in {0x75, 0xa0, 0xa2} || smb2.cmd in {3, 5} || "
              "svcctl || atsvc || taskschedulerservice || winreg || dcerpc.opnum in {24, 25} || tcp.port in {22, 3389, 5985, 5986})")));
  g_array_unref(frames);
  return filter;
}

static double strength_of(guint by, guint targets) {
  return MIN(hg_remote_techniques[by].strength + FURTHER_TARGET * (double)(targets - 1),
             hg_remote_techniques[by].most);
}

static void report(HgRuleRun *run, const Actor *actor) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 host = actor->executions->actor;
  HgFinding *finding = hg_rule_run_report(run, host);
  GString *text = g_string_new(NULL);
  GHashTable *all = g_hash_table_new(NULL, NULL);
  for (guint by = 0; hg_remote_techniques[by].subject; by++) {
    GArray *targets = targets_of(actor, by);
    if (targets->len > 0) {
      char *names = hg_wording_hosts(tally, targets, targets->len);
      g_string_append_printf(text, "%s%s %s", text->len ? "; " : "", hg_remote_techniques[by].words,
                             names);
      finding->strength = MAX(finding->strength, strength_of(by, targets->len));
      g_free(names);
    }
    for (guint i = 0; i < targets->len; i++) {
      hg_finding_add_peer(finding, g_array_index(targets, guint32, i));
      g_hash_table_add(all, GUINT_TO_POINTER(g_array_index(targets, guint32, i)));
    }
    g_array_unref(targets);
  }
  for (guint i = 0; i < actor->count; i++)
    hg_finding_add_frame(finding, actor->executions[i].frame);
  if (met_together(actor))
    finding->strength += TOGETHER;
  if (actor->before) {
    finding->strength += CHAIN;
    g_string_append_printf(text, "; before, in frame %u, %s had done the like to it",
                           actor->before->frame, hg_tally_host(tally, actor->before->actor)->text);
  }
  finding->strength = MIN(finding->strength, 1);
  finding->observed = g_hash_table_size(all);
  finding->threshold = hg_rule_run_parameter(run, "targets");
  hg_finding_take_filter(finding, filter_of(tally, actor));
  hg_finding_set_evidence(finding, "%s %s", hg_tally_host(tally, host)->text, text->str);
  g_hash_table_destroy(all);
  g_string_free(text, TRUE);
}

static guint count_targets(const Actor *actor) {
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < actor->count; i++)
    g_hash_table_add(seen, GUINT_TO_POINTER(actor->executions[i].target));
  const guint count = g_hash_table_size(seen);
  g_hash_table_destroy(seen);
  return count;
}

static void assess(HgRuleRun *run) {
  GArray *executions = hg_remote_executions_gather(run, hg_rule_run_parameter(run, "sessions"));
  GPtrArray *by_target = list_by_target(executions);
  const double least = hg_rule_run_parameter(run, "targets");
  for (guint i = 0, end; i < executions->len; i = end) {
    const HgRemoteExecution *first = &g_array_index(executions, HgRemoteExecution, i);
    for (end = i + 1; end < executions->len; end++)
      if (g_array_index(executions, HgRemoteExecution, end).actor != first->actor)
        break;
    Actor actor = {first, end - i, NULL};
    actor.before = find_before(by_target, &actor);
    if (count_targets(&actor) >= least)
      report(run, &actor);
  }
  g_ptr_array_unref(by_target);
  g_array_unref(executions);
}

static const char *const attack[] = {"T1021", "T1570", "T1210", NULL};
static const HgParameter parameters[] = {
    {"targets", 1, 1, 65535, "hosts", "hosts of the network that it took control of"},
    {"sessions", 5, 2, 65535, "hosts",
     "so many that it logs in on by SSH, RDP or WinRM are a weak sign"},
    {0}};

const HgRule hg_rule_lateral_movement = {
    .id = "lateral-movement",
    .title = "Lateral movement",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "a host makes services, tasks or registry values on other hosts of the network, puts "
            "programs there and runs them, or does what EternalBlue does",
    .source =
        "MITRE ATT&CK T1021.002, T1569.002, T1053.005, T1047: what each does on the wire "
        "(MS-SCMR, MS-TSCH, MS-RRP, MS-WMI); MS-CIFS 2.2.6.15: nobody implements "
        "TRANS2_SESSION_SETUP, only DoublePulsar answers it; 2.2.7: NT_TRANSACT has no function "
        "0, with which EternalBlue (MS17-010) begins",
    .false_positive_if =
        "it is an administrator's host or a deployment system of this network (put it into "
        "an allow list)",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};

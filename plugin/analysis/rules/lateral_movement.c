/* lateral_movement.c - a host that takes control of others of its network, and hop by hop
 *
 * What counts is control: services, tasks and registry values made on another host, programs run
 * there, the backdoor of EternalBlue asked for. Reading files, asking a directory or a print server
 * is what clients do all day.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/filter_private.h"
#include "analysis/rule.h"
#include "analysis/wording.h"

#include <string.h>

/* More frames than this make no filter that anybody reads. */
#define MAX_FRAMES 200

/* By what, as the door says it. `strength`: of a single such target. Below WEAK are means that
 * administrators' tools use all day, too. */
static const struct {
  const char *subject, *words;
  double strength;
  gboolean from_outside; /* also when it comes from another network: it is an attack as such */
} means[] = {
    {"smb1-exploit", "asked for the backdoor of EternalBlue (SMBv1 TRANS2_SESSION_SETUP) on", 0.8,
     TRUE},
    {"remote-shell", "ran commands by a service of PsExec's kind on", 0.7, FALSE},
    {"service-create", "made or changed a service on", 0.6, FALSE},
    {"task", "registered a task on", 0.6, FALSE},
    {"wmi", "ran a method of WMI on", 0.6, FALSE},
    {"registry", "wrote to the registry of", 0.6, FALSE},
    {"service-start", "started a service on", 0.4, FALSE},
    {"session", "logged in on", 0.1, FALSE},
    {"admin-share", "used a share for administrators of", 0.3, FALSE},
};

#define WEAK 0.56 /* fewer than 50 points at this rule's weight */
/* However many targets. Who logs in everywhere also sends more than others: with all that
 * volume-outlier can add, an administrator stays below 50 points. */
#define MOST_OF_WEAK 0.3
#define MOST_OF_HOP 0.5    /* the same for a host that somebody took control of before */
#define FURTHER_TARGET 0.1 /* what each one more adds */
#define CHAIN 0.2          /* what it adds that somebody took control of the host before */

typedef struct {
  guint32 actor, target;
  guint means; /* index */
  gint64 time_ns;
  guint32 frame;
} Act;

static guint find_means(const char *subject) {
  guint i = 0;
  while (i < G_N_ELEMENTS(means) && strcmp(means[i].subject, subject) != 0)
    i++;
  return i;
}

static gboolean is_inside(const HgRuleRun *run, guint32 host) {
  const HgScope scope = hg_rule_run_scope(run, host);
  return scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_LINK_LOCAL;
}

static gint compare_acts(gconstpointer a, gconstpointer b) {
  const Act *x = a, *y = b;
  if (x->actor != y->actor)
    return x->actor < y->actor ? -1 : 1;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* SSH, RDP, WinRM */
static gboolean is_session(const HgRuleRun *run, const HgService *service) {
  return service->transport == HG_TRANSPORT_TCP && service->established > 0 &&
         (service->port == 22 || service->port == 3389 || service->port == 5985 ||
          service->port == 5986) &&
         is_inside(run, service->client) && is_inside(run, service->server) &&
         service->client != service->server &&
         !hg_rule_run_has_role(run, service->client, HG_ROLE_MONITOR);
}

/* Of clients that log in on so many hosts that it is no user's day any more. */
static void gather_sessions(const HgRuleRun *run, GArray *acts) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint by = find_means("session");
  const double least = hg_rule_run_parameter(run, "sessions");
  guint first = acts->len, servers = 0;
  const HgService *last = NULL;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (!is_session(run, service))
      continue;
    if (!last || last->client != service->client) {
      if (servers < least)
        g_array_set_size(acts, first);
      first = acts->len;
      servers = 0;
      last = NULL;
    }
    servers += !last || last->server != service->server;
    last = service;
    const Act act = {service->client, service->server, by, service->first_ns, service->first_frame};
    g_array_append_val(acts, act);
  }
  if (servers < least)
    g_array_set_size(acts, first);
}

/* By actor, then time. (transfer full, Act) */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *table = hg_tally_observations(tally);
  GArray *numbers = hg_observation_table_of_kind(table, HG_OBSERVED_REMOTE_CONTROL);
  GArray *acts = g_array_new(FALSE, FALSE, sizeof(Act));
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *o = hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    const HgHost *actor = hg_tally_find_host(tally, &o->actor),
                 *target = hg_tally_find_host(tally, &o->peer);
    const guint by = find_means(o->subject);
    if (!actor || !target || actor == target || by == G_N_ELEMENTS(means) ||
        !hg_rule_run_is_unicast(run, actor->number) || !is_inside(run, target->number) ||
        (!is_inside(run, actor->number) && !means[by].from_outside))
      continue;
    const Act act = {actor->number, target->number, by, o->traffic.first_ns,
                     o->traffic.first_frame};
    g_array_append_val(acts, act);
  }
  g_array_unref(numbers);
  gather_sessions(run, acts);
  g_array_sort(acts, compare_acts);
  return acts;
}

/* --- one actor --- */

typedef struct {
  const Act *acts;
  guint count;
  const Act *
      before; /* the last act on this actor before its first one that is no weak sign; NULL: none */
} Actor;

/* Looking at a share for administrators takes no control. */
static gboolean takes_control(const Act *act) {
  return strcmp(means[act->means].subject, "admin-share") != 0;
}

static const Act *first_control(const Actor *actor) {
  for (guint i = 0; i < actor->count; i++)
    if (takes_control(&actor->acts[i]))
      return &actor->acts[i];
  return NULL;
}

static const Act *find_before(const GArray *acts, const Actor *actor) {
  const Act *first = first_control(actor), *found = NULL;
  for (guint i = 0; first && i < acts->len; i++) {
    const Act *act = &g_array_index(acts, Act, i);
    if (act->target == first->actor && takes_control(act) && act->time_ns < first->time_ns &&
        (!found || act->time_ns > found->time_ns))
      found = act;
  }
  return found;
}

/* Targets by the strongest means, each once: guint32 (transfer full). */
static GArray *targets_of(const Actor *actor, guint by) {
  GArray *targets = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < actor->count; i++) {
    const Act *act = &actor->acts[i];
    if (act->means == by && g_hash_table_add(seen, GUINT_TO_POINTER(act->target)))
      g_array_append_val(targets, act->target);
  }
  g_hash_table_destroy(seen);
  return targets;
}

static char *filter_of(const HgTally *tally, const Actor *actor) {
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < actor->count; i++)
    g_array_append_val(frames, actor->acts[i].frame);
  char *filter =
      frames->len <= MAX_FRAMES
          ? hg_filter_frames(frames)
          : hg_filter_and(
                hg_filter_address(&hg_tally_host(tally, actor->acts->actor)->address,
                                  HG_FILTER_SOURCE),
                g_strdup(
                    "(smb.trans2.cmd == 14 || smb2.cmd in {3, 5} || smb.cmd == 0x75 || "
                    "svcctl || atsvc || winreg || dcom || tcp.port in {22, 3389, 5985, 5986})"));
  g_array_unref(frames);
  return filter;
}

static double strength_of(guint by, guint targets, gboolean is_hop) {
  const double strength = means[by].strength + FURTHER_TARGET * (double)(targets - 1);
  const double most = is_hop ? MOST_OF_HOP : MOST_OF_WEAK;
  return MIN(strength, means[by].strength < WEAK ? MAX(means[by].strength, most) : 1);
}

static void report(HgRuleRun *run, const Actor *actor) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 host = actor->acts->actor;
  HgFinding *finding = hg_rule_run_report(run, host);
  GString *text = g_string_new(NULL);
  GHashTable *all = g_hash_table_new(NULL, NULL);
  for (guint by = 0; by < G_N_ELEMENTS(means); by++) {
    GArray *targets = targets_of(actor, by);
    if (targets->len > 0) {
      char *names = hg_wording_hosts(tally, targets, targets->len);
      g_string_append_printf(text, "%s%s %s", text->len ? "; " : "", means[by].words, names);
      finding->strength =
          MAX(finding->strength, strength_of(by, targets->len, actor->before != NULL));
      g_free(names);
    }
    for (guint i = 0; i < targets->len; i++) {
      hg_finding_add_peer(finding, g_array_index(targets, guint32, i));
      g_hash_table_add(all, GUINT_TO_POINTER(g_array_index(targets, guint32, i)));
    }
    g_array_unref(targets);
  }
  for (guint i = 0; i < actor->count; i++)
    hg_finding_add_frame(finding, actor->acts[i].frame);
  if (actor->before) {
    finding->strength += CHAIN;
    g_string_append_printf(text, "; before, in frame %u, %s had done the like to it",
                           actor->before->frame, hg_tally_host(tally, actor->before->actor)->text);
  }
  finding->strength = MIN(finding->strength, 1);
  finding->measured = g_hash_table_size(all);
  finding->threshold = hg_rule_run_parameter(run, "targets");
  hg_finding_take_filter(finding, filter_of(tally, actor));
  hg_finding_set_evidence(finding, "%s %s", hg_tally_host(tally, host)->text, text->str);
  g_hash_table_destroy(all);
  g_string_free(text, TRUE);
}

static guint count_targets(const Actor *actor) {
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < actor->count; i++)
    g_hash_table_add(seen, GUINT_TO_POINTER(actor->acts[i].target));
  const guint count = g_hash_table_size(seen);
  g_hash_table_destroy(seen);
  return count;
}

static void assess(HgRuleRun *run) {
  GArray *acts = gather(run);
  const double least = hg_rule_run_parameter(run, "targets");
  for (guint i = 0, end; i < acts->len; i = end) {
    const Act *first = &g_array_index(acts, Act, i);
    for (end = i + 1; end < acts->len; end++)
      if (g_array_index(acts, Act, end).actor != first->actor)
        break;
    Actor actor = {first, end - i, NULL};
    actor.before = find_before(acts, &actor);
    if (count_targets(&actor) >= least)
      report(run, &actor);
  }
  g_array_unref(acts);
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
    .what = "a host makes services, tasks or registry values on other hosts of the network, runs "
            "commands there, or asks for the backdoor of EternalBlue",
    .source = "MITRE ATT&CK T1021.002, T1569.002, T1053.005, T1047: what each does on the wire "
              "(MS-SCMR, MS-TSCH, MS-RRP, MS-WMI); MS-CIFS 2.2.6.15: nobody implements "
              "TRANS2_SESSION_SETUP, only DoublePulsar answers it",
    .clears_if =
        "it is an administrator's host or a deployment system of this network (put it into "
        "an allow list)",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};

/* remote_execution.c - what hosts did to execute something on others, or to take control of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "remote_execution.h"

#include "analysis/basics/observed_pair.h"

#include <string.h>

const HgRemoteTechnique hg_remote_techniques[] = {
    {"smb1-exploit", "asked for the backdoor of EternalBlue (SMBv1 TRANS2_SESSION_SETUP) on", 0.8,
     1, TRUE},
    {"smb1-overflow",
     "sent what EternalBlue overflows SMBv1 with (NT_TRANSACT without a function) to", 0.8, 1,
     TRUE},
    {"remote-shell", "ran commands by a service of PsExec's kind on", 0.7, 1, FALSE},
    {"service-create", "made or changed a service on", 0.6, 1, FALSE},
    {"task", "registered a task on", 0.6, 1, FALSE},
    {"wmi", "ran a method of WMI on", 0.6, 1, FALSE},
    {"registry", "wrote to the registry of", 0.6, 1, FALSE},
    {"service-start", "started a service on", 0.4, 0.5, FALSE},
    {"program", "put a program on a share for administrators of", 0.4, 0.5, FALSE},
    /* Administrators and their tools do this all day. A host that does it to many others is busier
     * than the rest, too, and must not become a suspect even if volume-outlier counts in full. */
    {"session", "logged in on", 0.1, 0.3, FALSE},
    {"admin-share", "used a share for administrators of", 0.2, 0.3, FALSE},
    {0}};

static guint find_technique(const char *subject) {
  guint i = 0;
  while (hg_remote_techniques[i].subject && strcmp(hg_remote_techniques[i].subject, subject) != 0)
    i++;
  return i;
}

static gboolean is_inside(const HgRuleRun *run, guint32 host) {
  const HgScope scope = hg_rule_run_scope(run, host);
  return scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_LINK_LOCAL;
}

static gint compare_executions(gconstpointer a, gconstpointer b) {
  const HgRemoteExecution *x = a, *y = b;
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

/* Adds logins of clients that log in to more hosts than a user does in a day. */
static void gather_sessions(const HgRuleRun *run, GArray *executions, double least) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint by = find_technique("session");
  guint first = executions->len, servers = 0;
  const HgService *last = NULL;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (!is_session(run, service))
      continue;
    if (!last || last->client != service->client) {
      if (servers < least)
        g_array_set_size(executions, first);
      first = executions->len;
      servers = 0;
      last = NULL;
    }
    servers += !last || last->server != service->server;
    last = service;
    const HgRemoteExecution execution = {service->client, service->server, by, service->first_ns,
                                         service->first_frame};
    g_array_append_val(executions, execution);
  }
  if (servers < least)
    g_array_set_size(executions, first);
}

GArray *hg_remote_executions_gather(const HgRuleRun *run, double sessions) {
  const HgTally *tally = hg_rule_run_tally(run);
  GArray *numbers =
      hg_observation_table_of_kind(hg_tally_observations(tally), HG_OBSERVED_REMOTE_CONTROL);
  GArray *executions = g_array_new(FALSE, FALSE, sizeof(HgRemoteExecution));
  for (guint i = 0; i < numbers->len; i++) {
    HgObservedPair pair;
    if (!hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &pair) ||
        pair.client == pair.server)
      continue;
    const HgObservation *o = pair.observation;
    const guint by = find_technique(o->subject);
    if (!hg_remote_techniques[by].subject || !hg_rule_run_is_unicast(run, pair.client) ||
        !is_inside(run, pair.server) ||
        (!is_inside(run, pair.client) && !hg_remote_techniques[by].from_outside))
      continue;
    const HgRemoteExecution execution = {pair.client, pair.server, by, o->traffic.first_ns,
                                         o->traffic.first_frame};
    g_array_append_val(executions, execution);
  }
  g_array_unref(numbers);
  gather_sessions(run, executions, sessions);
  g_array_sort(executions, compare_executions);
  return executions;
}

gboolean hg_remote_execution_takes_control(const HgRemoteExecution *execution) {
  const char *subject = hg_remote_techniques[execution->technique].subject;
  return strcmp(subject, "session") != 0 && strcmp(subject, "admin-share") != 0;
}

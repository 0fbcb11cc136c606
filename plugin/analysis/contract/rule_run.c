/* rule_run.c - what a rule may ask and report while it runs
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "rule_run_private.h"

#include "finding_private.h"

const HgTally *hg_rule_run_tally(const HgRuleRun *run) {
  return run->tally;
}

const HgServiceTable *hg_rule_run_services(const HgRuleRun *run) {
  return run->services;
}

HgScope hg_rule_run_scope(const HgRuleRun *run, guint32 host) {
  return (HgScope)run->scopes[host];
}

gboolean hg_rule_run_is_unicast(const HgRuleRun *run, guint32 host) {
  return hg_scope_is_unicast(hg_rule_run_scope(run, host));
}

guint32 hg_rule_run_device(const HgRuleRun *run, guint32 host) {
  return run->devices[host];
}

const HgRoles *hg_rule_run_roles(const HgRuleRun *run) {
  return run->roles;
}

gboolean hg_rule_run_has_role(const HgRuleRun *run, guint32 host, guint role) {
  return (hg_roles_of(run->roles, host) & role) != 0;
}

const HgArpOwners *hg_rule_run_owners(HgRuleRun *run) {
  if (!*run->owners)
    *run->owners = hg_arp_owners_new(run->tally);
  return *run->owners;
}

const HgOutlyingTimes *hg_rule_run_outlying_times(const HgRuleRun *run) {
  return run->outlying_times;
}

const struct HgAnswers *hg_rule_run_answers(const HgRuleRun *run) {
  return run->answers;
}

const struct HgAllowDenyList *hg_rule_run_deny(const HgRuleRun *run) {
  return run->deny;
}

const struct HgBaseline *hg_rule_run_baseline(const HgRuleRun *run) {
  return run->baseline;
}

double hg_rule_run_parameter(const HgRuleRun *run, const char *name) {
  return hg_rule_parameter_value(run->parameters, run->rule, name);
}

HgFinding *hg_rule_run_report(HgRuleRun *run, guint32 host) {
  HgFinding *finding = hg_finding_new(host, run->rule, run->rule->kind);
  g_ptr_array_add(run->findings, finding);
  return finding;
}

void hg_rule_run_explain_server(const HgRuleRun *run, HgFinding *finding, guint32 server) {
  guint32 first = 0;
  const guint32 count = hg_service_table_of_pair(run->services, finding->host, server, &first);
  for (guint32 i = 0; i < count; i++)
    hg_finding_add_service(finding, first + i);
}

void hg_rule_run_not_assessed(HgRuleRun *run, const char *why) {
  HgNotAssessed *entry = g_new(HgNotAssessed, 1);
  *entry = (HgNotAssessed){run->rule, g_strdup(why)};
  g_ptr_array_add(run->not_assessed, entry);
}

/* rule_run.h - what a rule may ask and report while it runs
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_RULE_RUN_H
#define HG_ANALYSIS_RULE_RUN_H

#include "analysis/basics/arp_owners.h"
#include "analysis/basics/outlying_times.h"
#include "analysis/roles/roles.h"
#include "rule.h"
#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

struct HgAllowDenyList; /* lists/allow_deny_list.h */
struct HgAnswers;       /* measures/answers.h */
struct HgBaseline;      /* baseline/baseline.h */

const HgTally *hg_rule_run_tally(const HgRuleRun *run);
const HgServiceTable *hg_rule_run_services(const HgRuleRun *run);

/* hg_host_scope and hg_host_is_unicast, computed once for all rules. */
HgScope hg_rule_run_scope(const HgRuleRun *run, guint32 host);
gboolean hg_rule_run_is_unicast(const HgRuleRun *run, guint32 host);

/* The host that stands for the device of this host: mostly the host itself, since all IP addresses of a
 * device are one host for the rules; that of the IP address where the host is a MAC; with a baseline,
 * to which addresses are compared one by one, the one that hg_devices_of names. */
guint32 hg_rule_run_device(const HgRuleRun *run, guint32 host);

/* The roles of all hosts. A role exempts a host only from the rule whose evidence it explains:
 * hg_roles_asking and hg_roles_serving tell what it explains. */
const HgRoles *hg_rule_run_roles(const HgRuleRun *run);
/* Whether the host has `role`, or at least one of several that are or-ed. */
gboolean hg_rule_run_has_role(const HgRuleRun *run, guint32 host, guint role);

/* Which MAC owns which IP address. Gathered when the first rule asks, and shared by all. */
const HgArpOwners *hg_rule_run_owners(HgRuleRun *run);

/* Packets whose time cannot be right. */
const HgOutlyingTimes *hg_rule_run_outlying_times(const HgRuleRun *run);

/* Who was answered, when, and where answers could have been seen. */
const struct HgAnswers *hg_rule_run_answers(const HgRuleRun *run);

/* Hosts and domains that nobody should talk to; NULL: there is no such list. */
const struct HgAllowDenyList *hg_rule_run_deny(const HgRuleRun *run);
/* How the tally compares with known-normal traffic; NULL: no baseline was given. Its hosts are those of
 * the run for rules that need a baseline; others may ask about the known-normal side only. */
const struct HgBaseline *hg_rule_run_baseline(const HgRuleRun *run);

/* The value in force. This is a hash look-up: ask once a run, not once a host. A name that the
 * rule's descriptor does not have is a programming error. */
double hg_rule_run_parameter(const HgRuleRun *run, const char *name);

/* A new finding about `host`, owned by the run. The rule fills in strength, evidence, observed,
 * threshold, peers, frames and filter. */
HgFinding *hg_rule_run_report(HgRuleRun *run, guint32 host);

/* The finding explains all that its host did as a client of this server. */
void hg_rule_run_explain_server(const HgRuleRun *run, HgFinding *finding, guint32 server);

/* Says that the rule could not be assessed, and why (one clause, copied). */
void hg_rule_run_not_assessed(HgRuleRun *run, const char *why);

G_END_DECLS
#endif

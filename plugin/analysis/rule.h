/* rule.h - what a suspect rule is
 *
 * A rule is one file in rules/, which ends in one `const HgRule hg_rule_NAME`. The table
 * `hg_rules` is generated from the files there. A rule looks at the tally and reports findings;
 * it keeps no state of its own and may be called for several tallies at once.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_RULE_H
#define HG_ANALYSIS_RULE_H

#include "analysis/baseline/baseline.h"
#include "analysis/lists/allow_deny_list.h"
#include "analysis/measures/arp_owners.h"
#include "analysis/roles/roles.h"
#include "finding.h"
#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* as in set=RULE.NAME=VALUE */
  double value;     /* default */
  double min, max;  /* what is accepted */
  const char *unit; /* "ports", "s", "connections", ... */
  const char *what; /* what it does, one clause */
} HgParameter;

typedef struct HgRuleRun HgRuleRun;

/* What the peers of a rule's findings are to their host, which decides what an allow list says that
 * has all of them. */
typedef enum {
  HG_PEERS_TARGETS,  /* it acted upon them: cleared where the list names this rule, as who trusts a
                        server does not want to miss attacks on it */
  HG_PEERS_PARTNERS, /* the suspicion is of whom it talks to: cleared */
  HG_PEERS_CARRIERS  /* they pass on what the finding is about: never cleared by them */
} HgPeers;

typedef struct HgRule {
  const char *id;                /* "port-scan" */
  const char *title;             /* "Port scan" */
  HgFindingKind kind;            /* of its findings; each may have another */
  double weight;                 /* 0 to 1: what a finding of strength 1 adds to the score */
  const char *const *attack;     /* MITRE ATT&CK technique ids, NULL-terminated */
  const char *what;              /* what fires it, for help and documentation */
  const char *source;            /* where the numbers come from */
  const char *false_positive_if; /* what a reviewer would look for to dismiss a finding */
  HgPeers peers;
  gboolean needs_evidence;       /* cannot be assessed with evidence=no */
  gboolean needs_baseline;       /* cannot be assessed without known-normal traffic */
  const HgParameter *parameters; /* ended by one without a name; NULL: none */

  /* Reports findings through the run. Never blames a host that hg_host_is_unicast denies. Calls
   * hg_rule_not_assessed, instead of staying silent, where the capture cannot show the thing. */
  void (*assess)(HgRuleRun *run);
} HgRule;

/* NULL-terminated, sorted by id. Generated. */
extern const HgRule *const hg_rules[];

/* NULL when there is none. */
const HgRule *hg_rule_find(const char *id);
const HgParameter *hg_rule_find_parameter(const HgRule *rule, const char *name);

/* --- for rules --- */

const HgTally *hg_rule_run_tally(const HgRuleRun *run);
const HgServiceTable *hg_rule_run_services(const HgRuleRun *run);

/* hg_host_scope and hg_host_is_unicast, worked out once for all rules. */
HgScope hg_rule_run_scope(const HgRuleRun *run, guint32 host);
gboolean hg_rule_run_is_unicast(const HgRuleRun *run, guint32 host);

/* What the hosts are for in their network. A role exempts a host from the rule that it explains,
 * from no other; see hg_roles_asking and hg_roles_serving for what it explains. */
const HgRoles *hg_rule_run_roles(const HgRuleRun *run);
/* `role`: one, or several or-ed, of which one is enough. */
gboolean hg_rule_run_has_role(const HgRuleRun *run, guint32 host, guint role);

/* Who speaks for which address: gathered when the first rule asks, for all of them. */
const HgArpOwners *hg_rule_run_owners(HgRuleRun *run);

/* With whom nobody should talk; NULL: there is no such list. */
const HgAllowDenyList *hg_rule_run_deny(const HgRuleRun *run);
/* How the tally compares with known-normal traffic; NULL: none was given. */
const HgBaseline *hg_rule_run_baseline(const HgRuleRun *run);

/* The value in force; a look-up, so ask once a run, not once a host. Asking for a name that the descriptor lacks is a programmer's error. */
double hg_rule_run_parameter(const HgRuleRun *run, const char *name);

/* A new finding about `host`, owned by the run; the rule fills in strength, evidence, measured,
 * threshold, peers, frames and filter. */
HgFinding *hg_rule_run_report(HgRuleRun *run, guint32 host);

/* Says that the rule could not be assessed, and why (one clause, copied). */
void hg_rule_run_not_assessed(HgRuleRun *run, const char *why);

G_END_DECLS
#endif

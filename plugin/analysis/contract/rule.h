/* rule.h - what a suspect rule is
 *
 * A rule is one file in rules/, which ends in one `const HgRule hg_rule_NAME`. The table of all
 * rules is generated from the files there (see rules/all_rules.h). A rule reads the tally and
 * reports findings through its run (see rule_run.h). It keeps no state of its own and may be called
 * for several tallies at once.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_RULE_H
#define HG_ANALYSIS_RULE_H

#include "finding.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* as in set=RULE.NAME=VALUE */
  double value;     /* default */
  double min, max;  /* accepted range */
  const char *unit; /* "ports", "s", "connections", ... */
  const char *what; /* what the parameter does, one clause */
} HgParameter;

typedef struct HgRuleRun HgRuleRun;

/* What the peers of a finding are to its host. This decides whether an allow list that holds all of
 * the peers suppresses the finding. */
typedef enum {
  HG_PEERS_TARGETS,  /* The host acted upon them. Suppressed only by entries that name this rule:
                        somebody who trusts a server still wants to see attacks on it. */
  HG_PEERS_PARTNERS, /* The host is suspicious because it talks to them. Suppressed. */
  HG_PEERS_CARRIERS  /* They only pass on what the finding is about. Never suppressed by them. */
} HgPeers;

typedef struct HgRule {
  const char *id;            /* "port-scan" */
  const char *title;         /* "Port scan" */
  HgFindingKind kind;        /* kind of its findings; a finding may have another one */
  double weight;             /* 0 to 1: how much a finding of strength 1 adds to the score */
  const char *const *attack; /* MITRE ATT&CK technique ids, NULL-terminated */
  const char *what;          /* when the rule fires, for help and documentation */
  const char *source;        /* where the numbers come from */
  /* what makes a finding a false positive: a reviewer looks for this */
  const char *false_positive_if;
  HgPeers peers;
  gboolean gives_way;      /* it goes by times and sizes alone: what another suspicion about the
                                    host explains is not its finding, see explanations.h */
  gboolean needs_evidence; /* not assessed with evidence=no */
  gboolean needs_baseline; /* not assessed without a baseline */
  gboolean needs_times;    /* not assessed where packets have no times */
  gboolean needs_home;     /* not assessed where nothing tells inside from outside */
  const HgParameter *parameters; /* ended by an entry without a name; NULL: none */

  /* Reports findings through the run. Never blames a host for which hg_host_is_unicast is FALSE.
   * Where the capture cannot show what the rule looks for, it calls hg_rule_run_not_assessed
   * instead of staying silent. */
  void (*assess)(HgRuleRun *run);
} HgRule;

/* The rule of `rules` (NULL-terminated) with this id; NULL: none of them has it. */
const HgRule *hg_rule_find_among(const HgRule *const *rules, const char *id);

/* NULL: the rule has no such parameter. */
const HgParameter *hg_rule_find_parameter(const HgRule *rule, const char *name);

/* The value of the rule's parameter in `parameters` (HgParameter -> double: those that were set);
 * if it is not there, its default. The rule must have the parameter. */
double hg_rule_parameter_value(GHashTable *parameters, const HgRule *rule, const char *name);

G_END_DECLS
#endif

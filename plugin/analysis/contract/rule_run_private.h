/* rule_run_private.h - what the analysis fills in before it runs a rule
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_RULE_RUN_PRIVATE_H
#define HG_ANALYSIS_RULE_RUN_PRIVATE_H

#include "rule_run.h"

G_BEGIN_DECLS

struct HgRuleRun {
  const HgRule *rule;
  const HgTally *tally;
  const HgServiceTable *services;
  const guint8 *scopes; /* HgScope by host */
  const HgRoles *roles;
  const HgOutlyingTimes *outlying_times;
  const guint32 *devices;            /* by host: the one that stands for its device */
  HgArpOwners **owners;              /* shared by all rules, owned by the analysis; NULL at first */
  const struct HgAnswers *answers;   /* measures/answers.h */
  const struct HgBaseline *baseline; /* NULL: none was given */
  const struct HgAllowDenyList *deny; /* NULL: there is none */
  GHashTable *parameters;             /* HgParameter -> double: those that were set; borrowed */
  GPtrArray *findings;                /* HgFinding; owned by the analysis */
  GPtrArray *not_assessed;            /* HgNotAssessed; owned by the analysis */
};

G_END_DECLS
#endif

/* rule_run.h - one run of one rule: what it reads, and where its findings go
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_RULE_RUN_H
#define HG_ANALYSIS_RULE_RUN_H

#include "analysis.h"

G_BEGIN_DECLS

struct HgRuleRun {
  const HgRule *rule;
  const HgTally *tally;
  const HgServiceTable *services;
  const guint8 *scopes; /* HgScope by host */
  const HgRoles *roles;
  HgArpOwners **owners;       /* of all rules; the analysis owns them; NULL until one asks */
  const HgBaseline *baseline; /* NULL: none was given */
  const HgAnalysisOptions *options;
  GPtrArray *findings;     /* HgFinding; the analysis owns it */
  GPtrArray *not_assessed; /* HgNotAssessed; the analysis owns it */
};

G_END_DECLS
#endif

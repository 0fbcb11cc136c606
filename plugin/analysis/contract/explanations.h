/* explanations.h - of two findings about the same packets, the one that explains them speaks
 *
 * Passwords that are guessed every minute, or ports that are tried by the clock, are as regular as a
 * beacon. They are not two things: the guessing says what the packets are, the times only how they came.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_EXPLANATIONS_H
#define HG_ANALYSIS_EXPLANATIONS_H

#include "tally/services/service.h"

G_BEGIN_DECLS

/* Removes findings of rules that give way (see HgRule.gives_way) from `findings` (HgFinding) where another
 * suspicion about the host explains more than half of the packets at their services; the evidence of the
 * one that explains most of them says what it also looks like. `services`: those that the findings have
 * numbers of. */
void hg_explanations_settle(GPtrArray *findings, const HgServiceTable *services);

G_END_DECLS
#endif

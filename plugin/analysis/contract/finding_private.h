/* finding_private.h - makes findings; rules do it through hg_rule_run_report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FINDING_PRIVATE_H
#define HG_ANALYSIS_FINDING_PRIVATE_H

#include "finding.h"

G_BEGIN_DECLS

/* A finding with empty texts and lists. (transfer full) */
HgFinding *hg_finding_new(guint32 host, const struct HgRule *rule, HgFindingKind kind);

/* Gives its hosts other numbers: `numbers` by host. Peers that become one are kept once; a list that
 * was full stays cut. */
void hg_finding_renumber(HgFinding *finding, const guint32 *numbers);

/* A copy about the hosts that others became: `becomes` by host number. (transfer full) */
HgFinding *hg_finding_fold(const HgFinding *finding, const guint32 *becomes);

G_END_DECLS
#endif

/* known_dhcp.h - the DHCP servers of known-normal traffic, and the settings that they gave
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_KNOWN_DHCP_H
#define HG_ANALYSIS_KNOWN_DHCP_H

#include "analysis/contract/rule_run.h"
#include "baseline.h"

G_BEGIN_DECLS

/* Both are empty if there is no baseline of this network, or if it shows no DHCP, so that nothing
 * is known about its servers. */
typedef struct {
  GHashTable *servers;  /* set of HgAddress, borrowed */
  GHashTable *settings; /* set of texts, borrowed */
} HgKnownDhcp;

void hg_known_dhcp_init(HgKnownDhcp *known, HgRuleRun *run);
void hg_known_dhcp_clear(HgKnownDhcp *known);

G_END_DECLS
#endif

/* known_dhcp.h - the DHCP servers of known-normal traffic, and what they gave
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_KNOWN_DHCP_H
#define HG_ANALYSIS_KNOWN_DHCP_H

#include "analysis/contract/rule_run.h"
#include "baseline.h"

G_BEGIN_DECLS

/* Both empty where no baseline of this network was given, or where it shows no DHCP: then it tells
 * nothing about who serves it. */
typedef struct {
  GHashTable *servers;  /* set of HgAddress, borrowed */
  GHashTable *settings; /* set of texts, borrowed */
} HgKnownDhcp;

void hg_known_dhcp_init(HgKnownDhcp *known, HgRuleRun *run);
void hg_known_dhcp_clear(HgKnownDhcp *known);

G_END_DECLS
#endif

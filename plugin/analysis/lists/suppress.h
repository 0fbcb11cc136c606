/* suppress.h - which findings an allow list suppresses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SUPPRESS_H
#define HG_ANALYSIS_SUPPRESS_H

#include "allow_deny_list.h"
#include "analysis/basics/devices.h"
#include "analysis/contract/finding.h"
#include "tally/tally.h"

G_BEGIN_DECLS

/* The entry that suppresses the finding; NULL: none does. A finding is suppressed if the list has
 * its host, its domain, or all of its peers (as HgPeers allows). A host is listed by an address, a MAC
 * or a name of its device. If a finding has more peers than it can hold, the peers
 * suppress nothing, because not all are known. */
const HgListEntry *hg_suppress_find(const HgAllowDenyList *allow, const HgTally *tally,
                                    const HgDevices *devices, const HgFinding *finding);

/* The entry that lists the host, by address (also an alias), MAC or name; NULL: none does. `named` as in
 * hg_allow_deny_list_address. */
const HgListEntry *hg_suppress_find_host(const HgAllowDenyList *list, const HgTally *tally,
                                         guint32 host, const struct HgRule *rule, gboolean named);

G_END_DECLS
#endif

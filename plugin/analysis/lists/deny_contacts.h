/* deny_contacts.h - who had to do with what a deny list names, and who of the two is accountable
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_CONTACTS_H
#define HG_ANALYSIS_DENY_CONTACTS_H

#include "deny_search.h"

G_BEGIN_DECLS

/* Sorted by host, how, first frame, peer, name. Who began is accountable; where the start was not
 * captured only the listed one is. What a client's roles make it ask for (a resolver's name servers)
 * and questions that a resolver passes on are not its own. (transfer full, HgDenyContact) */
GArray *hg_deny_contacts_new(const HgRuleRun *run, const HgAllowDenyList *list);

G_END_DECLS
#endif

/* deny_contacts.h - finds hosts that had contact with what a deny list names, and tells which of
 * the two is accountable
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_CONTACTS_H
#define HG_ANALYSIS_DENY_CONTACTS_H

#include "deny_search.h"

G_BEGIN_DECLS

/* Sorted by host, how, first frame, peer, name. The host that began is accountable; if the start
 * was not captured, only the listed host is. Requests that follow from a client's role (a
 * resolver's queries to name servers) and queries that a resolver forwards are not counted as its
 * own. (transfer full, HgDenyContact) */
GArray *hg_deny_contacts_new(const HgRuleRun *run, const HgAllowDenyList *list);

G_END_DECLS
#endif

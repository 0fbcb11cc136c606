/* deny_names.h - finds hosts that had contact with names on a deny list: steps of
 * hg_deny_contacts_new
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_NAMES_H
#define HG_ANALYSIS_DENY_NAMES_H

#include "deny_search.h"

G_BEGIN_DECLS

/* Finds hosts that asked resolvers for listed names. */
void hg_deny_find_queries(HgDenySearch *search);

/* Finds hosts that named a listed site, in TLS or HTTP, to a server that has other names, too. */
void hg_deny_find_sites(HgDenySearch *search);

G_END_DECLS
#endif

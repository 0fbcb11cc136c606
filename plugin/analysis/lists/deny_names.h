/* deny_names.h - who had to do with names that a deny list has; steps of hg_deny_contacts_new
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_NAMES_H
#define HG_ANALYSIS_DENY_NAMES_H

#include "deny_search.h"

G_BEGIN_DECLS

/* Who asked resolvers for listed names. */
void hg_deny_look_at_queries(HgDenySearch *search);

/* Who asked servers that have other names, too, for listed ones, in TLS or HTTP. */
void hg_deny_look_at_sites(HgDenySearch *search);

G_END_DECLS
#endif

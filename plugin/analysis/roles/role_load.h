/* role_load.h - how much of the traffic that hosts send is explained by their roles
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ROLE_LOAD_H
#define HG_ANALYSIS_ROLE_LOAD_H

#include "roles.h"

G_BEGIN_DECLS

typedef struct {
  guint64 packets, bytes; /* sent in services that hg_roles_serving or hg_roles_asking explain */
  guint32 peers;          /* peers to which it sent in such services only */
} HgRoleLoad;

/* By host number. No value exceeds what the host sent. (transfer full, g_free) */
HgRoleLoad *hg_role_loads_new(const HgTally *tally, const HgServiceTable *services,
                              const HgRoles *roles);

G_END_DECLS
#endif

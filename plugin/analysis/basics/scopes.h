/* scopes.h - the scope of every host, computed once because rules and traces ask for it all the
 * time
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SCOPES_H
#define HG_ANALYSIS_SCOPES_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

/* hg_host_scope by host number. (transfer full, g_free) */
guint8 *hg_scopes_new(const HgTally *tally);

/* FALSE: external hosts have services with each other, and no internal IP host takes part in any: the
 * capture is of somebody's network, and nothing tells of whose. */
gboolean hg_scopes_know_home(const HgTally *tally, const HgServiceTable *services,
                             const guint8 *scopes);

G_END_DECLS
#endif

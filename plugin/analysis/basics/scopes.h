/* scopes.h - the scope of every host, computed once because rules and traces ask for it all the
 * time
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SCOPES_H
#define HG_ANALYSIS_SCOPES_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* hg_host_scope by host number. (transfer full, g_free) */
guint8 *hg_scopes_new(const HgTally *tally);

G_END_DECLS
#endif

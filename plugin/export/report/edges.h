/* edges.h - conversations as directed edges, in the order of exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_EDGES_H
#define HG_EXPORT_EDGES_H

#include "report.h"

G_BEGIN_DECLS

/* Every direction with packets between two known hosts, and every tunnel (`tunnels`: HgTunnel): HgEdge, one a
 * direction, sorted by the rank of source, then target. `ranks` by host number. (transfer full) */
GArray *hg_edges_new(const HgAnalysis *analysis, const GArray *tunnels, const guint32 *ranks);

G_END_DECLS
#endif

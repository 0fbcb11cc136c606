/* vlans.h - the VLANs of hosts and edges
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_VLANS_H
#define HG_EXPORT_VLANS_H

#include "report.h"

G_BEGIN_DECLS

/* The VLANs of the packets of an edge's conversation in its direction, or of all that a host sent or received:
 * "20", "100.20" (hg_vlan_text), by number, once each. (transfer full) */
char **hg_vlans_of_edge(const HgReport *report, const HgEdge *edge);
char **hg_vlans_of_host(const HgReport *report, guint32 host);

G_END_DECLS
#endif

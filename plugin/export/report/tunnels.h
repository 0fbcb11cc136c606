/* tunnels.h - the tunnels between hosts: who carries other hosts' packets to whom
 *
 * The outer addresses of a packet within a packet are not in the packet list, so these packets are counted
 * nowhere else under them; those that are in the tunnels are counted under the inner addresses.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TUNNELS_H
#define HG_EXPORT_TUNNELS_H

#include "report.h"

G_BEGIN_DECLS

/* Packets of one protocol of tunnels, from `source` to `target`. */
typedef struct HgTunnel {
  guint32 source, target;           /* host numbers */
  const HgObservation *observation; /* subject: protocol; traffic: packets and bytes of frames */
} HgTunnel;

/* Sorted by source and target (host numbers), then protocol: a new GArray of HgTunnel (transfer full). */
GArray *hg_tunnels_new(const HgTally *tally);

/* The first tunnel from `source` to `target`, and how many follow each other there; 0: none. */
guint hg_tunnels_of_pair(const GArray *tunnels, guint32 source, guint32 target, guint *first);

G_END_DECLS
#endif

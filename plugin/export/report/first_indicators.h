/* first_indicators.h - the first indicator of each suspect: when it first did what makes it a
 * suspect
 *
 * Hosts that could have infected a suspect must have reached it before that time. Afterwards, the
 * suspect's own actions make other hosts answer, and every host that answers could have reached
 * it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_FIRST_INDICATORS_H
#define HG_EXPORT_FIRST_INDICATORS_H

#include "report.h"

G_BEGIN_DECLS

/* Host number -> HgFirstIndicator (owned) of every suspect by the rules. The first indicator is the
 * first frame of its findings; weak findings, which may cover everything that a host does, count
 * only if no finding makes it a suspect alone. The time is that of the contact in this frame. If
 * the frame is no contact (ARP, multicast) or lies inside a run of packets, it is the earliest time
 * known to follow. Time: one pass over the contact log. (transfer full) */
GHashTable *hg_first_indicators_new(const HgAnalysis *analysis);

G_END_DECLS
#endif

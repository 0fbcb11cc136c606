/* first_indicators.h - when suspects first did what makes them suspects
 *
 * Where something came from has to have come before that: what suspects do afterwards makes others
 * answer, and whoever answers could have reached them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_FIRST_INDICATORS_H
#define HG_EXPORT_FIRST_INDICATORS_H

#include "report.h"

G_BEGIN_DECLS

/* Host number -> HgFirstIndicator (owned) of every suspect that rules found. The first sign is the first
 * frame of its findings; weak ones, which may speak of all that a host does, count only where no
 * finding makes it a suspect alone. Its time is that of the frame's contact; of a frame that is no
 * contact (ARP, to a group) or stands inside a run of packets, of the earliest one known to follow.
 * Time: one pass over the contact log. (transfer full) */
GHashTable *hg_first_indicators_new(const HgAnalysis *analysis);

G_END_DECLS
#endif

/* missing_times.h - whether packets have the times that windows, intervals and durations need
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_MISSING_TIMES_H
#define HG_ANALYSIS_MISSING_TIMES_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* Why nothing is to be concluded from times, one clause; NULL: something is. Packets without a time
 * stand at that of a neighbour, so many of them look like a burst. */
const char *hg_missing_times(const HgTally *tally);

G_END_DECLS
#endif

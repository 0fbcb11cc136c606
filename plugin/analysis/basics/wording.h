/* wording.h - numbers and times in the words of evidence, independent of the locale
 *
 * All functions return a new string (transfer full).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_WORDING_H
#define HG_ANALYSIS_WORDING_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* A number with at most `decimals` decimals and without trailing zeros: "0.83", "15", "1200000". */
char *hg_wording_number(double number, guint decimals);

/* A span of time in the unit that suits it: "350 ms", "2 s", "12.5 min", "3.2 h", "4 days". */
char *hg_wording_span(gint64 nanoseconds);
/* From `first` to `last` in the same form; "an unknown time" where one of them is HG_TIME_NONE. */
char *hg_wording_period(gint64 first, gint64 last);

/* The first few of the hosts (guint32 numbers) by address: "10.0.0.1, 10.0.0.2 and 23 others". */
char *hg_wording_hosts(const HgTally *tally, const GArray *hosts, guint total);

G_END_DECLS
#endif

/* statistics.h - the few robust statistics that rules share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_STATISTICS_H
#define HG_ANALYSIS_STATISTICS_H

#include "tally/types/packet_time.h"

G_BEGIN_DECLS

/* Lists are GArrays of double. */
void hg_statistics_sort(GArray *values);

/* The median of a sorted list that is not empty. */
double hg_statistics_median(const GArray *sorted);
/* Medians of the lower half, the whole list and the upper half; the middle value of an odd number
 * is in neither half. */
void hg_statistics_quartiles(const GArray *sorted, double *q1, double *q2, double *q3);

/* Median and mean of the absolute deviations from `centre`. */
double hg_statistics_median_deviation(const GArray *values, double centre);
double hg_statistics_mean_deviation(const GArray *values, double centre);

/* The scale of Iglewicz and Hoaglin's modified z-score, which is (value - median) / scale: MAD /
 * 0.6745. If the MAD is 0 (most values equal), it is the mean deviation scaled likewise for normal
 * data. 0: all values are equal. */
double hg_statistics_outlier_scale(const GArray *values, double median);

/* The largest number of these times (sorted gint64, ns) within any window of `window_ns`. */
guint hg_statistics_busiest(const GArray *times, gint64 window_ns);

/* z-score of the difference between two shares, x of n before and y of m now, under the hypothesis
 * that they are the same (pooled variance; Fleiss, "Statistical Methods for Rates and
 * Proportions"). Positive: the share is larger now. 0: the approximation does not hold, because
 * fewer than 5 are expected in a cell (Cochran 1954). */
double hg_statistics_share_z(guint64 x, guint64 n, guint64 y, guint64 m);
/* The odds ratio: the odds of the share now over the odds before, with half a count added to each
 * cell so that 0 has one, too (Haldane 1956, Anscombe 1956). */
double hg_statistics_share_odds(guint64 x, guint64 n, guint64 y, guint64 m);

/* The strength of a finding, from how far a count exceeds its threshold: 0.6 at the threshold
 * (which just makes a suspect with the weight of 0.9 that such rules have), 1 from ten times the
 * threshold on. */
double hg_statistics_strength(double observed, double threshold);

G_END_DECLS
#endif

/* statistics.h - the few robust statistics that rules share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_STATISTICS_H
#define HG_ANALYSIS_STATISTICS_H

#include <glib.h>

G_BEGIN_DECLS

/* Lists are GArrays of double. */
void hg_statistics_sort(GArray *values);

/* Of a sorted list that is not empty. */
double hg_statistics_median(const GArray *sorted);
/* Medians of the lower and the upper half; the middle one of an odd number is in neither. */
void hg_statistics_quartiles(const GArray *sorted, double *q1, double *q2, double *q3);

/* Median and mean of the absolute deviations from `centre`. */
double hg_statistics_median_deviation(const GArray *values, double centre);
double hg_statistics_mean_deviation(const GArray *values, double centre);

/* The scale of Iglewicz and Hoaglin's modified z-score, which is (value - median) / scale: the MAD
 * over 0.6745, or, with a MAD of 0 (most values alike), the mean deviation scaled in the same way for
 * normal data. 0 when all values are alike. */
double hg_statistics_outlier_scale(const GArray *values, double median);

/* The most of these times (sorted gint64, ns) that lie within any `window_ns`. */
guint hg_statistics_busiest(const GArray *times, gint64 window_ns);

/* z-score of the difference between two shares, x of n before and y of m now, under the hypothesis
 * that they are one (pooled variance; Fleiss, "Statistical Methods for Rates and Proportions").
 * Positive: more now. 0 where the approximation does not hold: fewer than 5 expected in a cell
 * (Cochran 1954). */
double hg_statistics_share_z(guint64 x, guint64 n, guint64 y, guint64 m);
/* How many times the odds of the share before those of the share now are (odds ratio with half a
 * count added to each cell, so that 0 has one: Haldane 1956, Anscombe 1956). */
double hg_statistics_share_odds(guint64 x, guint64 n, guint64 y, guint64 m);

/* How far past its threshold a count is, as a finding's strength: 0.6 at the threshold (which with
 * the weight of 0.9 that such rules have makes a suspect just so), 1 from ten times it on. */
double hg_statistics_strength(double observed, double threshold);

G_END_DECLS
#endif

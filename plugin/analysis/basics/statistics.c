/* statistics.c - the few robust statistics that rules share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "statistics.h"

#include <math.h>

#define AT(values, i) g_array_index(values, double, i)

static gint compare(gconstpointer a, gconstpointer b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

void hg_statistics_sort(GArray *values) {
  g_array_sort(values, compare);
}

/* The median of `length` values from index `first` on. */
static double median_of(const GArray *sorted, guint first, guint length) {
  const guint middle = first + length / 2;
  if (length % 2)
    return AT(sorted, middle);
  return (AT(sorted, middle - 1) + AT(sorted, middle)) / 2;
}

double hg_statistics_median(const GArray *sorted) {
  g_return_val_if_fail(sorted->len > 0, 0);
  return median_of(sorted, 0, sorted->len);
}

void hg_statistics_quartiles(const GArray *sorted, double *q1, double *q2, double *q3) {
  g_return_if_fail(sorted->len > 1);
  const guint half = sorted->len / 2;
  *q1 = median_of(sorted, 0, half);
  *q2 = hg_statistics_median(sorted);
  *q3 = median_of(sorted, sorted->len - half, half);
}

double hg_statistics_median_deviation(const GArray *values, double centre) {
  GArray *deviations = g_array_sized_new(FALSE, FALSE, sizeof(double), values->len);
  for (guint i = 0; i < values->len; i++) {
    const double deviation = fabs(AT(values, i) - centre);
    g_array_append_val(deviations, deviation);
  }
  hg_statistics_sort(deviations);
  const double median = hg_statistics_median(deviations);
  g_array_free(deviations, TRUE);
  return median;
}

double hg_statistics_mean_deviation(const GArray *values, double centre) {
  g_return_val_if_fail(values->len > 0, 0);
  double sum = 0;
  for (guint i = 0; i < values->len; i++)
    sum += fabs(AT(values, i) - centre);
  return sum / values->len;
}

double hg_statistics_outlier_scale(const GArray *values, double median) {
  const double mad = hg_statistics_median_deviation(values, median);
  return mad > 0 ? mad / 0.6745 : hg_statistics_mean_deviation(values, median) * 1.253314;
}

guint hg_statistics_busiest(const GArray *times, gint64 window_ns) {
  guint most = 0;
  for (guint first = 0, last = 0; last < times->len; last++) {
    const gint64 now = g_array_index(times, gint64, last);
    while (first < last && hg_time_distance(g_array_index(times, gint64, first), now) > window_ns)
      first++;
    most = MAX(most, last - first + 1);
  }
  return most;
}

/* The smallest expected count of each cell of the two-by-two table. */
#define EXPECTED_LEAST 5

double hg_statistics_share_z(guint64 x, guint64 n, guint64 y, guint64 m) {
  if (n == 0 || m == 0)
    return 0;
  const double before = (double)n, now = (double)m;
  const double pooled = MIN(1, ((double)x + (double)y) / (before + now));
  if (MIN(before, now) * MIN(pooled, 1 - pooled) < EXPECTED_LEAST)
    return 0;
  return ((double)y / now - (double)x / before) /
         sqrt(pooled * (1 - pooled) * (1 / before + 1 / now));
}

double hg_statistics_share_odds(guint64 x, guint64 n, guint64 y, guint64 m) {
  const double before = ((double)x + 0.5) / ((double)(n - MIN(x, n)) + 0.5);
  const double now = ((double)y + 0.5) / ((double)(m - MIN(y, m)) + 0.5);
  return now / before;
}

double hg_statistics_strength(double observed, double threshold) {
  if (observed <= threshold || threshold <= 0)
    return 0.6;
  return MIN(1, 0.6 + 0.4 * log10(observed / threshold));
}

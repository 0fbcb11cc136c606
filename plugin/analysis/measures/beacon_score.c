/* beacon_score.c - how much a series of connections is like a beacon: RITA's score
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "beacon_score.h"

#include "analysis/basics/statistics.h"

#include <math.h>

/* RITA's defaults. */
#define BINS 24
/* A browser opens at most 6 connections to a server at once. */
#define MAX_PER_CALL 6
#define MIN_GAPS 3
#define MIN_SKEWED_RANGE 10   /* a smaller interquartile range (s, bytes) counts as no skew */
#define MODE_SENSITIVITY 0.05 /* of the highest bar: bars this close count as equal */
#define BIMODAL_MIN_BARS 11
#define BIMODAL_OUTLIERS 1
#define DURATION_MIN_BARS 6
#define DURATION_IDEAL_RUN 12.0

static double round3(double value) {
  return round(value * 1000) / 1000;
}

static double ceil3(double value) {
  return ceil(value * 1000) / 1000;
}

/* 1 - |Bowley's skewness|. */
static double symmetry(const GArray *sorted) {
  double q1, q2, q3;
  hg_statistics_quartiles(sorted, &q1, &q2, &q3);
  if (q3 - q1 < MIN_SKEWED_RANGE || q2 == q1 || q2 == q3)
    return 1;
  return 1 - fabs((q1 + q3 - 2 * q2) / (q3 - q1));
}

static double steadiness(const GArray *sorted, double if_zero) {
  const double median = hg_statistics_median(sorted);
  if (median <= 0)
    return if_zero;
  return MAX(0, (median - hg_statistics_median_deviation(sorted, median)) / median);
}

static double regularity(const GArray *sorted, double if_zero) {
  return round3((symmetry(sorted) + steadiness(sorted, if_zero)) / 2);
}

/* The gaps (beacon intervals), sorted, without zeros. */
static GArray *gaps_of(const GArray *starts) {
  GArray *gaps = g_array_new(FALSE, FALSE, sizeof(double));
  for (guint i = 1; i < starts->len; i++) {
    const gint64 gap =
        hg_time_span(g_array_index(starts, gint64, i - 1), g_array_index(starts, gint64, i));
    const double seconds = (double)gap / 1e9;
    if (gap > 0)
      g_array_append_val(gaps, seconds);
  }
  hg_statistics_sort(gaps);
  return gaps;
}

/* --- histogram --- */

typedef struct {
  guint bar[BINS];
  guint bars; /* bars that are not empty */
  guint highest;
  guint longest_run; /* longest run of bars that are not empty; the end joins the start */
} Histogram;

static void histogram_fill(Histogram *h, const GArray *starts, gint64 first, gint64 last) {
  *h = (Histogram){0};
  const double step = (double)hg_time_span(first, last) / BINS;
  for (guint i = 0; i < starts->len; i++) {
    const double bin = floor((double)hg_time_span(first, g_array_index(starts, gint64, i)) / step);
    h->bar[(int)CLAMP(bin, 0, BINS - 1)]++;
  }
  guint run = 0;
  for (guint i = 0; i < 2 * BINS; i++) {
    run = h->bar[i % BINS] ? run + 1 : 0;
    h->longest_run = MIN(MAX(h->longest_run, run), BINS);
  }
  for (guint i = 0; i < BINS; i++) {
    h->bars += h->bar[i] > 0;
    h->highest = MAX(h->highest, h->bar[i]);
  }
}

/* 1 - coefficient of variation. */
static double flatness(const Histogram *h, guint connections) {
  const double mean = (double)connections / BINS;
  double sum = 0;
  for (guint i = 0; i < BINS; i++)
    sum += (h->bar[i] - mean) * (h->bar[i] - mean);
  return round3(MAX(0, 1 - sqrt(sum / BINS) / mean));
}

/* The share of bars that have one of the two most frequent heights. */
static double bimodal_fit(const Histogram *h) {
  guint alike[BINS] = {0}, most = 0, second = 0;
  if (h->bars < BIMODAL_MIN_BARS)
    return 0;
  const double width = ceil(h->highest * MODE_SENSITIVITY);
  for (guint i = 0; i < BINS; i++)
    if (h->bar[i])
      alike[(guint)MIN(floor(h->bar[i] / width), BINS - 1)]++;
  for (guint i = 0; i < BINS; i++) {
    if (alike[i] > most) {
      second = most;
      most = alike[i];
    } else {
      second = MAX(second, alike[i]);
    }
  }
  return round3(MIN(1, (double)(most + second) / (h->bars - BIMODAL_OUTLIERS)));
}

static double duration_score(const Histogram *h, double coverage) {
  if (h->bars < DURATION_MIN_BARS)
    return 0;
  return MIN(1, MAX(ceil3(coverage), ceil3(h->longest_run / DURATION_IDEAL_RUN)));
}

gboolean hg_beacon_score(const GArray *starts, GArray *sizes, gint64 span_first, gint64 span_last,
                         HgBeaconScore *score) {
  g_return_val_if_fail(starts->len == sizes->len, FALSE);
  GArray *gaps = gaps_of(starts);
  const gboolean enough = gaps->len >= MIN_GAPS && hg_time_span(span_first, span_last) > 0;
  if (enough) {
    Histogram histogram;
    const gint64 first = g_array_index(starts, gint64, 0);
    const gint64 last = g_array_index(starts, gint64, starts->len - 1);
    hg_statistics_sort(sizes);
    histogram_fill(&histogram, starts, span_first, span_last);
    score->median_gap = hg_statistics_median(gaps);
    score->gaps = regularity(gaps, 1);
    score->sizes = regularity(sizes, 0);
    score->histogram = MAX(flatness(&histogram, starts->len), bimodal_fit(&histogram));
    score->duration = duration_score(&histogram, (double)hg_time_span(first, last) /
                                                     (double)hg_time_span(span_first, span_last));
    score->total = round3((score->gaps + score->sizes + score->histogram + score->duration) / 4);
  }
  g_array_free(gaps, TRUE);
  return enough;
}

double hg_beacon_evenness(const GArray *starts) {
  GArray *gaps = gaps_of(starts);
  double evenness = 0;
  if (gaps->len >= MIN_GAPS) {
    const double median = hg_statistics_median(gaps);
    evenness = MAX(0, 1 - hg_statistics_mean_deviation(gaps, median) / median);
  }
  g_array_free(gaps, TRUE);
  return evenness;
}

/* --- rests --- */

#define REST_LEAST_NS (G_GINT64_CONSTANT(3600) * 1000000000)
#define REST_GAPS 10 /* a jitter of 100% makes gaps of twice the median */
#define WAKING_STARTS 5

static gint64 gap_before(const GArray *starts, guint i) {
  return hg_time_span(g_array_index(starts, gint64, i - 1), g_array_index(starts, gint64, i));
}

/* Whether each time between two rests has enough starts. `*rests`: how many there are. */
static gboolean is_awake_in_turns(const GArray *starts, gint64 rest_ns, guint *rests) {
  guint awake = 0;
  *rests = 0;
  for (guint i = 0; i < starts->len; i++) {
    if (i > 0 && gap_before(starts, i) >= rest_ns) {
      if (awake < WAKING_STARTS)
        return FALSE;
      awake = 0;
      ++*rests;
    }
    awake++;
  }
  return *rests > 0 && awake >= WAKING_STARTS;
}

guint hg_beacon_cut_rests(GArray *starts, gint64 *span_first, gint64 *span_last) {
  GArray *gaps = gaps_of(starts);
  const gint64 median_ns = gaps->len > 0 ? (gint64)(hg_statistics_median(gaps) * 1e9) : 0;
  const gint64 rest_ns = MAX(REST_LEAST_NS, REST_GAPS * MIN(median_ns, G_MAXINT64 / REST_GAPS));
  gint64 cut = 0;
  guint rests;
  g_array_free(gaps, TRUE);
  if (!is_awake_in_turns(starts, rest_ns, &rests))
    return 0;
  const gint64 begin = g_array_index(starts, gint64, 0);
  const gint64 end = g_array_index(starts, gint64, starts->len - 1);
  for (guint i = 1; i < starts->len; i++) {
    gint64 *start = &g_array_index(starts, gint64, i);
    const gint64 gap = hg_time_span(g_array_index(starts, gint64, i - 1) + cut, *start);
    cut += gap >= rest_ns ? gap - median_ns : 0;
    *start -= cut;
  }
  if (hg_time_span(*span_first, begin) >= rest_ns)
    *span_first = begin - median_ns;
  *span_last = hg_time_span(end, *span_last) >= rest_ns ? end + median_ns - cut : *span_last - cut;
  return rests;
}

double hg_beacon_chance(guint calls) {
  return MAX(0, 0.8 / MAX(calls, 1) - 0.015);
}

double hg_beacon_regularity(const GArray *starts, gint64 together_ns, guint *count) {
  GArray *calls = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (guint i = 0; i < starts->len; i++) {
    const gint64 start = g_array_index(starts, gint64, i);
    if (i == 0 || hg_time_distance(g_array_index(starts, gint64, i - 1), start) > together_ns)
      g_array_append_val(calls, start);
  }
  const GArray *used = calls->len * MAX_PER_CALL >= starts->len ? calls : starts;
  GArray *gaps = gaps_of(used);
  *count = used->len;
  const double score = gaps->len >= MIN_GAPS ? regularity(gaps, 1) : 0;
  g_array_free(gaps, TRUE);
  g_array_free(calls, TRUE);
  return score;
}

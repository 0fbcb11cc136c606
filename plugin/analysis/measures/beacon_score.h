/* beacon_score.h - how regular (beacon-like) a series of connections is: RITA's score
 *
 * RITA v5 (github.com/activecm/rita, analysis/beacons.go). One thing differs: gaps (beacon
 * intervals) are not cut to whole seconds, because a capture may last minutes where RITA looks at
 * a day.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BEACON_SCORE_H
#define HG_ANALYSIS_BEACON_SCORE_H

#include <glib.h>

G_BEGIN_DECLS

/* Each 0 to 1; the total is their mean. Rounded to 3 decimals, as RITA does. */
typedef struct {
  double gaps;      /* regular gaps between connections: little jitter */
  double sizes;     /* regular sizes */
  double histogram; /* as many connections in each part of the time span, or two levels of them */
  double duration;  /* connections over most of the time span, or without a break */
  double total;
  double median_gap; /* seconds */
} HgBeaconScore;

/* `starts`: gint64 ns, ascending. `sizes`: double, bytes that the client sent, as many as starts
 * (sorted here). The span is the time that the capture covers. FALSE: there are fewer than 4
 * distinct starts, or no span. */
gboolean hg_beacon_score(const GArray *starts, GArray *sizes, gint64 span_first, gint64 span_last,
                         HgBeaconScore *score);

/* Cuts rests out: malware that keeps to working hours, or sleeps at night, is regular while it is awake,
 * and RITA's histogram and duration, which want connections all over the span, miss it. A rest is a gap of
 * at least an hour and ten times the median gap, between two waking times of at least 5 starts each.
 * `starts` as above: what follows a rest moves up until the gap is the median. If there is a rest, it may
 * have begun before the span, or last beyond it, so `*span_first` and `*span_last` move up, too. Answers
 * how many rests there are. */
guint hg_beacon_cut_rests(GArray *starts, gint64 *span_first, gint64 *span_last);

/* The part of the score for gaps (jitter) alone, over calls: connections that follow another within
 * `together_ns` belong to the same call, as a page and its pictures do, unless nearly all follow
 * that fast. 0: there are fewer than 4 calls. If gaps vary evenly by a share j in either direction,
 * it is 1 - j/4; for a Poisson process, as people make, it is 0.52 in the long run (skewness 0.74,
 * deviation 0.31). `*calls`: the number of calls. */
double hg_beacon_regularity(const GArray *starts, gint64 together_ns, guint *calls);

/* 1 - the mean deviation of the gaps from their median, as a share of it; 0: that is less, or there are
 * fewer than 4 distinct starts. RITA's parts rest on medians, which forgive up to half of the gaps
 * whatever they like: of a few gaps that is too much. */
double hg_beacon_evenness(const GArray *starts);

/* How much more regularity is needed with few calls, so that at most one in twenty Poisson series
 * of that length has 0.7 plus this: 0.06 for 10 calls, 0 from 54 on. Fitted to simulated series. */
double hg_beacon_chance(guint calls);

G_END_DECLS
#endif

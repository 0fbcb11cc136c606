/* beacon_score.h - how much a series of connections is like a beacon: RITA's score
 *
 * RITA v5 (github.com/activecm/rita, analysis/beacons.go). One thing differs: gaps are not cut to
 * whole seconds, for a capture may last minutes where RITA looks at a day.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BEACON_SCORE_H
#define HG_ANALYSIS_BEACON_SCORE_H

#include <glib.h>

G_BEGIN_DECLS

/* Each 0 to 1; the total is their mean. Rounded to 3 decimals, as RITA does. */
typedef struct {
  double gaps;      /* regular times between connections */
  double sizes;     /* regular sizes */
  double histogram; /* as many connections in each part of the span, or two levels of them */
  double duration;  /* it went on for most of the span, or without a break */
  double total;
  double median_gap; /* seconds */
} HgBeaconScore;

/* `starts`: gint64 ns, ascending; `sizes`: double, bytes that the client sent, as many (sorted
 * here). The span is what was observed at all. FALSE when there are fewer than 4 distinct starts,
 * or no span. */
gboolean hg_beacon_score(const GArray *starts, GArray *sizes, gint64 span_first, gint64 span_last,
                         HgBeaconScore *score);

/* The part for the gaps alone, of calls: connections that follow another within `together_ns` belong
 * to the same one, as pages and their pictures do, unless nearly all follow so fast. 0 when there are
 * fewer than 4. For times that vary evenly by a share j either way it is 1 - j/4; for those of a
 * Poisson process, as people make, 0.52 (skewness 0.74, deviation 0.31) in the long run.
 * `*calls`: how many of those there are. */
double hg_beacon_regularity(const GArray *starts, gint64 together_ns, guint *calls);

/* How much more regularity few calls need so that at most one in twenty Poisson series of so many has
 * 0.7 and this: 0.06 of 10, none of 54 and more. Fitted to simulated series. */
double hg_beacon_chance(guint calls);

G_END_DECLS
#endif

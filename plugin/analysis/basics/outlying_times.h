/* outlying_times.h - packets whose time lies far from those of all others in their capture
 *
 * A clock that is set while a capture runs, or one damaged time, puts packets decades off. Counts stay
 * as they are, and so do first and last packet; but what such packets seem to span has not lasted.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_OUTLYING_TIMES_H
#define HG_ANALYSIS_OUTLYING_TIMES_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* Nobody captures for 30 days without a packet. */
#define HG_OUTLYING_NS (G_GINT64_CONSTANT(30) * 86400 * 1000000000)

/* Most packets of a capture: neighbours in time are less than HG_OUTLYING_NS apart. */
typedef struct {
  gint64 first_ns, last_ns;
  guint64 packets; /* 0: there is none */
} HgUsualTimes;

typedef struct {
  GArray *captures; /* HgCapture */
  GArray *usual;    /* HgUsualTimes, by capture; only of captures that span HG_OUTLYING_NS */
  guint64 packets;  /* that lie outside: at least so many, since only unicast packets are logged */
} HgOutlyingTimes;

/* (transfer full) */
HgOutlyingTimes *hg_outlying_times_new(const HgTally *tally);
void hg_outlying_times_free(HgOutlyingTimes *outlying); /* NULL is ignored */

/* Whether a packet at this time lies outside. `frame`: any of its capture. */
gboolean hg_outlying_times_contain(const HgOutlyingTimes *outlying, guint32 frame, gint64 time_ns);

G_END_DECLS
#endif

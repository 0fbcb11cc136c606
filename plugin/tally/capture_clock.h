/* capture_clock.h - the time of each packet, also of those that have none
 *
 * A packet without a time takes that of the packet before it. Those before the first that has one take
 * its time, which is known only later: until then they have HG_TIME_NONE (see dating.c).
 *
 * A time of exactly 0 is what tools write who know none, so it counts as none. It is a time where the
 * clock of the capture stands near it: simulators begin at 0, and so do devices that have just been
 * switched on and do not know the date.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CAPTURE_CLOCK_H
#define HG_TALLY_CAPTURE_CLOCK_H

#include "tally/types/packet_time.h"

G_BEGIN_DECLS

/* So far from 1970-01-01 00:00:00 UTC a time of 0 is one: a day. */
#define HG_CLOCK_NEAR_ZERO_NS (G_GINT64_CONSTANT(86400) * 1000000000)

typedef struct {
  gint64 now_ns;       /* of the last packet; HG_TIME_NONE: none had a time yet */
  gboolean began_at_0; /* there was a time of 0 before any other */
  guint64 zeros;       /* packets that were tallied with it */
} HgCaptureClock;

static inline gboolean hg_capture_clock_is_near_zero(gint64 ns) {
  return ns >= -HG_CLOCK_NEAR_ZERO_NS && ns <= HG_CLOCK_NEAR_ZERO_NS;
}

/* Whether a packet with this time has one. The first that has one, after others that have none, is to
 * be looked for before: see hg_capture_clock_first. */
static inline gboolean hg_capture_clock_knows(const HgCaptureClock *clock, gint64 ns) {
  return ns != 0 ? hg_time_is_known(ns) : hg_capture_clock_is_near_zero(clock->now_ns);
}

/* The time of the packets before the first that has one. */
static inline gint64 hg_capture_clock_first(const HgCaptureClock *clock, gint64 first_ns) {
  return clock->began_at_0 && hg_capture_clock_is_near_zero(first_ns) ? 0 : first_ns;
}

G_END_DECLS
#endif

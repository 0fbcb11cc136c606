/* packet_time.h - times of packets, which a file may lack, and differences of them
 *
 * A time is a count of nanoseconds since 1970-01-01 00:00:00 UTC within HG_TIME_MIN and HG_TIME_MAX, so
 * that the difference of any two fits, or HG_TIME_NONE. In tables HG_TIME_NONE sorts before all times.
 * Whoever subtracts times does it here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PACKET_TIME_H
#define HG_TALLY_PACKET_TIME_H

#include <glib.h>

G_BEGIN_DECLS

/* The time of a packet that has none. */
#define HG_TIME_NONE G_MININT64
/* 2116-02-20 23:53:38.427387903 and 1823-11-12 00:06:21.572612097 UTC: further out than the four bytes of
 * seconds of a pcap file reach (2106). */
#define HG_TIME_MAX ((G_GINT64_CONSTANT(1) << 62) - 1)
#define HG_TIME_MIN (-HG_TIME_MAX)

/* FALSE for HG_TIME_NONE, and for what no time may be. */
static inline gboolean hg_time_is_known(gint64 ns) {
  return ns >= HG_TIME_MIN && ns <= HG_TIME_MAX;
}

/* From `first` to `last`, ns; less than 0 when `last` is earlier. 0 where one of them is not known: what
 * has no times has not lasted. */
static inline gint64 hg_time_span(gint64 first, gint64 last) {
  return hg_time_is_known(first) && hg_time_is_known(last) ? last - first : 0;
}

/* How far apart two times are, ns. G_MAXINT64 where one of them is not known: nothing is then within a
 * window of time of anything. */
static inline gint64 hg_time_distance(gint64 a, gint64 b) {
  if (!hg_time_is_known(a) || !hg_time_is_known(b))
    return G_MAXINT64;
  return a < b ? b - a : a - b;
}

/* Seconds and nanoseconds, of whatever size, as a time; HG_TIME_NONE when no time may be so early or
 * late. */
static inline gint64 hg_time_from_seconds(gint64 seconds, gint64 ns) {
  const gint64 second = G_GINT64_CONSTANT(1000000000);
  if (seconds < HG_TIME_MIN / second - 3 || seconds > HG_TIME_MAX / second + 3 ||
      ns < -3 * second || ns > 3 * second)
    return HG_TIME_NONE;
  const gint64 time = seconds * second + ns;
  return hg_time_is_known(time) ? time : HG_TIME_NONE;
}

G_END_DECLS
#endif

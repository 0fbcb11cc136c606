/* missing_times.c - whether packets have the times that windows, intervals and durations need
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "missing_times.h"

/* One packet without a time in so many moves no count by more than the thresholds leave room for. */
#define TOLERATED 10

const char *hg_missing_times(const HgTally *tally) {
  const guint64 all = hg_tally_traffic(tally)->packets;
  const guint64 without = hg_tally_packets_without_time(tally);
  if (without == 0 || without <= all / TOLERATED)
    return NULL;
  return without < all ? "too many packets have no time" : "the packets have no times";
}

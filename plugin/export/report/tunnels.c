/* tunnels.c - the tunnels between hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tunnels.h"

#include <string.h>

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static gint by_ends(gconstpointer a, gconstpointer b) {
  const HgTunnel *x = a, *y = b;
  ORDER(x->source, y->source);
  ORDER(x->target, y->target);
  return strcmp(x->observation->subject, y->observation->subject);
}

GArray *hg_tunnels_new(const HgTally *tally) {
  const HgObservationTable *table = hg_tally_observations(tally);
  GArray *tunnels = g_array_new(FALSE, FALSE, sizeof(HgTunnel));
  g_autoptr(GArray) numbers = hg_observation_table_of_kind(table, HG_OBSERVED_TUNNEL);
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *seen = hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    const HgHost *source = hg_tally_find_host(tally, &seen->actor);
    const HgHost *target = hg_tally_find_host(tally, &seen->peer);
    if (!source || !target) /* a cap left them out */
      continue;
    const HgTunnel tunnel = {source->number, target->number, seen};
    g_array_append_val(tunnels, tunnel);
  }
  g_array_sort(tunnels, by_ends);
  return tunnels;
}

guint hg_tunnels_of_pair(const GArray *tunnels, guint32 source, guint32 target, guint *first) {
  guint low = 0, high = tunnels->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const HgTunnel *one = &g_array_index(tunnels, HgTunnel, middle);
    if (one->source < source || (one->source == source && one->target < target))
      low = middle + 1;
    else
      high = middle;
  }
  *first = low;
  while (high < tunnels->len && g_array_index(tunnels, HgTunnel, high).source == source &&
         g_array_index(tunnels, HgTunnel, high).target == target)
    high++;
  return high - low;
}

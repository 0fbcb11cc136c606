/* repeats.c - how often the packets of a link come
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "repeats.h"

#define LATELY 64 /* packets, of which half are forgotten then */

/* Packets in a row with the same identification that make it a constant one. A packet and what a firewall
 * makes of it share one. */
#define CONSTANT 3

#define ENOUGH 8 /* packets, to say that none of them comes again */

void hg_repeats_first(HgRepeats *repeats) {
  if (repeats->came[1] >= LATELY) {
    for (guint n = 1; n < G_N_ELEMENTS(repeats->came); n++)
      repeats->came[n] /= 2;
  }
  repeats->came[1]++;
}

void hg_repeats_identification(HgRepeats *repeats, guint16 identification) {
  if (identification == 0)
    return;
  if (identification == repeats->identification) {
    repeats->same = (guint8)MIN(repeats->same + 1, CONSTANT);
  } else {
    repeats->differ = repeats->identification != 0;
    repeats->same = 0;
  }
  repeats->identification = identification;
}

void hg_repeats_again(HgRepeats *repeats, guint sightings) {
  if (sightings < G_N_ELEMENTS(repeats->came))
    repeats->came[sightings] += repeats->came[sightings] < G_MAXUINT16;
}

gboolean hg_repeats_differ(const HgRepeats *repeats) {
  return repeats->differ;
}

gboolean hg_repeats_is_constant(const HgRepeats *repeats) {
  return repeats->same >= CONSTANT;
}

gboolean hg_repeats_is_single(const HgRepeats *repeats) {
  return repeats->came[1] > ENOUGH && repeats->came[2] * 16 < repeats->came[1];
}

/* Packets that came `times` times or more, without the one that has come `sightings` times. */
static guint others(const HgRepeats *repeats, guint times, guint sightings) {
  const guint came = repeats->came[times];
  return came - (came > 0 && sightings >= times);
}

gboolean hg_repeats_has_others(const HgRepeats *repeats, guint sightings) {
  return others(repeats, 1, sightings) > 0;
}

guint hg_repeats_usual(const HgRepeats *repeats, guint sightings, guint least) {
  const guint all = others(repeats, 1, sightings);
  const guint floods = others(repeats, HG_COPY_MOST + 1, sightings);
  for (guint times = HG_COPY_MOST; times > 1 && floods * 8 <= all; times--) {
    const guint came = others(repeats, times, sightings);
    if (came >= least && came * 4 >= all * 3)
      return times;
  }
  return 1;
}

/* repeats.h - how often the packets of a link come
 *
 * Of a mirrored link (nearly) all packets come twice. So what the others do tells of a packet that proves
 * nothing itself.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_REPEATS_H
#define HG_TALLY_REPEATS_H

#include "copy_detector.h"

G_BEGIN_DECLS

/* Of the last packets, older ones count less and less. Zeroed: of none. */
typedef struct {
  guint16 came[HG_COPY_MOST + 2]; /* [n]: packets that came n times or more, n = 1... */
  guint16 identification;         /* of the last one that came for the first time and has one */
  guint8 same;                    /* so many before that had the same, up to some */
  guint8 differ;                  /* two had different ones */
} HgRepeats;

/* A packet comes for the first time. */
void hg_repeats_first(HgRepeats *repeats);
/* And this is its HgContentKey.identification. */
void hg_repeats_identification(HgRepeats *repeats, guint16 identification);
/* A packet comes again, for the `sightings`th time in all. */
void hg_repeats_again(HgRepeats *repeats, guint sightings);

/* Different packets have different identifications, or (is_constant) the same again and again, which then
 * tells nothing. */
gboolean hg_repeats_differ(const HgRepeats *repeats);
gboolean hg_repeats_is_constant(const HgRepeats *repeats);

/* Packets came beside the one that has come `sightings` times so far; 0: that one was not counted. */
gboolean hg_repeats_has_others(const HgRepeats *repeats, guint sightings);

/* (Nearly) no packet comes again. */
gboolean hg_repeats_is_single(const HgRepeats *repeats);

/* How often packets come, from 1 to HG_COPY_MOST: as often as three in four did, of which there are at
 * least `least`. The packet that has come `sightings` times so far is left out; 0: it was not counted. */
guint hg_repeats_usual(const HgRepeats *repeats, guint sightings, guint least);

G_END_DECLS
#endif

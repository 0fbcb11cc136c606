/* merge_private.h - how tables of one tally are taken over into another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_PRIVATE_H
#define HG_TALLY_MERGE_PRIVATE_H

#include "tally/pseudonym.h"
#include "tally/tally_private.h"

G_BEGIN_DECLS

typedef struct {
  const GArray *captures; /* of `from`; NULL: frames stay as they are */
  const guint32 *moved;   /* by capture: its frames_before in `into` */

  /* All numbers of `from` in the order in which they are to be taken over; NULL: as they are. With
   * an order of conversations the side that sent first becomes side A. */
  const guint32 *host_order, *conversation_order, *spoken_order;

  /* Put in the place of addresses and names; Info texts are left out then. NULL: all stay. */
  const HgPseudonyms *pseudonyms;
} HgMergePlan;

/* Everything but captures, frames and start, which are set by hg_tally_set_captures. `from` is summed
 * up, and `into` is afterwards. */
void hg_tally_merge_planned(HgTally *into, const HgTally *from, const HgMergePlan *plan);

/* Takes `captures` (HgCapture, in the order of frames; transfer full) and derives the rest. */
void hg_tally_set_captures(HgTally *tally, GArray *captures);

/* The side that sent the earlier first packet. */
int hg_conversation_first_side(const HgConversation *conversation);

G_END_DECLS
#endif

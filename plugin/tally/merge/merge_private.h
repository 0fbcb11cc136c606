/* merge_private.h - how tables of one tally are taken over into another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_PRIVATE_H
#define HG_TALLY_MERGE_PRIVATE_H

#include "tally/builder_private.h"
#include "tally/pseudonym.h"

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

/* Takes over everything but captures, frames and start, which hg_builder_set_captures sets. */
void hg_builder_merge(HgTallyBuilder *into, const HgTally *from, const HgMergePlan *plan);

G_END_DECLS
#endif

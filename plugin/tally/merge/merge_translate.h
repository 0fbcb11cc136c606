/* merge_translate.h - frames, times and addresses of one tally as they are to stand in another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_TRANSLATE_H
#define HG_TALLY_MERGE_TRANSLATE_H

#include "fold.h"
#include "tally/builder_private.h"
#include "tally/pseudonym.h"

G_BEGIN_DECLS

/* How `from` is to be changed on its way. */
typedef struct {
  const GArray *captures; /* of `from`; NULL: frames stay as they are */
  const guint32 *moved;   /* by capture: its frames_before in `into` */

  /* All numbers of `from` in the order in which they are to be taken over; NULL: as they are. With
   * an order of conversations the side that sent first becomes side A. */
  const guint32 *host_order, *conversation_order, *conversation_protocol_order;

  /* Replace addresses and names; Info texts are left out then. NULL: all stay as they are. */
  const HgPseudonyms *pseudonyms;

  /* Map hosts onto fewer hosts; NULL: each stays one of its own. */
  const HgFold *fold;
} HgMergePlan;

/* One merge, and the numbers in `into` by those in `from`, as far as the merge has come. */
typedef struct {
  HgTallyBuilder *into;
  const HgTally *from;
  const HgMergePlan *plan;
  guint16 *segment; /* NULL in a fold, which numbers them itself */
  guint16 *protocol;
  guint32 *host;                  /* HG_NO_HOST when a cap left it out */
  guint32 *conversation;          /* G_MAXUINT32 when a cap left it out */
  gboolean *flipped;              /* the conversation's sides are the other way round in `into` */
  gboolean *within;               /* its hosts are one host in `into`, which talks to itself */
  guint32 *conversation_protocol; /* HG_NO_LINK when left out */
} HgMerge;

guint32 hg_merge_frame(const HgMerge *m, guint32 frame);
HgTraffic hg_merge_later(const HgMerge *m, const HgTraffic *traffic);
/* What becomes of an address: of a host; of one that evidence told; of one that stands for no host.
 * The answers may point into `buffer`. */
HgAddress hg_merge_host_address(const HgMerge *m, const HgAddress *address,
                                HgAddressBuffer *buffer);
HgAddress hg_merge_told_address(const HgMerge *m, const HgAddress *address,
                                HgAddressBuffer *buffer);
HgAddress hg_merge_plain_address(const HgMerge *m, const HgAddress *address,
                                 HgAddressBuffer *buffer);

/* Adds the translated `from` to `into`. */
void hg_merge_traffic(const HgMerge *m, HgTraffic *into, const HgTraffic *from);

G_END_DECLS
#endif

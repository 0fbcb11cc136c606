/* merge_steps.h - the steps of a merge, and what they share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_STEPS_H
#define HG_TALLY_MERGE_STEPS_H

#include "merge_private.h"

G_BEGIN_DECLS

typedef struct {
  HgTallyBuilder *into;
  const HgTally *from;
  const HgMergePlan *plan;
  guint16 *protocol;     /* by number in `from` */
  guint32 *host;         /* HG_NO_HOST when a cap left it out */
  guint32 *conversation; /* G_MAXUINT32 when a cap left it out */
  gboolean *flipped;     /* the conversation's sides are the other way round in `into` */
  guint32 *spoken;       /* conversation protocols; HG_NO_LINK when left out */
} HgMerge;

/* As they are to stand in `into`. */
guint32 hg_merge_frame(const HgMerge *m, guint32 frame);
HgTraffic hg_merge_later(const HgMerge *m, const HgTraffic *traffic);
/* May point into `buffer`. */
HgAddress hg_merge_address(const HgMerge *m, const HgAddress *address, HgAddressBuffer *buffer);

void hg_merge_traffic(const HgMerge *m, HgTraffic *into, const HgTraffic *from);

/* Undelivered packets, bindings, logins, names, observations. */
void hg_merge_names_and_logins(HgMerge *m);

G_END_DECLS
#endif

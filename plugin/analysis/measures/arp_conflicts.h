/* arp_conflicts.h - addresses that a MAC claims although they are, or were, somebody else's
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ARP_CONFLICTS_H
#define HG_ANALYSIS_ARP_CONFLICTS_H

#include "analysis/basics/arp_owners.h"

G_BEGIN_DECLS

typedef struct {
  guint claimer;            /* index into the speakers: who claims what others hold */
  const HgAddress *address; /* the contested one */
  const HgTraffic *claims;  /* ARP messages of the claimer for it; borrowed */

  guint holder;   /* who held it at the same time; G_MAXUINT: nobody that was seen */
  HgTraffic held; /* of that one */
  guint robbed;   /* whose packets from elsewhere come from the claimer since; G_MAXUINT: nobody */
  guint taken_over; /* addresses of those packets */
  guint32 takeover_frame;
  guint32 unasked;  /* replies for it to somebody who had not asked, or far oftener than asked */
  const char *told; /* whom most of those told; borrowed, hostile */
  guint32 own_question; /* frame in which it asks for the address itself, as somebody else; 0 */
} HgArpConflict;

/* By claimer, then address: a GArray of HgArpConflict (transfer full). What routers do for others
 * (VRRP and the like, proxy ARP) is left out, and so is an address that simply got a new owner. */
GArray *hg_arp_conflicts_new(const HgTally *tally, const HgArpOwners *owners);

G_END_DECLS
#endif

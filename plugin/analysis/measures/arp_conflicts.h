/* arp_conflicts.h - addresses that a MAC claims although another MAC has or had them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ARP_CONFLICTS_H
#define HG_ANALYSIS_ARP_CONFLICTS_H

#include "analysis/basics/arp_owners.h"

G_BEGIN_DECLS

typedef struct {
  guint claimer;            /* index into the owners: the MAC that claims an address of another */
  const HgAddress *address; /* the contested address */
  const HgTraffic *claims;  /* ARP messages in which the claimer claims it; borrowed */

  guint holder;   /* the MAC that had it at the same time; G_MAXUINT: none was seen */
  HgTraffic held; /* packets of the holder */
  /* the MAC whose forwarded packets come from the claimer since; G_MAXUINT: none */
  guint displaced;
  guint taken_over; /* remote addresses of those packets */
  guint32 takeover_frame;
  /* unsolicited replies: to a host that had not asked, or far more than it asked for */
  guint32 unsolicited;
  const char *told; /* the host to which most of those replies went; borrowed, text from packets */
  /* frame in which the claimer sends a request for the address from another address; 0: none */
  guint32 own_request;
} HgArpConflict;

/* By claimer, then address: a GArray of HgArpConflict (transfer full). Left out: what routers do
 * for others (VRRP and the like, proxy ARP), and addresses that simply have a new owner. */
GArray *hg_arp_conflicts_new(const HgTally *tally, const HgArpOwners *owners);

G_END_DECLS
#endif

/* repeated_claims.h - ARP and neighbour discovery messages that are passed on under another MAC
 *
 * A bridge that puts its own MAC into its guests' messages (Wi-Fi clients, some hypervisors) does so at once.
 * Where the capture holds both messages, the second one says nothing of its own.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_REPEATED_CLAIMS_H
#define HG_TALLY_REPEATED_CLAIMS_H

#include "tally/types/evidence.h"

G_BEGIN_DECLS

/* 20 to 50 microseconds were seen; who answers for himself needs longer. */
#define HG_REPEATED_CLAIM_NS G_GINT64_CONSTANT(1000000)

/* More messages than a capture shows in that time, but for storms. */
#define HG_CLAIMS_REMEMBERED 16

typedef struct {
  guint64 said; /* what it says, but for the MAC; 0: no message */
  gint64 time_ns;
  guint8 mac[6];
} HgRememberedClaim;

/* Zeroed: nothing was seen. */
typedef struct {
  HgRememberedClaim recent[HG_CLAIMS_REMEMBERED];
  guint next;
} HgRecentClaims;

/* Whether another MAC said the same (HG_EVIDENCE_ARP or HG_EVIDENCE_ND) before, within HG_REPEATED_CLAIM_NS and
 * not at the same time: which of the two was first is not known then, or neither has a time. Remembers the
 * message. */
gboolean hg_recent_claims_repeat(HgRecentClaims *claims, const HgEvidence *evidence,
                                 gint64 time_ns);

/* Gives what has no time this one. */
void hg_recent_claims_date(HgRecentClaims *claims, gint64 ns);

G_END_DECLS
#endif

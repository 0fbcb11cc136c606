/* subnets.h - a tally whose hosts are subnets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_SUBNETS_H
#define HG_TALLY_SUBNETS_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* The tally folded onto subnets: an IP host becomes the home network that the user gave for it, as it is,
 * else its /24 or /64; the address of such a host is of kind HG_ADDRESS_OTHER, with the text
 * "10.3.0.0/24". Hosts that are told apart by segment are in subnets that are: the address has the
 * segment of theirs. A subnet is internal when one of its hosts is. All other hosts stay: multicast,
 * broadcast, MACs, and a home network of one address. `*subnets` (transfer full): by host of `tally`, its
 * host in the result. (transfer full) */
HgTally *hg_subnets_fold(const HgTally *tally, guint32 **subnets);

G_END_DECLS
#endif

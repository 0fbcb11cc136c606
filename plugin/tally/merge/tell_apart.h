/* tell_apart.h - one address, several segments: whether it is one machine
 *
 * The same address in two VLANs, tunnels or capture interfaces is mostly one machine: a router, a trunk
 * or a second port shows its packets again. It is two only where the capture shows that:
 *
 * - in both segments MACs claim the address by ARP or neighbour discovery, others in each, and none that
 *   answers for several addresses (proxy ARP); or
 * - in both segments the address sends with a MAC of its own, another in each: not one that routes, so
 *   the only one of its kind behind that MAC; and it is an internal address, or others of its subnet have
 *   other MACs. This holds no longer when connections of the address are in both segments at the same
 *   time, with the same ports, peer and, in TCP, initial sequence number: a router with a MAC for each
 *   segment shows them twice; or
 * - it is a link-local address, which no router passes on, and its MACs differ.
 *
 * Segments that share the address's own MAC, or its connections, are one for it. What has no proof
 * stays one host; a host is told from others only as a whole, with all its segments.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TELL_APART_H
#define HG_TALLY_TELL_APART_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* `tally`: with its hosts by segment. NULL: it knows one segment at most, so there is nothing to tell
 * apart. (transfer full) */
HgTally *hg_tally_tell_apart(const HgTally *tally);

G_END_DECLS
#endif

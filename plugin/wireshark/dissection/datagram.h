/* datagram.h - what the innermost IP packet of a frame carries, found in the frame's bytes; ARP
 *
 * Cheaper by far than a second look: DNS, pings, connections and, in a scan of the own network, ARP are
 * many, and the layout of what is read of them is fixed.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DATAGRAM_H
#define HG_WIRESHARK_DATAGRAM_H

#include "wireshark/compat.h"

#include "tally/types/packet.h"

typedef struct {
  const guint8 *bytes; /* borrowed from the frame; NULL: not found */
  guint captured;      /* bytes that are there */
  guint length;        /* bytes that were on the wire, without padding */
} HgDatagram;

/* The ICMP message, or what the UDP or TCP header of `packet` is followed by. Not found where the frame
 * does not hold it in one piece (fragments, reassembled streams) or behind IPv6 extension headers. */
HgDatagram hg_datagram_find(const packet_info *pinfo, const epan_dissect_t *edt,
                            const HgPacket *packet);

/* The ARP message right behind the Ethernet header, tagged or not, that the frame begins with. Not found
 * elsewhere. */
HgDatagram hg_datagram_find_arp(const packet_info *pinfo, const epan_dissect_t *edt);

#endif

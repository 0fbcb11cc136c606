/* message_bytes.h - ICMP and ARP messages, found in the bytes of the frame
 *
 * No tap hands them over, pings and, in a sweep of the own network, ARP are many, and their layout is
 * fixed: to find them costs far less than to dissect the frame again. (Payloads of TCP and UDP come from
 * taps.)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MESSAGE_BYTES_H
#define HG_WIRESHARK_MESSAGE_BYTES_H

#include "wireshark/compat.h"

#include "tally/types/packet.h"

/* Bytes of a message. */
typedef struct {
  const guint8 *bytes; /* borrowed from the frame; NULL: not found */
  guint captured;      /* bytes that are there */
  guint length;        /* bytes that were on the wire, without padding */
  guint8 hops;         /* of ICMPv6: the packet's hop limit */
} HgMessageBytes;

/* The ICMP message (`transport`: HG_TRANSPORT_ICMP or HG_TRANSPORT_ICMPV6) of the innermost IP packet. Not
 * found where the frame does not hold it in one piece (fragments) or behind IPv6 extension headers. */
HgMessageBytes hg_message_bytes_icmp(const packet_info *pinfo, tvbuff_t *frame,
                                     HgTransport transport);

/* The ARP message right behind the Ethernet header, tagged or not, that the frame begins with. Not found
 * elsewhere. */
HgMessageBytes hg_message_bytes_arp(const packet_info *pinfo, tvbuff_t *frame);

#endif

/* packet.h - one frame, as much of it as the tally needs
 *
 * The Wireshark adapter gives the tally HgPacket and HgEvidence, nothing else. What their pointers
 * point to is borrowed for the duration of one call.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PACKET_H
#define HG_TALLY_PACKET_H

#include <string.h>

#include "address.h"
#include "packet_time.h"
#include "vlan.h"

G_BEGIN_DECLS

typedef enum {
  HG_TRANSPORT_NONE,
  HG_TRANSPORT_TCP,
  HG_TRANSPORT_UDP,
  HG_TRANSPORT_SCTP,
  HG_TRANSPORT_DCCP,
  HG_TRANSPORT_ICMP, /* echo only makes a connection; see HgIcmp */
  HG_TRANSPORT_ICMPV6,
  HG_TRANSPORT_COUNT
} HgTransport;

/* "", "tcp", "udp", "sctp", "dccp", "icmp", "icmpv6" */
const char *hg_transport_name(HgTransport transport);

/* As in the TCP header (RFC 9293), low byte. HG_TCP_RST also stands for an ABORT of SCTP (RFC 9260, 8.4: how a
 * port at which nobody listens answers). */
#define HG_TCP_FIN 0x01
#define HG_TCP_SYN 0x02
#define HG_TCP_RST 0x04
#define HG_TCP_PSH 0x08
#define HG_TCP_ACK 0x10

typedef enum {
  HG_ICMP_UNKNOWN, /* not ICMP, or its type is not read (evidence=no) */
  HG_ICMP_ECHO_REQUEST,
  HG_ICMP_ECHO_REPLY,
  HG_ICMP_ERROR, /* quotes another packet */
  HG_ICMP_OTHER
} HgIcmp;

typedef struct {
  guint8 known; /* FALSE: the frame has none */
  guint8 bytes[6];
} HgMac;

/* Stands for the MAC in hashes; 0 where it is not known. */
static inline guint64 hg_mac_number(const HgMac *mac) {
  guint64 number = 0;
  memcpy(&number, mac->bytes, sizeof mac->bytes);
  return mac->known ? number : 0;
}

/* What stays the same in a copy of a packet: the same packet captured once more on another link, in another
 * VLAN or tunnel, behind a router, or by another sensor. Made from the innermost IP header that lies in the
 * frame's bytes, or, without IP, from an Ethernet frame.
 *
 * Equal `packet`: the same addresses, ports, IPv4 identification, fragment, lengths, transport header and
 * first and last bytes of the payload; time to live, type of service, DF, checksums and all headers outside
 * of that IP header may differ. So the two are copies, or the sender sent the same twice: a retransmission
 * or a flood whose identification is always the same (RFC 6864 allows 0), or IPv6, which has none. Times
 * tell these apart. Unequal: two packets, unless the frames were cut (snaplen) to different lengths. Hashes
 * of 64 bits, the same on each machine and in each version of Wireshark. */
typedef struct {
  guint64 packet; /* 0: no key */
  /* The same without addresses, ports, TCP's numbers and options, and the identifier of an echo: what address
   * translation and firewalls that rewrite sequence numbers leave alone. */
  guint64 content;
  guint32 address[2]; /* source, destination; of IPv6 a hash; 0 without IP */
  guint16 port[2];    /* source, destination; the identifier of an echo is the requester's port */
  guint16 identification; /* of IPv4; 0: none, or the sender sets none */
  /* Of the transport, over all of its payload; 0: none. Cards fill it in, so copies that were captured before
   * and behind one differ. */
  guint16 checksum;
  guint8 hops; /* time to live or hop limit; 0 without IP */
} HgContentKey;

/* Each packet is copied once; the order of the fields leaves little padding. */
typedef struct {
  guint32 frame;         /* as in the packet list, from 1 */
  guint32 wire_length;   /* bytes; what was on the wire, not what was captured */
  gint64 time_ns;        /* see packet_time.h; what no time may be counts as none */
  HgAddress source;      /* of the chosen layer; may be HG_ADDRESS_NONE */
  HgAddress destination; /* of the chosen layer; may be HG_ADDRESS_NONE */
  HgContentKey key;
  HgMac link_source; /* of its Ethernet or 802.11 header */
  HgMac link_destination;
  guint8 transport; /* HgTransport; of the innermost header that is not quoted by an ICMP error */
  guint8 icmp;      /* HgIcmp */
  guint8 copy;      /* a copy of an earlier packet; see tally/copies/ */
  guint8 tcp_flags;
  guint8 answer;       /* a datagram that by its own words answers another (DNS, NTP, RADIUS) */
  guint16 source_port; /* 0 for ICMP: source_port carries the echo identifier instead */
  guint16 destination_port;
  /* Of the packet, and of what carries it where it is in a tunnel (else the same), by number in the tally's
   * table: hg_tally_builder_segment. */
  guint16 segment, outer_segment;
  HgVlan vlan;              /* of the innermost packet: tags outside of a tunnel are left out */
  guint32 tcp_sequence;     /* raw sequence number; tells a new SYN from a retransmission */
  guint32 tcp_acknowledged; /* raw acknowledgement number; 0: none */
  guint32 payload_length;   /* transport payload on the wire, bytes; any data where there is no
                             transport that knows a payload */
  const char *protocol;     /* the packet list's Protocol column; NULL when unknown */
  const char *info;         /* the Info column; NULL when unknown */
  /* TCP: the protocol that the first bytes of the connection are of, whatever the port (Zeek's dynamic
   * protocol detection), where the Protocol column shows no more than the transport, or a protocol that
   * these bytes are not of; NULL: none, as in most packets. */
  const char *detected;
} HgPacket;

/* The most that is kept of an Info text, bytes: more than a line of the text report. */
#define HG_INFO_MAX 160
/* How many bytes of `info` are kept: at most HG_INFO_MAX, and whole UTF-8 characters. */
gsize hg_packet_info_length(const char *info);

G_END_DECLS
#endif

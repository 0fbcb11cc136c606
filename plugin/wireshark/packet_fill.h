/* packet_fill.h - one dissected frame as an HgPacket
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PACKET_FILL_H
#define HG_WIRESHARK_PACKET_FILL_H

#include "compat.h"

#include "tally/tally.h"

/* The layers that something here depends on. */
typedef enum {
  HG_SEES_OTHER,
  HG_SEES_FRAME,
  HG_SEES_LINK, /* Ethernet, 802.11: what follows is a frame of its own */
  HG_SEES_IP,
  HG_SEES_TCP,
  HG_SEES_UDP,
  HG_SEES_SCTP,
  HG_SEES_DCCP,
  HG_SEES_ICMP,
  HG_SEES_ICMPV6,
  HG_SEES_ARP,
  HG_SEES_DNS,
  HG_SEES_LOCAL_DNS, /* mDNS, LLMNR: the same messages among neighbours */
  HG_SEES_TLS,
  HG_SEES_HTTP,
  HG_SEES_DHCP,
  HG_SEES_FORM, /* an HTML form in a request */
  HG_SEES_TELNET,
  HG_SEES_PAP,
  HG_SEES_SNMP,
  HG_SEES_POP,
  HG_SEES_IMAP,
  HG_SEES_SMTP,
  HG_SEES_FTP,
  HG_SEES_PGSQL,
  HG_SEES_TDS,
  HG_SEES_VNC,
  HG_SEES_KERBEROS,
  HG_SEES_LDAP,
  HG_SEES_MYSQL,
  HG_SEES_SMB,
  HG_SEES_SMB2,
  HG_SEES_DCERPC,
  HG_SEES_NO_PROTOCOL, /* "Data", "Malformed packet": no name for what was spoken */
  HG_SEES_COUNT
} HgSees;
G_STATIC_ASSERT(HG_SEES_COUNT <= 64); /* bits of HgFrameLayers.seen */

#define HG_SEEN(sees) (G_GUINT64_CONSTANT(1) << (sees))

/* What the transports' taps said about the frame; the innermost header, since it speaks last. */
typedef struct {
  guint32 frame; /* of which this speaks */
  gboolean net;  /* an IP header was tapped; asked for at layer=net only */
  gboolean tcp, udp, sctp;
  guint16 tcp_port[2], udp_port[2]; /* source, destination */
  guint8 tcp_flags;
  guint32 tcp_sequence;
  guint32 tcp_payload, udp_payload, sctp_payload;
} HgHeaders;

/* What the layers of the frame say. */
typedef struct {
  guint64 seen;          /* HG_SEEN(), or-ed; nothing that an ICMP error quotes */
  guint64 repeated;      /* of these, what is there more than once */
  HgTransport transport; /* of the innermost packet */
  guint frames;          /* a frame may hold others: those of a capture sent over the network */
  HgTransport quoted;    /* transport that an ICMP error quotes */
  guint ipv4, ipv6;      /* headers before what is quoted */
  gboolean dns_in_udp;   /* a DNS message right behind a UDP header */
  int last_protocol;     /* the last layer that names a protocol; -1: none */
} HgFrameLayers;

typedef struct HgFill HgFill;

/* `columns`: whether Protocol and Info columns are there to be read. (transfer full) */
HgFill *hg_fill_new(HgLayer layer, gboolean columns);
void hg_fill_free(HgFill *fill);

/* Fills in everything but the kind of ICMP message, which needs fields. Pointers in `packet` live
 * as long as the frame's dissection and until the next call. */
void hg_fill_packet(HgFill *fill, packet_info *pinfo, const HgHeaders *headers,
                    HgFrameLayers *layers, HgPacket *packet);

/* Since 1970; a time that a hostile file made too large stops at the end of the range. */
gint64 hg_fill_nanoseconds(const nstime_t *time);

/* A view of Wireshark's address when it is IPv4, IPv6 or MAC; else HG_ADDRESS_NONE. */
HgAddress hg_fill_plain_address(const HgFill *fill, const address *from);

#endif

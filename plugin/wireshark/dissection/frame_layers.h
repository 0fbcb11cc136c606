/* frame_layers.h - what a frame is made of, as far as something here depends on it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_LAYERS_H
#define HG_WIRESHARK_FRAME_LAYERS_H

#include "wireshark/compat.h"

#include "tally/packet.h"

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
/* All before HG_SEES_ICMP: those that only carry others. */
#define HG_SEEN_CARRIERS (HG_SEEN(HG_SEES_ICMP) - 1)

/* What the layers of the frame say. */
typedef struct {
  guint64 seen;          /* HG_SEEN(), or-ed; nothing that an ICMP error quotes */
  guint64 repeated;      /* of these, what is there more than once */
  HgTransport transport; /* of the innermost packet */
  guint frames;          /* a frame may hold others: those of a capture sent over the network */
  gboolean dns_in_udp;   /* a DNS message right behind a UDP header */
  int last_protocol;     /* the last layer that names a protocol; -1: none */
} HgFrameLayers;

/* Which protocol is which, by Wireshark's ids. To be embedded. */
typedef struct {
  guint8 *sees; /* HgSees by protocol id; owned */
  guint count;  /* of these; protocols behind are HG_SEES_OTHER */
} HgLayerTable;

void hg_layer_table_init(HgLayerTable *table);
void hg_layer_table_clear(HgLayerTable *table);

/* Walks the layers from the outside in, up to ICMP: what follows is quoted, or is data. */
void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers);

#endif

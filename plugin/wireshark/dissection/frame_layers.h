/* frame_layers.h - what a frame is made of, as far as something here depends on it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_LAYERS_H
#define HG_WIRESHARK_FRAME_LAYERS_H

#include "wireshark/compat.h"

#include "tally/types/packet.h"

/* The layers that something here depends on. */
typedef enum {
  HG_LAYER_ID_OTHER,
  HG_LAYER_ID_FRAME,
  HG_LAYER_ID_LINK, /* Ethernet, 802.11: what follows is a frame of its own */
  HG_LAYER_ID_IP,
  HG_LAYER_ID_TCP,
  HG_LAYER_ID_UDP,
  HG_LAYER_ID_SCTP,
  HG_LAYER_ID_DCCP,
  HG_LAYER_ID_ICMP,
  HG_LAYER_ID_ICMPV6,
  HG_LAYER_ID_ARP,
  HG_LAYER_ID_DNS,
  HG_LAYER_ID_LOCAL_DNS, /* mDNS, LLMNR: the same messages among neighbours */
  HG_LAYER_ID_TLS,
  HG_LAYER_ID_HTTP,
  HG_LAYER_ID_DHCP,
  HG_LAYER_ID_FORM, /* an HTML form in a request */
  HG_LAYER_ID_TELNET,
  HG_LAYER_ID_PAP,
  HG_LAYER_ID_SNMP,
  HG_LAYER_ID_POP,
  HG_LAYER_ID_IMAP,
  HG_LAYER_ID_SMTP,
  HG_LAYER_ID_FTP,
  HG_LAYER_ID_PGSQL,
  HG_LAYER_ID_TDS,
  HG_LAYER_ID_VNC,
  HG_LAYER_ID_KERBEROS,
  HG_LAYER_ID_LDAP,
  HG_LAYER_ID_MYSQL,
  HG_LAYER_ID_SMB,
  HG_LAYER_ID_SMB2,
  HG_LAYER_ID_DCERPC,
  HG_LAYER_ID_NO_PROTOCOL, /* "Data", "Malformed packet": no name for what was spoken */
  HG_LAYER_ID_COUNT
} HgLayerId;
G_STATIC_ASSERT(HG_LAYER_ID_COUNT <= 64); /* bits of HgFrameLayers.seen */

#define HG_LAYER_BIT(sees) (G_GUINT64_CONSTANT(1) << (sees))
/* All before HG_LAYER_ID_ICMP: those that only carry others. */
#define HG_LAYER_BITS_CARRIERS (HG_LAYER_BIT(HG_LAYER_ID_ICMP) - 1)

/* What the layers of the frame say. */
typedef struct {
  guint64 seen;          /* HG_LAYER_BIT(), or-ed; nothing that an ICMP error quotes */
  guint64 repeated;      /* of these, what is there more than once */
  HgTransport transport; /* of the innermost packet */
  guint frames;          /* a frame may hold others: those of a capture sent over the network */
  gboolean dns_in_udp;   /* a DNS message right behind a UDP header */
  int last_protocol;     /* the last layer that names a protocol; -1: none */
} HgFrameLayers;

/* Which protocol is which, by Wireshark's ids. To be embedded. */
typedef struct {
  guint8 *sees; /* HgLayerId by protocol id; owned */
  guint count;  /* of these; protocols behind are HG_LAYER_ID_OTHER */
} HgLayerTable;

void hg_layer_table_init(HgLayerTable *table);
void hg_layer_table_clear(HgLayerTable *table);

/* Walks the layers from the outside in, up to ICMP: what follows is quoted, or is data. */
void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers);

#endif

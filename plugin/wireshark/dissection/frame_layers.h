/* frame_layers.h - what a frame is made of, as far as something here depends on it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_LAYERS_H
#define HG_WIRESHARK_FRAME_LAYERS_H

#include "wireshark/compat.h"

#include "tally/types/packet.h"

/* Numbers of layers. Those that decide what a frame is made of have names here; sources of evidence add
 * the protocols that they read (hg_layer_table_add). */
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
  HG_LAYER_ID_LOCAL_DNS,   /* mDNS, LLMNR: the same messages among neighbours */
  HG_LAYER_ID_LABEL,       /* a VLAN tag, or a tunnel's header: in which network what follows is */
  HG_LAYER_ID_NO_PROTOCOL, /* "Data", "Malformed packet": no name for what was spoken */
  HG_LAYER_ID_COUNT,
  HG_LAYER_ID_MAX = 64 /* bits of HgFrameLayers.seen */
} HgLayerId;

#define HG_LAYER_BIT(id) (G_GUINT64_CONSTANT(1) << (id))
#define HG_LAYER_BITS_ICMP (HG_LAYER_BIT(HG_LAYER_ID_ICMP) | HG_LAYER_BIT(HG_LAYER_ID_ICMPV6))

/* What the layers of the frame say. */
typedef struct {
  guint64 seen;          /* HG_LAYER_BIT(), or-ed; nothing that an ICMP error quotes */
  guint64 repeated;      /* of these, what is there more than once */
  HgTransport transport; /* of the innermost packet */
  guint headers;         /* link, IP and ARP headers */
  guint frames;          /* a frame may hold others: those of a capture sent over the network */
  gboolean dns_in_udp;   /* a DNS message right behind a UDP header */
  gboolean stream_start; /* payload among the first bytes of its direction of a TCP connection, as
                            far as that was captured; see HG_FIRST_BYTES */
  guint32 stream;        /* which connection that is, by Wireshark's count */
  int last_protocol;     /* the last layer that names a protocol; -1: none */
} HgFrameLayers;

/* Which protocol is which layer, by Wireshark's ids of protocols. To be embedded. */
typedef struct {
  guint8 *ids;  /* layer by protocol id; owned */
  guint count;  /* of these; protocols with higher ids are HG_LAYER_ID_OTHER */
  guint layers; /* numbers given away */
} HgLayerTable;

void hg_layer_table_init(HgLayerTable *table);
void hg_layer_table_clear(HgLayerTable *table);

/* The number of the layer that a display filter calls so ("smb2"), a new one unless it has one.
 * HG_LAYER_ID_OTHER: this Wireshark has no such protocol. */
guint hg_layer_table_add(HgLayerTable *table, const char *filter_name);

/* Walks the layers from the outside in, up to ICMP: what follows is quoted, or is data. */
void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers);

#endif

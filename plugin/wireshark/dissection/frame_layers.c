/* frame_layers.c - what a frame is made of
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "frame_layers.h"

#include <string.h>

static const struct {
  const char *filter_name;
  HgLayerId id;
} named[] = {
    {"frame", HG_LAYER_ID_FRAME},
    {"eth", HG_LAYER_ID_LINK},
    {"wlan", HG_LAYER_ID_LINK},
    {"ip", HG_LAYER_ID_IP},
    {"ipv6", HG_LAYER_ID_IP},
    {"tcp", HG_LAYER_ID_TCP},
    {"udp", HG_LAYER_ID_UDP},
    {"udplite", HG_LAYER_ID_UDP},
    {"sctp", HG_LAYER_ID_SCTP},
    {"dccp", HG_LAYER_ID_DCCP},
    {"icmp", HG_LAYER_ID_ICMP},
    {"icmpv6", HG_LAYER_ID_ICMPV6},
    {"arp", HG_LAYER_ID_ARP},
    {"dns", HG_LAYER_ID_DNS},
    {"mdns", HG_LAYER_ID_LOCAL_DNS},
    {"llmnr", HG_LAYER_ID_LOCAL_DNS},
    {"vlan", HG_LAYER_ID_LABEL},
    {"ieee8021ad", HG_LAYER_ID_LABEL},
    {"vxlan", HG_LAYER_ID_LABEL},
    {"geneve", HG_LAYER_ID_LABEL},
    {"gre", HG_LAYER_ID_LABEL},
    {"gtp", HG_LAYER_ID_LABEL},
    {"l2tp", HG_LAYER_ID_LABEL},
    {"mpls", HG_LAYER_ID_LABEL},
    {"pppoes", HG_LAYER_ID_LABEL},
    {"data", HG_LAYER_ID_NO_PROTOCOL},
    /* Parts of IPv6's header, by whose names no packet is called. */
    {"ipv6.dstopts", HG_LAYER_ID_NO_PROTOCOL},
    {"ipv6.fraghdr", HG_LAYER_ID_NO_PROTOCOL},
    {"ipv6.hopopts", HG_LAYER_ID_NO_PROTOCOL},
    {"ipv6.routing", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.malformed", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.short", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.unreassembled", HG_LAYER_ID_NO_PROTOCOL},
    /* Postdissectors come last, and speak about the packet: our own, TRANSUM, MATE. */
    {"hostgraph", HG_LAYER_ID_NO_PROTOCOL},
    {"transum", HG_LAYER_ID_NO_PROTOCOL},
    {"mate", HG_LAYER_ID_NO_PROTOCOL},
};

static void set_id(HgLayerTable *table, int protocol, guint id) {
  if (protocol < 0)
    return;
  if ((guint)protocol >= table->count) {
    table->ids = g_renew(guint8, table->ids, (gsize)protocol + 1);
    memset(table->ids + table->count, HG_LAYER_ID_OTHER, (gsize)protocol + 1 - table->count);
    table->count = (guint)protocol + 1;
  }
  table->ids[protocol] = (guint8)id;
}

void hg_layer_table_init(HgLayerTable *table) {
  *table = (HgLayerTable){.layers = HG_LAYER_ID_COUNT};
  for (guint i = 0; i < G_N_ELEMENTS(named); i++)
    set_id(table, proto_get_id_by_filter_name(named[i].filter_name), named[i].id);
}

static inline guint id_of(const HgLayerTable *table, int protocol) {
  return (guint)protocol < table->count ? table->ids[protocol] : HG_LAYER_ID_OTHER;
}

guint hg_layer_table_add(HgLayerTable *table, const char *filter_name) {
  const int protocol = proto_get_id_by_filter_name(filter_name);
  if (protocol < 0)
    return HG_LAYER_ID_OTHER;
  if (id_of(table, protocol) == HG_LAYER_ID_OTHER) {
    g_assert(table->layers < HG_LAYER_ID_MAX); /* a programmer's error: too many sources */
    set_id(table, protocol, table->layers++);
  }
  return id_of(table, protocol);
}

void hg_layer_table_clear(HgLayerTable *table) {
  g_free(table->ids);
  *table = (HgLayerTable){0};
}

/* A new packet begins: the transport read before it was a tunnel's. */
#define NEW_PACKET HG_TRANSPORT_COUNT

/* What a layer says of the innermost transport; HG_TRANSPORT_NONE: nothing. */
static const guint8 transports[HG_LAYER_ID_MAX] = {
    [HG_LAYER_ID_LINK] = NEW_PACKET,
    [HG_LAYER_ID_ARP] = NEW_PACKET,
    [HG_LAYER_ID_IP] = NEW_PACKET,
    [HG_LAYER_ID_TCP] = HG_TRANSPORT_TCP,
    [HG_LAYER_ID_UDP] = HG_TRANSPORT_UDP,
    [HG_LAYER_ID_SCTP] = HG_TRANSPORT_SCTP,
    [HG_LAYER_ID_DCCP] = HG_TRANSPORT_DCCP,
    [HG_LAYER_ID_ICMP] = HG_TRANSPORT_ICMP,
    [HG_LAYER_ID_ICMPV6] = HG_TRANSPORT_ICMPV6,
};

static const guint64 dns = HG_LAYER_BIT(HG_LAYER_ID_DNS) | HG_LAYER_BIT(HG_LAYER_ID_LOCAL_DNS);

/* Frames within frames and DNS right behind UDP: few frames have either, so this second walk is only
 * made for them. */
static void read_order(const HgLayerTable *table, const packet_info *pinfo, HgFrameLayers *layers) {
  guint before = HG_LAYER_ID_OTHER, id;
  layers->frames = 0;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at), before = id) {
    id = id_of(table, GPOINTER_TO_INT(wmem_list_frame_data(at)));
    layers->frames += id == HG_LAYER_ID_FRAME;
    if (HG_LAYER_BIT(id) & dns)
      layers->dns_in_udp = before == HG_LAYER_ID_UDP;
    if (HG_LAYER_BIT(id) & HG_LAYER_BITS_ICMP)
      break;
  }
}

void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers) {
  guint64 seen = 0, repeated = 0;
  guint transport = HG_TRANSPORT_NONE, headers = 0;
  int last_protocol = -1;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers);
       at != NULL && !(seen & HG_LAYER_BITS_ICMP); at = wmem_list_frame_next(at)) {
    const int protocol = GPOINTER_TO_INT(wmem_list_frame_data(at));
    const guint id = id_of(table, protocol);
    repeated |= seen & HG_LAYER_BIT(id);
    seen |= HG_LAYER_BIT(id);
    last_protocol = id != HG_LAYER_ID_NO_PROTOCOL ? protocol : last_protocol;
    headers += transports[id] == NEW_PACKET;
    transport = transports[id] != HG_TRANSPORT_NONE ? transports[id] : transport;
  }
  *layers = (HgFrameLayers){
      .seen = seen,
      .repeated = repeated,
      .transport = transport == NEW_PACKET ? HG_TRANSPORT_NONE : transport,
      .headers = headers,
      .frames = (seen & HG_LAYER_BIT(HG_LAYER_ID_FRAME)) != 0,
      .last_protocol = last_protocol,
  };
  if ((repeated & HG_LAYER_BIT(HG_LAYER_ID_FRAME)) || (seen & dns))
    read_order(table, pinfo, layers);
}

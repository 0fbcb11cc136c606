/* frame_layers.c - what a frame is made of
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "frame_layers.h"

static const struct {
  const char *filter_name;
  HgLayerId sees;
} protocols[] = {
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
    {"tls", HG_LAYER_ID_TLS},
    {"http", HG_LAYER_ID_HTTP},
    {"dhcp", HG_LAYER_ID_DHCP},
    {"bootp", HG_LAYER_ID_DHCP},
    {"urlencoded-form", HG_LAYER_ID_FORM},
    {"telnet", HG_LAYER_ID_TELNET},
    {"pap", HG_LAYER_ID_PAP},
    {"snmp", HG_LAYER_ID_SNMP},
    {"pop", HG_LAYER_ID_POP},
    {"imap", HG_LAYER_ID_IMAP},
    {"smtp", HG_LAYER_ID_SMTP},
    {"ftp", HG_LAYER_ID_FTP},
    {"pgsql", HG_LAYER_ID_PGSQL},
    {"tds", HG_LAYER_ID_TDS},
    {"vnc", HG_LAYER_ID_VNC},
    {"kerberos", HG_LAYER_ID_KERBEROS},
    {"ldap", HG_LAYER_ID_LDAP},
    {"mysql", HG_LAYER_ID_MYSQL},
    {"smb", HG_LAYER_ID_SMB},
    {"smb2", HG_LAYER_ID_SMB2},
    {"dcerpc", HG_LAYER_ID_DCERPC},
    {"data", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.malformed", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.short", HG_LAYER_ID_NO_PROTOCOL},
    {"_ws.unreassembled", HG_LAYER_ID_NO_PROTOCOL},
    /* Postdissectors come last, and speak about the packet: our own, TRANSUM, MATE. */
    {"hostgraph", HG_LAYER_ID_NO_PROTOCOL},
    {"transum", HG_LAYER_ID_NO_PROTOCOL},
    {"mate", HG_LAYER_ID_NO_PROTOCOL},
};

void hg_layer_table_init(HgLayerTable *table) {
  int ids[G_N_ELEMENTS(protocols)], highest = -1;
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    ids[i] = proto_get_id_by_filter_name(protocols[i].filter_name);
    highest = MAX(highest, ids[i]);
  }
  table->count = (guint)(highest + 1);
  table->sees = g_new0(guint8, table->count);
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    if (ids[i] >= 0)
      table->sees[ids[i]] = (guint8)protocols[i].sees;
  }
}

void hg_layer_table_clear(HgLayerTable *table) {
  g_free(table->sees);
  *table = (HgLayerTable){0};
}

/* What was read of a transport is a tunnel's, and no more of interest. */
#define NEW_PACKET HG_TRANSPORT_COUNT

/* What a layer says of the innermost transport; HG_TRANSPORT_NONE: nothing. */
static const guint8 transports[HG_LAYER_ID_COUNT] = {
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

static const guint64 icmp = HG_LAYER_BIT(HG_LAYER_ID_ICMP) | HG_LAYER_BIT(HG_LAYER_ID_ICMPV6);
static const guint64 dns = HG_LAYER_BIT(HG_LAYER_ID_DNS) | HG_LAYER_BIT(HG_LAYER_ID_LOCAL_DNS);

static inline HgLayerId sees_of(const HgLayerTable *table, int id) {
  return (guint)id < table->count ? table->sees[id] : HG_LAYER_ID_OTHER;
}

/* What few frames have: asked for once it is known that this one does. */
static void read_order(const HgLayerTable *table, const packet_info *pinfo, HgFrameLayers *layers) {
  HgLayerId before = HG_LAYER_ID_OTHER, sees;
  layers->frames = 0;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at), before = sees) {
    sees = sees_of(table, GPOINTER_TO_INT(wmem_list_frame_data(at)));
    layers->frames += sees == HG_LAYER_ID_FRAME;
    if (HG_LAYER_BIT(sees) & dns)
      layers->dns_in_udp = before == HG_LAYER_ID_UDP;
    if (HG_LAYER_BIT(sees) & icmp)
      break;
  }
}

void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers) {
  guint64 seen = 0, repeated = 0;
  guint transport = HG_TRANSPORT_NONE;
  int last_protocol = -1;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL && !(seen & icmp);
       at = wmem_list_frame_next(at)) {
    const int id = GPOINTER_TO_INT(wmem_list_frame_data(at));
    const HgLayerId sees = sees_of(table, id);
    repeated |= seen & HG_LAYER_BIT(sees);
    seen |= HG_LAYER_BIT(sees);
    last_protocol = sees != HG_LAYER_ID_NO_PROTOCOL ? id : last_protocol;
    transport = transports[sees] != HG_TRANSPORT_NONE ? transports[sees] : transport;
  }
  *layers = (HgFrameLayers){
      .seen = seen,
      .repeated = repeated,
      .transport = transport == NEW_PACKET ? HG_TRANSPORT_NONE : transport,
      .frames = (seen & HG_LAYER_BIT(HG_LAYER_ID_FRAME)) != 0,
      .last_protocol = last_protocol,
  };
  if ((repeated & HG_LAYER_BIT(HG_LAYER_ID_FRAME)) || (seen & dns))
    read_order(table, pinfo, layers);
}

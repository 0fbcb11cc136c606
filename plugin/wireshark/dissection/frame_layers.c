/* frame_layers.c - what a frame is made of
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "frame_layers.h"

static const struct {
  const char *filter_name;
  HgSees sees;
} protocols[] = {
    {"frame", HG_SEES_FRAME},
    {"eth", HG_SEES_LINK},
    {"wlan", HG_SEES_LINK},
    {"ip", HG_SEES_IP},
    {"ipv6", HG_SEES_IP},
    {"tcp", HG_SEES_TCP},
    {"udp", HG_SEES_UDP},
    {"udplite", HG_SEES_UDP},
    {"sctp", HG_SEES_SCTP},
    {"dccp", HG_SEES_DCCP},
    {"icmp", HG_SEES_ICMP},
    {"icmpv6", HG_SEES_ICMPV6},
    {"arp", HG_SEES_ARP},
    {"dns", HG_SEES_DNS},
    {"mdns", HG_SEES_LOCAL_DNS},
    {"llmnr", HG_SEES_LOCAL_DNS},
    {"tls", HG_SEES_TLS},
    {"http", HG_SEES_HTTP},
    {"dhcp", HG_SEES_DHCP},
    {"bootp", HG_SEES_DHCP},
    {"urlencoded-form", HG_SEES_FORM},
    {"telnet", HG_SEES_TELNET},
    {"pap", HG_SEES_PAP},
    {"snmp", HG_SEES_SNMP},
    {"pop", HG_SEES_POP},
    {"imap", HG_SEES_IMAP},
    {"smtp", HG_SEES_SMTP},
    {"ftp", HG_SEES_FTP},
    {"pgsql", HG_SEES_PGSQL},
    {"tds", HG_SEES_TDS},
    {"vnc", HG_SEES_VNC},
    {"kerberos", HG_SEES_KERBEROS},
    {"ldap", HG_SEES_LDAP},
    {"mysql", HG_SEES_MYSQL},
    {"smb", HG_SEES_SMB},
    {"smb2", HG_SEES_SMB2},
    {"dcerpc", HG_SEES_DCERPC},
    {"data", HG_SEES_NO_PROTOCOL},
    {"_ws.malformed", HG_SEES_NO_PROTOCOL},
    {"_ws.short", HG_SEES_NO_PROTOCOL},
    {"_ws.unreassembled", HG_SEES_NO_PROTOCOL},
    /* Postdissectors come last, and speak about the packet: our own, TRANSUM, MATE. */
    {"hostgraph", HG_SEES_NO_PROTOCOL},
    {"transum", HG_SEES_NO_PROTOCOL},
    {"mate", HG_SEES_NO_PROTOCOL},
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
static const guint8 transports[HG_SEES_COUNT] = {
    [HG_SEES_LINK] = NEW_PACKET,
    [HG_SEES_ARP] = NEW_PACKET,
    [HG_SEES_IP] = NEW_PACKET,
    [HG_SEES_TCP] = HG_TRANSPORT_TCP,
    [HG_SEES_UDP] = HG_TRANSPORT_UDP,
    [HG_SEES_SCTP] = HG_TRANSPORT_SCTP,
    [HG_SEES_DCCP] = HG_TRANSPORT_DCCP,
    [HG_SEES_ICMP] = HG_TRANSPORT_ICMP,
    [HG_SEES_ICMPV6] = HG_TRANSPORT_ICMPV6,
};

static const guint64 icmp = HG_SEEN(HG_SEES_ICMP) | HG_SEEN(HG_SEES_ICMPV6);
static const guint64 dns = HG_SEEN(HG_SEES_DNS) | HG_SEEN(HG_SEES_LOCAL_DNS);

static inline HgSees sees_of(const HgLayerTable *table, int id) {
  return (guint)id < table->count ? table->sees[id] : HG_SEES_OTHER;
}

/* What few frames have: asked for once it is known that this one does. */
static void read_order(const HgLayerTable *table, const packet_info *pinfo, HgFrameLayers *layers) {
  HgSees before = HG_SEES_OTHER, sees;
  layers->frames = 0;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at), before = sees) {
    sees = sees_of(table, GPOINTER_TO_INT(wmem_list_frame_data(at)));
    layers->frames += sees == HG_SEES_FRAME;
    if (HG_SEEN(sees) & dns)
      layers->dns_in_udp = before == HG_SEES_UDP;
    if (HG_SEEN(sees) & icmp)
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
    const HgSees sees = sees_of(table, id);
    repeated |= seen & HG_SEEN(sees);
    seen |= HG_SEEN(sees);
    last_protocol = sees != HG_SEES_NO_PROTOCOL ? id : last_protocol;
    transport = transports[sees] != HG_TRANSPORT_NONE ? transports[sees] : transport;
  }
  *layers = (HgFrameLayers){
      .seen = seen,
      .repeated = repeated,
      .transport = transport == NEW_PACKET ? HG_TRANSPORT_NONE : transport,
      .frames = (seen & HG_SEEN(HG_SEES_FRAME)) != 0,
      .last_protocol = last_protocol,
  };
  if ((repeated & HG_SEEN(HG_SEES_FRAME)) || (seen & dns))
    read_order(table, pinfo, layers);
}

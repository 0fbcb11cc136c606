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
  int ids[G_N_ELEMENTS(protocols)];
  *table = (HgLayerTable){0};
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    ids[i] = proto_get_id_by_filter_name(protocols[i].filter_name);
    table->highest = MAX(table->highest, ids[i]);
  }
  table->sees = g_new0(guint8, (gsize)table->highest + 1);
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    if (ids[i] >= 0)
      table->sees[ids[i]] = (guint8)protocols[i].sees;
  }
}

void hg_layer_table_clear(HgLayerTable *table) {
  g_free(table->sees);
  *table = (HgLayerTable){0};
}

static const guint8 transports[HG_SEES_COUNT] = {
    [HG_SEES_TCP] = HG_TRANSPORT_TCP,   [HG_SEES_UDP] = HG_TRANSPORT_UDP,
    [HG_SEES_SCTP] = HG_TRANSPORT_SCTP, [HG_SEES_DCCP] = HG_TRANSPORT_DCCP,
    [HG_SEES_ICMP] = HG_TRANSPORT_ICMP, [HG_SEES_ICMPV6] = HG_TRANSPORT_ICMPV6,
};

void hg_frame_layers_read(const HgLayerTable *table, const packet_info *pinfo,
                          HgFrameLayers *layers) {
  HgSees before = HG_SEES_OTHER;
  *layers = (HgFrameLayers){.last_protocol = -1};
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at)) {
    const int id = GPOINTER_TO_INT(wmem_list_frame_data(at));
    const HgSees sees = id >= 0 && id <= table->highest ? table->sees[id] : HG_SEES_OTHER;
    const HgTransport transport = transports[sees];
    if (sees != HG_SEES_NO_PROTOCOL)
      layers->last_protocol = id;
    layers->repeated |= layers->seen & HG_SEEN(sees);
    layers->seen |= HG_SEEN(sees);
    layers->frames += sees == HG_SEES_FRAME;
    if (transport != HG_TRANSPORT_NONE)
      layers->transport = transport;
    else if (sees == HG_SEES_LINK || sees == HG_SEES_ARP || sees == HG_SEES_IP)
      layers->transport = HG_TRANSPORT_NONE; /* that was a tunnel's */
    if (sees == HG_SEES_DNS || sees == HG_SEES_LOCAL_DNS)
      layers->dns_in_udp = before == HG_SEES_UDP;
    before = sees;
    if (sees == HG_SEES_ICMP || sees == HG_SEES_ICMPV6)
      break;
  }
}

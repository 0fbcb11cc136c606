/* packet_fill.c - one dissected frame as an HgPacket
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <string.h>

#include <epan/address_types.h>
#include <epan/column-utils.h>
#include <epan/to_str.h>

#include "packet_fill.h"

/* Short names kept at hand: more than a capture's usual protocols, in a few cache lines. */
#define NAMES 64

struct HgFill {
  HgLayer layer;
  gboolean columns;
  int wlan_type, bssid_type; /* Wireshark's address types for 802.11; -1: none */
  int highest;               /* protocol id covered by sees[] */
  guint8 *sees;              /* HgSees by protocol id */
  char text[2][HG_ADDRESS_MAX_LENGTH + 1];
  struct {
    int protocol;
    const char *name;
  } names[NAMES]; /* by protocol id modulo NAMES; Wireshark's own look-up takes two hash tables */
};

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

HgFill *hg_fill_new(HgLayer layer, gboolean columns) {
  HgFill *fill = g_new0(HgFill, 1);
  int ids[G_N_ELEMENTS(protocols)];
  fill->layer = layer;
  fill->columns = columns;
  fill->wlan_type = address_type_get_by_name("AT_ETHER_WLAN");
  fill->bssid_type = address_type_get_by_name("AT_ETHER_BSSID");
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    ids[i] = proto_get_id_by_filter_name(protocols[i].filter_name);
    fill->highest = MAX(fill->highest, ids[i]);
  }
  fill->sees = g_new0(guint8, (gsize)fill->highest + 1);
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++) {
    if (ids[i] >= 0)
      fill->sees[ids[i]] = (guint8)protocols[i].sees;
  }
  return fill;
}

void hg_fill_free(HgFill *fill) {
  if (fill == NULL)
    return;
  g_free(fill->sees);
  g_free(fill);
}

HgAddress hg_fill_plain_address(const HgFill *fill, const address *from) {
  HgAddress to = {.data = from->data, .length = (guint8)from->len};
  if (from->type == AT_IPv4 && from->len == 4)
    to.kind = HG_ADDRESS_IPV4;
  else if (from->type == AT_IPv6 && from->len == 16)
    to.kind = HG_ADDRESS_IPV6;
  else if (from->len == 6 && from->data != NULL &&
           (from->type == AT_ETHER || from->type == fill->wlan_type ||
            from->type == fill->bssid_type))
    to.kind = HG_ADDRESS_MAC;
  else
    return (HgAddress){0};
  return to;
}

/* Any text as an address: valid UTF-8, cut at a character, kept in `buffer`. */
static HgAddress text_address(const char *text, char buffer[HG_ADDRESS_MAX_LENGTH + 1]) {
  HgAddress to = {0};
  const char *end = NULL;
  if (text == NULL || *text == '\0')
    return to;
  if (!g_utf8_validate(text, -1, &end)) {
    char *valid = g_utf8_make_valid(text, -1);
    g_strlcpy(buffer, valid, HG_ADDRESS_MAX_LENGTH + 1);
    g_free(valid);
  } else {
    g_strlcpy(buffer, text, HG_ADDRESS_MAX_LENGTH + 1);
  }
  if (!g_utf8_validate(buffer, -1, &end))
    buffer[end - buffer] = '\0';
  to.kind = HG_ADDRESS_OTHER;
  to.length = (guint8)strlen(buffer);
  to.data = (const guint8 *)buffer;
  return to;
}

/* Where 802.11 has no address but the receiver's, its dissector writes the column itself: "NAME
 * (00:11:22:aa:bb:cc) (RA)", or without a name "00:11:22:aa:bb:cc (RA)". The host is that MAC; NAME
 * depends on the machine. */
static HgAddress mac_in_text(const char *text, char buffer[HG_ADDRESS_MAX_LENGTH + 1]) {
  static const char *const roles[] = {" (RA)", " (TA)", " (BSSID)"};
  HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = (const guint8 *)buffer};
  const char *end = text != NULL ? g_strrstr(text, " (") : NULL;
  gboolean known = FALSE;
  for (guint i = 0; end != NULL && i < G_N_ELEMENTS(roles); i++)
    known |= strcmp(end, roles[i]) == 0;
  if (!known)
    return (HgAddress){0};
  end -= end > text && end[-1] == ')';
  if (end - text < 17)
    return (HgAddress){0};
  for (guint i = 0; i < 6; i++) {
    const char *byte = end - 17 + (gsize)i * 3;
    if (!g_ascii_isxdigit(byte[0]) || !g_ascii_isxdigit(byte[1]) || (i < 5 && byte[2] != ':'))
      return (HgAddress){0};
    buffer[i] = (char)(g_ascii_xdigit_value(byte[0]) << 4 | g_ascii_xdigit_value(byte[1]));
  }
  return mac;
}

/* What the Source or Destination column shows, unresolved. */
static HgAddress shown_address(HgFill *fill, packet_info *pinfo, const address *from, int column,
                               char buffer[HG_ADDRESS_MAX_LENGTH + 1]) {
  HgAddress to;
  if (from->type == AT_NONE) {
    /* Some dissectors without addresses write the column themselves. */
    if (column < 0 || !fill->columns)
      return (HgAddress){0};
    to = mac_in_text(col_get_text(pinfo->cinfo, column), buffer);
    return to.kind != HG_ADDRESS_NONE ? to
                                      : text_address(col_get_text(pinfo->cinfo, column), buffer);
  }
  to = hg_fill_plain_address(fill, from);
  if (to.kind != HG_ADDRESS_NONE)
    return to;
  return text_address(address_to_str(pinfo->pool, from), buffer);
}

/* At layer=net a host is in those packets that Wireshark's own statistics count for it. They leave
 * out what the ip and ipv6 taps leave out: IPv6 fragments before the last, headers cut off. */
static void drop_untapped(const HgHeaders *headers, HgPacket *packet) {
  if (headers->frame == packet->frame && headers->net)
    return;
  if (packet->source.kind == HG_ADDRESS_IPV4 || packet->source.kind == HG_ADDRESS_IPV6)
    packet->source = packet->destination = (HgAddress){0};
}

static void fill_addresses(HgFill *fill, packet_info *pinfo, const HgHeaders *headers,
                           HgPacket *packet) {
  const address *source = &pinfo->src, *destination = &pinfo->dst;
  int source_column = COL_DEF_SRC, destination_column = COL_DEF_DST;
  if (fill->layer != HG_LAYER_AUTO) {
    const gboolean net = fill->layer == HG_LAYER_NET;
    source = net ? &pinfo->net_src : &pinfo->dl_src;
    destination = net ? &pinfo->net_dst : &pinfo->dl_dst;
    source_column = destination_column = -1;
  }
  packet->source = shown_address(fill, pinfo, source, source_column, fill->text[0]);
  packet->destination = shown_address(fill, pinfo, destination, destination_column, fill->text[1]);
  if (fill->layer == HG_LAYER_NET)
    drop_untapped(headers, packet);
  packet->link_source = hg_fill_plain_address(fill, &pinfo->dl_src);
  if (packet->link_source.kind != HG_ADDRESS_MAC)
    packet->link_source = (HgAddress){0};
  packet->link_destination = hg_fill_plain_address(fill, &pinfo->dl_dst);
  if (packet->link_destination.kind != HG_ADDRESS_MAC)
    packet->link_destination = (HgAddress){0};
}

static const guint8 transports[HG_SEES_COUNT] = {
    [HG_SEES_TCP] = HG_TRANSPORT_TCP,   [HG_SEES_UDP] = HG_TRANSPORT_UDP,
    [HG_SEES_SCTP] = HG_TRANSPORT_SCTP, [HG_SEES_DCCP] = HG_TRANSPORT_DCCP,
    [HG_SEES_ICMP] = HG_TRANSPORT_ICMP, [HG_SEES_ICMPV6] = HG_TRANSPORT_ICMPV6,
};

/* Walks the layers from the outside in, up to ICMP: what follows is quoted, or is data. */
static void walk_layers(const HgFill *fill, const packet_info *pinfo, HgFrameLayers *layers) {
  HgSees before = HG_SEES_OTHER;
  *layers = (HgFrameLayers){.last_protocol = -1};
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at)) {
    const int id = GPOINTER_TO_INT(wmem_list_frame_data(at));
    const HgSees sees = id >= 0 && id <= fill->highest ? fill->sees[id] : HG_SEES_OTHER;
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

/* Headers that the taps did not get to see (cut off) are in pinfo, when they are not quoted. */
static void fill_ports(const packet_info *pinfo, port_type type, HgPacket *packet) {
  if (pinfo->ptype != type)
    return;
  packet->source_port = (guint16)pinfo->srcport;
  packet->destination_port = (guint16)pinfo->destport;
}

static void fill_transport(const packet_info *pinfo, const HgHeaders *headers,
                           const HgFrameLayers *layers, HgPacket *packet) {
  const gboolean tapped = headers->frame == packet->frame;
  packet->transport = layers->transport;
  packet->payload_length = packet->wire_length;
  switch (layers->transport) {
  case HG_TRANSPORT_TCP:
    packet->payload_length = 0;
    if (tapped && headers->tcp) {
      packet->source_port = headers->tcp_port[0];
      packet->destination_port = headers->tcp_port[1];
      packet->tcp_flags = headers->tcp_flags;
      packet->tcp_sequence = headers->tcp_sequence;
      packet->payload_length = headers->tcp_payload;
    } else {
      fill_ports(pinfo, PT_TCP, packet);
    }
    break;
  case HG_TRANSPORT_UDP:
    packet->payload_length = 0;
    if (tapped && headers->udp) {
      packet->source_port = headers->udp_port[0];
      packet->destination_port = headers->udp_port[1];
      packet->payload_length = headers->udp_payload;
    } else {
      fill_ports(pinfo, PT_UDP, packet);
    }
    break;
  case HG_TRANSPORT_SCTP:
    packet->payload_length = tapped && headers->sctp ? headers->sctp_payload : 0;
    fill_ports(pinfo, PT_SCTP, packet);
    break;
  case HG_TRANSPORT_DCCP:
    fill_ports(pinfo, PT_DCCP, packet);
    break;
  default:
    break;
  }
}

static const char *short_name(HgFill *fill, int protocol) {
  const guint slot = (guint)protocol % NAMES;
  if (fill->names[slot].name == NULL || fill->names[slot].protocol != protocol) {
    fill->names[slot].protocol = protocol;
    fill->names[slot].name = proto_get_protocol_short_name(find_protocol_by_id(protocol));
  }
  return fill->names[slot].name;
}

gint64 hg_fill_nanoseconds(const nstime_t *time) {
  const gint64 second = G_GINT64_CONSTANT(1000000000), most = G_MAXINT64 / second - 1;
  return CLAMP((gint64)time->secs, -most, most) * second + time->nsecs;
}

void hg_fill_packet(HgFill *fill, packet_info *pinfo, const HgHeaders *headers,
                    HgFrameLayers *layers, HgPacket *packet) {
  *packet = (HgPacket){
      .frame = pinfo->num,
      .time_ns = hg_fill_nanoseconds(&pinfo->abs_ts),
      .wire_length = pinfo->fd->pkt_len,
      .captured_length = pinfo->fd->cap_len,
  };
  walk_layers(fill, pinfo, layers);
  fill_addresses(fill, pinfo, headers, packet);
  fill_transport(pinfo, headers, layers, packet);
  if (fill->columns) {
    packet->protocol = col_get_text(pinfo->cinfo, COL_PROTOCOL);
    packet->info = col_get_text(pinfo->cinfo, COL_INFO);
  }
  if (packet->protocol == NULL && layers->last_protocol >= 0)
    packet->protocol = short_name(fill, layers->last_protocol);
}

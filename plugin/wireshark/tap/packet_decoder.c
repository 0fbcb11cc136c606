/* packet_decoder.c - one dissected frame as an HgPacket
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include <epan/column-utils.h>
#include <epan/to_str.h>

#include "packet_decoder.h"
#include "wireshark/dissection/ip_address.h"
#include "wireshark/protocols/content_key.h"

/* Short names kept at hand: more than a capture's usual protocols, in a few cache lines. */
#define NAMES 64

struct HgPacketDecoder {
  HgLayer layer;
  gboolean columns;
  HgLayerTable layers;
  char text[2][HG_ADDRESS_MAX_LENGTH + 1];
  struct {
    int protocol;
    const char *name;
  } names[NAMES]; /* by protocol id modulo NAMES; Wireshark's own look-up takes two hash tables */
};

HgPacketDecoder *hg_packet_decoder_new(HgLayer layer, gboolean columns) {
  HgPacketDecoder *decoder = g_new0(HgPacketDecoder, 1);
  decoder->layer = layer;
  decoder->columns = columns;
  hg_layer_table_init(&decoder->layers);
  return decoder;
}

void hg_packet_decoder_free(HgPacketDecoder *decoder) {
  if (decoder == NULL)
    return;
  hg_layer_table_clear(&decoder->layers);
  g_free(decoder);
}

HgLayerTable *hg_packet_decoder_layers(HgPacketDecoder *decoder) {
  return &decoder->layers;
}

/* Whether Wireshark writes these six bytes as a MAC. */
static gboolean is_written_as_mac(const address *from) {
  const guint8 *byte = from->data;
  char written[64], mac[18];
  address_to_str_buf(from, written, sizeof written);
  g_snprintf(mac, sizeof mac, "%02x:%02x:%02x:%02x:%02x:%02x", byte[0], byte[1], byte[2], byte[3],
             byte[4], byte[5]);
  return strcmp(written, mac) == 0;
}

/* Dissectors register address types of their own for MACs (802.11 has two in Wireshark 4.0, three in
 * 4.4 and 4.6), and no function lists them: the first address of a type decides for the type. The
 * answers are kept for the whole program, as Wireshark's types are. */
static gboolean is_mac_type(const address *from) {
  static guint64 asked, macs; /* one bit a type; Wireshark 4.6 has about fifty types */
  if (from->type < 0 || from->type >= 64)
    return is_written_as_mac(from);
  const guint64 bit = G_GUINT64_CONSTANT(1) << from->type;
  if (!(asked & bit) && is_written_as_mac(from))
    macs |= bit;
  asked |= bit;
  return (macs & bit) != 0;
}

static inline gboolean is_mac(const address *from) {
  return from->len == 6 && from->data != NULL && (from->type == AT_ETHER || is_mac_type(from));
}

static inline HgAddress plain_address(const address *from) {
  const HgAddress ip = hg_address_of_ip(from);
  if (ip.kind == HG_ADDRESS_NONE && is_mac(from))
    return (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = from->data};
  return ip;
}

static inline void fill_mac(const address *from, HgMac *mac) {
  mac->known = is_mac(from);
  if (mac->known)
    memcpy(mac->bytes, from->data, sizeof mac->bytes);
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

static HgAddress other_address(HgPacketDecoder *decoder, packet_info *pinfo, const address *from,
                               int column, char buffer[HG_ADDRESS_MAX_LENGTH + 1]) {
  HgAddress to;
  if (from->type != AT_NONE)
    return text_address(address_to_str(pinfo->pool, from), buffer);
  /* Some dissectors without addresses write the column themselves. */
  if (column < 0 || !decoder->columns)
    return (HgAddress){0};
  to = mac_in_text(col_get_text(pinfo->cinfo, column), buffer);
  return to.kind != HG_ADDRESS_NONE ? to : text_address(col_get_text(pinfo->cinfo, column), buffer);
}

/* What the Source or Destination column shows, unresolved. */
static inline HgAddress shown_address(HgPacketDecoder *decoder, packet_info *pinfo,
                                      const address *from, int column,
                                      char buffer[HG_ADDRESS_MAX_LENGTH + 1]) {
  const HgAddress to = plain_address(from);
  return to.kind != HG_ADDRESS_NONE ? to : other_address(decoder, pinfo, from, column, buffer);
}

/* At layer=net a host is in those packets that Wireshark's own statistics count for it. They leave
 * out what the ip and ipv6 taps leave out: IPv6 fragments before the last, headers cut off. */
static gboolean is_untapped(const packet_info *pinfo, const HgHeaders *headers,
                            const HgAddress *source) {
  const gboolean ip = source->kind == HG_ADDRESS_IPV4 || source->kind == HG_ADDRESS_IPV6;
  return ip && !(headers->frame == pinfo->num && headers->net);
}

static inline void fill_addresses(HgPacketDecoder *decoder, packet_info *pinfo,
                                  const HgHeaders *headers, HgPacket *packet) {
  const address *source = &pinfo->src, *destination = &pinfo->dst;
  int source_column = COL_DEF_SRC, destination_column = COL_DEF_DST;
  if (decoder->layer != HG_LAYER_AUTO) {
    const gboolean net = decoder->layer == HG_LAYER_NET;
    source = net ? &pinfo->net_src : &pinfo->dl_src;
    destination = net ? &pinfo->net_dst : &pinfo->dl_dst;
    source_column = destination_column = -1;
  }
  packet->source = shown_address(decoder, pinfo, source, source_column, decoder->text[0]);
  packet->destination =
      shown_address(decoder, pinfo, destination, destination_column, decoder->text[1]);
  if (decoder->layer == HG_LAYER_NET && is_untapped(pinfo, headers, &packet->source))
    packet->source = packet->destination = (HgAddress){0};
  fill_mac(&pinfo->dl_src, &packet->link_source);
  fill_mac(&pinfo->dl_dst, &packet->link_destination);
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
  packet->transport = (guint8)layers->transport;
  packet->source_port = packet->destination_port = 0;
  packet->tcp_flags = 0;
  packet->tcp_sequence = packet->tcp_acknowledged = 0;
  packet->payload_length = packet->wire_length;
  switch (layers->transport) {
  case HG_TRANSPORT_TCP:
    packet->payload_length = 0;
    if (tapped && headers->tcp) {
      packet->source_port = headers->tcp_port[0];
      packet->destination_port = headers->tcp_port[1];
      packet->tcp_flags = headers->tcp_flags;
      packet->tcp_sequence = headers->tcp_sequence;
      packet->tcp_acknowledged = headers->tcp_acknowledged;
      packet->payload_length = headers->tcp_payload;
    } else {
      packet->tcp_flags = HG_TCP_ACK; /* most segments are nothing more; none has no flags at all */
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

/* Where an address lies in the frame, from its start; G_MAXSIZE: elsewhere, as in decrypted bytes. */
static inline gsize offset_in(const guint8 *frame, gsize length, const address *from) {
  const gsize at = (gsize)((guintptr)from->data - (guintptr)frame);
  return from->data != NULL && at < length ? at : G_MAXSIZE;
}

/* The address whose place tells where the header begins, and how many bytes of the header stand before it. */
static const address *header_address(const packet_info *pinfo, gsize *before) {
  const gboolean ipv4 = pinfo->net_src.type == AT_IPv4, ipv6 = pinfo->net_src.type == AT_IPv6;
  const gboolean ethernet = pinfo->dl_src.type == AT_ETHER && pinfo->dl_dst.type == AT_ETHER;
  *before = ipv4 ? 12 : ipv6 ? 8 : 0;
  return ipv4 || ipv6 ? &pinfo->net_src : ethernet ? &pinfo->dl_dst : NULL;
}

/* Of IPv6 Wireshark keeps copies of the addresses, which do not tell where the header is. G_MAXSIZE: it is
 * not in the frame, or behind more headers than are usual. */
static gsize find_ipv6(const guint8 *frame, gsize length, const packet_info *pinfo) {
  enum { HEADER = 40, FARTHEST = 256 };
  const address *source = &pinfo->net_src, *destination = &pinfo->net_dst;
  if (source->len != 16 || destination->len != 16)
    return G_MAXSIZE;
  for (gsize at = 0; at + HEADER <= length && at <= FARTHEST; at++) {
    if (frame[at] >> 4 == 6 && memcmp(frame + at + 8, source->data, 16) == 0 &&
        memcmp(frame + at + 24, destination->data, 16) == 0)
      return at;
  }
  return G_MAXSIZE;
}

/* Frames within frames have no key: their time is not that at which they were sent. */
static gboolean fill_key(const packet_info *pinfo, const HgFrameLayers *layers, HgContentKey *key) {
  gsize before;
  const address *from = header_address(pinfo, &before);
  if (layers->frames != 1 || pinfo->data_src == NULL || from == NULL)
    return FALSE;
  tvbuff_t *tvb = get_data_source_tvb(pinfo->data_src->data);
  const gsize length = tvb_captured_length(tvb);
  const guint8 *frame = length > 0 ? tvb_get_ptr(tvb, 0, (gint)length) : NULL;
  const gsize at = offset_in(frame, length, from);
  if (at == G_MAXSIZE && from->type == AT_IPv6 && length > 0) {
    const gsize header = find_ipv6(frame, length, pinfo);
    return header != G_MAXSIZE && hg_content_key_ip(frame + header, length - header, key);
  }
  if (at == G_MAXSIZE || at < before)
    return FALSE;
  return before > 0 ? hg_content_key_ip(frame + at - before, length - at + before, key)
                    : hg_content_key_ethernet(frame + at, length - at, key);
}

static const char *short_name(HgPacketDecoder *decoder, int protocol) {
  const guint slot = (guint)protocol % NAMES;
  if (decoder->names[slot].name == NULL || decoder->names[slot].protocol != protocol) {
    decoder->names[slot].protocol = protocol;
    decoder->names[slot].name = proto_get_protocol_short_name(find_protocol_by_id(protocol));
  }
  return decoder->names[slot].name;
}

/* What the Protocol column shows. */
static const char *protocol_name(HgPacketDecoder *decoder, const packet_info *pinfo,
                                 const HgFrameLayers *layers) {
  const char *name = decoder->columns ? col_get_text(pinfo->cinfo, COL_PROTOCOL) : NULL;
  if (name == NULL && layers->last_protocol >= 0)
    name = short_name(decoder, layers->last_protocol);
  return name;
}

gint64 hg_packet_decoder_time(const frame_data *frame) {
  return frame->has_ts ? hg_time_from_seconds(frame->abs_ts.secs, frame->abs_ts.nsecs)
                       : HG_TIME_NONE;
}

void hg_packet_decoder_decode(HgPacketDecoder *decoder, packet_info *pinfo,
                              const HgHeaders *headers, HgFrameLayers *layers, HgPacket *packet) {
  /* Field by field: to clear or build the whole first takes longer. */
  hg_frame_layers_read(&decoder->layers, pinfo, layers);
  layers->stream_start =
      headers->tcp_start && headers->frame == pinfo->num && layers->transport == HG_TRANSPORT_TCP;
  layers->stream = headers->tcp_stream;
  packet->frame = pinfo->num;
  packet->wire_length = pinfo->fd->pkt_len;
  packet->time_ns = hg_packet_decoder_time(pinfo->fd);
  packet->protocol = protocol_name(decoder, pinfo, layers);
  packet->info = decoder->columns ? col_get_text(pinfo->cinfo, COL_INFO) : NULL;
  packet->icmp = HG_ICMP_UNKNOWN;
  packet->answer = FALSE;
  packet->detected = NULL;
  fill_addresses(decoder, pinfo, headers, packet);
  fill_transport(pinfo, headers, layers, packet);
  if (!fill_key(pinfo, layers, &packet->key))
    packet->key = (HgContentKey){0};
}

/* datagram.c - what the innermost IP packet of a frame carries, found in the frame's bytes; ARP
 *
 * No dissector tells where a header began. But the innermost IP header holds the two addresses that
 * dissection ended with, side by side; what stands around them must be that header, and what follows
 * must be the transport that was dissected.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "datagram.h"

#define UDP_HEADER 8
#define TCP_HEADER 20 /* without options */

static guint number16(const guint8 *bytes) {
  return (guint)(bytes[0] << 8 | bytes[1]);
}

static guint32 number32(const guint8 *bytes) {
  return (guint32)number16(bytes) << 16 | number16(bytes + 2);
}

/* The IP protocol number; 0: not one that is looked for. */
static guint8 protocol_of(HgTransport transport) {
  switch (transport) {
  case HG_TRANSPORT_ICMP:
    return 1;
  case HG_TRANSPORT_TCP:
    return 6;
  case HG_TRANSPORT_UDP:
    return 17;
  case HG_TRANSPORT_ICMPV6:
    return 58;
  default:
    return 0;
  }
}

/* What follows the header; a length of 0 is one that the sender's hardware was to fill in. */
static HgDatagram cut(const guint8 *header, guint captured, guint header_length, guint length) {
  HgDatagram found = {0};
  if (length == 0)
    length = captured - header_length;
  if (captured > header_length)
    found = (HgDatagram){header + header_length, MIN(captured - header_length, length), length};
  return found;
}

static HgDatagram after_ipv4(const guint8 *header, guint captured, guint8 protocol) {
  const guint length = (header[0] & 15u) * 4, total = number16(header + 2);
  const gboolean fragment = (number16(header + 6) & 0x3fff) != 0;
  if (header[0] >> 4 != 4 || length < 20 || header[9] != protocol || fragment ||
      captured < length || (total != 0 && total < length))
    return (HgDatagram){0};
  return cut(header, captured, length, total != 0 ? total - length : 0);
}

static HgDatagram after_ipv6(const guint8 *header, guint captured, guint8 protocol) {
  if (header[0] >> 4 != 6 || header[6] != protocol || captured < 40)
    return (HgDatagram){0};
  return cut(header, captured, 40, number16(header + 4));
}

static gboolean has_ports(const HgDatagram *found, const HgPacket *packet) {
  return number16(found->bytes) == packet->source_port &&
         number16(found->bytes + 2) == packet->destination_port;
}

static gboolean strip(HgDatagram *found, guint header, const HgPacket *packet) {
  if (found->captured <= header)
    return FALSE;
  found->bytes += header;
  found->length = packet->payload_length;
  found->captured = MIN(found->captured - header, found->length);
  return found->captured > 0;
}

/* FALSE when it is not the datagram that was dissected, or is empty. */
static gboolean strip_udp(HgDatagram *found, const HgPacket *packet) {
  return found->captured > UDP_HEADER && has_ports(found, packet) &&
         number16(found->bytes + 4) == packet->payload_length + UDP_HEADER &&
         strip(found, UDP_HEADER, packet);
}

/* The same of a segment. */
static gboolean strip_tcp(HgDatagram *found, const HgPacket *packet) {
  if (found->captured <= TCP_HEADER || !has_ports(found, packet) ||
      number32(found->bytes + 4) != packet->tcp_sequence)
    return FALSE;
  const guint header = (found->bytes[12] >> 4) * 4u;
  return header >= TCP_HEADER && found->length == packet->payload_length + header &&
         strip(found, header, packet);
}

static gboolean strip_transport(HgDatagram *found, const HgPacket *packet) {
  switch (packet->transport) {
  case HG_TRANSPORT_UDP:
    return strip_udp(found, packet);
  case HG_TRANSPORT_TCP:
    return strip_tcp(found, packet);
  default:
    return TRUE;
  }
}

HgDatagram hg_datagram_find(const packet_info *pinfo, const epan_dissect_t *edt,
                            const HgPacket *packet) {
  const guint size = pinfo->net_src.type == AT_IPv4 ? 4 : 16, before = size == 4 ? 12 : 8;
  const guint8 protocol = protocol_of(packet->transport);
  const guint length = tvb_captured_length(edt->tvb);
  const guint8 *frame;
  if (protocol == 0 || pinfo->net_src.type != pinfo->net_dst.type ||
      (pinfo->net_src.type != AT_IPv4 && pinfo->net_src.type != AT_IPv6) ||
      pinfo->net_src.len != (int)size || pinfo->net_dst.len != (int)size ||
      length < before + size * 2)
    return (HgDatagram){0};
  frame = tvb_get_ptr(edt->tvb, 0, (gint)length);
  for (guint at = before; at + size * 2 <= length; at++) {
    HgDatagram found;
    if (memcmp(frame + at, pinfo->net_src.data, size) != 0 ||
        memcmp(frame + at + size, pinfo->net_dst.data, size) != 0)
      continue;
    found = size == 4 ? after_ipv4(frame + at - before, length - at + before, protocol)
                      : after_ipv6(frame + at - before, length - at + before, protocol);
    if (found.bytes != NULL && strip_transport(&found, packet))
      return found;
  }
  return (HgDatagram){0};
}

/* IEEE 802.1Q and 802.1ad. */
static gboolean is_tag(guint type) {
  return type == 0x8100 || type == 0x88a8;
}

static gboolean is_at(const guint8 *bytes, const address *mac) {
  return mac->type == AT_ETHER && mac->len == 6 && memcmp(bytes, mac->data, 6) == 0;
}

HgDatagram hg_datagram_find_arp(const packet_info *pinfo, const epan_dissect_t *edt) {
  enum { TYPE = 12, TAG = 4, ARP = 0x0806 };
  const guint length = tvb_captured_length(edt->tvb);
  const guint8 *frame = length > TYPE ? tvb_get_ptr(edt->tvb, 0, (gint)length) : NULL;
  guint at = TYPE;
  if (frame == NULL || !is_at(frame, &pinfo->dl_dst) || !is_at(frame + 6, &pinfo->dl_src))
    return (HgDatagram){0};
  while (length > at + TAG && is_tag(number16(frame + at)))
    at += TAG;
  if (length <= at + 2 || number16(frame + at) != ARP)
    return (HgDatagram){0};
  return (HgDatagram){frame + at + 2, length - at - 2, length - at - 2};
}

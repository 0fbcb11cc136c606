/* message_bytes.c - ICMP and ARP messages, found in the bytes of the frame
 *
 * No dissector tells where a header began. But the innermost IP header holds the two addresses that
 * dissection ended with, side by side; what stands around them must be that header, and the protocol in
 * it must be ICMP.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "message_bytes.h"
#include "wireshark/protocols/big_endian.h"
#include "wireshark/protocols/vlan_tag.h"

/* What follows the header; a length of 0 is one that the sender's hardware was to fill in. */
static HgMessageBytes cut(const guint8 *header, guint captured, guint header_length, guint length) {
  HgMessageBytes found = {0};
  if (length == 0)
    length = captured - header_length;
  if (captured > header_length)
    found =
        (HgMessageBytes){header + header_length, MIN(captured - header_length, length), length, 0};
  return found;
}

static HgMessageBytes after_ipv4(const guint8 *header, guint captured, guint8 protocol) {
  const guint length = (header[0] & 15u) * 4, total = hg_big_endian16(header + 2);
  const gboolean fragment = (hg_big_endian16(header + 6) & 0x3fff) != 0;
  if (header[0] >> 4 != 4 || length < 20 || header[9] != protocol || fragment ||
      captured < length || (total != 0 && total < length))
    return (HgMessageBytes){0};
  return cut(header, captured, length, total != 0 ? total - length : 0);
}

static HgMessageBytes after_ipv6(const guint8 *header, guint captured, guint8 protocol) {
  HgMessageBytes found;
  if (header[0] >> 4 != 6 || header[6] != protocol || captured < 40)
    return (HgMessageBytes){0};
  found = cut(header, captured, 40, hg_big_endian16(header + 4));
  found.hops = header[7];
  return found;
}

HgMessageBytes hg_message_bytes_icmp(const packet_info *pinfo, tvbuff_t *tvb,
                                     HgTransport transport) {
  enum { ICMP = 1, ICMPV6 = 58 }; /* IP protocol numbers */
  const guint8 protocol = transport == HG_TRANSPORT_ICMP ? ICMP : ICMPV6;
  const guint size = pinfo->net_src.type == AT_IPv4 ? 4 : 16, before = size == 4 ? 12 : 8;
  const guint length = tvb_captured_length(tvb);
  const guint8 *frame;
  if (pinfo->net_src.type != pinfo->net_dst.type ||
      (pinfo->net_src.type != AT_IPv4 && pinfo->net_src.type != AT_IPv6) ||
      pinfo->net_src.len != (int)size || pinfo->net_dst.len != (int)size ||
      length < before + size * 2)
    return (HgMessageBytes){0};
  frame = tvb_get_ptr(tvb, 0, (gint)length);
  for (guint at = before; at + size * 2 <= length; at++) {
    HgMessageBytes found;
    if (memcmp(frame + at, pinfo->net_src.data, size) != 0 ||
        memcmp(frame + at + size, pinfo->net_dst.data, size) != 0)
      continue;
    found = size == 4 ? after_ipv4(frame + at - before, length - at + before, protocol)
                      : after_ipv6(frame + at - before, length - at + before, protocol);
    if (found.bytes != NULL)
      return found;
  }
  return (HgMessageBytes){0};
}

static gboolean is_at(const guint8 *bytes, const address *mac) {
  return mac->type == AT_ETHER && mac->len == 6 && memcmp(bytes, mac->data, 6) == 0;
}

HgMessageBytes hg_message_bytes_arp(const packet_info *pinfo, tvbuff_t *tvb) {
  enum { TYPE = 12, TAG = 4, ARP = 0x0806 };
  const guint length = tvb_captured_length(tvb);
  const guint8 *frame = length > TYPE ? tvb_get_ptr(tvb, 0, (gint)length) : NULL;
  guint at = TYPE;
  if (frame == NULL || !is_at(frame, &pinfo->dl_dst) || !is_at(frame + 6, &pinfo->dl_src))
    return (HgMessageBytes){0};
  while (length > at + TAG && hg_is_vlan_tag(hg_big_endian16(frame + at)))
    at += TAG;
  if (length <= at + 2 || hg_big_endian16(frame + at) != ARP)
    return (HgMessageBytes){0};
  return (HgMessageBytes){frame + at + 2, length - at - 2, length - at - 2, 0};
}

/* frame_segment.c - in which segment a frame's innermost packet is, from the bytes of the frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "frame_segment.h"

#include "big_endian.h"
#include "tally/tables/segment.h"
#include "vlan_tag.h"

enum { /* EtherTypes */
       IPV4 = 0x0800,
       IPV6 = 0x86dd,
       ETHERNET = 0x6558, /* in GRE and Geneve */
       MPLS = 0x8847,
       MPLS_MULTICAST = 0x8848,
       PPPOE = 0x8864,
       PPP_PPTP = 0x880b,
       ERSPAN = 0x88be,
       ERSPAN_III = 0x22eb,
       UNKNOWN = 0 /* the walk ends */
};

/* What is left of the frame, from the next header on. */
typedef struct {
  const guint8 *at;
  gsize length;
  guint headers; /* link, IP and ARP headers among it, as Wireshark dissected it */
  HgFrameSegment *segment, *outer;
  HgFrameSegment outside; /* of the tunnel that was entered last */
  gboolean entered;       /* there was one */
} Walk;

static void label(Walk *walk, HgSegmentLabelKind kind, guint32 number) {
  HgFrameSegment *segment = walk->segment;
  if (segment->count == HG_SEGMENT_LABELS)
    return;
  segment->kind[segment->count] = (guint8)kind;
  segment->number[segment->count++] = number;
}

/* What is outside of a tunnel says nothing about the segment within. MPLS and PPPoE are no tunnels but what a
 * link carries. */
static void forget_outside(Walk *walk) {
  walk->outside = *walk->segment;
  if (!walk->entered)
    *walk->outer = *walk->segment;
  walk->entered = TRUE;
  *walk->segment = (HgFrameSegment){0};
}

static void enter(Walk *walk, HgSegmentLabelKind kind, guint32 number) {
  forget_outside(walk);
  label(walk, kind, number);
}

static gboolean skip(Walk *walk, gsize length) {
  if (walk->length < length)
    return FALSE;
  walk->at += length;
  walk->length -= length;
  return TRUE;
}

static void count_header(Walk *walk) {
  walk->headers -= walk->headers > 0;
}

/* Each of these reads one header and answers the EtherType of what follows. */

static guint read_ethernet(Walk *walk) {
  count_header(walk);
  if (skip(walk, 14))
    return hg_big_endian16(walk->at - 2);
  *walk->segment = walk->outside; /* there is no frame within */
  return UNKNOWN;
}

static guint read_tag(Walk *walk, guint type) {
  if (!skip(walk, 4))
    return UNKNOWN;
  const guint vlan = hg_big_endian16(walk->at - 4) & 0xfff;
  if (vlan != 0)
    label(walk, type == HG_VLAN_TAG_AD ? HG_SEGMENT_TAG_AD : HG_SEGMENT_TAG, vlan);
  return hg_big_endian16(walk->at - 2);
}

static guint ip_version(const Walk *walk) {
  const guint version = walk->length > 0 ? walk->at[0] >> 4 : 0;
  return version == 4 ? IPV4 : version == 6 ? IPV6 : UNKNOWN;
}

static guint read_mpls(Walk *walk) {
  label(walk, HG_SEGMENT_MPLS, 0);
  while (skip(walk, 4)) {
    if (walk->at[-2] & 1) /* bottom of the stack */
      return ip_version(walk);
  }
  return UNKNOWN;
}

static guint ppp_type(Walk *walk) {
  if (walk->length >= 2 && walk->at[0] == 0xff && walk->at[1] == 0x03)
    skip(walk, 2); /* address and control */
  if (!skip(walk, 2))
    return UNKNOWN;
  const guint protocol = hg_big_endian16(walk->at - 2);
  return protocol == 0x0021 ? IPV4 : protocol == 0x0057 ? IPV6 : UNKNOWN;
}

static guint read_pppoe(Walk *walk) {
  if (!skip(walk, 6))
    return UNKNOWN;
  label(walk, HG_SEGMENT_PPPOE, hg_big_endian16(walk->at - 4));
  return ppp_type(walk);
}

static guint read_vni(Walk *walk, HgSegmentLabelKind kind, gsize length) {
  if (!skip(walk, length))
    return UNKNOWN;
  enter(walk, kind, hg_big_endian24(walk->at - length + 4));
  return kind == HG_SEGMENT_VXLAN ? ETHERNET : hg_big_endian16(walk->at - length + 2);
}

static guint read_gtp(Walk *walk) {
  if (walk->length < 8 || walk->at[1] != 255) /* G-PDU: a packet of a subscriber */
    return UNKNOWN;
  const gboolean optional = (walk->at[0] & 7) != 0;
  enter(walk, HG_SEGMENT_GTP, 0);
  skip(walk, 8);
  guint8 extension = 0;
  if (optional) {
    if (!skip(walk, 4))
      return UNKNOWN;
    extension = walk->at[-1];
  }
  while (extension != 0) {
    const gsize length = walk->length > 0 ? (gsize)walk->at[0] * 4 : 0;
    if (length == 0 || !skip(walk, length))
      return UNKNOWN;
    extension = walk->at[-1];
  }
  return ip_version(walk);
}

static guint read_l2tp(Walk *walk) {
  if (walk->length < 6 || (walk->at[0] & 0x80) ||
      (walk->at[1] & 0xf) != 2) /* control, or no L2TPv2 */
    return UNKNOWN;
  const guint8 flags = walk->at[0];
  const gsize header = 6 + ((flags & 0x40) ? 2u : 0u) + ((flags & 0x08) ? 4u : 0u);
  if (!skip(walk, header))
    return UNKNOWN;
  if (flags & 0x02) { /* an offset, and so many bytes of padding */
    if (!skip(walk, 2) || !skip(walk, hg_big_endian16(walk->at - 2)))
      return UNKNOWN;
  }
  enter(walk, HG_SEGMENT_L2TP, 0);
  return ppp_type(walk);
}

static guint read_udp(Walk *walk) {
  enum { L2TP = 1701 };
  if (!skip(walk, 8))
    return UNKNOWN;
  if (hg_big_endian16(walk->at - 8) == L2TP) /* answers may go to any port (RFC 2661, 8.1) */
    return read_l2tp(walk);
  switch (hg_big_endian16(walk->at - 6)) { /* ports: IANA's, and Linux' of old for VXLAN */
  case 4789:
  case 8472:
    return read_vni(walk, HG_SEGMENT_VXLAN, 8);
  case 6081:
    return walk->length > 0 ? read_vni(walk, HG_SEGMENT_GENEVE, 8 + (gsize)(walk->at[0] & 0x3f) * 4)
                            : UNKNOWN;
  case 2152:
    return read_gtp(walk);
  case L2TP:
    return read_l2tp(walk);
  default:
    return UNKNOWN;
  }
}

/* The copy's own frame follows; type I has no header, and no sequence number in GRE. */
static guint read_erspan(Walk *walk, guint type, gboolean numbered) {
  const gboolean optional = type == ERSPAN_III && walk->length >= 12 && (walk->at[11] & 1);
  forget_outside(walk);
  return skip(walk, (type == ERSPAN_III ? 12u
                     : numbered         ? 8u
                                        : 0u) +
                        (optional ? 8u : 0u))
             ? ETHERNET
             : UNKNOWN;
}

static guint read_gre(Walk *walk) {
  if (!skip(walk, 4))
    return UNKNOWN;
  const guint8 flags = walk->at[-4], version = walk->at[-3];
  const guint type = hg_big_endian16(walk->at - 2);
  const gboolean keyed = (flags & 0x20) != 0, numbered = (flags & 0x10) != 0;
  const gboolean pptp = (version & 7) == 1;
  if ((flags & 0x80) && !skip(walk, 4)) /* checksum */
    return UNKNOWN;
  if (keyed && !skip(walk, 4))
    return UNKNOWN;
  const guint32 key = keyed ? hg_big_endian32(walk->at - 4) : 0;
  if ((numbered && !skip(walk, 4)) || (pptp && (version & 0x80) && !skip(walk, 4)))
    return UNKNOWN;
  if (type == ERSPAN || type == ERSPAN_III)
    return read_erspan(walk, type, numbered);
  if (!keyed || pptp)
    enter(walk, HG_SEGMENT_GRE, 0);
  else
    enter(walk, type == ETHERNET ? HG_SEGMENT_NVGRE : HG_SEGMENT_GRE_KEY, key);
  return type == PPP_PPTP ? ppp_type(walk) : type;
}

/* Ports and protocol numbers alone do not make a tunnel: Wireshark must have found a packet in it. */
static guint read_ip_protocol(Walk *walk, guint protocol) {
  count_header(walk);
  if (walk->headers == 0)
    return UNKNOWN;
  switch (protocol) {
  case 4:
  case 41:
    enter(walk, HG_SEGMENT_IP_IN_IP, 0);
    return protocol == 4 ? IPV4 : IPV6;
  case 17:
    return read_udp(walk);
  case 47:
    return read_gre(walk);
  default:
    return UNKNOWN;
  }
}

static guint read_ipv4(Walk *walk) {
  if (walk->length < 20)
    return UNKNOWN;
  const guint8 *header = walk->at;
  const gsize length = (gsize)(header[0] & 15) * 4;
  const gboolean later_fragment = (hg_big_endian16(header + 6) & 0x1fff) != 0;
  if (length < 20 || later_fragment || !skip(walk, length))
    return UNKNOWN;
  return read_ip_protocol(walk, header[9]);
}

static guint read_ipv6(Walk *walk) {
  enum { HOP_BY_HOP = 0, ROUTING = 43, DESTINATION = 60 };
  if (!skip(walk, 40))
    return UNKNOWN;
  guint protocol = walk->at[-34];
  while (protocol == HOP_BY_HOP || protocol == ROUTING || protocol == DESTINATION) {
    const gsize length = walk->length >= 2 ? ((gsize)walk->at[1] + 1) * 8 : 0;
    if (length == 0)
      return UNKNOWN;
    protocol = walk->at[0];
    if (!skip(walk, length))
      return UNKNOWN;
  }
  return read_ip_protocol(walk, protocol);
}

static guint read_header(Walk *walk, guint type) {
  if (hg_is_vlan_tag(type))
    return read_tag(walk, type);
  switch (type) {
  case MPLS:
  case MPLS_MULTICAST:
    return read_mpls(walk);
  case PPPOE:
    return read_pppoe(walk);
  case IPV4:
    return read_ipv4(walk);
  case IPV6:
    return read_ipv6(walk);
  case ETHERNET:
    return read_ethernet(walk);
  default:
    return UNKNOWN;
  }
}

static guint read_start(Walk *walk, HgFrameStart start) {
  switch (start) {
  case HG_FRAME_SLL: /* Linux cooked captures: the EtherType ends the header, or begins it */
    return skip(walk, 16) ? hg_big_endian16(walk->at - 2) : UNKNOWN;
  case HG_FRAME_SLL2:
    return skip(walk, 20) ? hg_big_endian16(walk->at - 20) : UNKNOWN;
  case HG_FRAME_IP:
    return ip_version(walk);
  default:
    return ETHERNET;
  }
}

void hg_frame_segment_read(HgFrameStart start, const guint8 *bytes, gsize length, guint headers,
                           HgFrameSegment *segment, HgFrameSegment *outer) {
  Walk walk = {
      .at = bytes, .length = length, .headers = headers, .segment = segment, .outer = outer};
  *segment = (HgFrameSegment){0};
  for (guint type = read_start(&walk, start); type != UNKNOWN;)
    type = read_header(&walk, type); /* each takes some bytes away */
  if (!walk.entered)
    *outer = *segment;
}

/* --- words --- */

/* Each kind's words and filter. */
static const struct {
  const char *name, *filter;
  gboolean numbered, routed, tunnel;
} kinds[] = {
    [HG_SEGMENT_TAG] = {"VLAN ", "vlan.id == ", TRUE, FALSE, FALSE},
    [HG_SEGMENT_TAG_AD] = {"VLAN ", "ieee8021ad.id == ", TRUE, FALSE, FALSE},
    [HG_SEGMENT_VXLAN] = {"VNI ", "vxlan.vni == ", TRUE, FALSE, TRUE},
    [HG_SEGMENT_GENEVE] = {"VNI ", "geneve.vni == ", TRUE, FALSE, TRUE},
    [HG_SEGMENT_NVGRE] = {"GRE key ", "gre.key == ", TRUE, FALSE, TRUE},
    [HG_SEGMENT_GRE_KEY] = {"GRE key ", "gre.key == ", TRUE, TRUE, TRUE},
    [HG_SEGMENT_GRE] = {"GRE", "gre", FALSE, TRUE, TRUE},
    [HG_SEGMENT_IP_IN_IP] = {"IP in IP", HG_SEGMENT_IP_IN_IP_FILTER, FALSE, TRUE, TRUE},
    [HG_SEGMENT_GTP] = {"GTP", "gtp", FALSE, TRUE, TRUE},
    [HG_SEGMENT_L2TP] = {"L2TP", "l2tp", FALSE, TRUE, TRUE},
    [HG_SEGMENT_MPLS] = {"MPLS", "mpls", FALSE, TRUE, FALSE},
    [HG_SEGMENT_PPPOE] = {"PPPoE session ", "pppoe.session_id == ", TRUE, TRUE, FALSE},
};

static gboolean is_tag(guint8 kind) {
  return kind == HG_SEGMENT_TAG || kind == HG_SEGMENT_TAG_AD;
}

HgVlan hg_frame_segment_vlan(const HgFrameSegment *segment) {
  HgVlan vlan = 0;
  for (guint i = 0; i < segment->count; i++)
    if (is_tag(segment->kind[i]))
      vlan = hg_vlan_within(vlan, segment->number[i]);
  return vlan;
}

char *hg_frame_segment_name(const HgFrameSegment *segment) {
  if (segment->count == 0)
    return g_strdup(hg_segment_untagged.name);
  GString *name = g_string_new(NULL);
  for (guint i = 0; i < segment->count; i++) {
    const guint8 kind = segment->kind[i];
    if (i > 0 && is_tag(kind) && is_tag(segment->kind[i - 1]))
      g_string_append_c(name, '.');
    else
      g_string_append_printf(name, "%s%s", i ? ", " : "", kinds[kind].name);
    if (kinds[kind].numbered)
      g_string_append_printf(name, "%u", segment->number[i]);
  }
  return g_string_free(name, FALSE);
}

char *hg_frame_segment_filter(const HgFrameSegment *segment) {
  if (segment->count == 0)
    return g_strdup(hg_segment_untagged.filter);
  GString *filter = g_string_new(NULL);
  for (guint i = 0; i < segment->count; i++) {
    const guint8 kind = segment->kind[i];
    g_string_append_printf(filter, "%s%s", i ? " && " : "", kinds[kind].filter);
    if (kinds[kind].numbered)
      g_string_append_printf(filter, "%u", segment->number[i]);
  }
  if (segment->count > 1) {
    g_string_prepend_c(filter, '(');
    g_string_append_c(filter, ')');
  }
  return g_string_free(filter, FALSE);
}

gboolean hg_frame_segment_is_in_tunnel(const HgFrameSegment *segment) {
  return segment->count > 0 && kinds[segment->kind[0]].tunnel;
}

gboolean hg_frame_segment_is_routed(const HgFrameSegment *segment) {
  for (guint i = 0; i < segment->count; i++)
    if (kinds[segment->kind[i]].routed)
      return TRUE;
  return FALSE;
}

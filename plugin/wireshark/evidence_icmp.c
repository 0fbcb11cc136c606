/* evidence_icmp.c - ICMP: echo requests and replies, and errors that quote a packet
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include "evidence_private.h"

static HgIcmp kind_of(HgTransport transport, guint32 type) {
  if (transport == HG_TRANSPORT_ICMPV6)
    return type == 128   ? HG_ICMP_ECHO_REQUEST
           : type == 129 ? HG_ICMP_ECHO_REPLY
           : type < 128  ? HG_ICMP_ERROR
                         : HG_ICMP_OTHER;
  switch (type) {
  case 8:
    return HG_ICMP_ECHO_REQUEST;
  case 0:
    return HG_ICMP_ECHO_REPLY;
  case 3:  /* destination unreachable */
  case 4:  /* source quench */
  case 5:  /* redirect */
  case 11: /* time exceeded */
  case 12: /* parameter problem */
    return HG_ICMP_ERROR;
  default:
    return HG_ICMP_OTHER;
  }
}

/* The first occurrence is the packet's own; what it quotes comes later. */
void hg_icmp_complete(const HgEvidenceReader *reader, const epan_dissect_t *edt, HgPacket *packet) {
  const gboolean six = packet->transport == HG_TRANSPORT_ICMPV6;
  const HgFields *fields = &reader->fields;
  guint32 type, identifier;
  if (!hg_field_number(
          hg_field_get(fields, edt, six ? HG_FIELD_ICMPV6_TYPE : HG_FIELD_ICMP_TYPE, 0), &type))
    return;
  packet->icmp = kind_of(packet->transport, type);
  if ((packet->icmp == HG_ICMP_ECHO_REQUEST || packet->icmp == HG_ICMP_ECHO_REPLY) &&
      hg_field_number(
          hg_field_get(fields, edt, six ? HG_FIELD_ICMPV6_IDENT : HG_FIELD_ICMP_IDENT, 0),
          &identifier))
    packet->source_port = (guint16)identifier;
}

/* Destination unreachable, but not "fragmentation needed" (the host is there). Other errors, such
 * as "time exceeded", say nothing about the destination. */
static gboolean says_unreachable(const HgFrame *frame) {
  guint32 type, code;
  if (frame->packet->transport == HG_TRANSPORT_ICMPV6)
    return hg_field_number(hg_frame_field(frame, HG_FIELD_ICMPV6_TYPE, 0), &type) && type == 1;
  return hg_field_number(hg_frame_field(frame, HG_FIELD_ICMP_TYPE, 0), &type) && type == 3 &&
         hg_field_number(hg_frame_field(frame, HG_FIELD_ICMP_CODE, 0), &code) && code != 4;
}

static guint16 last_port(const HgFrame *frame, HgField field) {
  const guint count = hg_field_count(&frame->reader->fields, frame->edt, field);
  guint32 port = 0;
  if (count > 0)
    hg_field_number(hg_frame_field(frame, field, count - 1), &port);
  return (guint16)port;
}

void hg_icmp_read(const HgFrame *frame) {
  const HgFrameLayers *layers = frame->layers;
  HgEvidence evidence = {.kind = HG_EVIDENCE_UNREACHABLE};
  if (frame->packet->icmp != HG_ICMP_ERROR || !says_unreachable(frame))
    return;
  if (frame->packet->transport == HG_TRANSPORT_ICMP) {
    evidence.unreachable.source =
        hg_field_address(hg_frame_field(frame, HG_FIELD_IP_SOURCE, layers->ipv4));
    evidence.unreachable.destination =
        hg_field_address(hg_frame_field(frame, HG_FIELD_IP_DESTINATION, layers->ipv4));
  } else {
    evidence.unreachable.source =
        hg_field_address(hg_frame_field(frame, HG_FIELD_IPV6_SOURCE, layers->ipv6));
    evidence.unreachable.destination =
        hg_field_address(hg_frame_field(frame, HG_FIELD_IPV6_DESTINATION, layers->ipv6));
  }
  if (evidence.unreachable.source.kind == HG_ADDRESS_NONE ||
      evidence.unreachable.destination.kind == HG_ADDRESS_NONE)
    return;
  evidence.unreachable.transport = layers->quoted;
  if (layers->quoted == HG_TRANSPORT_TCP) {
    evidence.unreachable.source_port = last_port(frame, HG_FIELD_TCP_SOURCE_PORT);
    evidence.unreachable.destination_port = last_port(frame, HG_FIELD_TCP_DESTINATION_PORT);
  } else if (layers->quoted == HG_TRANSPORT_UDP) {
    evidence.unreachable.source_port = last_port(frame, HG_FIELD_UDP_SOURCE_PORT);
    evidence.unreachable.destination_port = last_port(frame, HG_FIELD_UDP_DESTINATION_PORT);
  } else if (layers->quoted == HG_TRANSPORT_ICMP || layers->quoted == HG_TRANSPORT_ICMPV6) {
    /* The quoted echo's identifier is the last one of the frame. */
    evidence.unreachable.source_port = last_port(
        frame, layers->quoted == HG_TRANSPORT_ICMP ? HG_FIELD_ICMP_IDENT : HG_FIELD_ICMPV6_IDENT);
  }
  hg_frame_report(frame, &evidence);
}

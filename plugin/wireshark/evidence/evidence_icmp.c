/* evidence_icmp.c - ICMP: echo requests and replies, and errors that quote a packet
 *
 * Layouts: RFC 792 and RFC 4443; the quoted header is that of RFC 791 or RFC 8200.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"

#define HEADER 8 /* bytes before what an error quotes, or an echo carries */

/* The message: the frame's own comes before one that it quotes. */
static HgDatagram message_of(const HgEvidenceReader *reader, const HgPacket *packet) {
  const HgField field = packet->transport == HG_TRANSPORT_ICMP ? HG_FIELD_ICMP : HG_FIELD_ICMPV6;
  HgDatagram message = {0};
  if (reader->read & (HG_LAYER_BIT(HG_LAYER_ID_ICMP) | HG_LAYER_BIT(HG_LAYER_ID_ICMPV6)))
    message = reader->datagram;
  else
    message.bytes = hg_field_remaining(hg_field_get(&reader->fields, reader->look, field, 0),
                                       &message.captured, &message.length);
  return message.captured >= 2 ? message : (HgDatagram){0};
}

static HgIcmp kind_of(HgTransport transport, guint8 type) {
  if (transport == HG_TRANSPORT_ICMPV6) {
    if (type == 128)
      return HG_ICMP_ECHO_REQUEST;
    if (type == 129)
      return HG_ICMP_ECHO_REPLY;
    return type < 128 ? HG_ICMP_ERROR : HG_ICMP_OTHER;
  }
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

static guint16 number16(const guint8 *bytes) {
  return (guint16)(bytes[0] << 8 | bytes[1]);
}

void hg_icmp_complete(const HgEvidenceReader *reader, HgPacket *packet) {
  const HgDatagram message = message_of(reader, packet);
  if (message.bytes == NULL)
    return;
  packet->icmp = kind_of(packet->transport, message.bytes[0]);
  if ((packet->icmp == HG_ICMP_ECHO_REQUEST || packet->icmp == HG_ICMP_ECHO_REPLY) &&
      message.captured >= 6)
    packet->source_port = number16(message.bytes + 4);
}

static HgTransport transport_of(guint8 protocol) {
  switch (protocol) {
  case 1:
    return HG_TRANSPORT_ICMP;
  case 6:
    return HG_TRANSPORT_TCP;
  case 17:
    return HG_TRANSPORT_UDP;
  case 33:
    return HG_TRANSPORT_DCCP;
  case 58:
    return HG_TRANSPORT_ICMPV6;
  case 132:
    return HG_TRANSPORT_SCTP;
  default:
    return HG_TRANSPORT_NONE;
  }
}

/* The first 4 bytes of the quoted transport header; of an echo request the identifier counts. */
static void read_ports(HgEvidence *evidence, const guint8 *header, guint length) {
  const HgTransport transport = evidence->unreachable.transport;
  if (transport == HG_TRANSPORT_ICMP || transport == HG_TRANSPORT_ICMPV6) {
    if (length >= 6 && kind_of(transport, header[0]) == HG_ICMP_ECHO_REQUEST)
      evidence->unreachable.source_port = number16(header + 4);
  } else if (transport != HG_TRANSPORT_NONE && length >= 4) {
    evidence->unreachable.source_port = number16(header);
    evidence->unreachable.destination_port = number16(header + 2);
  }
}

static HgAddress address_at(const guint8 *bytes, HgAddressKind kind) {
  return (HgAddress){.kind = kind, .length = kind == HG_ADDRESS_IPV4 ? 4 : 16, .data = bytes};
}

/* FALSE when too little of it was captured. Ports only where the header follows at once: not in
 * later fragments, nor behind IPv6 extension headers. */
static gboolean read_quoted(HgEvidence *evidence, const guint8 *quoted, guint length) {
  guint header;
  if (length >= 20 && quoted[0] >> 4 == 4) {
    header = (guint)(quoted[0] & 15) * 4;
    evidence->unreachable.source = address_at(quoted + 12, HG_ADDRESS_IPV4);
    evidence->unreachable.destination = address_at(quoted + 16, HG_ADDRESS_IPV4);
    evidence->unreachable.transport = transport_of(quoted[9]);
    if ((number16(quoted + 6) & 0x1fff) != 0)
      return TRUE;
  } else if (length >= 40 && quoted[0] >> 4 == 6) {
    header = 40;
    evidence->unreachable.source = address_at(quoted + 8, HG_ADDRESS_IPV6);
    evidence->unreachable.destination = address_at(quoted + 24, HG_ADDRESS_IPV6);
    evidence->unreachable.transport = transport_of(quoted[6]);
  } else {
    return FALSE;
  }
  if (length > header)
    read_ports(evidence, quoted + header, length - header);
  return TRUE;
}

/* Destination unreachable, but not "fragmentation needed" (the host is there). Other errors, such
 * as "time exceeded", say nothing about the destination. */
static gboolean says_unreachable(HgTransport transport, const guint8 *message) {
  if (transport == HG_TRANSPORT_ICMPV6)
    return message[0] == 1;
  return message[0] == 3 && message[1] != 4;
}

static void read_error(const HgFrame *frame, const HgDatagram *message) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_UNREACHABLE};
  if (says_unreachable(frame->packet->transport, message->bytes) &&
      read_quoted(&evidence, message->bytes + HEADER, message->captured - HEADER))
    hg_frame_report(frame, &evidence);
}

void hg_icmp_read(const HgFrame *frame) {
  const HgDatagram message = message_of(frame->reader, frame->packet);
  if (message.bytes == NULL || message.captured < HEADER)
    return;
  if (frame->packet->icmp == HG_ICMP_ERROR)
    read_error(frame, &message);
  else if (frame->packet->icmp != HG_ICMP_OTHER)
    hg_echo_read(frame, message.bytes + HEADER, message.captured - HEADER, message.length - HEADER);
}

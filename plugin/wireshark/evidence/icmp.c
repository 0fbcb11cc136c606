/* icmp.c - ICMP: errors that quote a packet, and whether the data of echoes stays the same, as pings' does
 *
 * Layouts: RFC 792 and RFC 4443; the quoted header is that of RFC 791 or RFC 8200.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

#include "tally/types/fnv.h"
#include "wireshark/protocols/big_endian.h"
#include "wireshark/protocols/ping_data.h"

enum { MESSAGE, MESSAGE6, FIELDS };
static const HgFieldNames fields[FIELDS] = {[MESSAGE] = {"icmp"}, [MESSAGE6] = {"icmpv6"}};

#define HEADER 8 /* bytes before what an error quotes, or an echo carries */

static HgMessageBytes message_of(const HgFrame *frame) {
  const HgMessageBytes message =
      hg_frame_message(frame, frame->packet->transport == HG_TRANSPORT_ICMP ? MESSAGE : MESSAGE6);
  return message.captured >= 2 ? message : (HgMessageBytes){0};
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

/* The identifier of an echo is counted as its port. */
static void complete(const HgFrame *frame, HgPacket *packet) {
  const HgMessageBytes message = message_of(frame);
  if (message.bytes == NULL)
    return;
  packet->icmp = kind_of(packet->transport, message.bytes[0]);
  if ((packet->icmp == HG_ICMP_ECHO_REQUEST || packet->icmp == HG_ICMP_ECHO_REPLY) &&
      message.captured >= 6)
    packet->source_port = hg_big_endian16(message.bytes + 4);
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
      evidence->unreachable.source_port = hg_big_endian16(header + 4);
  } else if (transport != HG_TRANSPORT_NONE && length >= 4) {
    evidence->unreachable.source_port = hg_big_endian16(header);
    evidence->unreachable.destination_port = hg_big_endian16(header + 2);
  }
}

static HgAddress address_at(const guint8 *bytes, HgAddressKind kind) {
  return (HgAddress){.kind = kind, .length = kind == HG_ADDRESS_IPV4 ? 4 : 16, .data = bytes};
}

/* FALSE when too little of it was captured. Ports only where the header follows at once: not in
 * later fragments, nor behind IPv6 extension headers. */
static gboolean read_quoted(HgEvidence *evidence, const guint8 *quoted, guint length) {
  guint header;
  guint8 protocol;
  if (length >= 20 && quoted[0] >> 4 == 4) {
    header = (guint)(quoted[0] & 15) * 4;
    evidence->unreachable.source = address_at(quoted + 12, HG_ADDRESS_IPV4);
    evidence->unreachable.destination = address_at(quoted + 16, HG_ADDRESS_IPV4);
    protocol = quoted[9];
    evidence->unreachable.transport = transport_of(protocol);
    if ((hg_big_endian16(quoted + 6) & 0x1fff) != 0)
      return TRUE;
  } else if (length >= 40 && quoted[0] >> 4 == 6) {
    header = 40;
    evidence->unreachable.source = address_at(quoted + 8, HG_ADDRESS_IPV6);
    evidence->unreachable.destination = address_at(quoted + 24, HG_ADDRESS_IPV6);
    protocol = quoted[6];
    evidence->unreachable.transport = transport_of(protocol);
  } else {
    return FALSE;
  }
  if (evidence->unreachable.transport == HG_TRANSPORT_NONE)
    evidence->unreachable.destination_port = protocol;
  else if (length > header)
    read_ports(evidence, quoted + header, length - header);
  return TRUE;
}

/* Destination unreachable, but not "fragmentation needed" (the host is there); of ICMPv6 also the parameter
 * problem "unrecognized next header", which IPv4 calls "protocol unreachable". Other errors, such as "time
 * exceeded", say nothing about the destination. */
static gboolean says_unreachable(HgTransport transport, const guint8 *message) {
  if (transport == HG_TRANSPORT_ICMPV6)
    return message[0] == 1 || (message[0] == 4 && message[1] == 1);
  return message[0] == 3 && message[1] != 4;
}

/* Says nothing of the destination, but of the way: no route (RFC 1812, 5.2.7.1), or a filter. "Host" and
 * "port unreachable" do not. */
static gboolean says_no_route(HgTransport transport, const guint8 *message) {
  static const guint8 codes[] = {0, 6, 9, 10, 11, 12, 13}, codes6[] = {0, 1, 2, 5, 6};
  const gboolean ipv6 = transport == HG_TRANSPORT_ICMPV6;
  return memchr(ipv6 ? codes6 : codes, message[1], ipv6 ? sizeof codes6 : sizeof codes) != NULL;
}

static void report_no_route(const HgFrame *frame, const HgEvidence *evidence) {
  const HgAddress router = hg_frame_network_source(frame);
  if (!hg_address_equal(&router, &evidence->unreachable.destination))
    hg_frame_report_observation(frame, HG_OBSERVED_NO_ROUTE, &router,
                                &evidence->unreachable.destination, NULL, 0);
}

static void read_error(const HgFrame *frame, const HgMessageBytes *message) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_UNREACHABLE};
  if (!says_unreachable(frame->packet->transport, message->bytes) ||
      !read_quoted(&evidence, message->bytes + HEADER, message->captured - HEADER))
    return;
  hg_frame_report(frame, &evidence);
  if (says_no_route(frame->packet->transport, message->bytes))
    report_no_route(frame, &evidence);
}

/* --- echoes --- */

/* Fewer bytes after that, of data that was cut off when capturing, tell nothing. */
#define TELLS 16

/* Tells contents apart, and nothing about them. What was cut off when capturing is missing in request and
 * reply alike. */
static guint64 digest(const guint8 *data, guint captured, guint length) {
  const guint varies = MIN(HG_PING_VARIES, captured);
  return hg_fnv_add(HG_FNV_BEGIN ^ length, data + varies, captured - varies);
}

/* By whom the request was sent, and to whom. */
static void report_data(const HgFrame *frame, const char *contents, guint length) {
  const gboolean request = frame->packet->icmp == HG_ICMP_ECHO_REQUEST;
  const HgAddress *source = &frame->packet->source, *destination = &frame->packet->destination;
  hg_frame_report_observation(frame, HG_OBSERVED_ECHO_DATA, request ? source : destination,
                              request ? destination : source, contents, length);
}

static void read_echo(const HgFrame *frame, const guint8 *data, guint captured, guint length) {
  char subject[sizeof "request " + 16];
  if (captured < length && captured < HG_PING_VARIES + TELLS)
    return;
  g_snprintf(subject, sizeof subject, "%s %016" G_GINT64_MODIFIER "x",
             frame->packet->icmp == HG_ICMP_ECHO_REQUEST ? "request" : "reply",
             digest(data, captured, length));
  hg_frame_report_observation(frame, HG_OBSERVED_ECHO, &frame->packet->source,
                              &frame->packet->destination, subject, length);
  if (!hg_ping_data_is_usual(data, captured))
    report_data(frame, strchr(subject, ' ') + 1, length);
}

static void read(const HgFrame *frame) {
  const HgMessageBytes message = message_of(frame);
  if (message.bytes == NULL || message.captured < HEADER)
    return;
  if (frame->packet->icmp == HG_ICMP_ERROR)
    read_error(frame, &message);
  else if (frame->packet->icmp != HG_ICMP_OTHER)
    read_echo(frame, message.bytes + HEADER, message.captured - HEADER, message.length - HEADER);
}

static const HgInfoPolicy info[] = {
    {"ICMP", HG_INFO_WHOLE, NULL},
    {"ICMPv6", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_icmp = {
    .id = "icmp",
    .title = "ICMP and ICMPv6",
    .what =
        "which packets came back as undeliverable, and whether for want of a route; what kind of message it "
        "is; sizes of echoes, and a digest of their data, at which times where no program for pings sends such",
    .layers = (const char *const[]){"icmp", "icmpv6", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_in_bytes = hg_frame_has_message,
    .complete = complete,
    .read = read,
};

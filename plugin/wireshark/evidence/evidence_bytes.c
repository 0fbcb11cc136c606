/* evidence_bytes.c - what is read from the bytes of a frame, where they hold all of it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "evidence_private.h"

static guint64 read_hello(HgEvidenceReader *reader) {
  return hg_tls_hello_read(reader->datagram.bytes, reader->datagram.captured, &reader->server)
             ? HG_LAYER_BIT(HG_LAYER_ID_TLS)
             : 0;
}

/* Where the dissector saw another request (one that began in earlier segments), Info has its line. */
static guint64 read_request(HgEvidenceReader *reader, const HgPacket *packet) {
  const HgDatagram *segment = &reader->datagram;
  HgHttpRequest request;
  if (segment->captured < segment->length ||
      !hg_http_request_read(segment->bytes, segment->captured, &request) ||
      strncmp(packet->info, request.line, request.line_length) != 0)
    return 0;
  g_string_truncate(reader->uri, 0);
  g_string_append_len(reader->uri, request.uri, (gssize)request.uri_length);
  g_string_truncate(reader->host, 0);
  g_string_append_len(reader->host, request.host, (gssize)request.host_length);
  return HG_LAYER_BIT(HG_LAYER_ID_HTTP);
}

/* Of an Ethernet frame within another the addresses may be the same. */
static void read_arp(HgEvidenceReader *reader, const packet_info *pinfo, const epan_dissect_t *edt,
                     const HgFrameLayers *layers) {
  if (layers->repeated & HG_LAYER_BIT(HG_LAYER_ID_LINK))
    return;
  reader->datagram = hg_datagram_find_arp(pinfo, edt);
  if (reader->datagram.captured >= HG_ARP_LENGTH)
    reader->read = HG_LAYER_BIT(HG_LAYER_ID_ARP);
}

static void read_innermost(HgEvidenceReader *reader, const packet_info *pinfo,
                           const epan_dissect_t *edt, const HgFrameLayers *layers,
                           const HgPacket *packet) {
  const guint64 icmp =
      layers->seen & (HG_LAYER_BIT(HG_LAYER_ID_ICMP) | HG_LAYER_BIT(HG_LAYER_ID_ICMPV6));
  const guint64 dns =
      layers->dns_in_udp ? HG_LAYER_BIT(HG_LAYER_ID_DNS) | HG_LAYER_BIT(HG_LAYER_ID_LOCAL_DNS) : 0;
  const gboolean tcp = packet->transport == HG_TRANSPORT_TCP;
  const gboolean hello = tcp && hg_look_may_name_tls_server(layers, packet);
  const gboolean request = tcp && hg_look_may_be_http_request(layers, packet);
  if (!icmp && !dns && !hello && !request)
    return;
  reader->datagram = hg_datagram_find(pinfo, edt, packet);
  if (reader->datagram.bytes == NULL)
    return;
  reader->read = icmp | dns;
  if (hello)
    reader->read |= read_hello(reader);
  if (request)
    reader->read |= read_request(reader, packet);
}

void hg_bytes_read(HgEvidenceReader *reader, const packet_info *pinfo, const epan_dissect_t *edt,
                   const HgFrameLayers *layers, const HgPacket *packet) {
  if (layers->seen & HG_LAYER_BIT(HG_LAYER_ID_ARP))
    read_arp(reader, pinfo, edt, layers);
  else
    read_innermost(reader, pinfo, edt, layers, packet);
}

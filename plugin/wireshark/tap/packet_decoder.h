/* packet_decoder.h - one dissected frame as an HgPacket
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PACKET_DECODER_H
#define HG_WIRESHARK_PACKET_DECODER_H

#include "wireshark/dissection/frame_layers.h"
#include "wireshark/protocols/first_bytes.h"

#include "tally/tally.h"

/* What the transports' taps said about the frame; the innermost header, since it speaks last. */
typedef struct {
  guint32 frame; /* of which this speaks */
  gboolean net;  /* an IP header was tapped; asked for at layer=net, and for evidence */
  gboolean tcp, udp, sctp;
  guint16 tcp_port[2], udp_port[2]; /* source, destination */
  guint8 tcp_flags;
  guint32 tcp_sequence, tcp_acknowledged;
  guint32 tcp_payload, udp_payload, sctp_payload;
  gboolean tcp_start; /* HgFrameLayers.stream_start */
  guint32 tcp_stream;
} HgHeaders;

/* Relative sequence numbers begin at 1, behind the SYN, or where the capture does; a segment that was captured
 * late stands before that. They are raw ones where preferences ask for these: then nothing is a start. */
static inline gboolean hg_packet_decoder_is_start(guint32 relative, guint32 payload) {
  return relative - 1 + HG_FIRST_BYTES < 2 * HG_FIRST_BYTES && payload > 0;
}

typedef struct HgPacketDecoder HgPacketDecoder;

/* `columns`: whether Protocol and Info columns are there to be read. (transfer full) */
HgPacketDecoder *hg_packet_decoder_new(HgLayer layer, gboolean columns);
void hg_packet_decoder_free(HgPacketDecoder *decoder);

/* Fills in everything but the kind of ICMP message, which needs fields. Pointers in `packet` live
 * as long as the frame's dissection and until the next call. */
void hg_packet_decoder_decode(HgPacketDecoder *decoder, packet_info *pinfo,
                              const HgHeaders *headers, HgFrameLayers *layers, HgPacket *packet);

/* What the decoder tells layers by; others may add theirs before the first frame. Borrowed. */
HgLayerTable *hg_packet_decoder_layers(HgPacketDecoder *decoder);

/* The time of a frame; HG_TIME_NONE where it has none, or one that no time may be. */
gint64 hg_packet_decoder_time(const frame_data *frame);

#endif

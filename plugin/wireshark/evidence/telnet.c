/* telnet.c - the user name typed at a Telnet login prompt
 *
 * What is one is decided in protocols/typed_line.h; here, which bytes the two sides sent. They are the bytes of
 * the whole layer, since a command may be split over two segments, which no field of the dissector tells.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { MESSAGE, STREAM, COMPLETENESS, SEQUENCE, ACKNOWLEDGED, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [MESSAGE] = {"telnet"},
    [STREAM] = {"tcp.stream"},
    [COMPLETENESS] = {"tcp.completeness"},
    [SEQUENCE] = {"tcp.seq"},
    [ACKNOWLEDGED] = {"tcp.ack_raw"},
};

/* Of tcp.completeness: SYN and SYN-ACK were captured. */
#define HANDSHAKE 3

static gint64 number_of(const HgFrame *frame, guint field) {
  gint64 number;
  return hg_field_number(hg_frame_field(frame, field, 0), &number) ? number : -1;
}

/* Relative to the SYN, which has 0. Where it was not captured, the first segment has 1, too. */
static gboolean is_first(const HgFrame *frame) {
  const gint64 completeness = number_of(frame, COMPLETENESS);
  return completeness >= 0 && (completeness & HANDSHAKE) == HANDSHAKE &&
         number_of(frame, SEQUENCE) == 1;
}

/* Ports may be used once more. */
static HgTypedLine *line_of(const HgFrame *frame, gboolean from_client) {
  HgSession *session = hg_sessions_of(frame->sessions, frame->packet, from_client);
  const gint64 stream = number_of(frame, STREAM);
  if (session->typed == NULL || session->stream != stream) {
    hg_typed_line_free(session->typed);
    session->typed = hg_typed_line_new();
    session->stream = stream;
  }
  return session->typed;
}

/* What login(1) and its like say. */
static const char *const refusals[] = {"login incorrect", "login failed", NULL};

static void read(const HgFrame *frame) {
  const gboolean from_client = frame->packet->destination_port == 23 ||
                               (frame->packet->source_port != 23 &&
                                frame->packet->source_port > frame->packet->destination_port);
  const field_info *message = hg_frame_field(frame, MESSAGE, 0);
  HgTypedSegment segment = {.from_client = from_client,
                            .is_first = is_first(frame),
                            .sequence = frame->packet->tcp_sequence,
                            .acknowledged = (guint32)number_of(frame, ACKNOWLEDGED),
                            .length = frame->packet->payload_length};
  HgTypedLine *line;
  const char *user;
  if (message == NULL)
    return;
  line = line_of(frame, from_client);
  segment.bytes = hg_field_bytes(message, 1, &segment.captured);
  /* Of two layers in a frame only one can be what the packet's numbers are about. */
  if (hg_frame_field_count(frame, MESSAGE) > 1)
    segment.captured = 0;
  user = hg_typed_line_feed(line, &segment);
  if (user != NULL)
    hg_frame_report_login(frame, from_client, "Telnet", user);
  if (!from_client && hg_typed_line_answers(line, refusals))
    hg_frame_report_login_failure(frame, "TELNET", FALSE);
}

static const char *const commands[] = {
    "Telnet",
    "Data",
    NULL,
};
static const HgInfoPolicy info[] = {
    {"TELNET", HG_INFO_LABEL, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_telnet = {
    .id = "telnet",
    .title = "Telnet",
    .what =
        "the user name typed at a login prompt that the server lets be seen; logins that are refused",
    .layers = (const char *const[]){"telnet", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .read = read,
};

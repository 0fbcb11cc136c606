/* radius.c - RADIUS: whether a message is an answer, since servers ask others from the ports that they answer on
 *
 * Codes: RFC 2865, section 3, RFC 2866 and RFC 5176.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { CODE, FIELDS };
static const HgFieldNames fields[FIELDS] = {[CODE] = {"radius.code"}};

static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->payload.bytes != NULL;
}

static gboolean answers(guint8 code) {
  switch (code) {
  case 2:  /* Access-Accept */
  case 3:  /* Access-Reject */
  case 5:  /* Accounting-Response */
  case 11: /* Access-Challenge */
  case 41: /* Disconnect-ACK, */
  case 42: /* -NAK */
  case 44: /* CoA-ACK, */
  case 45: /* -NAK */
    return TRUE;
  default:
    return FALSE;
  }
}

static void complete(const HgFrame *frame, HgPacket *packet) {
  guint captured = frame->payload.captured, length;
  const guint8 *bytes = frame->payload.bytes;
  field_info *code = hg_frame_field(frame, CODE, 0);
  if (bytes == NULL && code != NULL)
    bytes = hg_field_remaining(code, &captured, &length);
  if (bytes != NULL && captured > 0 && packet->transport == HG_TRANSPORT_UDP)
    packet->answer = answers(bytes[0]);
}

static const HgInfoPolicy info[] = {
    {"RADIUS", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_radius = {
    .id = "radius",
    .title = "RADIUS",
    .what = "whether a message is an answer",
    .layers = (const char *const[]){"radius", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_in_bytes = is_in_bytes,
    .complete = complete,
};

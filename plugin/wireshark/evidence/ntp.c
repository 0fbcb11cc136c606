/* ntp.c - NTP: whether a message is an answer, since both ends may have the same port
 *
 * Layout: RFC 5905, section 7.3.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { FLAGS, FIELDS };
static const HgFieldNames fields[FIELDS] = {[FLAGS] = {"ntp.flags"}};

enum { SYMMETRIC_PASSIVE = 2, SERVER = 4 };

static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->payload.bytes != NULL;
}

static void complete(const HgFrame *frame, HgPacket *packet) {
  guint captured = frame->payload.captured, length;
  const guint8 *bytes = frame->payload.bytes;
  field_info *flags = hg_frame_field(frame, FLAGS, 0);
  if (bytes == NULL && flags != NULL)
    bytes = hg_field_remaining(flags, &captured, &length);
  if (bytes != NULL && captured > 0)
    packet->answer = (bytes[0] & 7) == SERVER || (bytes[0] & 7) == SYMMETRIC_PASSIVE;
}

static const HgInfoPolicy info[] = {
    {"NTP", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_ntp = {
    .id = "ntp",
    .title = "NTP",
    .what = "whether a message is an answer",
    .layers = (const char *const[]){"ntp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_in_bytes = is_in_bytes,
    .complete = complete,
};

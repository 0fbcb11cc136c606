/* ntp.c - NTP: whether a message is an answer, since both ends may have the same port
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/datagram_answer.h"
#include "wireshark/reading/source.h"

enum { FLAGS, FIELDS };
static const HgFieldNames fields[FIELDS] = {[FLAGS] = {"ntp.flags"}};

static void complete(const HgFrame *frame, HgPacket *packet) {
  const HgMessageBytes message = hg_frame_message(frame, FLAGS);
  packet->answer =
      message.bytes != NULL && hg_ntp_is_answer(message.bytes, message.captured, message.length);
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
    .is_in_bytes = hg_frame_has_message,
    .complete = complete,
};

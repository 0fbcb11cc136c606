/* radius.c - RADIUS: whether a message is an answer, since servers ask others from the ports that they answer on
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/datagram_answer.h"
#include "wireshark/reading/source.h"

enum { CODE, FIELDS };
static const HgFieldNames fields[FIELDS] = {[CODE] = {"radius.code"}};

static void complete(const HgFrame *frame, HgPacket *packet) {
  const HgMessageBytes message = hg_frame_message(frame, CODE);
  packet->answer = packet->transport == HG_TRANSPORT_UDP && message.bytes != NULL &&
                   hg_radius_is_answer(message.bytes, message.captured, message.length);
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
    .is_in_bytes = hg_frame_has_message,
    .complete = complete,
};

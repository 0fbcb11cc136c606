/* sctp.c - SCTP: whether a packet refuses or ends an association
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { CHUNK, FIELDS };
static const HgFieldNames fields[FIELDS] = {[CHUNK] = {"sctp.chunk_type"}};

#define ABORT 6 /* RFC 9260, 3.2 */

static void complete(const HgFrame *frame, HgPacket *packet) {
  gint64 type;
  if (packet->transport == HG_TRANSPORT_SCTP &&
      hg_field_number(hg_frame_field(frame, CHUNK, 0), &type) && type == ABORT)
    packet->tcp_flags = HG_TCP_RST;
}

static const HgInfoWords words[] = {
    {{"ABORT"}, "sctp.chunk_type == 6", NULL},
    {{NULL}, NULL, NULL},
};

const HgEvidenceSource hg_evidence_sctp = {
    .id = "sctp",
    .title = "SCTP",
    .what = "whether a packet refuses an association",
    .layers = (const char *const[]){"sctp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .words = words,
    .complete = complete,
};

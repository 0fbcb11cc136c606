/* vnc.c - logins that VNC servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { RESULT, STREAM, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [RESULT] = {"vnc.auth_result"},
    [STREAM] = {"tcp.stream"},
};

/* RFC 6143, 7.1.3: a connection has one result, and anything but 0 is a failure. Where the dissector loses its
 * place in an authentication that it does not know, it takes what follows for more of them. */
static void read(const HgFrame *frame) {
  guint length = 0;
  const guint8 *result = hg_field_bytes(hg_frame_field(frame, RESULT, 0), 4, &length);
  HgSession *session;
  gint64 stream = -1;
  if (result == NULL)
    return;
  session = hg_sessions_of(frame->sessions, frame->packet, FALSE);
  hg_field_number(hg_frame_field(frame, STREAM, 0), &stream);
  if (session->judged && session->stream == stream)
    return;
  session->judged = TRUE;
  session->stream = stream;
  if ((result[0] | result[1] | result[2] | result[3]) != 0)
    hg_frame_report_login_failure(frame, "VNC", FALSE);
}

static const HgInfoWords words[] = {
    {{"Authentication result"}, "vnc.auth_result", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"VNC", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_vnc = {
    .id = "vnc",
    .title = "VNC",
    .what = "logins that are refused, one a connection",
    .layers = (const char *const[]){"vnc", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

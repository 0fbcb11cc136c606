/* vnc.c - logins that VNC servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { RESULT, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [RESULT] = {"vnc.auth_result"},
};

/* RFC 6143, 7.1.3: anything but 0 is a failure. */
static void read(const HgFrame *frame) {
  guint length = 0;
  const guint8 *result = hg_field_bytes(hg_frame_field(frame, RESULT, 0), 4, &length);
  if (result != NULL && (result[0] | result[1] | result[2] | result[3]) != 0)
    hg_frame_report_login_failure(frame, "VNC");
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
    .what = "logins that are refused",
    .layers = (const char *const[]){"vnc", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

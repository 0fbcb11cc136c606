/* pap.c - user names that PPP sends in the clear
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [MESSAGE] = {"pap"},
};

/* RFC 1334: code 1 asks, with the length of the user name and the name. */
static void read(const HgFrame *frame) {
  guint length = 0;
  const guint8 *pap = hg_field_bytes(hg_frame_field(frame, MESSAGE, 0), 5, &length);
  char *user;
  if (pap == NULL || pap[0] != 1 || 5u + pap[4] > length)
    return;
  user = g_utf8_make_valid((const char *)pap + 5, pap[4]);
  hg_frame_report_login(frame, TRUE, "PPP PAP", user);
  g_free(user);
}

static const HgInfoPolicy info[] = {
    {"PPP PAP", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_pap = {
    .id = "pap",
    .title = "PPP PAP",
    .what = "user names of logins in the clear",
    .layers = (const char *const[]){"pap", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .read = read,
};

/* tds.c - logins that SQL Server servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_failures.h"
#include "wireshark/reading/source.h"

enum { CODE, USER, PASSWORD, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"tds.error.number"},
    [USER] = {"tds.7login.username"},
    [PASSWORD] = {"tds.7login.password"},
};

/* Login failed. */
static void read(const HgFrame *frame) {
  static const gint64 codes[] = {18456, 0};
  guint length = 0;
  const guint8 *password = hg_field_bytes(hg_frame_field(frame, PASSWORD, 0), 1, &length);
  hg_frame_note_user(frame, hg_field_string(hg_frame_field(frame, USER, 0)));
  hg_frame_note_password(frame, password, length);
  hg_login_failures_by_code(frame, CODE, codes, "TDS");
}

/* An error takes few bytes: a text, and the end. Results of queries take more. */
static gboolean may_be_error(const HgPacket *packet) {
  return packet->payload_length <= 1024;
}

static const HgInfoWords words[] = {
    {{"TDS7 login"}, "tds.7login.username", NULL},
    {{"Response"}, "tds.error.number == 18456", may_be_error},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"TDS", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_tds = {
    .id = "tds",
    .title = "SQL Server",
    .what = "logins that are refused, and whose",
    .layers = (const char *const[]){"tds", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

/* smtp.c - logins that mail servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { CODE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"smtp.response.code"},
};

/* RFC 4954: 534 and 535. An answer may take several lines, "535-" and at last "535 "; whether there
 * is a code for each is up to the dissector. */
static void read(const HgFrame *frame) {
  gboolean continues = FALSE;
  for (guint i = 0; i < hg_frame_field_count(frame, CODE); i++) {
    field_info *info = hg_frame_field(frame, CODE, i);
    const guint8 *line = hg_field_within(info, 0, 4);
    gint64 code;
    if (!continues && hg_field_number(info, &code) && (code == 534 || code == 535))
      hg_frame_report_login_failure(frame, "SMTP");
    continues = line != NULL && line[3] == '-';
  }
}

static const HgInfoWords words[] = {
    {{"534"}, "smtp.response.code == 534", NULL},
    {{"535"}, "smtp.response.code == 535", NULL},
    {{NULL}, NULL, NULL},
};

static const char *const commands[] = {
    "AUTH", "BDAT", "DATA", "EHLO", "ETRN", "EXPN", "HELO",     "HELP", "LHLO", "MAIL", "NOOP",
    "QUIT", "RCPT", "RSET", "SAML", "SEND", "SOML", "STARTTLS", "TURN", "VRFY", NULL,
};
static const HgInfoPolicy info[] = {
    {"SMTP", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_smtp = {
    .id = "smtp",
    .title = "SMTP",
    .what = "logins that are refused",
    .layers = (const char *const[]){"smtp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

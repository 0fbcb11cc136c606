/* smtp.c - SMTP: logins by AUTH, logins that mail servers refuse
 *
 * The credentials tap tells some logins, too, but of AUTH LOGIN whatever line came first, in base64: where the
 * server asked for the password first, or the client sent ahead, the password.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/sasl_login.h"
#include "wireshark/reading/source.h"

enum { CODE, REQUEST, MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"smtp.response.code"},
    [REQUEST] = {"smtp.req"},
    [MESSAGE] = {"smtp"},
};

/* RFC 4954: 534 and 535. An answer may take several lines, "535-" and at last "535 "; whether there
 * is a code for each is up to the dissector. */
static void read_refusal(const HgFrame *frame) {
  gboolean continues = FALSE;
  for (guint i = 0; i < hg_frame_field_count(frame, CODE); i++) {
    field_info *info = hg_frame_field(frame, CODE, i);
    const guint8 *line = hg_field_within(info, 0, 4);
    gint64 code;
    if (!continues && hg_field_number(info, &code) && (code == 534 || code == 535))
      hg_frame_report_login_failure(frame, "SMTP", FALSE);
    continues = line != NULL && line[3] == '-';
  }
}

/* RFC 4954 */
static const HgSaslLogin login = {
    .name = "SMTP",
    .message = MESSAGE,
    .begins = "AUTH ",
    .challenges = "334 ",
};

static void read(const HgFrame *frame) {
  hg_sasl_login_read(frame, &login, hg_frame_field(frame, REQUEST, 0) != NULL);
  read_refusal(frame);
}

/* What begins a login, in any letter case, and what follows it. */
static gboolean is_worth(const HgFrame *frame) {
  return g_ascii_strncasecmp(frame->packet->info, "C: AUTH ", 8) == 0 ||
         hg_sasl_login_is_begun(frame, TRUE) || hg_sasl_login_is_begun(frame, FALSE);
}

static const HgInfoWords words[] = {
    {{"C: AUTH "}, "smtp.req.command == \"AUTH\"", NULL},
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
    .what = "user names of logins by AUTH PLAIN and LOGIN; logins that are refused, and whose",
    .layers = (const char *const[]){"smtp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .is_worth = is_worth,
    .read = read,
};

/* kerberos.c - logins that Kerberos servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

enum { CODE, MESSAGE_TYPE, NAME, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"kerberos.error_code"},
    [MESSAGE_TYPE] = {"kerberos.msg_type"},
    [NAME] = {"kerberos.CNameString"},
};

/* RFC 4120, 7.5.7 and 7.5.9 */
enum {
  AS_REQ = 10,
  C_PRINCIPAL_UNKNOWN = 6,
  CLIENT_REVOKED = 18, /* locked or disabled */
  PREAUTH_FAILED = 24, /* a wrong password */
};

/* A name has several parts where it is a service's: "host/server". (transfer full) */
static char *client_name(const HgFrame *frame) {
  GString *name = g_string_new(NULL);
  for (guint i = 0; i < hg_frame_field_count(frame, NAME); i++) {
    const char *part = hg_field_string(hg_frame_field(frame, NAME, i));
    g_string_append_printf(name, "%s%s", i > 0 ? "/" : "", part != NULL ? part : "");
  }
  return g_string_free(name, FALSE);
}

static void read(const HgFrame *frame) {
  gint64 type, code;
  if (hg_field_number(hg_frame_field(frame, MESSAGE_TYPE, 0), &type) && type == AS_REQ) {
    char *name = client_name(frame);
    hg_frame_note_user(frame, name);
    g_free(name);
  }
  if (hg_field_number(hg_frame_field(frame, CODE, 0), &code) &&
      (code == C_PRINCIPAL_UNKNOWN || code == CLIENT_REVOKED || code == PREAUTH_FAILED))
    hg_frame_report_login_failure(frame, "KRB5", code == C_PRINCIPAL_UNKNOWN);
}

static const HgInfoWords words[] = {
    {{"AS-REQ"}, "kerberos.msg_type == 10", NULL},
    {{"Error"}, "kerberos.error_code", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"KRB5", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_kerberos = {
    .id = "kerberos",
    .title = "Kerberos",
    .what = "logins that are refused, and whose",
    .layers = (const char *const[]){"kerberos", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

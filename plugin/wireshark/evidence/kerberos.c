/* kerberos.c - logins that Kerberos servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_failures.h"
#include "wireshark/reading/source.h"

enum { CODE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"kerberos.error_code"},
};

/* RFC 4120: no such user, locked, a wrong password. */
static void read(const HgFrame *frame) {
  static const gint64 codes[] = {6, 18, 24, 0};
  hg_login_failures_by_code(frame, CODE, codes, "KRB5");
}

static const HgInfoWords words[] = {
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
    .what = "logins that are refused",
    .layers = (const char *const[]){"kerberos", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

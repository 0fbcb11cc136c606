/* pgsql.c - logins that PostgreSQL servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "wireshark/reading/source.h"

enum { CODE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"pgsql.code"},
};

/* PostgreSQL, appendix A: invalid password, invalid authorization. */
static void read(const HgFrame *frame) {
  const char *code = hg_field_string(hg_frame_field(frame, CODE, 0));
  if (code != NULL && (strcmp(code, "28P01") == 0 || strcmp(code, "28000") == 0))
    hg_frame_report_login_failure(frame, "PGSQL", FALSE);
}

/* Info has the types of the messages, "<" for what the server sends, "E" for an error. */
static const HgInfoWords words[] = {
    {{"<", "E"}, "pgsql.code == \"28P01\" || pgsql.code == \"28000\"", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"PGSQL", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_pgsql = {
    .id = "pgsql",
    .title = "PostgreSQL",
    .what = "logins that are refused",
    .layers = (const char *const[]){"pgsql", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

/* mysql.c - logins that MySQL servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_failures.h"
#include "wireshark/reading/source.h"

enum { CODE, USER, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [CODE] = {"mysql.error_code"},
    [USER] = {"mysql.user"},
};

/* ER_ACCESS_DENIED_ERROR */
static void read(const HgFrame *frame) {
  static const gint64 codes[] = {1045, 0};
  hg_frame_note_user(frame, hg_field_string(hg_frame_field(frame, USER, 0)));
  hg_login_failures_by_code(frame, CODE, codes, "MySQL");
}

static const HgInfoWords words[] = {
    {{"Login Request"}, "mysql.user", NULL},
    {{"Error"}, "mysql.error_code", NULL},
    {{NULL}, NULL, NULL},
};

static const char *const commands[] = {
    "Server", "Greeting", "Login",   "Request",   "Response", "Query", "Quit",       "OK",
    "Error",  "Ping",     "Prepare", "Statement", "Execute",  "Close", "Statistics", "TABULAR",
    "EOF",    "Init",     "DB",      "Use",       "Database", "Auth",  "Switch",     "Field",
    "List",   "Reset",    "Change",  "User",      NULL,
};
static const HgInfoPolicy info[] = {
    {"MySQL", HG_INFO_LABEL, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_mysql = {
    .id = "mysql",
    .title = "MySQL",
    .what = "logins that are refused, and whose",
    .layers = (const char *const[]){"mysql", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};

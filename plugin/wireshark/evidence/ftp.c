/* ftp.c - logins that FTP servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_dialogue.h"
#include "wireshark/reading/source.h"

enum { COMMAND, ARGUMENT, ANSWER, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [COMMAND] = {"ftp.request.command"},
    [ARGUMENT] = {"ftp.request.arg"},
    [ANSWER] = {"ftp.response.code"},
};

static const HgLoginDialogue dialogue = {
    .talk = HG_TALK_FTP,
    .name = "FTP",
    .tag = HG_NO_FIELD,
    .command = COMMAND,
    .arguments = HG_NO_FIELD,
    .answer_tag = HG_NO_FIELD,
    .answer = ANSWER,
    .ignored = ARGUMENT,
};

static gboolean is_worth(const HgFrame *frame) {
  return hg_login_dialogue_is_worth(frame, "Response: ");
}

static void read(const HgFrame *frame) {
  hg_login_dialogue_note(frame, COMMAND, ARGUMENT);
  hg_login_dialogue_read(frame, &dialogue);
}

static const char *const commands[] = {
    "ABOR", "ACCT", "ADAT", "ALLO", "APPE", "AUTH", "AVBL", "CCC",  "CDUP", "CLNT", "CONF", "CSID",
    "CWD",  "DELE", "DSIZ", "ENC",  "EPRT", "EPSV", "FEAT", "HASH", "HELP", "HOST", "LANG", "LIST",
    "LPRT", "LPSV", "MDTM", "MFCT", "MFF",  "MFMT", "MIC",  "MKD",  "MLSD", "MLST", "MODE", "NLST",
    "NOOP", "OPTS", "PASS", "PASV", "PBSZ", "PORT", "PROT", "PWD",  "QUIT", "REIN", "REST", "RETR",
    "RMD",  "RMDA", "RNFR", "RNTO", "SITE", "SIZE", "SMNT", "SPSV", "STAT", "STOR", "STOU", "STRU",
    "SYST", "THMB", "TYPE", "USER", "XCUP", "XCWD", "XMKD", "XPWD", "XRMD", NULL,
};
static const char *const data_words[] = {"FTP", "Data", NULL};
static const HgInfoPolicy info[] = {
    {"FTP", HG_INFO_COMMAND, commands},
    {"FTP-DATA", HG_INFO_LABEL, data_words},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_ftp = {
    .id = "ftp",
    .title = "FTP",
    .what = "logins that are refused, and whose",
    .layers = (const char *const[]){"ftp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .info = info,
    .is_worth = is_worth,
    .read = read,
};

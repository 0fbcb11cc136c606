/* pop.c - POP3: logins by AUTH, logins that servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_dialogue.h"
#include "wireshark/reading/sasl_login.h"
#include "wireshark/reading/source.h"

enum { COMMAND, PARAMETER, INDICATOR, MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [COMMAND] = {"pop.request.command"},
    [PARAMETER] = {"pop.request.parameter"},
    [INDICATOR] = {"pop.response.indicator"},
    [MESSAGE] = {"pop"},
};

static const HgLoginDialogue dialogue = {
    .talk = HG_TALK_POP,
    .name = "POP",
    .tag = HG_NO_FIELD,
    .command = COMMAND,
    .arguments = PARAMETER,
    .answer_tag = HG_NO_FIELD,
    .answer = INDICATOR,
    .ignored = HG_NO_FIELD,
};

static gboolean is_worth(const HgFrame *frame) {
  return hg_login_dialogue_is_worth(frame, "S: ");
}

static const HgSaslLogin login = {
    .name = "POP",
    .message = MESSAGE,
    .begins = "AUTH ",
    .challenges = "+ ",
};

static void read(const HgFrame *frame) {
  hg_sasl_login_read(frame, &login, hg_frame_field(frame, COMMAND, 0) != NULL);
  if (!frame->retransmission) {
    hg_login_dialogue_note(frame, COMMAND, PARAMETER);
    hg_login_dialogue_read(frame, &dialogue);
  }
}

static const char *const commands[] = {
    "APOP", "AUTH", "CAPA", "DELE", "LIST", "NOOP", "PASS", "QUIT", "RETR", "RSET",
    "STAT", "STLS", "TOP",  "UIDL", "USER", "UTF8", "LANG", "+OK",  "-ERR", NULL,
};
static const HgInfoPolicy info[] = {
    {"POP", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_pop = {
    .id = "pop",
    .title = "POP3",
    .what = "user names of logins by AUTH; logins that are refused, and whose",
    .layers = (const char *const[]){"pop", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_worth = is_worth,
    .read = read,
};

/* imap.c - IMAP: logins by AUTHENTICATE, logins that servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/login_dialogue.h"
#include "wireshark/reading/sasl_login.h"
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/user_text.h"

enum { REQUEST, REQUEST_TAG, COMMAND, RESPONSE_TAG, STATUS, MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [REQUEST] = {"imap.request"},         [REQUEST_TAG] = {"imap.request_tag"},
    [COMMAND] = {"imap.request.command"}, [RESPONSE_TAG] = {"imap.response_tag"},
    [STATUS] = {"imap.response.status"},  [MESSAGE] = {"imap"},
};

static const HgLoginDialogue dialogue = {
    .talk = HG_TALK_IMAP,
    .name = "IMAP",
    .tag = REQUEST_TAG,
    .command = COMMAND,
    .arguments = HG_NO_FIELD,
    .answer_tag = RESPONSE_TAG,
    .answer = STATUS,
    .ignored = REQUEST,
};

static gboolean is_worth(const HgFrame *frame) {
  return hg_login_dialogue_is_worth(frame, "Response: ");
}

static const HgSaslLogin login = {
    .name = "IMAP",
    .message = MESSAGE,
    .tagged = TRUE,
    .begins = "AUTHENTICATE ",
    .challenges = "+ ",
};

/* RFC 9051, 6.2.3: "a1 LOGIN user password", of which all behind the tag tells two passwords apart. */
static void note_login(const HgFrame *frame) {
  const char *request = hg_field_string(hg_frame_field(frame, REQUEST, 0));
  const char *words = request != NULL ? strchr(request, ' ') : NULL;
  char *argument, *user;
  if (words == NULL || g_ascii_strncasecmp(words, " LOGIN ", 7) != 0)
    return;
  hg_frame_note_password(frame, words, strlen(words));
  argument = g_strndup(words + 7, strcspn(words + 7, " "));
  user = hg_user_of_argument(argument);
  hg_frame_note_user(frame, user);
  g_free(user);
  g_free(argument);
}

static void read(const HgFrame *frame) {
  hg_sasl_login_read(frame, &login, hg_frame_field(frame, REQUEST, 0) != NULL);
  if (!frame->retransmission) {
    note_login(frame);
    hg_login_dialogue_read(frame, &dialogue);
  }
}

static const char *const commands[] = {
    "APPEND",   "AUTHENTICATE", "CAPABILITY", "CHECK",   "CLOSE",     "COPY",   "CREATE",
    "DELETE",   "DONE",         "ENABLE",     "EXAMINE", "EXPUNGE",   "FETCH",  "GETACL",
    "GETQUOTA", "GETQUOTAROOT", "ID",         "IDLE",    "LIST",      "LOGIN",  "LOGOUT",
    "LSUB",     "MOVE",         "NAMESPACE",  "NOOP",    "RENAME",    "SEARCH", "SELECT",
    "SORT",     "STARTTLS",     "STATUS",     "STORE",   "SUBSCRIBE", "THREAD", "UID",
    "UNSELECT", "UNSUBSCRIBE",  "OK",         "NO",      "BAD",       "BYE",    "PREAUTH",
    "FLAGS",    "EXISTS",       "RECENT",     NULL,
};
static const HgInfoPolicy info[] = {
    {"IMAP", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_imap = {
    .id = "imap",
    .title = "IMAP",
    .what = "user names of logins by AUTHENTICATE; logins that are refused, and whose",
    .layers = (const char *const[]){"imap", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_worth = is_worth,
    .read = read,
};

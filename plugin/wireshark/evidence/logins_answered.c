/* logins_answered.c - logins over FTP, POP3 and IMAP that the server turns down
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"
#include "login_talk.h"

/* What the fields of a protocol are; HG_FIELD_COUNT: it has none. */
typedef struct {
  HgTalk talk;
  const char *name; /* as the rules call it */
  HgField first, last;
  HgField tag, command, arguments; /* of a request */
  HgField answer_tag, answer;
} Protocol;

static const Protocol ftp = {
    .talk = HG_TALK_FTP,
    .name = "FTP",
    .first = HG_FIELD_FTP_COMMAND,
    .last = HG_FIELD_FTP_CODE,
    .tag = HG_FIELD_COUNT,
    .command = HG_FIELD_FTP_COMMAND,
    .arguments = HG_FIELD_COUNT,
    .answer_tag = HG_FIELD_COUNT,
    .answer = HG_FIELD_FTP_CODE,
};
static const Protocol pop = {
    .talk = HG_TALK_POP,
    .name = "POP",
    .first = HG_FIELD_POP_COMMAND,
    .last = HG_FIELD_POP_INDICATOR,
    .tag = HG_FIELD_COUNT,
    .command = HG_FIELD_POP_COMMAND,
    .arguments = HG_FIELD_POP_PARAMETER,
    .answer_tag = HG_FIELD_COUNT,
    .answer = HG_FIELD_POP_INDICATOR,
};
static const Protocol imap = {
    .talk = HG_TALK_IMAP,
    .name = "IMAP",
    .first = HG_FIELD_IMAP_REQUEST_TAG,
    .last = HG_FIELD_IMAP_STATUS,
    .tag = HG_FIELD_IMAP_REQUEST_TAG,
    .command = HG_FIELD_IMAP_COMMAND,
    .arguments = HG_FIELD_COUNT,
    .answer_tag = HG_FIELD_IMAP_RESPONSE_TAG,
    .answer = HG_FIELD_IMAP_STATUS,
};

typedef struct {
  const HgFrame *frame;
  const Protocol *protocol;
  guint tag;           /* of the line */
  const char *command; /* whose arguments are still to come; NULL: none */
} Reading;

static void end_request(Reading *reading, gboolean arguments) {
  HgSessions *sessions = reading->frame->reader->sessions;
  const char *command = reading->command;
  HgSession *session;
  reading->command = NULL;
  if (command == NULL)
    return;
  switch (hg_login_request(reading->protocol->talk, command, arguments)) {
  case HG_REQUEST_STEP:
    break;
  case HG_REQUEST_LOGIN:
    session = hg_sessions_of(sessions, reading->frame->packet, TRUE);
    session->waiting = TRUE;
    session->tag = reading->tag;
    break;
  case HG_REQUEST_OTHER:
    /* What the login was answered with was not captured; unless this is sent ahead of the answer,
     * under a tag of its own. */
    session = hg_sessions_known(sessions, reading->frame->packet, TRUE);
    if (session != NULL && session->tag == reading->tag)
      session->waiting = FALSE;
    break;
  }
}

static void read_answer(const Reading *reading, const char *word) {
  const HgLoginAnswer answer = hg_login_answer(reading->protocol->talk, word);
  HgSession *session =
      hg_sessions_known(reading->frame->reader->sessions, reading->frame->packet, FALSE);
  if (answer == HG_ANSWER_STEP || session == NULL || !session->waiting ||
      session->tag != reading->tag)
    return;
  session->waiting = FALSE;
  if (answer == HG_ANSWER_NO)
    hg_frame_report_refusal(reading->frame, reading->protocol->name);
}

/* A text, or the number of FTP. */
static void read_answer_field(const Reading *reading, field_info *info) {
  const char *text = hg_field_string(info);
  gint64 code;
  char digits[24];
  if (text == NULL && hg_field_number(info, &code)) {
    g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, code);
    text = digits;
  }
  if (text != NULL)
    read_answer(reading, text);
}

static void visit(HgField field, field_info *info, gpointer data) {
  Reading *reading = data;
  const Protocol *protocol = reading->protocol;
  if (field == protocol->arguments) {
    end_request(reading, TRUE);
    return;
  }
  end_request(reading, FALSE);
  if (field == protocol->tag || field == protocol->answer_tag) {
    const char *tag = hg_field_string(info);
    reading->tag = tag != NULL ? g_str_hash(tag) : 0;
  } else if (field == protocol->command) {
    reading->command = hg_field_string(info);
  } else if (field == protocol->answer) {
    read_answer_field(reading, info);
  }
}

static void read_talk(const HgFrame *frame, const Protocol *protocol) {
  Reading reading = {.frame = frame, .protocol = protocol};
  hg_fields_visit(&frame->reader->fields, frame->reader->look, protocol->first, protocol->last,
                  visit, &reading);
  end_request(&reading, FALSE);
}

void hg_answers_read_ftp(const HgFrame *frame) {
  read_talk(frame, &ftp);
}

void hg_answers_read_pop(const HgFrame *frame) {
  read_talk(frame, &pop);
}

void hg_answers_read_imap(const HgFrame *frame) {
  read_talk(frame, &imap);
}

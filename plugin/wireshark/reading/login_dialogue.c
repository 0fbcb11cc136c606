/* login_dialogue.c - logins over FTP, POP3 and IMAP that the server refuses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_dialogue.h"

#include <string.h>

typedef struct {
  const HgFrame *frame;
  const HgLoginDialogue *protocol;
  guint tag;           /* of the line */
  const char *command; /* whose arguments are still to come; NULL: none */
} Reading;

void hg_login_dialogue_request(const HgFrame *frame, const HgLoginDialogue *dialogue, guint tag,
                               const char *command, gboolean arguments) {
  HgSession *session;
  switch (hg_login_request(dialogue->talk, command, arguments)) {
  case HG_REQUEST_STEP:
    break;
  case HG_REQUEST_LOGIN:
    session = hg_sessions_of(frame->sessions, frame->packet, TRUE);
    session->waiting = TRUE;
    session->tag = tag;
    break;
  case HG_REQUEST_OTHER:
    /* What the login was answered with was not captured; unless this is sent ahead of the answer,
     * under a tag of its own. */
    session = hg_sessions_known(frame->sessions, frame->packet, TRUE);
    if (session != NULL && session->tag == tag)
      session->waiting = FALSE;
    break;
  }
}

void hg_login_dialogue_answer(const HgFrame *frame, const HgLoginDialogue *dialogue, guint tag,
                              const char *word) {
  const HgLoginAnswer answer = hg_login_answer(dialogue->talk, word);
  HgSession *session = hg_sessions_known(frame->sessions, frame->packet, FALSE);
  if (answer == HG_ANSWER_STEP || session == NULL || !session->waiting || session->tag != tag)
    return;
  session->waiting = FALSE;
  if (answer == HG_ANSWER_NO)
    hg_frame_report_login_failure(frame, dialogue->name, FALSE);
}

static void end_request(Reading *reading, gboolean arguments) {
  const char *command = reading->command;
  reading->command = NULL;
  if (command != NULL)
    hg_login_dialogue_request(reading->frame, reading->protocol, reading->tag, command, arguments);
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
    hg_login_dialogue_answer(reading->frame, reading->protocol, reading->tag, text);
}

static void visit(guint field, field_info *info, gpointer data) {
  Reading *reading = data;
  const HgLoginDialogue *protocol = reading->protocol;
  if (field == protocol->ignored)
    return;
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

void hg_login_dialogue_read(const HgFrame *frame, const HgLoginDialogue *dialogue) {
  Reading reading = {.frame = frame, .protocol = dialogue};
  hg_frame_visit(frame, visit, &reading);
  end_request(&reading, FALSE);
}

void hg_login_dialogue_note(const HgFrame *frame, guint command, guint argument) {
  const char *word = hg_field_string(hg_frame_field(frame, command, 0));
  const char *text = hg_field_string(hg_frame_field(frame, argument, 0));
  if (word == NULL || text == NULL)
    return;
  if (g_ascii_strcasecmp(word, "USER") == 0)
    hg_frame_note_user(frame, text);
  else if (g_ascii_strcasecmp(word, "PASS") == 0)
    hg_frame_note_password(frame, text, strlen(text));
}

gboolean hg_login_dialogue_is_worth(const HgFrame *frame, const char *answers_begin) {
  const HgSession *session;
  if (!g_str_has_prefix(frame->packet->info, answers_begin))
    return TRUE;
  session = hg_sessions_known(frame->sessions, frame->packet, FALSE);
  return session != NULL && session->waiting;
}

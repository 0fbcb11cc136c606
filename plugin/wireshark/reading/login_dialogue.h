/* login_dialogue.h - logins over FTP, POP3 and IMAP that the server refuses, told by request and answer
 *
 * What the words mean is in protocols/login_talk.h; here, in which fields they stand.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LOGIN_DIALOGUE_H
#define HG_WIRESHARK_LOGIN_DIALOGUE_H

#include "frame.h"
#include "wireshark/protocols/login_talk.h"

#define HG_NO_FIELD G_MAXUINT

/* Fields by their place in the source's list; HG_NO_FIELD: the protocol has none. */
typedef struct {
  HgTalk talk;
  const char *name;              /* as the rules call it: "POP" */
  guint tag, command, arguments; /* of a request */
  guint answer_tag, answer;
  guint ignored; /* a field of the source that belongs to no dialogue */
} HgLoginDialogue;

/* A request, or a word of an answer, of a dialogue whose fields are not asked for. `tag`: hash of what requests and
 * answers have in common (IMAP); else 0. */
void hg_login_dialogue_request(const HgFrame *frame, const HgLoginDialogue *dialogue, guint tag,
                               const char *command, gboolean arguments);
void hg_login_dialogue_answer(const HgFrame *frame, const HgLoginDialogue *dialogue, guint tag,
                              const char *word);

/* Follows requests and answers in the frame, and reports logins that are refused. */
void hg_login_dialogue_read(const HgFrame *frame, const HgLoginDialogue *dialogue);

/* Notes the user that USER names and the password that PASS sends, by the places of the fields in the source's
 * list. */
void hg_login_dialogue_note(const HgFrame *frame, guint command, guint argument);

/* Whether the frame is worth to be dissected again: requests are, and answers to a login. Info of other answers,
 * which are many, begins with `answers_begin`; a dissector that words it otherwise costs time, no evidence. */
gboolean hg_login_dialogue_is_worth(const HgFrame *frame, const char *answers_begin);

#endif

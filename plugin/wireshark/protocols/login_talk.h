/* login_talk.h - what clients and servers say of logins where it takes both to tell: FTP, POP3, IMAP
 *
 * What a server says next to a login tells whether it may; the same "no" answers other requests, too.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LOGIN_TALK_H
#define HG_WIRESHARK_LOGIN_TALK_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_TALK_FTP,  /* RFC 959 */
  HG_TALK_POP,  /* RFC 1939, RFC 5034 */
  HG_TALK_IMAP, /* RFC 9051 */
  HG_TALK_COUNT
} HgTalk;

typedef enum {
  HG_REQUEST_STEP, /* may be a step of a login that was begun */
  HG_REQUEST_LOGIN,
  HG_REQUEST_OTHER /* is about something else: what was asked before, has been answered */
} HgLoginRequest;

typedef enum {
  HG_ANSWER_STEP, /* the login goes on, or this is no answer */
  HG_ANSWER_YES,
  HG_ANSWER_NO
} HgLoginAnswer;

/* `command`: without what follows, in any letter case; `arguments`: whether something does. */
HgLoginRequest hg_login_request(HgTalk talk, const char *command, gboolean arguments);

/* `word`: the code of FTP ("530"), the indicator of POP3 ("+OK"), the status of IMAP ("NO"). */
HgLoginAnswer hg_login_answer(HgTalk talk, const char *word);

G_END_DECLS
#endif

/* login_talk.c - what clients and servers say of logins where it takes both to tell
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_talk.h"

#define ANY "" /* ends a list: whatever else is said */

typedef struct {
  const char *word;
  gboolean arguments; /* means it only with some */
} Login;

static const struct {
  Login logins[4];
  const char *others[8]; /* requests that are no step of a login, */
  const char *no[3];     /* and answers */
  const char *yes[3];
} talks[HG_TALK_COUNT] = {
    /* 530 not logged in, 430 wrong name or password */
    [HG_TALK_FTP] = {{{"PASS", FALSE}}, {ANY}, {"530", "430"}, {ANY}},
    /* AUTH alone asks for the mechanisms; with one, lines of base64 follow, answered by "+". */
    [HG_TALK_POP] = {{{"PASS", FALSE}, {"APOP", FALSE}, {"AUTH", TRUE}},
                     {"STAT", "LIST", "UIDL", "RETR", "TOP", "DELE"},
                     {"-ERR"},
                     {"+OK"}},
    /* BAD: not understood */
    [HG_TALK_IMAP] = {{{"LOGIN", FALSE}, {"AUTHENTICATE", FALSE}}, {ANY}, {"NO"}, {"OK", "BAD"}},
};

static gboolean is_among(const char *const *list, guint room, const char *word) {
  for (guint i = 0; i < room && list[i] != NULL; i++) {
    if (*list[i] == '\0' || g_ascii_strcasecmp(list[i], word) == 0)
      return TRUE;
  }
  return FALSE;
}

HgLoginRequest hg_login_request(HgTalk talk, const char *command, gboolean arguments) {
  const Login *login = talks[talk].logins;
  for (; login->word != NULL; login++) {
    if (g_ascii_strcasecmp(login->word, command) == 0)
      return arguments || !login->arguments ? HG_REQUEST_LOGIN : HG_REQUEST_STEP;
  }
  return is_among(talks[talk].others, G_N_ELEMENTS(talks[talk].others), command) ? HG_REQUEST_OTHER
                                                                                 : HG_REQUEST_STEP;
}

HgLoginAnswer hg_login_answer(HgTalk talk, const char *word) {
  if (is_among(talks[talk].no, G_N_ELEMENTS(talks[talk].no), word))
    return HG_ANSWER_NO;
  return is_among(talks[talk].yes, G_N_ELEMENTS(talks[talk].yes), word) ? HG_ANSWER_YES
                                                                        : HG_ANSWER_STEP;
}

/* login_lines.c - logins over FTP, POP3 and IMAP on ports at which no dissector reads them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_lines.h"

#include <string.h>

#include "login_dialogue.h"
#include "wireshark/protocols/ascii_text.h"
#include "wireshark/protocols/user_text.h"

#define NO_FIELDS                                                                                  \
  .tag = HG_NO_FIELD, .command = HG_NO_FIELD, .arguments = HG_NO_FIELD, .answer_tag = HG_NO_FIELD, \
  .answer = HG_NO_FIELD, .ignored = HG_NO_FIELD

static const HgLoginDialogue dialogues[HG_TALK_COUNT] = {
    [HG_TALK_FTP] = {.talk = HG_TALK_FTP, .name = "FTP", NO_FIELDS},
    [HG_TALK_POP] = {.talk = HG_TALK_POP, .name = "POP", NO_FIELDS},
    [HG_TALK_IMAP] = {.talk = HG_TALK_IMAP, .name = "IMAP", NO_FIELDS},
};

static const HgLoginDialogue *find_dialogue(const char *protocol) {
  for (guint i = 0; protocol != NULL && i < HG_TALK_COUNT; i++) {
    if (strcmp(dialogues[i].name, protocol) == 0)
      return &dialogues[i];
  }
  return NULL;
}

/* A line, its words parted by one blank. IMAP: the tag comes before the word. */
typedef struct {
  char **words; /* at most four; NULL-terminated */
  guint count;
} Line;

static Line split(const HgLoginDialogue *dialogue, const char *text) {
  const gboolean tagged = dialogue != NULL && dialogue->talk == HG_TALK_IMAP;
  Line line = {g_strsplit(text, " ", tagged ? 4 : 2), 0};
  line.count = g_strv_length(line.words);
  return line;
}

static gboolean is_code(const char *text) {
  return g_ascii_isdigit(text[0]) && g_ascii_isdigit(text[1]) && g_ascii_isdigit(text[2]) &&
         (text[3] == ' ' || text[3] == '-');
}

/* Whether a server says this line, in whichever of the three protocols. */
static gboolean is_answer(const char *text) {
  static const char *const begins[] = {"+OK", "-ERR", "* ", "+ "};
  static const char *const words[] = {" OK", " NO", " BAD"};
  const char *blank = strchr(text, ' ');
  for (guint i = 0; i < G_N_ELEMENTS(begins); i++) {
    if (g_str_has_prefix(text, begins[i]))
      return TRUE;
  }
  for (guint i = 0; blank != NULL && i < G_N_ELEMENTS(words); i++) {
    const gsize length = strlen(words[i]);
    if (g_str_has_prefix(blank, words[i]) && (blank[length] == ' ' || blank[length] == '\0'))
      return TRUE;
  }
  return is_code(text);
}

static void login(const HgFrame *frame, const HgLoginDialogue *dialogue, const char *user,
                  const char *password) {
  const HgSession *session = hg_sessions_known(frame->sessions, frame->packet, TRUE);
  char *known = g_strdup(user != NULL ? user : session != NULL ? session->user : NULL);
  hg_frame_report_login(frame, TRUE, dialogue->name, known);
  if (password != NULL)
    hg_frame_note_password(frame, password, strlen(password));
  g_free(known);
}

/* "USER name", "PASS password", "APOP name digest" */
static void read_command(const HgFrame *frame, const HgLoginDialogue *dialogue, const Line *line) {
  const char *command = line->words[0], *argument = line->count > 1 ? line->words[1] : NULL;
  if (g_ascii_strcasecmp(command, "USER") == 0) {
    hg_frame_note_user(frame, argument);
  } else if (g_ascii_strcasecmp(command, "PASS") == 0) {
    login(frame, dialogue, NULL, argument);
  } else if (g_ascii_strcasecmp(command, "APOP") == 0 && argument != NULL) {
    char *user = g_strndup(argument, strcspn(argument, " "));
    login(frame, dialogue, user, NULL);
    g_free(user);
  }
  hg_login_dialogue_request(frame, dialogue, 0, command, argument != NULL);
}

/* "a1 LOGIN name password" */
static void read_tagged(const HgFrame *frame, const HgLoginDialogue *dialogue, const Line *line) {
  if (line->count < 2)
    return;
  if (g_ascii_strcasecmp(line->words[1], "LOGIN") == 0 && line->count > 3) {
    char *user = hg_user_of_argument(line->words[2]);
    login(frame, dialogue, user, line->words[3]);
    g_free(user);
  }
  hg_login_dialogue_request(frame, dialogue, g_str_hash(line->words[0]), line->words[1],
                            line->count > 2);
}

static void read_answer(const HgFrame *frame, const HgLoginDialogue *dialogue, const char *text,
                        const Line *line) {
  if (dialogue->talk == HG_TALK_IMAP && line->count > 1)
    hg_login_dialogue_answer(frame, dialogue, g_str_hash(line->words[0]), line->words[1]);
  else if (dialogue->talk == HG_TALK_POP || (is_code(text) && text[3] == ' ')) /* its last line */
    hg_login_dialogue_answer(frame, dialogue, 0, line->words[0]);
}

static void read_line(const HgFrame *frame, const HgLoginDialogue *dialogue, const char *text,
                      gboolean from_client) {
  const Line line = split(dialogue, text);
  if (line.count > 0 && !from_client)
    read_answer(frame, dialogue, text, &line);
  else if (line.count > 0 && dialogue->talk == HG_TALK_IMAP)
    read_tagged(frame, dialogue, &line);
  else if (line.count > 0)
    read_command(frame, dialogue, &line);
  g_strfreev(line.words);
}

/* A connection that has the ports of an earlier one begins anew. */
static void begin_anew(HgSession *session, gint64 stream) {
  session->stream = stream;
  session->dialogue = NULL;
  session->waiting = session->sequence_known = FALSE;
  hg_session_set_user(session, NULL);
}

/* The session of the frame's connection, which from now on is of the dialogue; NULL: it is of none. */
static HgSession *find_session(const HgFrame *frame, const HgLoginDialogue *dialogue,
                               gboolean from_client) {
  HgSession *session = dialogue != NULL
                           ? hg_sessions_of(frame->sessions, frame->packet, from_client)
                           : hg_sessions_known(frame->sessions, frame->packet, from_client);
  if (session == NULL)
    return NULL;
  if (session->stream != frame->layers->stream)
    begin_anew(session, frame->layers->stream);
  if (session->dialogue == NULL && dialogue != NULL)
    session->dialogue = dialogue->name;
  return session->dialogue != NULL ? session : NULL;
}

/* Before FTP and POP3 can be told apart, a client may name the user. */
static void read_early(const HgFrame *frame, const char *text) {
  if (g_ascii_strncasecmp(text, "USER ", 5) == 0 && text[5] != '\0') {
    hg_frame_note_user(frame, text + 5);
    hg_sessions_of(frame->sessions, frame->packet, TRUE)->stream = frame->layers->stream;
  }
}

/* The next line that is there to its end, without it; NULL: there is none. (transfer full) */
static char *next_line(const char **at, const char *end) {
  const char *from = *at, *feed = from < end ? memchr(from, '\n', (gsize)(end - from)) : NULL;
  if (feed == NULL)
    return NULL;
  *at = feed + 1;
  return g_strchomp(hg_ascii_text((const guint8 *)from, (gsize)(feed - from)));
}

void hg_login_lines_read(const HgFrame *frame, const char *protocol) {
  const char *at = (const char *)frame->payload.bytes, *end = at + frame->payload.captured;
  char *text = next_line(&at, end);
  if (text == NULL)
    return;
  const gboolean from_client = !is_answer(text);
  HgSession *session = find_session(frame, find_dialogue(protocol), from_client);
  const gboolean wanted =
      session != NULL && (!from_client || hg_session_is_new(session, frame->packet));
  if (session == NULL && from_client)
    read_early(frame, text);
  for (; wanted && text != NULL; g_free(text), text = next_line(&at, end))
    read_line(frame, find_dialogue(session->dialogue), text, from_client);
  g_free(text);
}

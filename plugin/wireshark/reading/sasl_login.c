/* sasl_login.c - user names of logins by SASL over POP3, IMAP and SMTP
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sasl_login.h"

#include <string.h>

#include "wireshark/protocols/sasl.h"

static void answer(const HgFrame *frame, const HgSaslLogin *protocol, HgSaslMechanism mechanism,
                   const char *base64) {
  char *user = hg_sasl_user(mechanism, base64);
  if (user != NULL)
    hg_frame_report_login(frame, TRUE, protocol->name, user);
  if (user != NULL && mechanism == HG_SASL_PLAIN)
    hg_frame_note_password(frame, base64, strlen(base64));
  g_free(user);
}

/* What follows the command that begins a login; NULL: the line is none. */
static const char *words_of_login(const HgSaslLogin *protocol, const char *line) {
  if (protocol->tagged) {
    line = strchr(line, ' ');
    if (line == NULL)
      return NULL;
    line++;
  }
  return g_ascii_strncasecmp(line, protocol->begins, strlen(protocol->begins)) == 0
             ? line + strlen(protocol->begins)
             : NULL;
}

static HgSessionState begin(const HgFrame *frame, const HgSaslLogin *protocol, const char *words) {
  const char *initial;
  const HgSaslMechanism mechanism = hg_sasl_mechanism(words, &initial);
  if (mechanism == HG_SASL_NONE)
    return HG_SESSION_IDLE;
  if (initial == NULL)
    return mechanism == HG_SASL_PLAIN ? HG_SESSION_SASL_PLAIN : HG_SESSION_SASL_LOGIN;
  answer(frame, protocol, mechanism, initial);
  return mechanism == HG_SASL_PLAIN ? HG_SESSION_IDLE : HG_SESSION_SASL_PASSWORD;
}

static void read_client(const HgFrame *frame, const HgSaslLogin *protocol, HgSession *session,
                        const char *line) {
  const HgSessionState state = session->state;
  const char *words = line != NULL ? words_of_login(protocol, line) : NULL;
  session->state = HG_SESSION_IDLE;
  if (words != NULL) {
    session->state = begin(frame, protocol, words);
  } else if (line != NULL && state == HG_SESSION_SASL_PLAIN) {
    answer(frame, protocol, HG_SASL_PLAIN, line);
  } else if (line != NULL && state == HG_SESSION_SASL_USER) {
    answer(frame, protocol, HG_SASL_LOGIN, line);
    session->state = HG_SESSION_SASL_PASSWORD;
  } else if (line != NULL && state == HG_SESSION_SASL_PASSWORD) {
    hg_frame_note_password(frame, line, strlen(line));
  }
}

static void read_server(const HgSaslLogin *protocol, HgSession *session, const char *line) {
  const gsize length = strlen(protocol->challenges);
  const gboolean goes_on = line != NULL && strncmp(line, protocol->challenges, length) == 0;
  if (session->state == HG_SESSION_SASL_LOGIN)
    session->state =
        goes_on && hg_sasl_asks_for_user(line + length) ? HG_SESSION_SASL_USER : HG_SESSION_IDLE;
}

void hg_sasl_login_read(const HgFrame *frame, const HgSaslLogin *protocol, gboolean from_client) {
  guint length = 0;
  const guint8 *bytes = hg_field_bytes(hg_frame_field(frame, protocol->message, 0), 1, &length);
  HgSession *session = from_client ? hg_sessions_of(frame->sessions, frame->packet, TRUE)
                                   : hg_sessions_known(frame->sessions, frame->packet, FALSE);
  char *line;
  if (bytes == NULL || session == NULL ||
      (from_client && !hg_session_is_new(session, frame->packet)))
    return;
  line = hg_frame_field_count(frame, protocol->message) == 1 ? hg_sasl_line(bytes, length) : NULL;
  if (from_client)
    read_client(frame, protocol, session, line);
  else
    read_server(protocol, session, line);
  g_free(line);
}

gboolean hg_sasl_login_is_begun(const HgFrame *frame, gboolean from_client) {
  const HgSession *session = hg_sessions_known(frame->sessions, frame->packet, from_client);
  return session != NULL && session->state != HG_SESSION_IDLE;
}

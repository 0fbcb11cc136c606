/* logins_mail.c - POP3 and IMAP logins by AUTH PLAIN or LOGIN (RFC 4616), which no tap reports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "evidence_private.h"

/* The user name in base64 of "authority NUL user NUL password", or of a user name alone. The rest
 * is wiped. NULL when it is neither. (transfer full) */
static char *user_of(const char *base64, gboolean plain) {
  gsize length = 0, start = 0, end;
  guchar *bytes = g_base64_decode(base64, &length);
  char *user = NULL;
  if (bytes == NULL)
    return NULL;
  if (plain) {
    while (start < length && bytes[start] != '\0')
      start++;
    start++;
  }
  for (end = start; end < length && bytes[end] != '\0';)
    end++;
  if (start < length && (!plain || end < length))
    user = g_utf8_make_valid((const char *)bytes + start, (gssize)(end - start));
  memset(bytes, 0, length);
  g_free(bytes);
  return user;
}

static void report(const HgFrame *frame, const char *protocol, const char *base64,
                   HgSession *session) {
  char *user = user_of(base64, session->state == HG_SESSION_SASL_PLAIN);
  session->state = HG_SESSION_IDLE;
  if (user != NULL)
    hg_frame_report_login(frame, TRUE, protocol, user);
  g_free(user);
}

/* "PLAIN", "PLAIN <base64>" or "LOGIN", as said after AUTH or AUTHENTICATE. */
static void begin(const HgFrame *frame, const char *protocol, const char *mechanism,
                  HgSession *session) {
  const char *initial = strchr(mechanism, ' ');
  const gsize length = initial != NULL ? (gsize)(initial - mechanism) : strlen(mechanism);
  if (length == 5 && g_ascii_strncasecmp(mechanism, "PLAIN", 5) == 0)
    session->state = HG_SESSION_SASL_PLAIN;
  else if (length == 5 && g_ascii_strncasecmp(mechanism, "LOGIN", 5) == 0)
    session->state = HG_SESSION_SASL_LOGIN;
  else
    return;
  if (initial != NULL && initial[1] != '\0')
    report(frame, protocol, initial + 1, session);
}

void hg_logins_read_pop(const HgFrame *frame) {
  const char *command = hg_field_string(hg_frame_field(frame, HG_FIELD_POP_COMMAND, 0));
  const char *parameter = hg_field_string(hg_frame_field(frame, HG_FIELD_POP_PARAMETER, 0));
  HgSession *session;
  if (command == NULL)
    return;
  session = hg_sessions_of(frame->reader->sessions, frame->packet, TRUE);
  if (!hg_session_is_new(session, frame->packet))
    return;
  if (g_ascii_strcasecmp(command, "AUTH") == 0)
    begin(frame, "POP", parameter != NULL ? parameter : "", session);
  else if (session->state != HG_SESSION_IDLE)
    report(frame, "POP", command, session);
}

void hg_logins_read_imap(const HgFrame *frame) {
  const char *line = hg_field_string(hg_frame_field(frame, HG_FIELD_IMAP_REQUEST, 0));
  HgSession *session;
  char **words;
  if (line == NULL)
    return;
  session = hg_sessions_of(frame->reader->sessions, frame->packet, TRUE);
  if (!hg_session_is_new(session, frame->packet))
    return;
  words = g_strsplit(line, " ", 3); /* tag, command, rest */
  if (g_strv_length(words) == 3 && g_ascii_strcasecmp(words[1], "AUTHENTICATE") == 0)
    begin(frame, "IMAP", words[2], session);
  else if (session->state != HG_SESSION_IDLE && words[0] != NULL)
    report(frame, "IMAP", words[0], session);
  g_strfreev(words);
}

/* telnet.c - the user name typed at a Telnet login prompt
 *
 * The server's prompt opens it, the end of the client's line closes it. Only what the client sends
 * counts, so that the server's echo doubles nothing.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

enum { DATA, FIELDS };
static const HgFieldNames fields[FIELDS] = {[DATA] = {"telnet.data"}};

static const char *const prompts[] = {"login:", "username:", "user name:", "user:", "user id:"};

static gboolean at_prompt(const HgSession *session) {
  guint length = session->tail_length;
  while (length > 0 && g_ascii_isspace(session->tail[length - 1]))
    length--;
  for (guint i = 0; i < G_N_ELEMENTS(prompts); i++) {
    const guint size = (guint)strlen(prompts[i]);
    if (length >= size && memcmp(session->tail + length - size, prompts[i], size) == 0)
      return TRUE;
  }
  return FALSE;
}

static void server_says(HgSession *session, const guint8 *bytes, guint length) {
  const guint room = sizeof session->tail;
  for (guint i = length > room ? length - room : 0; i < length; i++) {
    if (session->tail_length == room) {
      memmove(session->tail, session->tail + 1, room - 1);
      session->tail_length--;
    }
    session->tail[session->tail_length++] = g_ascii_tolower((char)bytes[i]);
  }
}

/* TRUE when the line is complete. */
static gboolean client_types(HgSession *session, const guint8 *bytes, guint length) {
  for (guint i = 0; i < length; i++) {
    if (bytes[i] == '\r' || bytes[i] == '\n')
      return TRUE;
    if (bytes[i] == 0x7f || bytes[i] == '\b')
      session->length -= session->length > 0;
    else if (bytes[i] >= ' ' && session->length < HG_SESSION_USER)
      session->user[session->length++] = (char)bytes[i];
  }
  return FALSE;
}

/* What login(1) and its like say. */
static gboolean says_no(HgSession *session) {
  static const char *const words[] = {"login incorrect", "login failed"};
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
    char *found = g_strstr_len(session->tail, session->tail_length, words[i]);
    if (found != NULL) {
      *found = ' '; /* reported once */
      return TRUE;
    }
  }
  return FALSE;
}

static void read_server(const HgFrame *frame, HgSession *session, const guint8 *bytes,
                        guint length) {
  const gboolean typing = session->state == HG_SESSION_USER_NAME;
  server_says(session, bytes, length);
  if (says_no(session))
    hg_frame_report_login_failure(frame, "TELNET");
  if (at_prompt(session)) {
    session->state = HG_SESSION_USER_NAME;
    session->length = 0;
  } else if (typing && memchr(bytes, '\n', length) != NULL) {
    session->state = HG_SESSION_IDLE; /* the start of the line was not captured */
  }
}

static void read_client(const HgFrame *frame, HgSession *session, const guint8 *bytes,
                        guint length) {
  if (session->state != HG_SESSION_USER_NAME)
    return;
  if (!client_types(session, bytes, length))
    return;
  session->state = HG_SESSION_IDLE;
  session->tail_length = 0;
  if (session->length == 0)
    return;
  session->user[session->length] = '\0';
  hg_frame_report_login(frame, TRUE, "Telnet", session->user);
}

static void read(const HgFrame *frame) {
  const guint count = hg_frame_field_count(frame, DATA);
  const gboolean from_client = frame->packet->destination_port == 23 ||
                               (frame->packet->source_port != 23 &&
                                frame->packet->source_port > frame->packet->destination_port);
  HgSession *session;
  if (count == 0)
    return;
  session = hg_sessions_of(frame->sessions, frame->packet, from_client);
  if (from_client && !hg_session_is_new(session, frame->packet))
    return;
  for (guint i = 0; i < count; i++) {
    guint length = 0;
    const guint8 *bytes = hg_field_bytes(hg_frame_field(frame, DATA, i), 1, &length);
    if (bytes == NULL)
      continue;
    if (from_client)
      read_client(frame, session, bytes, length);
    else
      read_server(frame, session, bytes, length);
  }
}

static const char *const commands[] = {
    "Telnet",
    "Data",
    NULL,
};
static const HgInfoPolicy info[] = {
    {"TELNET", HG_INFO_LABEL, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_telnet = {
    .id = "telnet",
    .title = "Telnet",
    .what = "the user name typed at a login prompt; logins that are refused",
    .layers = (const char *const[]){"telnet", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .read = read,
};

/* sasl_login.c - POP3 and IMAP logins by AUTH PLAIN or LOGIN (RFC 4616), which no tap reports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sasl_login.h"

#include <string.h>

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

void hg_sasl_login_respond(const HgFrame *frame, const char *protocol, const char *base64,
                           HgSession *session) {
  char *user = user_of(base64, session->state == HG_SESSION_SASL_PLAIN);
  session->state = HG_SESSION_IDLE;
  if (user != NULL)
    hg_frame_report_login(frame, TRUE, protocol, user);
  g_free(user);
}

void hg_sasl_login_begin(const HgFrame *frame, const char *protocol, const char *mechanism,
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
    hg_sasl_login_respond(frame, protocol, initial + 1, session);
}

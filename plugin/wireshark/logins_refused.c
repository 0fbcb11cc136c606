/* logins_refused.c - logins that a server turns down, where the Info column does not tell which
 *
 * RADIUS is left out: the client that hears "no" is an access server, not who tried.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <string.h>

#include "evidence_private.h"

/* Schemes of several steps (RFC 4559, MS-NTHT): a challenge with a token asks for the next one. A
 * nonce that is too old (RFC 7616) is no wrong password. */
static gboolean goes_on(const char *challenge) {
  static const char *const schemes[] = {"NTLM ", "Negotiate "};
  for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
    const gsize length = strlen(schemes[i]);
    if (g_ascii_strncasecmp(challenge, schemes[i], length) == 0 &&
        challenge[length + strspn(challenge + length, " ")] != '\0')
      return TRUE;
  }
  if (g_ascii_strncasecmp(challenge, "Digest ", 7) == 0) {
    char *lower = g_ascii_strdown(challenge, -1);
    const gboolean stale = strstr(lower, "stale=true") || strstr(lower, "stale=\"true\"");
    g_free(lower);
    return stale;
  }
  return FALSE;
}

static gboolean is_handshake(const HgFrame *frame) {
  for (guint i = 0; i < hg_frame_field_count(frame, HG_FIELD_HTTP_CHALLENGE); i++) {
    const char *challenge = hg_field_string(hg_frame_field(frame, HG_FIELD_HTTP_CHALLENGE, i));
    if (challenge != NULL && goes_on(challenge))
      return TRUE;
  }
  return FALSE;
}

/* RFC 9110: 401 to a request without credentials asks for them, 401 to one with them refuses. */
void hg_refusals_read_http(const HgFrame *frame) {
  HgSessions *sessions = frame->reader->sessions;
  field_info *status = hg_frame_field(frame, HG_FIELD_HTTP_STATUS, 0);
  HgSession *session;
  if (status != NULL) {
    session = hg_sessions_known(sessions, frame->packet, FALSE);
    if (session == NULL)
      return;
    if (session->waiting && hg_compat_uinteger(status) == 401 && !is_handshake(frame))
      hg_frame_report_refusal(frame, "HTTP");
    session->waiting = FALSE;
  } else if (hg_frame_field(frame, HG_FIELD_HTTP_AUTHORIZATION, 0) != NULL) {
    hg_sessions_of(sessions, frame->packet, TRUE)->waiting = TRUE;
  } else if (hg_frame_field(frame, HG_FIELD_HTTP_URI, 0) != NULL) {
    session = hg_sessions_known(sessions, frame->packet, TRUE);
    if (session != NULL)
      session->waiting = FALSE;
  }
}

/* PostgreSQL, appendix A: invalid password, invalid authorization. */
void hg_refusals_read_pgsql(const HgFrame *frame) {
  const char *code = hg_field_string(hg_frame_field(frame, HG_FIELD_PGSQL_CODE, 0));
  if (code != NULL && (strcmp(code, "28P01") == 0 || strcmp(code, "28000") == 0))
    hg_frame_report_refusal(frame, "PGSQL");
}

/* SQL Server, error 18456: login failed. */
void hg_refusals_read_tds(const HgFrame *frame) {
  field_info *error = hg_frame_field(frame, HG_FIELD_TDS_ERROR, 0);
  if (error != NULL && hg_compat_uinteger(error) == 18456)
    hg_frame_report_refusal(frame, "TDS");
}

/* RFC 6143, 7.1.3: anything but 0 is a failure. */
void hg_refusals_read_vnc(const HgFrame *frame) {
  guint length = 0;
  const guint8 *result = hg_field_bytes(hg_frame_field(frame, HG_FIELD_VNC_RESULT, 0), 4, &length);
  if (result != NULL && (result[0] | result[1] | result[2] | result[3]) != 0)
    hg_frame_report_refusal(frame, "VNC");
}

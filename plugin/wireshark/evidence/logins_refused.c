/* logins_refused.c - logins that a server turns down with an error that says so, or over HTTP
 *
 * RADIUS is left out: the client that hears "no" is an access server, not who tried.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

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
  gint64 code;
  if (status != NULL) {
    session = hg_sessions_known(sessions, frame->packet, FALSE);
    if (session == NULL)
      return;
    if (session->waiting && hg_field_number(status, &code) && code == 401 && !is_handshake(frame))
      hg_frame_report_refusal(frame, "HTTP");
    session->waiting = FALSE;
  } else if (hg_frame_field(frame, HG_FIELD_HTTP_AUTHORIZATION, 0) != NULL) {
    hg_sessions_of(sessions, frame->packet, TRUE)->waiting = TRUE;
  } else if (hg_frame_http_uri(frame) != NULL) {
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

/* Each time that the field holds one of the codes; 0 ends them. */
static void read_codes(const HgFrame *frame, HgField field, const gint64 *codes, const char *name) {
  for (guint i = 0; i < hg_frame_field_count(frame, field); i++) {
    gint64 code;
    if (!hg_field_number(hg_frame_field(frame, field, i), &code))
      continue;
    for (const gint64 *one = codes; *one != 0; one++) {
      if (*one == code)
        hg_frame_report_refusal(frame, name);
    }
  }
}

/* RFC 4120: no such user, locked, a wrong password. */
void hg_refusals_read_kerberos(const HgFrame *frame) {
  static const gint64 codes[] = {6, 18, 24, 0};
  read_codes(frame, HG_FIELD_KERBEROS_ERROR, codes, "KRB5");
}

/* ER_ACCESS_DENIED_ERROR */
void hg_refusals_read_mysql(const HgFrame *frame) {
  static const gint64 codes[] = {1045, 0};
  read_codes(frame, HG_FIELD_MYSQL_ERROR, codes, "MySQL");
}

/* MS-ERREF: STATUS_LOGON_FAILURE, STATUS_ACCOUNT_LOCKED_OUT */
gboolean hg_refusals_by_status(guint32 status) {
  return status == 0xc000006d || status == 0xc0000234;
}

/* SQL Server: login failed. */
void hg_refusals_read_tds(const HgFrame *frame) {
  static const gint64 codes[] = {18456, 0};
  read_codes(frame, HG_FIELD_TDS_ERROR, codes, "TDS");
}

/* RFC 4954: 534 and 535. An answer may take several lines, "535-" and at last "535 "; whether there
 * is a code for each is up to the dissector. */
void hg_refusals_read_smtp(const HgFrame *frame) {
  gboolean continues = FALSE;
  for (guint i = 0; i < hg_frame_field_count(frame, HG_FIELD_SMTP_CODE); i++) {
    field_info *info = hg_frame_field(frame, HG_FIELD_SMTP_CODE, i);
    const guint8 *line = hg_field_within(info, 0, 4);
    gint64 code;
    if (!continues && hg_field_number(info, &code) && (code == 534 || code == 535))
      hg_frame_report_refusal(frame, "SMTP");
    continues = line != NULL && line[3] == '-';
  }
}

typedef struct {
  const HgFrame *frame;
  gint64 operation; /* what the message is */
} Ldap;

/* RFC 4511: invalidCredentials, in a BindResponse. */
static void visit_ldap(HgField field, field_info *info, gpointer data) {
  enum { BIND_RESPONSE = 1, INVALID_CREDENTIALS = 49 };
  Ldap *reading = data;
  gint64 number;
  if (!hg_field_number(info, &number))
    return;
  if (field == HG_FIELD_LDAP_OPERATION)
    reading->operation = number;
  else if (reading->operation == BIND_RESPONSE && number == INVALID_CREDENTIALS)
    hg_frame_report_refusal(reading->frame, "LDAP");
}

void hg_refusals_read_ldap(const HgFrame *frame) {
  Ldap reading = {frame, -1};
  hg_fields_visit(&frame->reader->fields, frame->reader->look, HG_FIELD_LDAP_OPERATION,
                  HG_FIELD_LDAP_RESULT, visit_ldap, &reading);
}

/* RFC 6143, 7.1.3: anything but 0 is a failure. */
void hg_refusals_read_vnc(const HgFrame *frame) {
  guint length = 0;
  const guint8 *result = hg_field_bytes(hg_frame_field(frame, HG_FIELD_VNC_RESULT, 0), 4, &length);
  if (result != NULL && (result[0] | result[1] | result[2] | result[3]) != 0)
    hg_frame_report_refusal(frame, "VNC");
}

/* logins.c - user names sent in the clear, as far as one packet tells
 *
 * Wireshark's "credentials" tap knows FTP, HTTP Basic, IMAP, POP3 and SMTP. Read here besides: HTML
 * forms, PAP and SNMP communities. Values of secrets are never looked at.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "evidence_private.h"
#include "logins.h"

static const char *const user_keys[] = {
    "user",        "username",    "user_name", "userid",     "user_id",    "uname",
    "usr",         "login",       "log",       "email",      "e-mail",     "mail",
    "account",     "loginid",     "loginname", "login_name", "j_username", "user_login",
    "user[email]", "user[login]", "nick",      "nickname",   "pseudo",
};

static const char *const secret_words[] = {"pass", "pwd", "secret", "pswd"};

gboolean hg_key_is_user(const char *key) {
  for (guint i = 0; i < G_N_ELEMENTS(user_keys); i++) {
    if (g_ascii_strcasecmp(key, user_keys[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

gboolean hg_key_is_secret(const char *key, gsize length) {
  for (guint word = 0; word < G_N_ELEMENTS(secret_words); word++) {
    const gsize size = strlen(secret_words[word]);
    for (gsize at = 0; at + size <= length; at++) {
      if (g_ascii_strncasecmp(key + at, secret_words[word], size) == 0)
        return TRUE;
    }
  }
  return FALSE;
}

/* By the name that the Protocol column has, too: "HTTP basic auth" is HTTP, "POP3" is POP. */
static const char *protocol_name(const char *told) {
  static const char *const shorter[] = {"HTTP", "POP"};
  for (guint i = 0; told != NULL && i < G_N_ELEMENTS(shorter); i++) {
    if (g_ascii_strncasecmp(told, shorter[i], strlen(shorter[i])) == 0)
      return shorter[i];
  }
  return told != NULL ? told : "";
}

void hg_logins_read_credentials(const HgFrame *frame) {
  const GArray *credentials = frame->reader->credentials;
  for (guint i = 0; i < credentials->len; i++) {
    const HgCredential *credential = &g_array_index(credentials, HgCredential, i);
    hg_frame_report_login(frame, TRUE, protocol_name(credential->protocol), credential->user);
  }
}

/* The value that follows `key` and precedes the next key. */
static const char *form_value(const HgFrame *frame, const field_info *key, const field_info *next) {
  const guint count = hg_frame_field_count(frame, HG_FIELD_FORM_VALUE);
  for (guint i = 0; i < count; i++) {
    field_info *value = hg_frame_field(frame, HG_FIELD_FORM_VALUE, i);
    if (value->ds_tvb == key->ds_tvb && value->start > key->start)
      return next == NULL || next->ds_tvb != key->ds_tvb || value->start < next->start
                 ? hg_field_string(value)
                 : NULL;
  }
  return NULL;
}

/* A form is a login when it has a password among its keys. */
void hg_logins_read_form(const HgFrame *frame) {
  const guint count = hg_frame_field_count(frame, HG_FIELD_FORM_KEY);
  const char *user = NULL;
  gboolean has_password = FALSE;
  for (guint i = 0; i < count; i++) {
    field_info *key = hg_frame_field(frame, HG_FIELD_FORM_KEY, i);
    const char *text = hg_field_string(key);
    if (text == NULL)
      continue;
    if (hg_key_is_secret(text, strlen(text)))
      has_password = TRUE;
    else if (user == NULL && hg_key_is_user(text))
      user = form_value(frame, key, hg_frame_field(frame, HG_FIELD_FORM_KEY, i + 1));
  }
  if (has_password)
    hg_frame_report_login(frame, TRUE, "HTTP", user);
}

/* The same in the address: GET /login?user=...&password=... */
void hg_logins_read_query(const HgFrame *frame) {
  const char *uri = hg_frame_http_uri(frame);
  const char *query = uri != NULL ? strchr(uri, '?') : NULL;
  char **parameters, *user = NULL;
  gboolean has_password = FALSE;
  if (query == NULL)
    return;
  parameters = g_strsplit(query + 1, "&", -1);
  for (guint i = 0; parameters[i] != NULL; i++) {
    char *value = strchr(parameters[i], '=');
    if (value == NULL)
      continue;
    *value++ = '\0';
    if (hg_key_is_secret(parameters[i], strlen(parameters[i])))
      has_password = TRUE;
    else if (user == NULL && hg_key_is_user(parameters[i]))
      user = g_uri_unescape_string(value, NULL);
  }
  if (has_password)
    hg_frame_report_login(frame, TRUE, "HTTP", user);
  g_free(user);
  g_strfreev(parameters);
}

/* RFC 1334: code 1 asks, with the length of the user name and the name. */
void hg_logins_read_pap(const HgFrame *frame) {
  guint length = 0;
  const guint8 *pap = hg_field_bytes(hg_frame_field(frame, HG_FIELD_PAP, 0), 5, &length);
  char *user;
  if (pap == NULL || pap[0] != 1 || 5u + pap[4] > length)
    return;
  user = g_utf8_make_valid((const char *)pap + 5, pap[4]);
  hg_frame_report_login(frame, TRUE, "PPP PAP", user);
  g_free(user);
}

/* SNMP v1 and v2c: the community is the password, and there is no user. */
void hg_logins_read_snmp(const HgFrame *frame) {
  if (hg_frame_field(frame, HG_FIELD_SNMP_COMMUNITY, 0) != NULL)
    hg_frame_report_login(frame, frame->packet->source_port != 161, "SNMP", "");
}

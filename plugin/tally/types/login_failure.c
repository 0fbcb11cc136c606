/* login_failure.c - a login that was refused, as the subject of an observation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_failure.h"

#include <string.h>

#include "printable.h"

#define UNKNOWN " unknown"
#define PASSWORD " password-"

char hg_login_failure_password(const guint8 *bytes, gsize length) {
  guint8 digest[32];
  gsize size = sizeof digest;
  GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, bytes, (gssize)length);
  g_checksum_get_digest(checksum, digest, &size);
  g_checksum_free(checksum);
  return (char)('a' + digest[0] % HG_LOGIN_FAILURE_PASSWORDS);
}

char *hg_login_failure_subject(const HgLoginFailure *failure) {
  GString *subject = g_string_new(failure->protocol);
  if (failure->unknown_user)
    g_string_append(subject, UNKNOWN);
  if (failure->password)
    g_string_append_printf(subject, PASSWORD "%c", failure->password);
  if (failure->user && *failure->user) {
    g_string_append_c(subject, '\t');
    hg_printable_append(subject, failure->user, HG_LOGIN_FAILURE_USER);
  }
  return g_string_free(subject, FALSE);
}

HgLoginFailure hg_login_failure_parse(const char *subject) {
  const char *tab = strchr(subject, '\t');
  const gssize told = tab ? tab - subject : (gssize)strlen(subject);
  const char *password = g_strstr_len(subject, told, PASSWORD);
  const char class = password ? password[strlen(PASSWORD)] : 0;
  return (HgLoginFailure){
      .protocol = subject,
      .unknown_user = g_strstr_len(subject, told, UNKNOWN) != NULL,
      .password = class >= 'a' && class < 'a' + HG_LOGIN_FAILURE_PASSWORDS ? class : 0,
      .user = tab && tab[1] ? tab + 1 : NULL,
  };
}

/* sasl.c - what clients and servers say of a SASL login in mail protocols
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sasl.h"

#include <string.h>

char *hg_sasl_line(const guint8 *bytes, gsize length) {
  if (length == 0 || bytes[length - 1] != '\n')
    return NULL;
  length--;
  length -= length > 0 && bytes[length - 1] == '\r';
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isprint(bytes[i]))
      return NULL;
  }
  return g_strndup((const char *)bytes, length);
}

HgSaslMechanism hg_sasl_mechanism(const char *words, const char **initial) {
  const gsize length = strcspn(words, " ");
  *initial = NULL;
  if (words[length] == ' ' && words[length + 1] != '\0')
    *initial = words + length + 1;
  if (length == 5 && g_ascii_strncasecmp(words, "PLAIN", 5) == 0)
    return HG_SASL_PLAIN;
  if (length == 5 && g_ascii_strncasecmp(words, "LOGIN", 5) == 0)
    return HG_SASL_LOGIN;
  return HG_SASL_NONE;
}

/* RFC 4648, 4: whole groups of four, padding at the end only. */
static gboolean is_base64(const char *text) {
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const gsize length = strlen(text), digits = strspn(text, alphabet);
  const gsize padding = strspn(text + digits, "=");
  return length > 0 && length % 4 == 0 && padding <= 2 && digits + padding == length;
}

/* NULL when it is none. To be wiped. (transfer full) */
static char *decode(const char *base64, gsize *length) {
  return is_base64(base64) ? (char *)g_base64_decode(base64, length) : NULL;
}

static void wipe(char *bytes, gsize length) {
  memset(bytes, 0, length);
  g_free(bytes);
}

static gboolean is_name(const char *bytes, gsize length) {
  if (length == 0 || !g_utf8_validate(bytes, (gssize)length, NULL))
    return FALSE;
  for (const char *at = bytes; at < bytes + length; at = g_utf8_next_char(at)) {
    if (!g_unichar_isprint(g_utf8_get_char(at)))
      return FALSE;
  }
  return TRUE;
}

/* Between the only two NULs, with a password behind. */
static char *user_of_plain(const char *bytes, gsize length) {
  const char *end = bytes + length, *user = memchr(bytes, '\0', length), *password;
  if (user == NULL)
    return NULL;
  user++;
  password = memchr(user, '\0', (gsize)(end - user));
  if (password == NULL || password + 1 == end ||
      memchr(password + 1, '\0', (gsize)(end - password - 1)) != NULL ||
      !is_name(user, (gsize)(password - user)))
    return NULL;
  return g_strndup(user, (gsize)(password - user));
}

char *hg_sasl_user(HgSaslMechanism mechanism, const char *base64) {
  gsize length = 0;
  char *bytes = decode(base64, &length), *user = NULL;
  if (bytes == NULL)
    return NULL;
  if (mechanism == HG_SASL_PLAIN)
    user = user_of_plain(bytes, length);
  else if (mechanism == HG_SASL_LOGIN && is_name(bytes, length))
    user = g_strndup(bytes, length);
  wipe(bytes, length);
  return user;
}

/* "User Name" NUL (draft-murchison-sasl-login), "Username:" (what servers say). */
gboolean hg_sasl_asks_for_user(const char *base64) {
  gsize length = 0;
  char *bytes = decode(base64, &length), *text;
  gboolean asks;
  if (bytes == NULL)
    return FALSE;
  while (length > 0 && strchr(" :", bytes[length - 1]) != NULL) /* strchr() finds NUL, too */
    length--;
  text = g_strndup(bytes, length);
  asks = g_ascii_strcasecmp(text, "username") == 0 || g_ascii_strcasecmp(text, "user name") == 0;
  g_free(text);
  g_free(bytes);
  return asks;
}

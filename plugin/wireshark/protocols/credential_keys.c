/* credential_keys.c - which names of form fields and parameters stand for a user, and which for a secret
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "credential_keys.h"

#include <string.h>

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

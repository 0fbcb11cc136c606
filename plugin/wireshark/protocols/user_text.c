/* user_text.c - texts that stand where a user name should, and may hold more than that
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "user_text.h"

#include <string.h>

/* RFC 9051: a quoted string; "\\" and "\"" are the only escapes. */
static char *unquote(const char *text) {
  GString *plain = g_string_new(NULL);
  for (text++; *text != '\0' && *text != '"'; text++) {
    if (*text == '\\' && (text[1] == '\\' || text[1] == '"'))
      text++;
    g_string_append_c(plain, *text);
  }
  /* Nothing behind the closing quote. */
  return g_string_free(plain, text[0] != '"' || text[1] != '\0');
}

/* "{12}", "{12+}" */
static gboolean is_literal(const char *text) {
  const gsize digits = *text == '{' ? strspn(text + 1, "0123456789") : 0;
  const char *behind = text + 1 + digits;
  return digits > 0 && strcmp(behind + (*behind == '+'), "}") == 0;
}

char *hg_user_of_argument(const char *argument) {
  if (*argument == '"')
    return unquote(argument);
  return strpbrk(argument, " \t\"") == NULL && !is_literal(argument) ? g_strdup(argument) : NULL;
}

char *hg_user_of_value(const char *value) {
  const gboolean object = *value == '{' || *value == '[';
  return !object && strpbrk(value, "&;=\r\n") == NULL ? g_strdup(value) : NULL;
}

/* words.c - a line of a script as words
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "words.h"

/* One escape after a backslash inside quotes; moves `text` behind it. A NUL cannot be written. */
static gboolean take_escape(const char **text, GString *word) {
  const char c = *(*text)++;
  switch (c) {
  case '"':
  case '\\':
    g_string_append_c(word, c);
    return TRUE;
  case 'n':
    g_string_append_c(word, '\n');
    return TRUE;
  case 't':
    g_string_append_c(word, '\t');
    return TRUE;
  case 'x': {
    if (!g_ascii_isxdigit((*text)[0]) || !g_ascii_isxdigit((*text)[1]))
      return FALSE;
    const int byte = g_ascii_xdigit_value((*text)[0]) * 16 + g_ascii_xdigit_value((*text)[1]);
    *text += 2;
    g_string_append_c(word, (char)byte);
    return byte != 0;
  }
  default:
    return FALSE;
  }
}

GPtrArray *hg_words_split(const char *text) {
  GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
  while (*text != '\0') {
    if (g_ascii_isspace(*text)) {
      text++;
      continue;
    }
    if (*text == '#')
      break;
    GString *word = g_string_new(NULL);
    gboolean quoted = FALSE, good = TRUE;
    while (good && *text != '\0' && (quoted || !g_ascii_isspace(*text))) {
      const char c = *text++;
      if (c == '"')
        quoted = !quoted;
      else if (quoted && c == '\\')
        good = take_escape(&text, word);
      else
        g_string_append_c(word, c);
    }
    g_ptr_array_add(words, g_string_free(word, FALSE));
    if (!good || quoted) {
      g_ptr_array_unref(words);
      return NULL;
    }
  }
  return words;
}

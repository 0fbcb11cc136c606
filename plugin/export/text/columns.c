/* columns.c - text measured in terminal columns: cut, padded, wrapped
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "columns.h"

#include "text.h"

#include <string.h>

/* How many combining marks one character may have; more would only garble the line. */
#define MOST_MARKS 3

static guint character_width(gunichar c) {
  if (g_unichar_iszerowidth(c))
    return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

guint hg_columns_width(const char *text) {
  guint width = 0;
  for (; *text != '\0'; text = g_utf8_next_char(text))
    width += character_width(g_utf8_get_char(text));
  return width;
}

void hg_columns_cut(GString *out, const char *text, guint width) {
  g_autoptr(GString) clean = g_string_new(NULL);
  hg_text_terminal(clean, text, -1);
  const gboolean fits = hg_columns_width(clean->str) <= width;
  const guint room = fits ? width : width - MIN(width, 1);
  guint used = 0, marks = 0;
  for (const char *at = clean->str; *at != '\0'; at = g_utf8_next_char(at)) {
    const guint wide = character_width(g_utf8_get_char(at));
    if (used + wide > room)
      break;
    marks = wide == 0 ? marks + 1 : 0;
    used += wide;
    if (marks <= MOST_MARKS)
      g_string_append_len(out, at, g_utf8_next_char(at) - at);
  }
  if (!fits && width > 0)
    g_string_append(out, "…");
}

void hg_columns_blanks(GString *out, guint count) {
  g_string_append_printf(out, "%*s", (int)count, "");
}

void hg_columns_wrap(GString *out, const char *text, guint at, guint indent) {
  g_autoptr(GString) clean = g_string_new(NULL);
  hg_text_terminal(clean, text, -1);
  g_auto(GStrv) words = g_strsplit(clean->str, " ", -1);
  gboolean begin = TRUE; /* at the start of a line */
  for (guint i = 0; words[i]; i++) {
    const guint width = MIN(hg_columns_width(words[i]), HG_COLUMNS_LINE - indent);
    if (width == 0)
      continue;
    if (at + !begin + width > HG_COLUMNS_LINE && at > indent) {
      g_string_append_c(out, '\n');
      hg_columns_blanks(out, indent);
      at = indent;
      begin = TRUE;
    }
    if (!begin) {
      g_string_append_c(out, ' ');
      at++;
    }
    hg_columns_cut(out, words[i], width);
    at += width;
    begin = FALSE;
  }
  g_string_append_c(out, '\n');
}

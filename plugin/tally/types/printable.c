/* printable.c - what others sent as text, so that it can stand in a subject or a report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "printable.h"

void hg_printable_append(GString *to, const char *text, gsize max) {
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  const gsize begin = to->len;
  for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
    const gunichar c = g_utf8_get_char(at);
    if (to->len - begin + (gsize)(g_utf8_next_char(at) - at) > max)
      break;
    g_string_append_unichar(to, g_unichar_iscntrl(c) ? '?' : c);
  }
}

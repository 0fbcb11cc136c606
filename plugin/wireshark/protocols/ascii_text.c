/* ascii_text.c - bytes that should be ASCII as text, the way Wireshark shows them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ascii_text.h"

char *hg_ascii_text(const guint8 *bytes, gsize length) {
  GString *text = g_string_sized_new(length + 1);
  for (gsize i = 0; i < length && bytes[i] != '\0'; i++) {
    if (bytes[i] < 0x80)
      g_string_append_c(text, (char)bytes[i]);
    else
      g_string_append(text, "\xef\xbf\xbd");
  }
  return g_string_free(text, FALSE);
}

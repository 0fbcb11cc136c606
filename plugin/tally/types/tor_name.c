/* tor_name.c - names that programs of the Tor network make up
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tor_name.h"

#include <string.h>

gboolean hg_tor_name_is_made_up(const char *name, gsize length, gsize least, gsize most,
                                const char *suffix) {
  static const char prefix[] = "www.";
  const gsize begin = strlen(prefix), around = begin + strlen(suffix);
  if (length < around + least || length > around + most || memcmp(name, prefix, begin) != 0 ||
      memcmp(name + length - strlen(suffix), suffix, strlen(suffix)) != 0)
    return FALSE;
  for (gsize i = begin; i < length - strlen(suffix); i++)
    if (!g_ascii_islower(name[i]) && !(name[i] >= '2' && name[i] <= '7'))
      return FALSE;
  return TRUE;
}

/* all_formats.c - looks up a format by its name, or by the suffix of a file
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "all_formats.h"

#include <string.h>

const HgFormat *hg_format_find(const char *name) {
  for (const HgFormat *const *format = hg_formats; *format; format++)
    if (strcmp((*format)->name, name) == 0)
      return *format;
  return NULL;
}

const HgFormat *hg_format_for_path(const char *path) {
  for (const HgFormat *const *format = hg_formats; *format; format++)
    if (hg_format_suffix(*format, path))
      return *format;
  return NULL;
}

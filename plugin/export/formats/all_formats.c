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
  const HgFormat *best = NULL;
  const char *longest = NULL; /* suffix: it begins first */
  for (const HgFormat *const *format = hg_formats; *format; format++) {
    const char *suffix = hg_format_suffix(*format, path);
    if (suffix && (!longest || suffix < longest)) {
      best = *format;
      longest = suffix;
    }
  }
  return best;
}

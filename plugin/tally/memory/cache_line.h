/* cache_line.h - what a processor fetches from memory at once, and asking for it ahead of time
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CACHE_LINE_H
#define HG_TALLY_CACHE_LINE_H

#include <glib.h>

G_BEGIN_DECLS

/* Bytes; usual for x86 and ARM. Elsewhere only speed suffers. */
#define HG_CACHE_LINE 64

/* Asks for `size` bytes at `place`, which may be NULL: they are wanted soon. */
static inline void hg_fetch_ahead(gconstpointer place, gsize size) {
#ifdef __GNUC__
  if (!place)
    return;
  const char *end = (const char *)place + size;
  const char *line = (const char *)place - (guintptr)place % HG_CACHE_LINE;
  for (; line < end; line += HG_CACHE_LINE)
    __builtin_prefetch(line);
#else
  (void)place, (void)size;
#endif
}

G_END_DECLS
#endif

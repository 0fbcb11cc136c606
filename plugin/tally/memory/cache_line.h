/* cache_line.h - fetches memory ahead of its use
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CACHE_LINE_H
#define HG_TALLY_CACHE_LINE_H

#include <glib.h>

G_BEGIN_DECLS

/* Bytes; usual for x86 and ARM. Elsewhere only speed suffers. */
#define HG_CACHE_LINE 64

/* Asks the processor to fetch the `size` bytes at `place`, which will be read soon. NULL:
 * nothing. */
static inline void hg_fetch_ahead(gconstpointer place, gsize size) {
#ifdef __GNUC__
  if (!place)
    return;
  for (gsize offset = 0; offset < size; offset += HG_CACHE_LINE)
    __builtin_prefetch((const char *)place + offset);
  __builtin_prefetch((const char *)place + size - 1); /* where the last line begins in between */
#else
  (void)place, (void)size;
#endif
}

G_END_DECLS
#endif

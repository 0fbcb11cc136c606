/* counting_sort.h - a stable counting sort: what is numbered densely needs no comparisons
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_COUNTING_SORT_H
#define HG_TALLY_COUNTING_SORT_H

#include "cache_line.h"

G_BEGIN_DECLS

/* Something to be sorted by one of two numbers (of hosts, conversations). */
typedef struct {
  guint32 key[2];
  gconstpointer item;
} HgCountingSortItem;

/* Sorts `count` items by key[which], all below `keys`; what is alike stays in order. `room` is for
 * as many; the result is in `to`, which is not `from`. Time: count + keys. */
void hg_counting_sort(const HgCountingSortItem *from, HgCountingSortItem *to, guint32 count,
                      int which, guint32 keys);

/* Asks for the memory of an item some places ahead, as items lie anywhere in it. */
static inline void hg_counting_sort_prefetch(const HgCountingSortItem *items, guint32 i,
                                             guint32 count) {
  enum { AHEAD = 16 };
  if (count - i > AHEAD)
    hg_fetch_ahead(items[i + AHEAD].item, 1);
}

/* Sorts a few items, mostly in order already: insertion, and above some dozens GLib's stable sort.
 */
void hg_counting_sort_finish(HgCountingSortItem *items, guint32 count, GCompareDataFunc compare,
                             gpointer data);

G_END_DECLS
#endif

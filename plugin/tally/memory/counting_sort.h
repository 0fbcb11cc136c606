/* counting_sort.h - a stable counting sort, for keys that are numbered densely
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

/* Sorts `count` items of `from` by key[which], all below `keys`, into `to`, which has room for
 * as many and is not `from`. Items with equal keys stay in order. Takes time for count + keys
 * steps. */
void hg_counting_sort(const HgCountingSortItem *from, HgCountingSortItem *to, guint32 count,
                      int which, guint32 keys);

/* Fetches an item some places ahead: items are scattered over memory. */
static inline void hg_counting_sort_prefetch(const HgCountingSortItem *items, guint32 i,
                                             guint32 count) {
  enum { AHEAD = 16 };
  if (count - i > AHEAD)
    hg_fetch_ahead(items[i + AHEAD].item, 1);
}

/* Sorts items of which most are in order already: by insertion, or, where there are more than some
 * dozens, with GLib's stable sort. */
void hg_counting_sort_finish(HgCountingSortItem *items, guint32 count, GCompareDataFunc compare,
                             gpointer data);

G_END_DECLS
#endif

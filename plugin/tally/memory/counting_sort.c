/* counting_sort.c - a stable counting sort, for keys that are numbered densely
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "counting_sort.h"

/* Up to so many items are sorted by insertion. */
#define FEW 24

void hg_counting_sort(const HgCountingSortItem *from, HgCountingSortItem *to, guint32 count,
                      int which, guint32 keys) {
  guint32 *place = g_new0(guint32, (gsize)keys + 1);
  for (guint32 i = 0; i < count; i++)
    place[from[i].key[which] + 1]++;
  for (guint32 key = 0; key < keys; key++)
    place[key + 1] += place[key];
  for (guint32 i = 0; i < count; i++)
    to[place[from[i].key[which]]++] = from[i];
  g_free(place);
}

static gboolean is_sorted(const HgCountingSortItem *items, guint32 count, GCompareDataFunc compare,
                          gpointer data) {
  for (guint32 i = 1; i < count; i++)
    if (compare(&items[i - 1], &items[i], data) > 0)
      return FALSE;
  return TRUE;
}

static void insert(HgCountingSortItem *items, guint32 count, GCompareDataFunc compare,
                   gpointer data) {
  for (guint32 i = 1; i < count; i++) {
    const HgCountingSortItem item = items[i];
    guint32 place = i;
    for (; place > 0 && compare(&items[place - 1], &item, data) > 0; place--)
      items[place] = items[place - 1];
    items[place] = item;
  }
}

void hg_counting_sort_finish(HgCountingSortItem *items, guint32 count, GCompareDataFunc compare,
                             gpointer data) {
  if (count <= FEW)
    insert(items, count, compare, data);
  else if (!is_sorted(items, count, compare, data))
    g_qsort_with_data(items, (gint)count, sizeof *items, compare, data);
}

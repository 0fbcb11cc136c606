/* save_rows.c - rows of hosts, and numbers in the order in which their rows are written
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save_rows.h"

gint64 hg_store_host_row(const HgStoreSave *save, guint32 host) {
  return (gint64)hg_report_host_rank(save->report, host) + 1;
}

guint32 *hg_store_sorted(guint32 count, GCompareDataFunc compare, gconstpointer data) {
  guint32 *all = g_new(guint32, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    all[i] = i;
  g_qsort_with_data(all, (gint)count, sizeof *all, compare, (gpointer)data);
  return all;
}

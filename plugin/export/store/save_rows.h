/* save_rows.h - a store that is being saved: which row each thing has
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_SAVE_ROWS_H
#define HG_EXPORT_STORE_SAVE_ROWS_H

#include "export/report/report.h"
#include "writer.h"

G_BEGIN_DECLS

/* Rows count from 1. The row of a host is its rank in the report + 1. */
typedef struct {
  const HgReport *report;
  const HgTally *tally;
  HgStoreWriter *writer;
  guint32 *protocol;     /* row by number */
  guint32 *conversation; /* row by number */
  gboolean *flipped;     /* by number of the conversation: its side A is b of the row */
  guint32 *spoken;       /* conversation protocols: row by number */
} HgStoreSave;

/* Row of a host. */
gint64 hg_store_host_row(const HgStoreSave *save, guint32 host);

/* 0, 1, 2, ... in the order of `compare`, which gets pointers to guint32. (transfer full) */
guint32 *hg_store_sorted(guint32 count, GCompareDataFunc compare, gconstpointer data);

G_END_DECLS
#endif

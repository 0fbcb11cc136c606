/* save_rows.h - a store that is being saved: the row of each host, conversation and protocol
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
  gboolean *flipped;     /* by number of the conversation: its side A is host b of the row */
  guint32 *spoken;       /* conversation protocols: row by number */
} HgStoreSave;

/* The row of a host. */
gint64 hg_store_host_row(const HgStoreSave *save, guint32 host);

/* The numbers from 0 to count - 1, sorted by `compare`, which gets pointers to guint32. (transfer
 * full) */
guint32 *hg_store_sorted(guint32 count, GCompareDataFunc compare, gconstpointer data);

G_END_DECLS
#endif

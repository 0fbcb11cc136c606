/* save.h - the parts of saving a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_SAVE_H
#define HG_EXPORT_STORE_SAVE_H

#include "export/report/report.h"
#include "writer.h"

G_BEGIN_DECLS

/* Rows count from 1. Parts are called in the order of this file; each fills in the rows that later
 * ones refer to. A host's row is its rank in the report + 1. */
typedef struct {
  const HgReport *report;
  const HgTally *tally;
  HgStoreWriter *writer;
  guint32 *protocol;     /* row by number */
  guint32 *conversation; /* row by number */
  gboolean *flipped;     /* by number of the conversation: its side A is b of the row */
  guint32 *spoken;       /* conversation protocols: row by number */
} HgStoreSave;

void hg_store_save_meta(HgStoreSave *save);
void hg_store_save_protocols(HgStoreSave *save);
void hg_store_save_hosts(HgStoreSave *save);
void hg_store_save_conversations(HgStoreSave *save);
void hg_store_save_services(HgStoreSave *save);
void hg_store_save_contacts(HgStoreSave *save);
void hg_store_save_names_and_logins(HgStoreSave *save); /* bindings, names, logins, ... */
void hg_store_save_findings(HgStoreSave *save);
void hg_store_save_attributes(HgStoreSave *save); /* nodes, edges */

/* Row of a host. */
gint64 hg_store_host_row(const HgStoreSave *save, guint32 host);

/* 0, 1, 2, ... in the order of `compare`, which gets pointers to guint32. (transfer full) */
guint32 *hg_store_sorted(guint32 count, GCompareDataFunc compare, gconstpointer data);

G_END_DECLS
#endif

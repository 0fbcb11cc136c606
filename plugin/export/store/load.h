/* load.h - the parts of loading a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_LOAD_H
#define HG_EXPORT_STORE_LOAD_H

#include "reader.h"
#include "store.h"
#include "tally/merge/restore.h"

G_BEGIN_DECLS

/* Numbers in the tally by row; HG_RESTORE_FAILED where there is no such row. */
typedef struct {
  HgStoreReader reader;
  HgTallyBuilder *builder;
  guint32 *protocols, protocol_count;
  guint32 *hosts, host_count;
  guint32 *conversations, conversation_count;
  guint8 *flipped; /* conversations: a of the row is side B of the tally */
  guint32 *spoken, spoken_count;
  guint8 *spoken_flipped; /* the same for their conversations */
} HgStoreLoad;

/* Makes the builder. */
void hg_store_load_options(HgStoreLoad *load);
void hg_store_load_names_and_logins(HgStoreLoad *load); /* bindings, names, logins, ... */
void hg_store_load_totals(HgStoreLoad *load);           /* captures, caps */

/* The next column as a reference into a table. */
guint32 hg_store_load_reference(HgStoreLoad *load, const guint32 *rows, guint32 count);

/* What a store says of its options; `protocols` and `caps` are filled in as far as known. */
void hg_store_read_options(HgStoreReader *reader, HgTallyOptions *options);

G_END_DECLS
#endif

/* load.h - the steps of loading a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_LOAD_H
#define HG_EXPORT_STORE_LOAD_H

#include "reader.h"
#include "store.h"
#include "tally/merge/restore.h"

G_BEGIN_DECLS

/* A store that is being loaded. Maps from rows to numbers of the tally; HG_RESTORE_FAILED: there is
 * no such row. */
typedef struct {
  HgStoreReader reader;
  HgTallyBuilder *builder;
  guint32 *protocols, protocol_count;
  guint32 *hosts, host_count;
  guint32 *conversations, conversation_count;
  guint8 *flipped; /* conversations: host a of the row is side B in the tally */
  guint32 *spoken, spoken_count;
  guint8 *spoken_flipped; /* the same, by row of conversation_protocols */
} HgStoreLoad;

/* Creates the builder. */
void hg_store_load_options(HgStoreLoad *load);
void hg_store_load_names_and_logins(HgStoreLoad *load); /* bindings, names, logins, ... */
void hg_store_load_totals(HgStoreLoad *load);           /* captures, caps */

/* The next column as a reference to a row of a table. */
guint32 hg_store_load_reference(HgStoreLoad *load, const guint32 *rows, guint32 count);

/* The captures with their fingerprints: HgCapture. (transfer full) */
GArray *hg_store_load_captures(HgStoreReader *reader);

/* Reads the options of the original tally; `protocols` and `caps` are filled in as far as they are
 * known. To be cleared with hg_tally_options_clear. */
void hg_store_read_options(HgStoreReader *reader, HgTallyOptions *options);

G_END_DECLS
#endif

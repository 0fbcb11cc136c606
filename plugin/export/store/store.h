/* store.h - a tally and its findings as an SQLite database
 *
 * It has two readers: this program, which loads the tally again and can add to it, and people with
 * SQL. tables.sql and the database itself (sqlite_schema) describe tables and columns. Equal
 * content gives equal rows: every table is sorted by addresses, names and times, never by the
 * order of tallying.
 *
 * Frames are numbered over all captures of a store in order of time, as if the captures were
 * concatenated; the table `captures` tells which frames belong to which. So a capture that is cut
 * into pieces gives the same rows as the whole, in whatever order the pieces are added. Four
 * tables depend on how the store was made: `captures`, `fingerprints`, `connection_parts`,
 * `undelivered`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_H
#define HG_EXPORT_STORE_H

#include "export/report/report.h"
#include "tally/types/known_packets.h"

G_BEGIN_DECLS

/* PRAGMA user_version. Raise it with every change that an older reader would read wrongly, and say in
 * migrations/ how the schema before it is read. */
#define HG_STORE_SCHEMA 3
/* PRAGMA application_id: "HGst". */
#define HG_STORE_APPLICATION 0x48477374

/* Fills the empty file `path`. FALSE and `error` (G_FILE_ERROR): only the reason, since `path` is a
 * temporary name. */
gboolean hg_store_save(const HgReport *report, const char *path, GError **error);

/* Loads the tally of a store, settled, with its contacts as runs. NULL and `error` (G_FILE_ERROR),
 * which names the file: it cannot be read, is no store, has a newer schema or is damaged. Older schemas are
 * migrated in memory; the file stays as it is. (transfer full) */
HgTally *hg_store_load(const char *path, GError **error);

/* The first difference between `known` and `wanted` that prevents adding up their counts, written
 * as an option: "layer=net". NULL: there is none. (transfer full) */
char *hg_store_difference(const HgTallyOptions *known, const HgTallyOptions *wanted);

/* FALSE and `error`, which names the store: it was written with another layer, other protocols or another
 * key than what is to be added. */
gboolean hg_store_can_add(const char *path, const HgTallyOptions *known,
                          const HgTallyOptions *wanted, GError **error);

/* The packets that the store has, to be told again in a capture that is added with these options. `hash_key`:
 * what hg_known_packets_complete needs. NULL and `error` as for hg_store_load and hg_store_can_add. Reads the
 * whole file to detect damage. (transfer full) */
HgKnownPackets *hg_store_load_known(const char *path, const HgTallyOptions *options,
                                    const guint64 hash_key[2], GError **error);

G_END_DECLS
#endif

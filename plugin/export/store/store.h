/* store.h - a tally, and what was found in it, as an SQLite database
 *
 * Made for two readers: this program, which gets the tally back and can add to it, and people with
 * SQL. The tables, their columns and their meaning stand in tables.sql and in the database itself
 * (sqlite_schema). Equal content gives equal rows: every table is sorted by addresses, names and
 * times, never by the order in which things were tallied.
 *
 * Frames are numbered over all captures of a store in the order of their times, as if they had been
 * concatenated; the table `captures` says which frames are whose. So a capture that is cut into
 * pieces gives the same rows as the whole, in whatever order the pieces come. Three tables tell
 * how the store came about and therefore differ: `captures`, `connection_parts`, `undelivered`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_H
#define HG_EXPORT_STORE_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* PRAGMA user_version. To be raised with every change that an older reader would get wrong. */
#define HG_STORE_SCHEMA 2
/* PRAGMA application_id: "HGst". */
#define HG_STORE_APPLICATION 0x48477374

/* Fills the empty file `path`. FALSE and `error` (G_FILE_ERROR): only the reason, since `path` is
 * a temporary name. */
gboolean hg_store_save(const HgReport *report, const char *path, GError **error);

/* The tally of a store, its contacts as runs. Settled. NULL and `error` (G_FILE_ERROR) that names
 * the file: it cannot be read, is no store, is of a newer schema or damaged. (transfer full) */
HgTally *hg_store_load(const char *path, GError **error);

/* What of `known` differs from `wanted` so that their counts cannot be brought together, as the
 * option would be written: "layer=net". NULL: nothing. (transfer full) */
char *hg_store_difference(const HgTallyOptions *known, const HgTallyOptions *wanted);

/* Whether a tally with these options can be added to what is there: errors as above, or another
 * layer or other protocols. Reads the whole file to see whether it is damaged. */
gboolean hg_store_check(const char *path, const HgTallyOptions *options, GError **error);

G_END_DECLS
#endif

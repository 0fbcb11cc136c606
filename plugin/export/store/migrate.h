/* migrate.h - reads stores of older schemas as if they were of the current one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_MIGRATE_H
#define HG_EXPORT_STORE_MIGRATE_H

#include "reader.h"

G_BEGIN_DECLS

/* The texts of migrations/N_to_M.sql. */
extern const char hg_store_from_1_to_2[];
extern const char hg_store_from_2_to_3[];

/* Where the file is of an older schema, replaces the reader's database, which was checked, by a private
 * copy of the current schema. The file stays as it is. The copy has no checksums: they were of the old
 * rows. */
void hg_store_migrate(HgStoreReader *reader);

G_END_DECLS
#endif

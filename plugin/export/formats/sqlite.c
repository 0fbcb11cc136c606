/* sqlite.c - the store, for SQL, for baselines, and for adding captures
 *
 * The contents are described in store/.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/format.h"
#include "export/store/store.h"

static const char *const suffixes[] = {"sqlite", "sqlite3", "db", NULL};

const HgFormat hg_format_sqlite = {
    .name = "sqlite",
    .suffixes = suffixes,
    .title = "Store (SQLite)",
    .what = "everything in tables for SQL; can be added to with append=yes",
    .as_tallied = TRUE, /* the next reader may ask for another layer */
    .save = hg_store_save,
    .load = hg_store_load,
    .load_known = hg_store_load_known,
};

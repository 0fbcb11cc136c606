/* migrate.c - reads stores of older schemas as if they were of the current one
 *
 * One step a schema, from each to the next. A step that was released never changes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "migrate.h"

#include "store.h"

/* steps[n]: from schema n + 1 to n + 2 */
static const char *const steps[] = {hg_store_from_1_to_2, hg_store_from_2_to_3};
G_STATIC_ASSERT(G_N_ELEMENTS(steps) == HG_STORE_SCHEMA - 1);

/* SQLite has no more room, or the file is not what it was. */
static void fail(HgStoreReader *reader, sqlite3 *database) {
  if (sqlite3_errcode(database) == SQLITE_FULL)
    hg_store_unreadable(reader, G_FILE_ERROR_NOSPC, sqlite3_errmsg(database));
  else
    hg_store_damaged(reader, sqlite3_errmsg(database));
}

/* The copy is a database without a name: SQLite keeps it in memory, and in a temporary file of its own
 * where it outgrows the cache. */
static void copy(HgStoreReader *reader) {
  sqlite3 *private = NULL;
  sqlite3_backup *backup = NULL;
  if (sqlite3_open("", &private) == SQLITE_OK)
    backup = sqlite3_backup_init(private, "main", reader->database, "main");
  if (backup)
    sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (sqlite3_errcode(private) != SQLITE_OK)
    fail(reader, private);
  sqlite3_finalize(reader->rows);
  reader->rows = NULL;
  sqlite3_close(reader->database);
  reader->database = private;
  hg_store_distrust(private);
}

static void run(HgStoreReader *reader, const char *sql) {
  if (!reader->error && sqlite3_exec(reader->database, sql, NULL, NULL, NULL) != SQLITE_OK)
    fail(reader, reader->database);
}

void hg_store_migrate(HgStoreReader *reader) {
  if (reader->schema == HG_STORE_SCHEMA)
    return;
  copy(reader);
  run(reader, "DELETE FROM checksums");
  for (int schema = reader->schema; schema < HG_STORE_SCHEMA; schema++)
    run(reader, steps[schema - 1]);
}

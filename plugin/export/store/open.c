/* open.c - checks that a file is an undamaged store of a known schema
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "checksum.h"
#include "migrate.h"
#include "reader.h"
#include "store.h"

static void refuse(HgStoreReader *reader, GFileError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Sets an error: the file's name, then `format`. */
static void refuse(HgStoreReader *reader, GFileError code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *shown = g_filename_display_name(reader->path);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  if (!reader->error)
    g_set_error(&reader->error, G_FILE_ERROR, (gint)code, "%s%s", shown, what);
}

/* SQLite would create a missing file as an empty database, and would call a folder damaged. */
static gboolean check_file(HgStoreReader *reader) {
  GStatBuf status;
  int reason = 0;
  if (g_stat(reader->path, &status) != 0 || g_access(reader->path, R_OK) != 0)
    reason = errno;
  else if (S_ISDIR(status.st_mode))
    reason = EISDIR;
  if (reason)
    hg_store_unreadable(reader, g_file_error_from_errno(reason), g_strerror(reason));
  else if (!S_ISREG(status.st_mode))
    refuse(reader, G_FILE_ERROR_INVAL, " is no regular file");
  return !reader->error;
}

static void open_database(HgStoreReader *reader) {
  /* A relative path could have a meaning of its own for SQLite (":memory:"). */
  g_autofree char *path = g_canonicalize_filename(reader->path, NULL);
  if (sqlite3_open_v2(path, &reader->database, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
    refuse(reader, G_FILE_ERROR_IO, ": %s", sqlite3_errmsg(reader->database));
    return;
  }
  hg_store_distrust(reader->database);
}

/* The result of a query for one number; -1 and `*result`: SQLite failed. */
static gint64 ask(HgStoreReader *reader, const char *sql, int *result) {
  sqlite3_stmt *statement = NULL;
  gint64 answer = -1;
  *result = sqlite3_prepare_v2(reader->database, sql, -1, &statement, NULL);
  if (*result == SQLITE_OK && (*result = sqlite3_step(statement)) == SQLITE_ROW) {
    answer = sqlite3_column_int64(statement, 0);
    *result = SQLITE_OK;
  }
  sqlite3_finalize(statement);
  return answer;
}

/* Sets `reader->schema`. */
static void check_identity(HgStoreReader *reader) {
  int result;
  const gint64 application = ask(reader, "PRAGMA application_id", &result);
  if (result != SQLITE_OK && result != SQLITE_NOTADB) {
    hg_store_damaged(reader, sqlite3_errmsg(reader->database));
    return;
  }
  if (result == SQLITE_NOTADB || application != HG_STORE_APPLICATION) {
    refuse(reader, G_FILE_ERROR_INVAL, " is no store of hostgraph");
    return;
  }
  reader->schema = (int)ask(reader, "PRAGMA user_version", &result);
  if (reader->schema > HG_STORE_SCHEMA)
    refuse(reader, G_FILE_ERROR_INVAL,
           " was written by a newer hostgraph: its schema is %d, this one reads 1 to %d",
           reader->schema, HG_STORE_SCHEMA);
  else if (reader->schema < 1)
    hg_store_damaged(reader, "it has no schema");
}

/* The tables that are read, and the first schema that has them. */
static const struct {
  const char *name;
  int since;
} tables[] = {{"meta", 1},        {"checksums", 1},         {"caps", 1},
              {"captures", 1},    {"protocols", 1},         {"wanted_protocols", 1},
              {"hosts", 1},       {"conversations", 1},     {"conversation_protocols", 1},
              {"connections", 1}, {"connection_parts", 1},  {"undelivered", 1},
              {"contacts", 1},    {"bindings", 1},          {"names", 1},
              {"logins", 1},      {"observations", 2},      {"fingerprints", 3},
              {"segments", 3},    {"conversation_vlans", 3}};

/* All tables that are read must be tables: a view, or a virtual table (which has no page), could be
 * anything, for example endless. */
static void check_tables(HgStoreReader *reader) {
  g_autoptr(GString) sql = g_string_new("SELECT count(*) FROM sqlite_schema"
                                        " WHERE type = 'table' AND rootpage > 0 AND name IN (''");
  gint64 count = 0;
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
    if (tables[i].since > reader->schema)
      continue;
    g_string_append_printf(sql, ",'%s'", tables[i].name);
    count++;
  }
  g_string_append_c(sql, ')');
  hg_store_query(reader, sql->str);
  if (hg_store_next(reader) && hg_store_get(reader, 0, G_MAXINT64) != count)
    hg_store_damaged(reader, "a table is missing");
}

static void check_structure(HgStoreReader *reader) {
  hg_store_query(reader, "PRAGMA quick_check(1)");
  if (hg_store_next(reader)) {
    const char *answer = hg_store_get_text(reader);
    if (!reader->error && strcmp(answer, "ok") != 0)
      hg_store_damaged(reader, answer);
  }
}

/* --- content --- */

static guint64 hash_row(sqlite3_stmt *row) {
  guint64 hash = HG_CHECKSUM_ROW;
  for (int i = 0; i < sqlite3_column_count(row); i++) {
    switch (sqlite3_column_type(row, i)) {
    case SQLITE_INTEGER:
      hash = hg_checksum_add(hash, (guint64)sqlite3_column_int64(row, i));
      break;
    case SQLITE_FLOAT:
      hash = hg_checksum_add_real(hash, sqlite3_column_double(row, i));
      break;
    case SQLITE_NULL:
      hash = hg_checksum_add(hash, HG_CHECKSUM_NULL);
      break;
    default: { /* bytes first: asking for the text may convert the value */
      const void *bytes = sqlite3_column_blob(row, i);
      hash = hg_checksum_add_bytes(hash, bytes, (gsize)sqlite3_column_bytes(row, i));
    }
    }
  }
  return hash;
}

static void check_table(HgStoreReader *reader, const char *name, guint64 rows, guint64 sum) {
  char *sql = sqlite3_mprintf("SELECT * FROM \"%w\"", name);
  guint64 found_rows = 0, found_sum = 0;
  hg_store_query(reader, sql);
  while (hg_store_next(reader)) {
    found_rows++;
    found_sum += hash_row(reader->rows);
  }
  if (found_rows != rows || found_sum >> 1 != sum)
    hg_store_damaged(reader, "its content is not what was written");
  sqlite3_free(sql);
}

static void check_content(HgStoreReader *reader) {
  typedef struct {
    char *name;
    guint64 rows, sum;
  } Checksum;
  GArray *checksums = g_array_new(FALSE, FALSE, sizeof(Checksum));
  hg_store_query(reader, "SELECT name, rows, sum FROM checksums "
                         "JOIN sqlite_schema USING (name) WHERE type = 'table'");
  while (hg_store_next(reader)) {
    Checksum sum = {g_strdup(hg_store_get_text(reader)), 0, 0};
    sum.rows = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    sum.sum = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    g_array_append_val(checksums, sum);
  }
  for (guint i = 0; i < checksums->len; i++) {
    const Checksum *sum = &g_array_index(checksums, Checksum, i);
    check_table(reader, sum->name, sum->rows, sum->sum);
    g_free(sum->name);
  }
  g_array_unref(checksums);
}

void hg_store_reader_init(HgStoreReader *reader, const char *path) {
  static void (*const checks[])(HgStoreReader *) = {open_database, check_identity,
                                                    check_tables,  check_structure,
                                                    check_content, hg_store_migrate};
  memset(reader, 0, sizeof *reader);
  reader->path = path;
  reader->text = g_string_new(NULL);
  check_file(reader);
  for (guint i = 0; i < G_N_ELEMENTS(checks) && !reader->error; i++)
    checks[i](reader);
}

gboolean hg_store_reader_finish(HgStoreReader *reader, GError **error) {
  sqlite3_finalize(reader->rows);
  sqlite3_close(reader->database);
  g_string_free(reader->text, TRUE);
  if (!reader->error)
    return TRUE;
  g_propagate_error(error, reader->error);
  return FALSE;
}

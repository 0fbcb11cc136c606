/* writer.c - writes rows into a new database
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "writer.h"

#include <errno.h>
#include <string.h>

#include "checksum.h"
#include "export/text/text.h"
#include "store.h"

typedef struct {
  const char *name;
  guint64 rows, sum;
} TableChecksum;

/* SQLite distinguishes a full disk from other failures, and knows the errno of most of these. */
static void fail(HgStoreWriter *writer) {
  if (writer->problem)
    return;
  const int reason = sqlite3_system_errno(writer->database);
  const int code = sqlite3_errcode(writer->database);
  if (code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_CANTOPEN) {
    const int known = code == SQLITE_FULL ? ENOSPC : reason ? reason : EIO;
    writer->code = g_file_error_from_errno(known);
    writer->problem = g_strdup(g_strerror(known));
  } else {
    writer->code = G_FILE_ERROR_FAILED;
    writer->problem = g_strdup(sqlite3_errmsg(writer->database));
  }
}

static void check(HgStoreWriter *writer, int result) {
  if (result != SQLITE_OK)
    fail(writer);
}

void hg_store_writer_run(HgStoreWriter *writer, const char *sql) {
  if (!writer->problem)
    check(writer, sqlite3_exec(writer->database, sql, NULL, NULL, NULL));
}

void hg_store_writer_init(HgStoreWriter *writer, const char *path) {
  memset(writer, 0, sizeof *writer);
  writer->text = g_string_new(NULL);
  writer->checksums = g_array_new(FALSE, FALSE, sizeof(TableChecksum));
  check(writer, sqlite3_open_v2(path, &writer->database, SQLITE_OPEN_READWRITE, NULL));
  /* The file gets its final name only when it is complete, so it needs no journal and no syncing.
   * References are correct by construction. */
  hg_store_writer_run(writer, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                              "PRAGMA locking_mode = EXCLUSIVE; PRAGMA foreign_keys = OFF;"
                              "PRAGMA encoding = 'UTF-8';");
  char *identity = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN;",
                                   HG_STORE_APPLICATION, HG_STORE_SCHEMA);
  hg_store_writer_run(writer, identity);
  g_free(identity);
}

static void end_table(HgStoreWriter *writer) {
  const TableChecksum sum = {writer->name, writer->rows, writer->sum};
  if (writer->name)
    g_array_append_val(writer->checksums, sum);
  sqlite3_finalize(writer->table);
  writer->table = NULL;
  writer->name = NULL;
  writer->rows = writer->sum = 0;
}

static void write_checksums(HgStoreWriter *writer) {
  end_table(writer);
  hg_store_table(writer, "checksums");
  for (guint i = 0; i < writer->checksums->len; i++) {
    const TableChecksum *sum = &g_array_index(writer->checksums, TableChecksum, i);
    hg_store_literal(writer, sum->name);
    hg_store_count(writer, sum->rows);
    hg_store_integer(writer, (gint64)(sum->sum >> 1)); /* SQLite's integers are signed */
    hg_store_row(writer);
  }
  end_table(writer);
}

gboolean hg_store_writer_finish(HgStoreWriter *writer, GError **error) {
  write_checksums(writer);
  hg_store_writer_run(writer, "COMMIT");
  if (sqlite3_close(writer->database) != SQLITE_OK && !writer->problem)
    writer->problem = g_strdup("cannot close it");
  g_string_free(writer->text, TRUE);
  g_array_unref(writer->checksums);
  const gboolean good = !writer->problem;
  if (!good)
    g_set_error_literal(error, G_FILE_ERROR, (gint)writer->code, writer->problem);
  g_free(writer->problem);
  return good;
}

/* The number of columns of a table. */
static int count_columns(HgStoreWriter *writer, const char *name) {
  sqlite3_stmt *statement = NULL;
  int count = 0;
  char *sql = g_strdup_printf("SELECT count(*) FROM pragma_table_info('%s')", name);
  check(writer, sqlite3_prepare_v2(writer->database, sql, -1, &statement, NULL));
  if (statement && sqlite3_step(statement) == SQLITE_ROW)
    count = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  g_free(sql);
  return count;
}

void hg_store_table(HgStoreWriter *writer, const char *name) {
  end_table(writer);
  writer->name = name;
  writer->row = HG_CHECKSUM_ROW;
  writer->column = 0;
  if (writer->problem)
    return;
  const int columns = count_columns(writer, name);
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "INSERT INTO %s VALUES (", name);
  for (int i = 0; i < columns; i++)
    g_string_append(sql, i > 0 ? ",?" : "?");
  g_string_append_c(sql, ')');
  check(writer, sqlite3_prepare_v2(writer->database, sql->str, -1, &writer->table, NULL));
  g_string_free(sql, TRUE);
}

void hg_store_integer(HgStoreWriter *writer, gint64 value) {
  writer->row = hg_checksum_add(writer->row, (guint64)value);
  if (!writer->problem)
    check(writer, sqlite3_bind_int64(writer->table, ++writer->column, value));
}

void hg_store_time(HgStoreWriter *writer, gint64 ns) {
  if (hg_time_is_known(ns))
    hg_store_integer(writer, ns);
  else
    hg_store_null(writer);
}

void hg_store_count(HgStoreWriter *writer, guint64 value) {
  hg_store_integer(writer, (gint64)MIN(value, (guint64)G_MAXINT64));
}

void hg_store_real(HgStoreWriter *writer, double value) {
  writer->row = hg_checksum_add_real(writer->row, value);
  if (!writer->problem)
    check(writer, sqlite3_bind_double(writer->table, ++writer->column, value));
}

void hg_store_null(HgStoreWriter *writer) {
  writer->row = hg_checksum_add(writer->row, HG_CHECKSUM_NULL);
  if (!writer->problem)
    check(writer, sqlite3_bind_null(writer->table, ++writer->column));
}

void hg_store_literal(HgStoreWriter *writer, const char *text) {
  writer->row = hg_checksum_add_bytes(writer->row, text, strlen(text));
  if (!writer->problem)
    check(writer, sqlite3_bind_text(writer->table, ++writer->column, text, -1, SQLITE_STATIC));
}

static void bind_scratch(HgStoreWriter *writer) {
  writer->row = hg_checksum_add_bytes(writer->row, writer->text->str, writer->text->len);
  if (!writer->problem)
    check(writer, sqlite3_bind_text(writer->table, ++writer->column, writer->text->str,
                                    (int)writer->text->len, SQLITE_TRANSIENT));
}

void hg_store_text(HgStoreWriter *writer, const char *text) {
  if (!text) {
    hg_store_null(writer);
    return;
  }
  g_string_truncate(writer->text, 0);
  hg_text_plain(writer->text, text, -1);
  bind_scratch(writer);
}

void hg_store_blob(HgStoreWriter *writer, GBytes *bytes) {
  gsize length;
  const void *data = g_bytes_get_data(bytes, &length);
  writer->row = hg_checksum_add_bytes(writer->row, data, length);
  if (!writer->problem)
    check(writer,
          sqlite3_bind_blob64(writer->table, ++writer->column, data, length, SQLITE_STATIC));
}

void hg_store_hex(HgStoreWriter *writer, const void *bytes, gsize length) {
  const guint8 *at = bytes;
  g_string_truncate(writer->text, 0);
  for (gsize i = 0; i < length; i++)
    g_string_append_printf(writer->text, "%02x", at[i]);
  bind_scratch(writer);
}

void hg_store_raw_text(HgStoreWriter *writer, const char *text) {
  hg_store_text(writer, text);
  if (strcmp(writer->text->str, text) == 0)
    hg_store_null(writer);
  else
    hg_store_hex(writer, text, strlen(text));
}

void hg_store_traffic(HgStoreWriter *writer, const HgTraffic *traffic) {
  hg_store_count(writer, traffic->packets);
  hg_store_count(writer, traffic->bytes);
  if (traffic->packets > 0) {
    hg_store_time(writer, traffic->first_ns);
    hg_store_time(writer, traffic->last_ns);
    hg_store_integer(writer, traffic->first_frame);
    hg_store_integer(writer, traffic->last_frame);
  } else {
    for (int i = 0; i < 4; i++)
      hg_store_null(writer);
  }
}

void hg_store_copies(HgStoreWriter *writer, const HgCopies *copies) {
  hg_store_count(writer, copies->packets);
  hg_store_count(writer, copies->bytes);
}

void hg_store_row(HgStoreWriter *writer) {
  if (writer->problem)
    return;
  if (sqlite3_step(writer->table) != SQLITE_DONE)
    fail(writer);
  sqlite3_reset(writer->table);
  writer->column = 0;
  writer->sum += writer->row;
  writer->rows++;
  writer->row = HG_CHECKSUM_ROW;
}

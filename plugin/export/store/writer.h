/* writer.h - writes rows into a new database
 *
 * The first error is kept, and nothing is written after it, so that callers need not check each
 * row.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_WRITER_H
#define HG_EXPORT_STORE_WRITER_H

#include <sqlite3.h>

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  sqlite3 *database;
  char *problem;       /* the reason of the failure; NULL: none */
  GFileError code;     /* error code for `problem` */
  sqlite3_stmt *table; /* INSERT into the current table */
  int column;          /* the last column that was given */
  GString *text;       /* buffer */

  const char *name; /* name of the current table; NULL: none */
  guint64 row;      /* checksum of the current row */
  guint64 rows, sum;
  GArray *checksums; /* checksums of the tables before: the rows of the table `checksums` */
} HgStoreWriter;

/* Opens the empty file `path` and begins a transaction. */
void hg_store_writer_init(HgStoreWriter *writer, const char *path);
/* Commits and clears the writer. FALSE and `error`: only the reason. */
gboolean hg_store_writer_finish(HgStoreWriter *writer, GError **error);

void hg_store_writer_run(HgStoreWriter *writer, const char *sql);

/* Makes this the current table. `name` must outlive the writer. */
void hg_store_table(HgStoreWriter *writer, const char *name);
/* Write a row: its columns in order, then hg_store_row. */
void hg_store_integer(HgStoreWriter *writer, gint64 value);
void hg_store_time(HgStoreWriter *writer, gint64 ns);      /* NULL for HG_TIME_NONE */
void hg_store_count(HgStoreWriter *writer, guint64 value); /* at most G_MAXINT64 is kept */
void hg_store_real(HgStoreWriter *writer, double value);
void hg_store_null(HgStoreWriter *writer);
void hg_store_text(HgStoreWriter *writer, const char *text); /* cleaned; NULL gives NULL */
/* Writes two columns: the cleaned text, and the original bytes in hex if they differ. */
void hg_store_raw_text(HgStoreWriter *writer, const char *text);
void hg_store_traffic(HgStoreWriter *writer, const HgTraffic *traffic); /* six columns */
void hg_store_copies(HgStoreWriter *writer, const HgCopies *copies);    /* two columns */
void hg_store_row(HgStoreWriter *writer);

/* Writes a text that is clean and lives until hg_store_row. */
void hg_store_literal(HgStoreWriter *writer, const char *text);
/* Writes bytes that live until hg_store_row. */
void hg_store_blob(HgStoreWriter *writer, GBytes *bytes);
/* Writes bytes as hex digits, as in all raw columns. */
void hg_store_hex(HgStoreWriter *writer, const void *bytes, gsize length);

G_END_DECLS
#endif

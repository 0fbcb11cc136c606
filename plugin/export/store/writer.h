/* writer.h - rows into a new database
 *
 * The first error is kept; nothing is done after it, so that callers need not look at each row.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_WRITER_H
#define HG_EXPORT_STORE_WRITER_H

#include <sqlite3.h>

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  sqlite3 *database;
  char *problem;       /* why it failed; NULL: it did not */
  GFileError code;     /* of the problem */
  sqlite3_stmt *table; /* INSERT into the table at work */
  int column;          /* the last one that was given */
  GString *text;       /* scratch */

  const char *name; /* of the table at work; NULL: none */
  guint64 row;      /* checksum of the row at work */
  guint64 rows, sum;
  GArray *checksums; /* of the tables before: what the table `checksums` will hold */
} HgStoreWriter;

/* Opens the empty file `path` for one transaction. */
void hg_store_writer_init(HgStoreWriter *writer, const char *path);
/* Commits. FALSE and `error`, only the reason. Clears the writer. */
gboolean hg_store_writer_finish(HgStoreWriter *writer, GError **error);

void hg_store_writer_run(HgStoreWriter *writer, const char *sql);

/* The rows that follow are of this table. `name` outlives the writer. */
void hg_store_table(HgStoreWriter *writer, const char *name);
/* A row: its columns, one after the other, then _row. */
void hg_store_integer(HgStoreWriter *writer, gint64 value);
void hg_store_count(HgStoreWriter *writer, guint64 value); /* at most G_MAXINT64 is kept */
void hg_store_real(HgStoreWriter *writer, double value);
void hg_store_null(HgStoreWriter *writer);
void hg_store_text(HgStoreWriter *writer, const char *text); /* cleaned; NULL: NULL */
/* Two columns: the cleaned text, and the bytes in hex where that is not the same. */
void hg_store_raw_text(HgStoreWriter *writer, const char *text);
void hg_store_traffic(HgStoreWriter *writer, const HgTraffic *traffic); /* six columns */
void hg_store_row(HgStoreWriter *writer);

/* A text that is known to be clean and to live until the row is there. */
void hg_store_literal(HgStoreWriter *writer, const char *text);
/* Bytes as hex digits, the form of all raw columns. */
void hg_store_hex(HgStoreWriter *writer, const void *bytes, gsize length);

G_END_DECLS
#endif

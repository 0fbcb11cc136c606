/* reader.h - rows out of a database that anybody may have written
 *
 * The first error is kept; after it no row comes any more. Whatever the file holds, what is read is
 * within the bounds that the caller gives.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_READER_H
#define HG_EXPORT_STORE_READER_H

#include <sqlite3.h>

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  const char *path; /* borrowed */
  sqlite3 *database;
  sqlite3_stmt *rows;
  int column;
  GError *error; /* NULL: none */
  GString *text; /* scratch */
} HgStoreReader;

/* Opens the file and sees that it is an undamaged store of a known schema; `reader->error` tells
 * what it is else. */
void hg_store_reader_init(HgStoreReader *reader, const char *path);
/* FALSE and `error`, which names the file, when anything went wrong since. */
gboolean hg_store_reader_finish(HgStoreReader *reader, GError **error);

/* "cannot read PATH: damaged store: WHAT" unless there is an error already. Answers FALSE. */
gboolean hg_store_damaged(HgStoreReader *reader, const char *what);

/* The rows that follow are those of a query. */
void hg_store_query(HgStoreReader *reader, const char *sql);
/* The next row; FALSE after the last one and after an error. */
gboolean hg_store_next(HgStoreReader *reader);
/* The columns of the row, one after the other. */
gint64 hg_store_get(HgStoreReader *reader, gint64 min, gint64 max);
guint32 hg_store_get_u32(HgStoreReader *reader);
gint64 hg_store_get_time(HgStoreReader *reader);
const char *hg_store_get_text(HgStoreReader *reader);     /* until the next row; never NULL */
const char *hg_store_get_optional(HgStoreReader *reader); /* the same; NULL for NULL */
/* Two columns: text, and its bytes in hex where these differ; what was stored. Until the next call
 * of this function. */
const char *hg_store_get_raw_text(HgStoreReader *reader);
HgTraffic hg_store_get_traffic(HgStoreReader *reader); /* six columns */
void hg_store_get_address(HgStoreReader *reader, HgAddress *address,
                          HgAddressBuffer *buffer); /* text, kind, bytes in hex */
void hg_store_get_optional_address(HgStoreReader *reader, HgAddress *address,
                                   HgAddressBuffer *buffer); /* or none: '', '', NULL */

HgTransport hg_store_get_transport(HgStoreReader *reader);

/* Whether the next column is NULL; moves past it if so. */
gboolean hg_store_skip_null(HgStoreReader *reader);

G_END_DECLS
#endif

/* reader.h - reads rows from a database of unknown origin
 *
 * The first error is kept, and no row follows it. Whatever the file holds, values are within the
 * bounds that the caller gives.
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
  int schema; /* of the file */
  sqlite3_stmt *rows;
  int column;
  guint segments; /* of the store; set before addresses are read */
  GError *error;  /* NULL: no error */
  GString *text;  /* buffer */
} HgStoreReader;

/* Opens the file and checks that it is an undamaged store of a known schema; `reader->error` tells
 * if it is not. What is read then is of the current schema, whatever that of the file is. */
void hg_store_reader_init(HgStoreReader *reader, const char *path);
/* Closes the file. FALSE and `error`, which names the file: any call since hg_store_reader_init
 * failed. */
gboolean hg_store_reader_finish(HgStoreReader *reader, GError **error);

/* Sets the error "cannot read PATH: damaged store: WHAT" unless there is one already. Returns
 * FALSE. */
gboolean hg_store_damaged(HgStoreReader *reader, const char *what);

/* Sets the error "cannot read PATH: WHY" unless there is one already. */
void hg_store_unreadable(HgStoreReader *reader, GFileError code, const char *why);

/* To be called for every database of unknown origin: its schema may be malicious, too. */
void hg_store_distrust(sqlite3 *database);

/* Starts a query; hg_store_next goes through its rows. */
void hg_store_query(HgStoreReader *reader, const char *sql);
/* Goes to the next row; FALSE: there is none, or an error. */
gboolean hg_store_next(HgStoreReader *reader);
/* Columns of the row, in order. */
gint64 hg_store_get(HgStoreReader *reader, gint64 min, gint64 max);
guint32 hg_store_get_u32(HgStoreReader *reader);
/* NULL: HG_TIME_NONE. Stores before schema 3 have times beyond the range of times, which are brought
 * into it. */
gint64 hg_store_get_time(HgStoreReader *reader);
gint64 hg_store_get_later(HgStoreReader *reader,
                          gint64 first_ns);               /* one that is not before `first_ns` */
const char *hg_store_get_text(HgStoreReader *reader);     /* valid until the next row; never NULL */
const char *hg_store_get_optional(HgStoreReader *reader); /* the same, but NULL for NULL */
/* Reads two columns: text, and its bytes in hex if they differ from it. Returns the original bytes,
 * valid until the next call of this function. */
const char *hg_store_get_raw_text(HgStoreReader *reader);
guint16 hg_store_get_segment(HgStoreReader *reader);
HgTraffic hg_store_get_traffic(HgStoreReader *reader); /* six columns */
HgCopies hg_store_get_copies(HgStoreReader *reader);   /* two columns */
void hg_store_get_address(HgStoreReader *reader, HgAddress *address,
                          HgAddressBuffer *buffer); /* text, kind, bytes in hex, segment */
void hg_store_get_optional_address(HgStoreReader *reader, HgAddress *address,
                                   HgAddressBuffer *buffer); /* or no address: '', '', NULL, 0 */

/* A blob. (transfer full) */
GBytes *hg_store_get_blob(HgStoreReader *reader);

HgTransport hg_store_get_transport(HgStoreReader *reader);

/* Whether the next column is NULL; if so, it is skipped. */
gboolean hg_store_skip_null(HgStoreReader *reader);

G_END_DECLS
#endif

/* reader.c - reads rows from a database of unknown origin
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reader.h"

#include <string.h>

#include "export/text/text.h"

gboolean hg_store_damaged(HgStoreReader *reader, const char *what) {
  if (reader->error)
    return FALSE;
  /* SQLite's messages may have several lines, of which the last says most, and may quote the file.
   */
  const char *line = strrchr(what, '\n');
  g_autofree char *shown = g_filename_display_name(reader->path);
  g_autoptr(GString) clean = g_string_new(NULL);
  hg_text_terminal(clean, line ? line + 1 : what, -1);
  g_set_error(&reader->error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "cannot read %s: damaged store: %s",
              shown, clean->str);
  return FALSE;
}

void hg_store_unreadable(HgStoreReader *reader, GFileError code, const char *why) {
  g_autofree char *shown = g_filename_display_name(reader->path);
  if (!reader->error)
    g_set_error(&reader->error, G_FILE_ERROR, (gint)code, "cannot read %s: %s", shown, why);
}

void hg_store_distrust(sqlite3 *database) {
  sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)NULL);
  sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
  sqlite3_exec(database, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;", NULL, NULL,
               NULL);
}

void hg_store_query(HgStoreReader *reader, const char *sql) {
  sqlite3_finalize(reader->rows);
  reader->rows = NULL;
  if (!reader->error &&
      sqlite3_prepare_v2(reader->database, sql, -1, &reader->rows, NULL) != SQLITE_OK)
    hg_store_damaged(reader, sqlite3_errmsg(reader->database));
}

gboolean hg_store_next(HgStoreReader *reader) {
  reader->column = 0;
  if (reader->error || !reader->rows)
    return FALSE;
  const int result = sqlite3_step(reader->rows);
  if (result == SQLITE_ROW)
    return TRUE;
  if (result != SQLITE_DONE)
    hg_store_damaged(reader, sqlite3_errmsg(reader->database));
  return FALSE;
}

static gboolean has_type(HgStoreReader *reader, int type) {
  if (!reader->error && sqlite3_column_type(reader->rows, reader->column) == type)
    return TRUE;
  return hg_store_damaged(reader, "a column holds something of another type");
}

gint64 hg_store_get(HgStoreReader *reader, gint64 min, gint64 max) {
  if (!has_type(reader, SQLITE_INTEGER))
    return min;
  const gint64 value = sqlite3_column_int64(reader->rows, reader->column++);
  if (value >= min && value <= max)
    return value;
  hg_store_damaged(reader, "a number is out of bounds");
  return min;
}

guint32 hg_store_get_u32(HgStoreReader *reader) {
  return (guint32)hg_store_get(reader, 0, G_MAXUINT32);
}

gint64 hg_store_get_time(HgStoreReader *reader) {
  if (hg_store_skip_null(reader))
    return HG_TIME_NONE;
  const gint64 ns = hg_store_get(reader, G_MININT64, G_MAXINT64);
  return CLAMP(ns, HG_TIME_MIN, HG_TIME_MAX);
}

gint64 hg_store_get_later(HgStoreReader *reader, gint64 first_ns) {
  const gint64 last_ns = hg_store_get_time(reader);
  if (last_ns < first_ns)
    hg_store_damaged(reader, "a number is out of bounds");
  return MAX(last_ns, first_ns);
}

const char *hg_store_get_text(HgStoreReader *reader) {
  if (!has_type(reader, SQLITE_TEXT))
    return "";
  const char *text = (const char *)sqlite3_column_text(reader->rows, reader->column++);
  if (!text)
    hg_store_damaged(reader, sqlite3_errmsg(reader->database));
  return text ? text : "";
}

gboolean hg_store_skip_null(HgStoreReader *reader) {
  if (reader->error || sqlite3_column_type(reader->rows, reader->column) != SQLITE_NULL)
    return FALSE;
  reader->column++;
  return TRUE;
}

const char *hg_store_get_optional(HgStoreReader *reader) {
  return hg_store_skip_null(reader) ? NULL : hg_store_get_text(reader);
}

/* Decodes hex digits into the buffer `text`. */
static void decode(HgStoreReader *reader, const char *hex) {
  g_string_truncate(reader->text, 0);
  for (; hex[0]; hex += 2) {
    if (!g_ascii_isxdigit(hex[0]) || !g_ascii_isxdigit(hex[1])) {
      hg_store_damaged(reader, "bytes are no hex digits");
      return;
    }
    g_string_append_c(reader->text,
                      (char)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1])));
  }
}

const char *hg_store_get_raw_text(HgStoreReader *reader) {
  const char *text = hg_store_get_text(reader);
  const char *raw = hg_store_get_optional(reader);
  if (raw)
    decode(reader, raw);
  else
    g_string_assign(reader->text, text);
  return reader->text->str;
}

HgTraffic hg_store_get_traffic(HgStoreReader *reader) {
  HgTraffic traffic = {0};
  traffic.packets = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  traffic.bytes = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  if (traffic.packets == 0) {
    reader->column += 4;
    return traffic;
  }
  traffic.first_ns = hg_store_get_time(reader);
  traffic.last_ns = hg_store_get_later(reader, traffic.first_ns);
  traffic.first_frame = hg_store_get_u32(reader);
  traffic.last_frame = hg_store_get_u32(reader);
  return traffic;
}

guint16 hg_store_get_segment(HgStoreReader *reader) {
  return (guint16)hg_store_get(reader, 0, reader->segments > 0 ? reader->segments - 1 : 0);
}

HgCopies hg_store_get_copies(HgStoreReader *reader) {
  HgCopies copies;
  copies.packets = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  copies.bytes = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  return copies;
}

static void get_address(HgStoreReader *reader, HgAddress *address, HgAddressBuffer *buffer,
                        gboolean optional) {
  const char *text = hg_store_get_text(reader), *kind = hg_store_get_text(reader);
  const char *raw = hg_store_get_optional(reader);
  memset(address, 0, sizeof *address);
  address->data = buffer->bytes;
  const guint16 segment = hg_store_get_segment(reader);
  if (reader->error)
    return;
  if (raw) {
    decode(reader, raw);
    address->kind = HG_ADDRESS_OTHER;
    address->length = (guint8)MIN(reader->text->len, HG_ADDRESS_MAX_LENGTH);
    memcpy(buffer->bytes, reader->text->str, address->length);
  } else if (!hg_address_parse(text, address, buffer) && !(optional && *text == '\0')) {
    hg_store_damaged(reader, "an address is empty");
  }
  address->segment = segment;
  if (strcmp(kind, hg_address_kind_name(address->kind)) != 0)
    hg_store_damaged(reader, "an address is not of its kind");
  if (segment > 0 && !hg_address_is_ip(address))
    hg_store_damaged(reader, "an address that is the same in all segments is in one");
}

void hg_store_get_address(HgStoreReader *reader, HgAddress *address, HgAddressBuffer *buffer) {
  get_address(reader, address, buffer, FALSE);
}

void hg_store_get_optional_address(HgStoreReader *reader, HgAddress *address,
                                   HgAddressBuffer *buffer) {
  get_address(reader, address, buffer, TRUE);
}

GBytes *hg_store_get_blob(HgStoreReader *reader) {
  if (!has_type(reader, SQLITE_BLOB))
    return g_bytes_new(NULL, 0);
  const void *data = sqlite3_column_blob(reader->rows, reader->column);
  return g_bytes_new(data, (gsize)sqlite3_column_bytes(reader->rows, reader->column++));
}

HgTransport hg_store_get_transport(HgStoreReader *reader) {
  const char *name = hg_store_get_text(reader);
  for (int i = HG_TRANSPORT_NONE; i < HG_TRANSPORT_COUNT; i++)
    if (strcmp(name, hg_transport_name((HgTransport)i)) == 0)
      return (HgTransport)i;
  hg_store_damaged(reader, "there is no such transport");
  return HG_TRANSPORT_NONE;
}

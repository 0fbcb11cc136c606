/* store_support.h - stores as text, so that they can be compared
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_EXPORT_STORE_SUPPORT_H
#define HG_TESTS_EXPORT_STORE_SUPPORT_H

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "export/formats/all_formats.h"

/* A new folder; its files and itself are removed by folder_remove, which frees the name. */
static inline char *folder_new(void) {
  char *folder = g_dir_make_tmp("hostgraph-test-XXXXXX", NULL);
  g_assert_nonnull(folder);
  return folder;
}

/* How many files the folder holds. */
static inline guint folder_count(const char *folder) {
  GDir *files = g_dir_open(folder, 0, NULL);
  guint count = 0;
  while (g_dir_read_name(files))
    count++;
  g_dir_close(files);
  return count;
}

static inline void folder_remove(char *folder) {
  GDir *files = g_dir_open(folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name(files))) {
    char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
    g_free(path);
  }
  g_dir_close(files);
  g_assert_cmpint(g_rmdir(folder), ==, 0);
  g_free(folder);
}

static inline void dump_query(sqlite3 *database, const char *sql, GString *out) {
  sqlite3_stmt *rows = NULL;
  g_assert_cmpint(sqlite3_prepare_v2(database, sql, -1, &rows, NULL), ==, SQLITE_OK);
  int result;
  while ((result = sqlite3_step(rows)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(rows); i++) {
      const char *text = (const char *)sqlite3_column_text(rows, i);
      g_string_append_printf(out, "%s%s", i > 0 ? "|" : "", text ? text : "NULL");
    }
    g_string_append_c(out, '\n');
  }
  g_assert_cmpint(result, ==, SQLITE_DONE);
  sqlite3_finalize(rows);
}

/* All rows of all tables. Without `origin`, what tells how the store came about is left out. */
static inline char *dump_store(const char *path, gboolean origin) {
  sqlite3 *database = NULL;
  g_assert_cmpint(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  GString *names = g_string_new(NULL), *out = g_string_new(NULL);
  dump_query(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name", names);
  dump_query(database, "PRAGMA integrity_check", out);
  dump_query(database, "PRAGMA foreign_key_check", out);
  char **tables = g_strsplit(names->str, "\n", -1);
  for (char **table = tables; *table && **table; table++) {
    const char *which = "";
    if (!origin && g_str_equal(*table, "checksums"))
      which = "WHERE name NOT IN ('captures', 'connection_parts', 'undelivered', 'fingerprints')";
    else if (!origin &&
             (g_str_equal(*table, "captures") || g_str_equal(*table, "fingerprints") ||
              g_str_equal(*table, "undelivered") || g_str_equal(*table, "connection_parts")))
      continue;
    char *sql = g_strdup_printf("SELECT * FROM %s %s ORDER BY 1", *table, which);
    g_string_append_printf(out, "== %s\n", *table);
    dump_query(database, sql, out);
    g_free(sql);
  }
  g_strfreev(tables);
  g_string_free(names, TRUE);
  sqlite3_close(database);
  return g_string_free(out, FALSE);
}

/* The files of a format, one after the other; what a library writes as dump_store does. */
static inline char *render_format(const HgFormat *format, const HgReport *report, gboolean origin) {
  if (format->save) {
    char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
    GError *error = NULL;
    hg_format_save(format, report, path, &error);
    g_assert_no_error(error);
    char *text = dump_store(path, origin);
    folder_remove(folder);
    g_free(path);
    return text;
  }
  HgOutput *outputs[4];
  guint count = 0;
  do
    outputs[count++] = hg_output_new_string();
  while (format->parts && format->parts[count]);
  format->write(report, outputs);
  GString *all = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    char *text = hg_output_take_string(outputs[i]);
    g_string_append(all, text);
    g_free(text);
  }
  return g_string_free(all, FALSE);
}

/* Fails with the first line that differs, since the whole is too long to print. */
static inline void assert_same_text(const char *got, const char *expected) {
  if (strcmp(got, expected) == 0)
    return;
  char **a = g_strsplit(got, "\n", -1), **b = g_strsplit(expected, "\n", -1);
  guint i = 0;
  while (a[i] && b[i] && strcmp(a[i], b[i]) == 0)
    i++;
  g_error("line %u differs:\n  got      %s\n  expected %s", i + 1, a[i] ? a[i] : "(end)",
          b[i] ? b[i] : "(end)");
}

#endif

/* test_store_schemas.c - stores of older schemas are read, added to and refused like those of this one
 *
 * schemas/N.sql is a store that a plugin of schema N wrote; the file says how it was made.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/request/request.h"
#include "export/store/store.h"
#include "export/store/tables.h"

#include "../support.h"
#include "export/store/reader.h"
#include "store_support.h"

#define OLDER (HG_STORE_SCHEMA - 1)
#define PACKETS 106 /* as capinfos counts them in the two captures */

static void execute(const char *path, const char *sql) {
  sqlite3 *database = NULL;
  char *problem = NULL;
  g_assert_cmpint(sqlite3_open(path, &database), ==, SQLITE_OK);
  sqlite3_exec(database, sql, NULL, NULL, &problem);
  g_assert_cmpstr(problem, ==, NULL);
  sqlite3_close(database);
}

static void write_store(const char *path, int schema) {
  g_autofree char *name = g_strdup_printf(HG_TESTS "/unit/export/store/schemas/%d.sql", schema);
  g_autofree char *sql = NULL;
  g_assert_true(g_file_get_contents(name, &sql, NULL, NULL));
  g_unlink(path);
  execute(path, sql);
}

static char *contents(const char *path, gsize *length) {
  char *bytes = NULL;
  g_assert_true(g_file_get_contents(path, &bytes, length, NULL));
  return bytes;
}

static HgTally *load(const char *path) {
  GError *error = NULL;
  HgTally *tally = hg_store_load(path, &error);
  g_assert_no_error(error);
  return tally;
}

/* --- columns --- */

static char *columns(sqlite3 *database, const char *tables) {
  GString *out = g_string_new(NULL);
  g_autofree char *sql = g_strdup_printf(
      "SELECT t.name, c.name, c.type, c.name NOT LIKE '%%_ns' AND c.\"notnull\", c.pk"
      " FROM sqlite_schema t,"
      " pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name IN (%s) ORDER BY 1, 2",
      tables);
  dump_query(database, sql, out);
  return g_string_free(out, FALSE);
}

/* What is migrated has the columns of tables.sql, with their types. Where they stand makes no
 * difference: everything is read by name. Nor does a NOT NULL of a time, which SQLite cannot take
 * back: in the rows of older stores every packet has a time. */
static void test_columns(void) {
  sqlite3 *fresh = NULL;
  g_assert_cmpint(sqlite3_open(":memory:", &fresh), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(fresh, hg_store_tables, NULL, NULL, NULL), ==, SQLITE_OK);
  GString *names = g_string_new(NULL);
  dump_query(fresh, "SELECT group_concat(quote(name)) FROM sqlite_schema WHERE type = 'table'",
             names);
  char *expected = columns(fresh, names->str);
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (int schema = 1; schema <= OLDER; schema++) {
    HgStoreReader reader;
    write_store(path, schema);
    hg_store_reader_init(&reader, path);
    g_assert_no_error(reader.error);
    char *got = columns(reader.database, names->str);
    assert_same_text(got, expected);
    g_free(got);
    g_assert_true(hg_store_reader_finish(&reader, NULL));
  }
  sqlite3_close(fresh);
  g_string_free(names, TRUE);
  g_free(expected);
  folder_remove(folder);
  g_free(path);
}

/* --- content --- */

static char *table_rows(const char *path, const char *columns, const char *table) {
  sqlite3 *database = NULL;
  GString *out = g_string_new(NULL);
  g_autofree char *sql = g_strdup_printf("SELECT %s FROM %s ORDER BY 1", columns, table);
  g_assert_cmpint(sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  dump_query(database, sql, out);
  sqlite3_close(database);
  return g_string_free(out, FALSE);
}

/* What is read, written and read again says what the old store said, column by column; but for what
 * the rules, the classification of connections and home networks make of it. The old file stays as it is. */
static void test_content(void) {
  static const char *const kept[] = {
      "captures",    "protocols",        "hosts",       "conversations", "conversation_protocols",
      "connections", "connection_parts", "undelivered", "contacts",      "bindings",
      "names",       "logins",           "observations"};
  char *folder = folder_new(), *path = g_build_filename(folder, "old.sqlite", NULL);
  char *again = g_build_filename(folder, "new.sqlite", NULL);
  for (int schema = 1; schema <= OLDER; schema++) {
    Subject subject;
    gsize length, length_after;
    write_store(path, schema);
    char *before = contents(path, &length);
    const HgReportOptions options = {.top = 20, .capture = "x.pcap"};
    subject_init_tally(&subject, load(path), &options);
    char *after = contents(path, &length_after);
    g_assert_cmpmem(after, length_after, before, length);
    g_assert_cmpuint(hg_tally_traffic(subject.tally)->packets, ==, PACKETS);
    g_assert_cmpint(hg_tally_options(subject.tally)->evidence, ==, schema >= 2);
    for (const HgFormat *const *format = hg_formats; *format; format++)
      g_free(render_format(*format, subject.report, TRUE));
    g_assert_true(hg_format_save(hg_format_find("sqlite"), subject.report, again, NULL));
    for (guint i = 0; i < G_N_ELEMENTS(kept); i++) {
      if (schema < 2 && g_str_equal(kept[i], "observations"))
        continue;
      g_autofree char *list =
          g_strdup_printf("pragma_table_info('%s') WHERE name NOT IN"
                          " ('service', 'outcome', 'initial_sequence', 'scope')",
                          kept[i]);
      char *names = table_rows(path, "group_concat(name)", list);
      char *expected = table_rows(path, names, kept[i]), *got = table_rows(again, names, kept[i]);
      assert_same_text(got, expected);
      g_assert_cmpuint(strlen(got), >, 0);
      g_free(names);
      g_free(expected);
      g_free(got);
    }
    subject_clear(&subject);
    g_free(before);
    g_free(after);
  }
  folder_remove(folder);
  g_free(path);
  g_free(again);
}

/* Once 0 stood for "no number known", and for nothing without TCP. */
static void test_initial_sequence(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (int schema = 1; schema <= 2; schema++) {
    write_store(path, schema);
    HgTally *tally = load(path);
    guint unknown = 0;
    for (guint32 i = 0; i < hg_tally_connection_count(tally); i++) {
      const HgConnection *c = hg_tally_connection(tally, i);
      g_assert_cmpint(c->initial_sequence == HG_SEQUENCE_UNKNOWN, ==, !c->begun);
      if (c->begun && c->transport != HG_TRANSPORT_TCP)
        g_assert_cmpuint(c->client_after_ns, ==, 0);
      unknown += c->initial_sequence == HG_SEQUENCE_UNKNOWN;
    }
    g_assert_cmpuint(unknown, >, 0);
    hg_tally_free(tally);
  }
  folder_remove(folder);
  g_free(path);
}

/* --- requests --- */

static gboolean run(const char *options, const char *script, GError **error) {
  HgRequest *request = hg_request_parse(options, error);
  if (!request)
    return FALSE;
  HgTally *tally = hg_script_tally_with(script, &request->tally);
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
  const gboolean good = hg_request_run(request, tally, "x.pcap", NULL, notes, error);
  hg_tally_free(tally);
  hg_request_free(request);
  return good;
}

static void test_append(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  g_autofree char *options = g_strdup_printf("text=no,append=yes,export=%s", path);
  for (int schema = 1; schema <= OLDER; schema++) {
    GError *error = NULL;
    write_store(path, schema);
    if (schema == 2) /* as the first stores of schema 2 were */
      execute(path, "DROP TABLE suppressed");
    run(options, "1767700000 192.0.2.10 203.0.113.7 UDP udp=1:2\n", &error);
    g_assert_no_error(error);
    char *now = table_rows(path, "user_version", "pragma_user_version");
    g_assert_cmpstr(now, ==, G_STRINGIFY(HG_STORE_SCHEMA) "\n");
    g_free(now);
    HgTally *tally = load(path);
    g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, PACKETS + 1);
    g_assert_cmpint(hg_tally_options(tally)->evidence, ==, schema >= 2);
    hg_tally_free(tally);
  }
  g_assert_cmpuint(folder_count(folder), ==, 1);
  folder_remove(folder);
  g_free(path);
}

static void test_baseline(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  g_autofree char *options = g_strdup_printf("text=no,baseline=%s", path);
  for (int schema = 1; schema <= OLDER; schema++) {
    GError *error = NULL;
    write_store(path, schema);
    HgRequest *request = hg_request_parse(options, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(hg_tally_traffic(request->baseline)->packets, ==, PACKETS);
    hg_request_free(request);
  }
  folder_remove(folder);
  g_free(path);
}

/* --- damage --- */

/* One line that names the file and holds `what`, for whoever loads it or adds to it. */
static void assert_refused(const char *path, const char *what) {
  g_autofree char *options = g_strdup_printf("append=yes,export=%s", path);
  GError *error = NULL;
  gsize length, length_after;
  char *before = contents(path, &length);
  g_assert_null(hg_store_load(path, &error));
  if (!strstr(error->message, what) || !strstr(error->message, path) ||
      strchr(error->message, '\n'))
    g_error("\"%s\" should say \"%s\" in one line", error->message, what);
  g_clear_error(&error);
  g_assert_null(hg_request_parse(options, &error));
  g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull(strstr(error->message, what));
  g_clear_error(&error);
  char *after = contents(path, &length_after);
  g_assert_cmpmem(after, length_after, before, length);
  g_free(before);
  g_free(after);
}

#define ENDLESS_LOGINS                                                                             \
  "DROP TABLE logins; CREATE VIEW logins AS WITH RECURSIVE"                                        \
  " e(x) AS (SELECT 1 UNION ALL SELECT x FROM e) SELECT x FROM e"

/* The old checksums hold, and a malicious schema gets nowhere. */
static void test_damage(void) {
  static const char *const changes[] = {
      "UPDATE hosts SET sent_bytes = sent_bytes + 1 WHERE host = 1",
      "UPDATE connections SET initial_sequence = 1 WHERE begun = 0",
      "DELETE FROM logins",
      "DROP TABLE connection_parts",
      ENDLESS_LOGINS,
      "DROP TABLE names; CREATE VIRTUAL TABLE names USING rtree(a, b, c)",
      "DROP TABLE connections; CREATE TABLE connections (connection); DELETE FROM checksums",
      "DROP TABLE meta; CREATE TABLE meta (key); DELETE FROM checksums",
  };
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (int schema = 1; schema <= OLDER; schema++) {
    for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
      g_test_message("schema %d: %s", schema, changes[i]);
      write_store(path, schema);
      execute(path, changes[i]);
      assert_refused(path, "damaged store");
    }
  }
  write_store(path, 1);
  execute(path, "CREATE TABLE observations (x)"); /* which schema 1 does not have */
  assert_refused(path, "damaged store");
  folder_remove(folder);
  g_free(path);
}

/* Triggers would run with the migration. */
static void test_triggers(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (int schema = 1; schema <= OLDER; schema++) {
    write_store(path, schema);
    execute(path, "CREATE TRIGGER t AFTER UPDATE ON connections BEGIN DELETE FROM hosts; END;"
                  "CREATE TRIGGER u AFTER UPDATE ON meta BEGIN SELECT RAISE(FAIL, 'no'); END");
    HgTally *tally = load(path);
    g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, PACKETS);
    hg_tally_free(tally);
  }
  folder_remove(folder);
  g_free(path);
}

static void test_random_damage(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (int schema = 1; schema <= OLDER; schema++) {
    gsize length;
    guint refused = 0;
    write_store(path, schema);
    char *sound = contents(path, &length);
    for (guint i = 0; i < 100; i++) {
      char *copy = g_memdup2(sound, length);
      const gsize place = (gsize)g_test_rand_int_range(0, (gint32)length);
      copy[place] = (char)(copy[place] ^ (1 << g_test_rand_int_range(0, 8)));
      g_assert_true(g_file_set_contents(path, copy, (gssize)(i % 4 == 0 ? place : length), NULL));
      GError *error = NULL;
      HgTally *tally = hg_store_load(path, &error);
      if (tally) {
        g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, PACKETS);
        hg_tally_free(tally);
      } else {
        g_assert_null(strchr(error->message, '\n'));
        g_clear_error(&error);
        refused++;
      }
      g_free(copy);
    }
    g_assert_cmpuint(refused, >, 20);
    g_free(sound);
  }
  folder_remove(folder);
  g_free(path);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/store-schemas/columns", test_columns);
  g_test_add_func("/store-schemas/content", test_content);
  g_test_add_func("/store-schemas/initial-sequence", test_initial_sequence);
  g_test_add_func("/store-schemas/append", test_append);
  g_test_add_func("/store-schemas/baseline", test_baseline);
  g_test_add_func("/store-schemas/damage", test_damage);
  g_test_add_func("/store-schemas/triggers", test_triggers);
  g_test_add_func("/store-schemas/random-damage", test_random_damage);
  return g_test_run();
}

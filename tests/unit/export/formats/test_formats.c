/* test_formats.c - what holds for every format, and how formats are found and saved
 *
 * Whether the tools of each format load it is shown in tests/e2e/test_formats.py.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/formats/all_formats.h"

#include <sqlite3.h>
#include <string.h>

#include "../store/store_support.h"
#include "../support.h"
#include "export/text/json_text.h"

static const char script[] = "100.000000001 10.0.0.1 10.0.0.2 TCP len=60\n"
                             "100.5 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA len=500\n"
                             "name 10.0.0.2 \"]]></script>\\\"'\\\\N&\\xff\\x01\" http\n"
                             "101 10.0.0.2 \"=cmd|' /C calc'!A0\" DNS udp=53:5000 len=80\n"
                             "102 \"</data>\\t\\x1b[31m\" 10.0.0.1 X tcp=5000:80:S len=80\n"
                             "103 fe80::1 00:11:22:33:44:55 \"P;,\\\"&<\" udp=7:8 len=80\n"
                             "104 10.0.0.1 - STP len=80\n";

static char *render_script(const HgFormat *format, const char *text) {
  char *suspects[] = {(char *)"10.0.0.1", NULL};
  const HgReportOptions options = {.suspects = suspects, .top = 20};
  Subject subject;
  subject_init(&subject, text, &options);
  char *all = render_format(format, subject.report, FALSE);
  subject_clear(&subject);
  return all;
}

static void assert_clean(const char *text) {
  g_assert_true(g_utf8_validate(text, -1, NULL));
  for (; *text; text++)
    g_assert_true((guchar)*text >= 0x20 || *text == '\n' || *text == '\t');
}

static void test_every_format(gconstpointer data) {
  const HgFormat *format = data;
  char *empty = render_script(format, "");
  assert_clean(empty);
  g_assert_cmpstr(empty, !=, "");
  char *text = render_script(format, script);
  assert_clean(text);
  g_assert_nonnull(strstr(text, "10.0.0.1"));
  char *again = render_script(format, script);
  g_assert_cmpstr(again, ==, text);
  g_free(again);
  g_free(text);
  g_free(empty);
}

/* The same packets, their numbers and times with them, in other orders of arrival: hosts, pairs and
 * protocols are numbered otherwise inside, and nothing of that shows. No ports, since what begins
 * a connection does depend on the order. */
static void test_order_of_arrival(gconstpointer data) {
  const HgFormat *format = data;
  const guint count = 60;
  char *lines[60];
  for (guint i = 0; i < count; i++)
    lines[i] = g_strdup_printf("%u 10.0.%u.%u 10.0.%u.%u P%u frame=%u\n", 100 + i / 3, i % 2,
                               i * 7 % 9, i % 3, i * 5 % 11, i % 4, i + 1);
  char *first = NULL;
  for (guint round = 0; round < 5; round++) {
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < count; i++)
      g_string_append(text, lines[i]);
    char *out = render_script(format, text->str);
    if (first)
      g_assert_cmpint(strcmp(out, first), ==, 0); /* too long to print */
    else
      first = g_strdup(out);
    g_free(out);
    g_string_free(text, TRUE);
    for (guint i = count - 1; i > 0; i--) {
      const guint other = (guint)g_test_rand_int_range(0, (gint)i + 1);
      char *line = lines[i];
      lines[i] = lines[other];
      lines[other] = line;
    }
  }
  g_free(first);
  for (guint i = 0; i < count; i++)
    g_free(lines[i]);
}

static void test_locale(gconstpointer data) {
  const HgFormat *format = data;
  char *before = render_script(format, script);
  if (!use_decimal_comma()) {
    g_test_skip("no locale with a decimal comma can be had");
  } else {
    char *after = render_script(format, script);
    setlocale(LC_ALL, "C");
    g_assert_cmpstr(after, ==, before);
    g_free(after);
  }
  g_free(before);
}

/* A full disk: an error that names the file, whatever the format. */
static void test_unwritable(gconstpointer data) {
  const HgFormat *format = data;
  char *folder = g_dir_make_tmp("hostgraph-test-XXXXXX", NULL);
  char *path = g_build_filename(folder, "none", "out", NULL);
  Subject subject;
  GError *error = NULL;
  subject_init(&subject, script, NULL);
  g_assert_false(hg_format_save(format, subject.report, path, &error));
  g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_nonnull(strstr(error->message, path));
  g_clear_error(&error);
  if (!format->parts && format->write && g_file_test("/dev/full", G_FILE_TEST_EXISTS)) {
    g_assert_false(hg_format_save(format, subject.report, "/dev/full", &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    g_assert_nonnull(strstr(error->message, "/dev/full"));
    g_clear_error(&error);
  }
  subject_clear(&subject);
  g_rmdir(folder);
  g_free(path);
  g_free(folder);
}

static void test_find(void) {
  static const struct {
    const char *path, *format;
  } cases[] = {
      {"x.json", "json"},
      {"/a.b/x.JSON", "json"},
      {"x.graphml", "graphml"},
      {"x.hosts.csv", "csv"},
      {"x.conn.csv", "conn.csv"},
      {"/a.b/X.Conn.CSV", "conn.csv"},
      {"xconn.csv", "csv"},
      {"x.conn.ndjson", "conn.ndjson"},
      {"x.conn.jsonl", "conn.ndjson"},
      {"x.conn.json", "json"},
      {"x.gv", "dot"},
      {"x.dot", "dot"},
      {"x", NULL},
      {"x.json.old", NULL},
      {"/a.json/x", NULL},
      {"json", NULL},
      {"", NULL},
      {"x.", NULL},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const HgFormat *format = hg_format_for_path(cases[i].path);
    g_assert_cmpstr(format ? format->name : NULL, ==, cases[i].format);
  }
  g_assert_null(hg_format_find("none"));
  for (const HgFormat *const *format = hg_formats; *format; format++) {
    g_assert_true(hg_format_find((*format)->name) == *format);
    char *path = g_strdup_printf("x.%s", (*format)->suffixes[0]);
    g_assert_true(hg_format_for_path(path) == *format);
    g_free(path);
  }
}

static void test_targets(void) {
  static const struct {
    const char *format, *path, *targets;
  } cases[] = {
      {"json", "a.json", "a.json"},
      {"csv", "a.csv", "a.hosts.csv a.edges.csv"},
      {"csv", "/tmp/a.b/A.CSV", "/tmp/a.b/A.hosts.csv /tmp/a.b/A.edges.csv"},
      {"csv", "a.txt", "a.txt.hosts.csv a.txt.edges.csv"},
      {"csv", "a", "a.hosts.csv a.edges.csv"},
      {"csv", "a.conn.csv", "a.conn.hosts.csv a.conn.edges.csv"},
      {"conn.csv", "a.conn.csv", "a.conn.csv"},
      {"conn.csv", "a.csv", "a.csv"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    char **targets = hg_format_targets(hg_format_find(cases[i].format), cases[i].path);
    char *joined = g_strjoinv(" ", targets);
    g_assert_cmpstr(joined, ==, cases[i].targets);
    g_free(joined);
    g_strfreev(targets);
  }
}

static void test_save(void) {
  char *folder = g_dir_make_tmp("hostgraph-test-XXXXXX", NULL);
  char *path = g_build_filename(folder, "out.csv", NULL);
  Subject subject;
  GError *error = NULL;
  subject_init(&subject, script, NULL);
  g_assert_true(hg_format_save(hg_format_find("csv"), subject.report, path, &error));
  g_assert_no_error(error);
  char **targets = hg_format_targets(hg_format_find("csv"), path);
  for (char **target = targets; *target; target++) {
    g_assert_cmpint(g_remove(*target), ==, 0);
  }
  g_assert_cmpint(g_rmdir(folder), ==, 0); /* nothing else was left */
  g_strfreev(targets);
  subject_clear(&subject);
  g_free(path);
  g_free(folder);
}

/* SQLite's parser as the judge of our JSON: what `query` gives for the document. */
static void assert_query(const char *json, const char *query, const char *expected) {
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  g_assert_cmpint(sqlite3_open(":memory:", &database), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_prepare_v2(database, query, -1, &statement, NULL), ==, SQLITE_OK);
  sqlite3_bind_text(statement, 1, json, -1, SQLITE_STATIC);
  g_assert_cmpint(sqlite3_step(statement), ==, SQLITE_ROW);
  g_assert_cmpstr((const char *)sqlite3_column_text(statement, 0), ==, expected);
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

static void test_json(void) {
  char *text = render_script(hg_format_find("json"), script);
  assert_query(text, "SELECT json_valid(?)", "1");
  assert_query(text, "SELECT group_concat(key) FROM json_each(?)",
               "directed,multigraph,graph,nodes,edges,links,protocols,findings,traces");
  assert_query(text, "SELECT json_extract(?, '$.graph.packets')", "6");
  assert_query(text, "SELECT json_extract(?, '$.nodes[0].id')", "10.0.0.1");
  assert_query(text, "SELECT json_extract(?, '$.nodes[1].name')",
               "]]></script>\"'\\N&\xef\xbf\xbd");
  assert_query(text, "SELECT json_extract(?1,'$.edges') = json_extract(?1,'$.links')", "1");
  assert_query(text, "SELECT json_extract(?, '$.edges[0].protocols.HTTP')", "1");
  assert_query(text, "SELECT json_array_length(?, '$.traces')", "2");
  g_assert_nonnull(strstr(text, "\"first\":100.000000001,"));
  g_assert_null(strpbrk(text, "<>&"));
  g_free(text);
  text = render_script(hg_format_find("json"), "");
  assert_query(text, "SELECT json_valid(?)", "1");
  assert_query(text, "SELECT json_type(?, '$.graph.first')", "null");
  g_free(text);
}

/* A cap that was hit is in the record. */
static void test_json_caps(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.caps[HG_CAP_HOSTS] = 2;
  HgTally *tally = hg_script_tally_with("1 10.0.0.1 10.0.0.2 X\n2 10.0.0.3 10.0.0.1 X\n", &options);
  Subject subject;
  subject_init_tally(&subject, tally, NULL);
  char *text = hg_format_to_string(hg_format_find("json"), subject.report);
  assert_query(text, "SELECT json_extract(?, '$.graph.caps[0].name')", "max-hosts");
  assert_query(text, "SELECT json_extract(?, '$.graph.caps[0].limit')", "2");
  assert_query(text, "SELECT json_extract(?, '$.graph.caps[0].left_out') > 0", "1");
  g_free(text);
  subject_clear(&subject);
}

static void test_large_integers(void) {
  GString *out = g_string_new(NULL);
  hg_json_count(out, "a", G_GUINT64_CONSTANT(1) << 53);
  hg_json_count(out, "b", (G_GUINT64_CONSTANT(1) << 53) + 1);
  hg_json_count(out, "c", G_MAXUINT64);
  g_assert_cmpstr(out->str, ==,
                  "\"a\":9007199254740992,"
                  "\"b\":9007199254740993,\"b_text\":\"9007199254740993\","
                  "\"c\":9223372036854775807,\"c_text\":\"9223372036854775807\"");
  g_string_free(out, TRUE);
}

/* Every format there is, and every one to come, says that Info texts are whole, each where it has room;
 * otherwise none says anything about it. */
static void test_full_info(gconstpointer data) {
  static const char *const marks[] = {
      "Info texts are full: they may hold passwords and other secrets", /* comments, sentences */
      "Info texts     full: they may hold passwords and other secrets", /* the text report */
      "\"info\":\"full\"",                                              /* json and its like */
      "info|full\n",                                                    /* meta of a store */
      ",info_texts\n",                                                  /* a column */
  };
  const HgFormat *format = data;
  for (guint full = 0; full < 2; full++) {
    HgTallyOptions options;
    hg_tally_options_init(&options);
    options.full_info = full == 1;
    Subject subject;
    subject_init_tally(&subject, hg_script_tally_with(script, &options), NULL);
    char *text = render_format(format, subject.report, FALSE);
    guint said = 0;
    for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
      said += strstr(text, marks[i]) != NULL;
    if (full)
      g_assert_cmpuint(said, >, 0);
    else
      g_assert_cmpuint(said, ==, 0);
    g_free(text);
    subject_clear(&subject);
  }
}

/* Both tables say it, in the header and in each row, so it stays with rows that somebody cuts out. */
static void test_full_info_in_csv(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.full_info = TRUE;
  Subject subject;
  subject_init_tally(&subject, hg_script_tally_with(script, &options), NULL);
  char *text = render_format(hg_format_find("csv"), subject.report, FALSE);
  char **lines = g_strsplit(text, "\n", -1);
  guint headers = 0;
  for (char **line = lines; **line; line++) {
    const gboolean header = g_str_has_suffix(*line, ",info_texts");
    headers += header;
    g_assert_true(header || g_str_has_suffix(*line, ",full"));
  }
  g_assert_cmpuint(headers, ==, 2);
  g_strfreev(lines);
  g_free(text);
  subject_clear(&subject);
}

static void add(const char *name, const HgFormat *format, GTestDataFunc test) {
  char *path = g_strdup_printf("/formats/%s/%s", format->name, name);
  g_test_add_data_func(path, format, test);
  g_free(path);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  for (const HgFormat *const *format = hg_formats; *format; format++) {
    add("hostile", *format, test_every_format);
    /* The text report shows conversations from the side of who was seen first. */
    if (strcmp((*format)->name, "text") != 0)
      add("order-of-arrival", *format, test_order_of_arrival);
    add("locale", *format, test_locale);
    add("full-info", *format, test_full_info);
    add("unwritable", *format, test_unwritable);
  }
  g_test_add_func("/formats/csv/full-info-rows", test_full_info_in_csv);
  g_test_add_func("/formats/find", test_find);
  g_test_add_func("/formats/targets", test_targets);
  g_test_add_func("/formats/save", test_save);
  g_test_add_func("/formats/json/valid", test_json);
  g_test_add_func("/formats/json/caps", test_json_caps);
  g_test_add_func("/formats/json/large-integers", test_large_integers);
  return g_test_run();
}

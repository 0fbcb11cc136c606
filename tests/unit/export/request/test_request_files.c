/* test_request_files.c - exports: formats, targets that clash, and what a run writes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/request/request.h"

#include "script.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  char *folder;
} Place;

static void set_up(Place *place, gconstpointer data) {
  (void)data;
  place->folder = g_dir_make_tmp("hostgraph-test-XXXXXX", NULL);
  g_assert_nonnull(place->folder);
}

static void remove_all(const char *folder) {
  GDir *dir = g_dir_open(folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    if (g_file_test(path, G_FILE_TEST_IS_DIR) && !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
      remove_all(path);
    g_remove(path);
  }
  g_dir_close(dir);
}

static void tear_down(Place *place, gconstpointer data) {
  (void)data;
  remove_all(place->folder);
  g_rmdir(place->folder);
  g_free(place->folder);
}

/* "$" in the options stands for the folder. (transfer full) */
static char *fill_in(const Place *place, const char *options) {
  g_auto(GStrv) parts = g_strsplit(options, "$", -1);
  return g_strjoinv(place->folder, parts);
}

static HgRequest *parse(const Place *place, const char *options, GError **error) {
  g_autofree char *text = fill_in(place, options);
  return hg_request_parse(text, error);
}

static void test_formats(Place *place, gconstpointer data) {
  (void)data;
  HgRequest *r = parse(place, "export=$/a.graphml,format=json,export=$/b.dot,export=$/C.DOT", NULL);
  static const char *const formats[] = {"graphml", "json", "dot"};
  static const char *const names[] = {"a.graphml", "b.dot", "C.DOT"};
  g_assert_nonnull(r);
  g_assert_cmpuint(r->exports->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const HgExport *target = r->exports->pdata[i];
    g_autofree char *name = g_path_get_basename(target->path);
    g_assert_cmpstr(target->format->name, ==, formats[i]);
    g_assert_cmpstr(name, ==, names[i]);
  }
  hg_request_free(r);
}

static void test_clashes(Place *place, gconstpointer data) {
  static const char *const clashing[] = {
      "export=$/a.dot,export=$/a.dot",
      "export=$/a.dot,export=$/./a.dot",
      "export=$/a.dot,export=$//a.dot",
      "export=$/a.dot,format=json,export=$/sub/../a.dot",
      "export=$/a.csv,format=dot,export=$/a.hosts.csv",
      "format=dot,export=$/a.edges.csv,export=$/a.csv",
      "export=$/a.dot,export=$/link/a.dot",
  };
  static const char *const fine[] = {
      "export=$/a.dot,export=$/b.dot",
      "export=$/a.csv,export=$/b.csv",
      "export=$/a.dot,export=$/sub/a.dot",
      "format=dot,export=/dev/null,format=json,export=/dev/null",
  };
  (void)data;
  g_autofree char *sub = g_build_filename(place->folder, "sub", NULL);
  g_autofree char *link = g_build_filename(place->folder, "link", NULL);
  g_assert_cmpint(g_mkdir(sub, 0700), ==, 0);
  g_assert_cmpint(symlink(".", link), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS(clashing); i++) {
    GError *error = NULL;
    g_test_message("%s", clashing[i]);
    g_assert_null(parse(place, clashing[i], &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_assert_nonnull(strstr(error->message, "too"));
    g_error_free(error);
  }
  for (guint i = 0; i < G_N_ELEMENTS(fine); i++) {
    GError *error = NULL;
    HgRequest *r = parse(place, fine[i], &error);
    g_assert_no_error(error);
    hg_request_free(r);
  }
}

/* A target that cannot be written is told before the first packet, and nothing is left behind. */
static void test_targets_are_checked(Place *place, gconstpointer data) {
  static const char *const bad[] = {"export=$/none/a.dot", "format=dot,export=$",
                                    "export=$/a.dot,export=$/none/b.csv"};
  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    g_assert_null(parse(place, bad[i], &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_assert_nonnull(strstr(error->message, "export="));
    g_error_free(error);
  }
  g_autoptr(GDir) dir = g_dir_open(place->folder, 0, NULL);
  g_assert_null(g_dir_read_name(dir));
}

static char *contents(const Place *place, const char *name) {
  g_autofree char *path = g_build_filename(place->folder, name, NULL);
  char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  return text;
}

/* One export fails at the end: the others and the text are written all the same. */
static void test_run_tries_all(Place *place, gconstpointer data) {
  (void)data;
  GError *error = NULL;
  g_autofree char *gone = g_build_filename(place->folder, "gone", NULL);
  g_assert_cmpint(g_mkdir(gone, 0700), ==, 0);
  HgRequest *r = parse(place, "export=$/gone/a.dot,export=$/b.dot,export=$/gone/c.json", &error);
  g_assert_no_error(error);
  g_assert_cmpint(g_rmdir(gone), ==, 0);

  HgTally *tally = hg_script_tally("1.0 10.0.0.1 10.0.0.2 DNS udp=5000:53\n");
  FILE *text = tmpfile();
  g_assert_false(hg_request_run(r, tally, "x.pcap", text, NULL, &error));
  g_assert_nonnull(strstr(error->message, "a.dot"));
  g_assert_nonnull(strstr(error->message, "\n"));
  g_assert_nonnull(strstr(strchr(error->message, '\n'), "c.json"));
  g_error_free(error);
  g_autofree char *written = contents(place, "b.dot");
  g_assert_nonnull(written);
  g_assert_nonnull(strstr(written, "10.0.0.1"));
  g_assert_cmpint(ftell(text), >, 0);
  fclose(text);
  hg_tally_free(tally);
  hg_request_free(r);
}

/* The text report as a file is what standard output shows; text=no keeps that silent. */
static void test_text_as_a_file(Place *place, gconstpointer data) {
  (void)data;
  GError *error = NULL;
  HgTally *tally = hg_script_tally("1.0 10.0.0.1 10.0.0.2 DNS udp=5000:53\n");
  for (int wanted = 0; wanted < 2; wanted++) {
    HgRequest *r = parse(place, wanted ? "export=$/a.txt" : "text=no,export=$/a.txt", &error);
    g_assert_no_error(error);
    FILE *stream = tmpfile();
    g_assert_true(hg_request_run(r, tally, "x.pcap", stream, NULL, &error));
    g_assert_no_error(error);
    g_autofree char *file = contents(place, "a.txt");
    const long length = ftell(stream);
    g_assert_nonnull(file);
    if (wanted) {
      g_autofree char *shown = g_malloc0((gsize)length + 1);
      rewind(stream);
      g_assert_cmpuint(fread(shown, 1, (gsize)length, stream), ==, length);
      g_assert_cmpstr(shown, ==, file);
    } else {
      g_assert_cmpint(length, ==, 0);
    }
    fclose(stream);
    hg_request_free(r);
  }
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add("/request/formats", Place, NULL, set_up, test_formats, tear_down);
  g_test_add("/request/clashes", Place, NULL, set_up, test_clashes, tear_down);
  g_test_add("/request/targets", Place, NULL, set_up, test_targets_are_checked, tear_down);
  g_test_add("/request/run-tries-all", Place, NULL, set_up, test_run_tries_all, tear_down);
  g_test_add("/request/text-as-a-file", Place, NULL, set_up, test_text_as_a_file, tear_down);
  return g_test_run();
}

/* test_output.c - files appear whole or not at all, and errors say which file and why
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/files/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A folder for one test, and a path in it. */
typedef struct {
  char *folder;
  char *path;
} Place;

static void set_up(Place *place, gconstpointer data) {
  (void)data;
  GError *error = NULL;
  place->folder = g_dir_make_tmp("hostgraph-test-XXXXXX", &error);
  g_assert_no_error(error);
  place->path = g_build_filename(place->folder, "out.json", NULL);
}

static gint compare_names(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Names in the folder, sorted, joined by blanks. */
static char *listing(const char *folder) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  GDir *dir = g_dir_open(folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));)
    g_ptr_array_add(names, g_strdup(name));
  g_dir_close(dir);
  g_ptr_array_sort(names, compare_names);
  g_ptr_array_add(names, NULL);
  char *joined = g_strjoinv(" ", (char **)names->pdata);
  g_ptr_array_unref(names);
  return joined;
}

static void tear_down(Place *place, gconstpointer data) {
  (void)data;
  GDir *dir = g_dir_open(place->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name(dir));) {
    char *path = g_build_filename(place->folder, name, NULL);
    g_remove(path);
    g_free(path);
  }
  g_dir_close(dir);
  g_rmdir(place->folder);
  g_free(place->folder);
  g_free(place->path);
}

static void put(const char *path, const char *text) {
  GError *error = NULL;
  g_file_set_contents(path, text, -1, &error);
  g_assert_no_error(error);
}

static void assert_contents(const char *path, const char *expected) {
  char *text = NULL;
  GError *error = NULL;
  g_file_get_contents(path, &text, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(text, ==, expected);
  g_free(text);
}

static void assert_listing(const Place *place, const char *expected) {
  char *names = listing(place->folder);
  g_assert_cmpstr(names, ==, expected);
  g_free(names);
}

/* The error is of the file domain and reads "cannot write PATH: REASON". */
static void assert_refused(GError **error, const char *path, int reason) {
  g_assert_error(*error, G_FILE_ERROR, (gint)g_file_error_from_errno(reason));
  char *expected = g_strdup_printf("cannot write %s: %s", path, g_strerror(reason));
  g_assert_cmpstr((*error)->message, ==, expected);
  g_free(expected);
  g_clear_error(error);
}

static gboolean write_text(const char *path, const char *text, GError **error) {
  HgFileSet *set = hg_file_set_new();
  HgOutput *output = hg_file_set_open(set, path, error);
  gboolean ok = output != NULL;
  if (ok) {
    hg_output_puts(output, text);
    ok = hg_file_set_commit(set, error);
  }
  hg_file_set_free(set);
  return ok;
}

static void assert_writes(const char *path, const char *text) {
  GError *error = NULL;
  g_assert_true(hg_output_check(path, &error));
  g_assert_no_error(error);
  write_text(path, text, &error);
  g_assert_no_error(error);
}

static void test_new_file(Place *place, gconstpointer data) {
  (void)data;
  const mode_t before = umask(027);
  assert_writes(place->path, "hello");
  umask(before);
  struct stat status;
  g_assert_cmpint(stat(place->path, &status), ==, 0);
  g_assert_cmpint(status.st_mode & 0777, ==, 0640);
  assert_contents(place->path, "hello");
  assert_listing(place, "out.json");
}

static void test_replaces(Place *place, gconstpointer data) {
  (void)data;
  put(place->path, "old");
  g_assert_cmpint(chmod(place->path, 0604), ==, 0);
  GError *error = NULL;
  HgFileSet *set = hg_file_set_new();
  HgOutput *output = hg_file_set_open(set, place->path, &error);
  g_assert_no_error(error);
  hg_output_printf(output, "%s %d", "new", 7);
  assert_contents(place->path, "old"); /* until commit */
  g_assert_true(hg_file_set_commit(set, &error));
  hg_file_set_free(set);
  assert_contents(place->path, "new 7");
  struct stat status;
  g_assert_cmpint(stat(place->path, &status), ==, 0);
  g_assert_cmpint(status.st_mode & 0777, ==, 0604);
  assert_listing(place, "out.json");
}

static void test_free_without_commit(Place *place, gconstpointer data) {
  (void)data;
  put(place->path, "old");
  char *other = g_build_filename(place->folder, "other", NULL);
  HgFileSet *set = hg_file_set_new();
  hg_output_puts(hg_file_set_open(set, place->path, NULL), "new");
  hg_output_puts(hg_file_set_open(set, other, NULL), "new");
  hg_file_set_free(set);
  assert_contents(place->path, "old");
  assert_listing(place, "out.json");
  g_free(other);
}

static void test_link_stays(Place *place, gconstpointer data) {
  (void)data;
  char *link = g_build_filename(place->folder, "link", NULL);
  char *dangling = g_build_filename(place->folder, "dangling", NULL);
  char *made = g_build_filename(place->folder, "made", NULL);
  char *loop = g_build_filename(place->folder, "loop", NULL);
  put(place->path, "old");
  g_assert_cmpint(symlink("out.json", link), ==, 0);
  g_assert_cmpint(symlink("made", dangling), ==, 0);
  g_assert_cmpint(symlink("loop", loop), ==, 0);
  assert_writes(link, "new");
  assert_writes(dangling, "new, too");
  g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
  g_assert_true(g_file_test(dangling, G_FILE_TEST_IS_SYMLINK));
  assert_contents(place->path, "new");
  assert_contents(made, "new, too");
  GError *error = NULL;
  g_assert_false(write_text(loop, "x", &error));
  assert_refused(&error, loop, ELOOP);
  assert_listing(place, "dangling link loop made out.json");
  g_free(loop);
  g_free(made);
  g_free(dangling);
  g_free(link);
}

/* Both the check and the attempt refuse, for the same reason, and leave nothing. */
static void refuse(const char *path, int reason) {
  GError *error = NULL;
  g_assert_false(hg_output_check(path, &error));
  assert_refused(&error, path, reason);
  g_assert_false(write_text(path, "x", &error));
  assert_refused(&error, path, reason);
}

static void test_refusals(Place *place, gconstpointer data) {
  (void)data;
  put(place->path, "old");
  char *below = g_build_filename(place->path, "x", NULL);
  char *missing = g_build_filename(place->folder, "none", "x", NULL);
  char *slash = g_strconcat(place->folder, "/new/", NULL);
  refuse(place->folder, EISDIR);
  refuse(below, ENOTDIR);
  refuse(missing, ENOENT);
  refuse(slash, EISDIR);
  refuse("", ENOENT);
  assert_contents(place->path, "old");
  assert_listing(place, "out.json");
  g_free(slash);
  g_free(missing);
  g_free(below);
}

/* Runs as a child without privileges, since root may write anywhere. */
static void test_permissions(Place *place, gconstpointer data) {
  (void)data;
  put(place->path, "old");
  g_assert_cmpint(chmod(place->path, 0444), ==, 0);
  char *new_file = g_build_filename(place->folder, "new", NULL);
  const pid_t child = fork();
  if (child == 0) {
    GError *error = NULL;
    if (geteuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0))
      _exit(2);
    chmod(place->folder, 0555); /* already somebody else's when we were root */
    const gboolean wrong = hg_output_check(new_file, &error) ||
                           !g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
                           write_text(new_file, "x", NULL) || hg_output_check(place->path, NULL) ||
                           write_text(place->path, "x", NULL);
    _exit(wrong ? 1 : 0);
  }
  int status = 0;
  g_assert_cmpint(waitpid(child, &status, 0), ==, child);
  chmod(place->folder, 0755);
  assert_contents(place->path, "old");
  assert_listing(place, "out.json");
  g_free(new_file);
  g_assert_true(WIFEXITED(status));
  if (WEXITSTATUS(status) == 2) {
    g_test_skip("privileges cannot be dropped here");
    return;
  }
  g_assert_cmpint(WEXITSTATUS(status), ==, 0);
}

static void test_full_device(Place *place, gconstpointer data) {
  (void)place;
  (void)data;
  if (access("/dev/full", W_OK) != 0) {
    g_test_skip("no /dev/full");
    return;
  }
  GError *error = NULL;
  g_assert_true(hg_output_check("/dev/full", &error));
  g_assert_false(write_text("/dev/full", "x", &error));
  assert_refused(&error, "/dev/full", ENOSPC);
}

/* A disk that is full in the middle of a file: imitated by a limit on the size of files. */
static void test_no_space(Place *place, gconstpointer data) {
  (void)data;
  struct rlimit before, small;
  g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
  small = before;
  small.rlim_cur = 100000;
  put(place->path, "old");
  char *other = g_build_filename(place->folder, "other", NULL);
  char *much = g_strnfill(500000, 'x');
  signal(SIGXFSZ, SIG_IGN);
  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &small), ==, 0);

  GError *error = NULL;
  HgFileSet *set = hg_file_set_new();
  hg_output_puts(hg_file_set_open(set, other, NULL), "fits");
  hg_output_puts(hg_file_set_open(set, place->path, NULL), much);
  g_assert_false(hg_file_set_commit(set, &error));
  hg_file_set_free(set);

  g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
  signal(SIGXFSZ, SIG_DFL);
  assert_refused(&error, place->path, EFBIG);
  assert_contents(place->path, "old");
  assert_listing(place, "out.json");
  g_free(much);
  g_free(other);
}

/* The second rename fails because a folder has come into its way: the first is taken back. */
static void test_commit_is_undone(Place *place, gconstpointer data) {
  const gboolean first_existed = GPOINTER_TO_INT(data);
  char *second = g_build_filename(place->folder, "second", NULL);
  if (first_existed)
    put(place->path, "old");
  GError *error = NULL;
  HgFileSet *set = hg_file_set_new();
  hg_output_puts(hg_file_set_open(set, place->path, NULL), "new");
  hg_output_puts(hg_file_set_open(set, second, NULL), "new");
  g_assert_cmpint(g_mkdir(second, 0755), ==, 0);
  g_assert_false(hg_file_set_commit(set, &error));
  assert_refused(&error, second, EISDIR);
  hg_file_set_free(set);
  assert_listing(place, first_existed ? "out.json second" : "second");
  if (first_existed)
    assert_contents(place->path, "old");
  g_free(second);
}

static void test_set(Place *place, gconstpointer data) {
  (void)data;
  char *second = g_build_filename(place->folder, "second", NULL);
  put(place->path, "old");
  put(second, "old");
  GError *error = NULL;
  HgFileSet *set = hg_file_set_new();
  hg_output_puts(hg_file_set_open(set, place->path, NULL), "first");
  const char *reserved = hg_file_set_reserve(set, second, &error);
  g_assert_no_error(error);
  put(reserved, "second");
  g_assert_true(hg_file_set_commit(set, &error));
  hg_file_set_free(set);
  assert_contents(place->path, "first");
  assert_contents(second, "second");
  assert_listing(place, "out.json second");
  g_free(second);
}

static void test_pipe(Place *place, gconstpointer data) {
  (void)data;
  char *much = g_strnfill(30000, 'y'); /* less than a pipe holds */
  char got[40000];
  g_assert_cmpint(mkfifo(place->path, 0600), ==, 0);
  const int reader = open(place->path, O_RDONLY | O_NONBLOCK);
  g_assert_cmpint(reader, >=, 0);
  assert_writes(place->path, much);
  g_assert_cmpint(read(reader, got, sizeof got), ==, 30000);
  close(reader);
  assert_listing(place, "out.json");
  g_free(much);
}

/* /dev/stdout redirected to a file goes on where that file stands, instead of replacing it. */
static void test_standard_output(Place *place, gconstpointer data) {
  (void)data;
  const int file = open(place->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  g_assert_cmpint(file, >=, 0);
  g_assert_cmpint(write(file, "before ", 7), ==, 7);
  char *path = g_strdup_printf("/dev/fd/%d", file);
  assert_writes(path, "during");
  g_assert_cmpint(write(file, " after", 6), ==, 6);
  close(file);
  refuse(path, EBADF);
  assert_contents(place->path, "before during after");
  g_free(path);
}

static void test_long_name(Place *place, gconstpointer data) {
  (void)data;
  char *name = g_strnfill(255, 'n');
  char *longest = g_build_filename(place->folder, name, NULL);
  char *too_long = g_strconcat(longest, "n", NULL);
  assert_writes(longest, "x");
  refuse(too_long, ENAMETOOLONG);
  assert_listing(place, name);
  g_free(too_long);
  g_free(longest);
  g_free(name);
}

static void test_memory(void) {
  HgOutput *output = hg_output_new_string();
  for (int i = 0; i < 100000; i++)
    hg_output_write(output, "ab\n", 3);
  char *text = hg_output_take_string(output);
  g_assert_cmpuint(strlen(text), ==, 300000);
  g_free(text);
  hg_file_set_free(NULL);
}

static void add(const char *name, void (*test)(Place *, gconstpointer), int data) {
  char *path = g_strconcat("/output/", name, NULL);
  g_test_add(path, Place, GINT_TO_POINTER(data), set_up, test, tear_down);
  g_free(path);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  add("new-file", test_new_file, 0);
  add("replaces", test_replaces, 0);
  add("free-without-commit", test_free_without_commit, 0);
  add("link-stays", test_link_stays, 0);
  add("refusals", test_refusals, 0);
  add("permissions", test_permissions, 0);
  add("full-device", test_full_device, 0);
  add("no-space", test_no_space, 0);
  add("commit-is-undone/old-file", test_commit_is_undone, 1);
  add("commit-is-undone/new-file", test_commit_is_undone, 0);
  add("set", test_set, 0);
  add("pipe", test_pipe, 0);
  add("standard-output", test_standard_output, 0);
  add("long-name", test_long_name, 0);
  g_test_add_func("/output/memory", test_memory);
  return g_test_run();
}

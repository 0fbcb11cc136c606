/* test_store_files.c - stores that are damaged, foreign, newer, shared, or whose writer is killed
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/request/request.h"
#include "export/store/store.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support.h"
#include "store_support.h"
#include "traffic.h"

/* Runs a request over a script; FALSE and `error` as from a command line. */
static gboolean run(const char *path, const char *more, const char *script, GError **error) {
  char *options = g_strdup_printf("text=no,format=sqlite,export=%s%s", path, more);
  HgRequest *request = hg_request_parse(options, error);
  gboolean good = request != NULL;
  if (good) {
    HgTally *tally = hg_script_tally_with(script, &request->tally);
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    good = hg_request_run(request, tally, "x.pcap", NULL, notes, error);
    hg_tally_free(tally);
  }
  hg_request_free(request);
  g_free(options);
  return good;
}

static void write_store(const char *path, guint32 seed, guint packets) {
  GRand *rand = g_rand_new_with_seed(seed);
  GPtrArray *lines = hg_traffic_random(rand, packets);
  g_ptr_array_add(lines, NULL);
  char *script = g_strjoinv("", (char **)lines->pdata);
  GError *error = NULL;
  run(path, "", script, &error);
  g_assert_no_error(error);
  g_free(script);
  g_ptr_array_unref(lines);
  g_rand_free(rand);
}

static void set_contents(const char *path, const char *text, gsize length) {
  g_assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
}

static gboolean is_marked(const char *path) {
  GError *error = NULL;
  HgTally *tally = hg_store_load(path, &error);
  g_assert_no_error(error);
  const gboolean full = hg_tally_options(tally)->full_info;
  hg_tally_free(tally);
  return full;
}

/* A store with whole Info texts stays marked, whatever is added to it and whoever loads it. */
static void test_full_info(void) {
  static const char *const runs[][3] = {
      {"", ",append=yes", ",append=yes,info=safe"},
      {",info=full", ",append=yes", ",append=yes,info=safe"},
      {"", ",append=yes,info=full", ",append=yes"},
  };
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (guint i = 0; i < G_N_ELEMENTS(runs); i++) {
    gboolean full = FALSE;
    for (guint k = 0; k < G_N_ELEMENTS(runs[i]); k++) {
      g_autofree char *script =
          g_strdup_printf("%u 10.0.0.1 10.0.0.2 X info=\"word\"\n", 10 * k + 1);
      GError *error = NULL;
      full |= strstr(runs[i][k], "info=full") != NULL;
      g_assert_true(run(path, runs[i][k], script, &error));
      g_assert_no_error(error);
      g_assert_cmpint(is_marked(path), ==, full);
    }
    g_assert_cmpint(full, ==, i > 0);
    g_assert_true(run(path, "", "1 10.0.0.1 10.0.0.2 X\n", NULL)); /* replaced */
    g_assert_false(is_marked(path));
  }
  folder_remove(folder);
  g_free(path);
}

/* --- what is no store --- */

/* One line that names the file and holds `what`; nothing changes. */
static void assert_unreadable(const char *path, const char *what) {
  GError *error = NULL;
  g_assert_null(hg_store_load(path, &error));
  g_assert_nonnull(strstr(error->message, path));
  g_assert_null(strchr(error->message, '\n'));
  if (!strstr(error->message, what))
    g_error("\"%s\" should say \"%s\"", error->message, what);
  g_clear_error(&error);
}

/* Besides, the request to add to it ends before any packet, and the file stays as it is. */
static void assert_refused(const char *path, const char *what) {
  char *options = g_strdup_printf("append=yes,format=sqlite,export=%s", path);
  char *before = NULL, *after = NULL;
  gsize length, length_after;
  GError *error = NULL;
  assert_unreadable(path, what);
  g_assert_true(g_file_get_contents(path, &before, &length, NULL));
  g_assert_null(hg_request_parse(options, &error));
  g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull(strstr(error->message, what));
  g_clear_error(&error);
  g_assert_true(g_file_get_contents(path, &after, &length_after, NULL));
  g_assert_cmpmem(after, length_after, before, length);
  g_free(options);
  g_free(before);
  g_free(after);
}

static void execute(const char *path, const char *sql) {
  sqlite3 *database = NULL;
  g_assert_cmpint(sqlite3_open(path, &database), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(database);
}

static void test_no_store(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.db", NULL);
  assert_unreadable(path, "No such file");
  assert_unreadable(folder, "directory");
  set_contents(path, "", 0);
  assert_refused(path, "is no store");
  set_contents(path, "no database", 11);
  assert_refused(path, "is no store");
  char *noise = g_malloc(100000);
  for (guint i = 0; i < 100000; i++)
    noise[i] = (char)(i * 2654435761u >> 24);
  set_contents(path, noise, 100000);
  assert_refused(path, "is no store");
  g_free(noise);
  g_unlink(path);
  execute(path, "CREATE TABLE hosts (host)");
  assert_refused(path, "is no store");
  folder_remove(folder);
  g_free(path);
}

static void test_schemas(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  write_store(path, 1, 50);
  execute(path, "PRAGMA user_version = 99");
  assert_refused(path, "newer hostgraph: its schema is 99");
  execute(path, "PRAGMA user_version = 0");
  assert_refused(path, "damaged");
  /* Whoever wants it anew gets it. */
  write_store(path, 1, 50);
  hg_tally_free(hg_store_load(path, NULL));
  folder_remove(folder);
  g_free(path);
}

/* There is a segment more then, in which IP addresses may be. */
#define NAME_A_MAC(segment)                                                                        \
  "INSERT INTO segments SELECT count(*), 'VLAN 5', 'vlan.id == 5', 0 FROM segments;"               \
  "INSERT INTO names SELECT 1000000, '02:00:00:00:00:01', 'mac', NULL, " segment                   \
  ", 'x', NULL, 1, 1 FROM segments;"

/* What a person or an attacker may do to a store with SQL. */
static void test_changed_by_hand(void) {
  static const char *const changes[] = {
      "DROP TABLE names",
      "UPDATE hosts SET sent_packets = -1 WHERE host = 1",
      "UPDATE hosts SET kind = 'ipv6' WHERE host = 1",
      "UPDATE hosts SET id = '' WHERE host = 1",
      "UPDATE hosts SET host = 4000000000 WHERE host = 1",
      "UPDATE hosts SET sent_packets = 'many' WHERE host = 1",
      "DELETE FROM hosts WHERE host = 1",
      "DELETE FROM conversations",
      "DELETE FROM protocols",
      "DELETE FROM meta WHERE key = 'layer'",
      "UPDATE meta SET value = 'no' WHERE key = 'layer'",
      "UPDATE contacts SET last_ns = first_ns - 1",
      "UPDATE contacts SET conversation_protocol = 0",
      "UPDATE contacts SET direction = 7",
      "UPDATE connections SET transport = 'ipx'",
      "UPDATE connections SET a_port = 70000",
      "UPDATE connections SET protocol = 0",
      "UPDATE connections SET vlan = '4096'",
      "UPDATE OR REPLACE conversation_vlans SET vlan = 'no'",
      "UPDATE OR REPLACE conversation_vlans SET vlan = ''",
      "UPDATE conversation_vlans SET ab_packets = 1000000",
      "UPDATE conversation_vlans SET ab_packets = 0, ba_packets = 0",
      "UPDATE conversation_vlans SET conversation = 1000000 + conversation",
      "UPDATE captures SET frames_before = 5",
      "UPDATE captures SET frames = 0",
      "UPDATE captures SET without_time = packets + 1",
      "UPDATE contacts SET last_ns = NULL",
      "INSERT INTO observations VALUES (1000000, 'arp-question', '10.0.0.1', 'ipv4', NULL, 0, '10.0.0.2',"
      " 'ipv4', NULL, 0, '', NULL, 1, 0, 0, 0, 1, 1)",
      "UPDATE names SET sources = 0",
      "UPDATE names SET raw = 'zz'",
      "UPDATE names SET address_raw = 'abc'",
      NAME_A_MAC("max(segment)"),
      "UPDATE bindings SET mac = 'here'",
      "UPDATE bindings SET address = 'here'",
      "INSERT INTO bindings SELECT 1000000, address, segment, mac, source, packets, bytes, first_ns, last_ns,"
      " first_frame, last_frame FROM bindings LIMIT 1",
      "INSERT INTO observations VALUES (1000000, 'nd-advertisement', '10.0.0.1', 'ipv4', NULL, 0,"
      " '10.0.0.2', 'ipv4', NULL, 0, '', NULL, 1, 0, 0, 0, 1, 1)",
      "DROP TABLE logins; CREATE VIEW logins AS WITH RECURSIVE e(x) AS (SELECT 1 UNION ALL SELECT x"
      " FROM e) SELECT x FROM e",
      "DROP TABLE logins; CREATE TABLE logins (x)",
  };
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
    write_store(path, 2, 100);
    execute(path, changes[i]);
    assert_refused(path, "damaged store");
    execute(path, "DELETE FROM checksums"); /* then only what is impossible is refused */
    assert_unreadable(path, "damaged store");
  }
  write_store(path, 2, 100);
  execute(path, NAME_A_MAC("min(segment)"));
  execute(path, "DELETE FROM checksums; UPDATE names SET name = 'changed', raw = NULL, sources = 1"
                " WHERE name_number = 1");
  HgTally *tally = hg_store_load(path, NULL);
  g_assert_nonnull(tally); /* by hand, and sound */
  hg_tally_free(tally);
  folder_remove(folder);
  g_free(path);
}

/* A flipped bit, or an end that is missing: an error, or nothing that matters was hit. */
static void test_random_damage(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  char *again = g_build_filename(folder, "again.sqlite", NULL), *sound = NULL;
  gsize length = 0;
  guint refused = 0;
  write_store(path, 3, 200);
  char *expected = dump_store(path, TRUE);
  g_assert_true(g_file_get_contents(path, &sound, &length, NULL));
  for (guint i = 0; i < 400; i++) {
    char *copy = g_memdup2(sound, length);
    const gsize place = (gsize)g_test_rand_int_range(0, (gint32)length);
    copy[place] = (char)(copy[place] ^ (1 << g_test_rand_int_range(0, 8)));
    set_contents(path, copy, i % 4 == 0 ? place : length);
    GError *error = NULL;
    HgTally *tally = hg_store_load(path, &error);
    if (tally) {
      const HgReportOptions options = {.top = 20, .capture = "x.pcap"};
      Subject subject;
      subject_init_tally(&subject, tally, &options);
      g_assert_true(hg_format_save(hg_format_find("sqlite"), subject.report, again, NULL));
      char *got = dump_store(again, TRUE);
      assert_same_text(got, expected);
      g_free(got);
      subject_clear(&subject);
    } else {
      g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
      g_assert_null(strchr(error->message, '\n'));
      g_clear_error(&error);
      refused++;
    }
    g_free(copy);
  }
  g_assert_cmpuint(refused, >, 100);
  g_free(sound);
  g_free(expected);
  g_free(path);
  g_free(again);
  folder_remove(folder);
}

/* --- requests --- */

static void test_requests(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  GError *error = NULL;
  g_assert_true(run(path, ",append=yes", "1 10.0.0.1 10.0.0.2 X\n", &error));
  g_assert_true(run(path, ",append=yes", "5 10.0.0.1 10.0.0.2 X\n", &error));
  HgTally *tally = hg_store_load(path, NULL);
  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 2);
  hg_tally_free(tally);
  g_assert_true(run(path, "", "5 10.0.0.1 10.0.0.2 X\n", &error));
  tally = hg_store_load(path, NULL);
  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 1);
  hg_tally_free(tally);

  static const char *const refused[][2] = {
      {",append=yes,layer=net", "layer=auto"},
      {",append=yes,protocol=DNS", "protocol="},
      {",append=maybe", "valid are yes, no and new"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(refused); i++) {
    g_assert_false(run(path, refused[i][0], "", &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_assert_nonnull(strstr(error->message, refused[i][1]));
    g_clear_error(&error);
  }
  g_assert_null(hg_request_parse("append=yes", &error));
  g_assert_nonnull(strstr(error->message, "sqlite"));
  g_clear_error(&error);
  g_assert_null(hg_request_parse("export=/dev/null,format=sqlite,export=/dev/null", &error));
  g_assert_nonnull(strstr(error->message, "/dev/null"));
  g_clear_error(&error);
  g_assert_cmpuint(folder_count(folder), ==, 1);
  folder_remove(folder);
  g_free(path);
}

/* --- several at once --- */

static pid_t append_in_child(const char *path, guint number, guint packets) {
  const pid_t child = fork();
  g_assert_cmpint(child, >=, 0);
  if (child > 0)
    return child;
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < packets; i++)
    g_string_append_printf(script, "%u.%06u 10.0.%u.1 10.0.%u.%u UDP udp=9:%u\n", 1000 + number, i,
                           number, number, 2 + i % 200, i % 50);
  _exit(run(path, ",append=yes", script->str, NULL) ? 0 : 1);
}

static void test_concurrent(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  char *link = g_build_filename(folder, "link.sqlite", NULL);
  const guint writers = 16, packets = 50;
  g_assert_cmpint(symlink("x.sqlite", link), ==, 0);
  for (guint i = 0; i < writers; i++)
    append_in_child(i % 2 ? path : link, i, packets); /* one store by two names */
  for (guint i = 0; i < writers; i++) {
    int status;
    g_assert_cmpint(wait(&status), >, 0);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
  HgTally *tally = hg_store_load(path, NULL);
  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, writers * packets);
  g_assert_cmpuint(hg_tally_host_count(tally), ==, writers * (packets + 1));
  hg_tally_free(tally);
  g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpuint(folder_count(folder), ==, 2); /* the store and the link: no locks */
  folder_remove(folder);
  g_free(path);
  g_free(link);
}

/* Killed at any moment: the old store or the new one, whole; and whoever comes next is not kept
 * waiting. */
static void test_killed(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  const guint packets = 4000;
  guint64 before = 0;
  guint lost = 0, done = 0;
  write_store(path, 4, 100);
  before = 100;
  for (guint i = 0; i < 40; i++) {
    const pid_t child = append_in_child(path, i, packets);
    g_usleep((gulong)g_test_rand_int_range(0, 120000));
    kill(child, SIGKILL);
    g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
    HgTally *tally = hg_store_load(path, NULL);
    g_assert_nonnull(tally);
    const guint64 now = hg_tally_traffic(tally)->packets;
    g_assert_true(now == before || now == before + packets);
    lost += now == before;
    done += now != before;
    before = now;
    hg_tally_free(tally);
    if (done > 5) { /* small again */
      write_store(path, 4, 100);
      before = 100;
      done = 0;
    }
  }
  g_assert_cmpuint(lost, >, 0); /* else nobody was killed in time */
  GError *error = NULL;
  g_assert_true(run(path, ",append=yes", "1 10.0.0.1 10.0.0.2 X\n", &error));
  folder_remove(folder);
  g_free(path);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/store-files/full-info", test_full_info);
  g_test_add_func("/store-files/no-store", test_no_store);
  g_test_add_func("/store-files/schemas", test_schemas);
  g_test_add_func("/store-files/changed-by-hand", test_changed_by_hand);
  g_test_add_func("/store-files/random-damage", test_random_damage);
  g_test_add_func("/store-files/requests", test_requests);
  g_test_add_func("/store-files/concurrent", test_concurrent);
  g_test_add_func("/store-files/killed", test_killed);
  return g_test_run();
}

/* test_store.c - what is saved is loaded again, and adding up stores is adding up captures
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/store/store.h"

#include "../support.h"
#include "export/request/append.h"
#include "store_support.h"
#include "tally/merge/merge.h"
#include "traffic.h"

#define PACKETS 400
#define ROUNDS 30

static const char hostile[] =
    "100.000000001 10.0.0.1 10.0.0.2 TCP len=60 tcp=2000:80:S seq=7 smac=02:00:00:00:00:01\n"
    "102.5 10.0.0.1 10.0.0.2 HTTP tcp=2000:80:PA payload=9 len=500 info=\"\\x1b[31m\\xff'\\\"\"\n"
    "name 10.0.0.2 \"]]></script>\\\"'\\\\N&\\xff\\x01\" http\n"
    "name 10.0.0.2 \"]]></script>\\\"'\\\\N&\\xff\" http\n"
    "login 10.0.0.1 10.0.0.2 HTTP \"\\x1b]0;x\\x07'; DROP TABLE hosts; --\"\n"
    "unreachable 10.0.0.1 10.0.0.2 tcp 2000 80\n"
    "observe dns-query 10.0.0.1 10.0.0.2 \"TXT \\xff\x01'--\" 70\n"
    "observe login-failure 10.0.0.2 - \"\"\n"
    "observe login-failure 10.0.0.2 - \"\"\n"
    "104 10.0.0.2 \"=cmd|' /C calc'!A0\" DNS len=80\n"
    "106 \"</data>\\t\\x1b[31m\" 10.0.0.1 X len=80\n"
    "108 \"</data>[31m\" 10.0.0.1 \"X\\x01\" len=80\n"
    "110 \"</data>\\x1b[31m\" 10.0.0.1 \"X\\x02\" len=80\n"
    "112 fe80::1 00:11:22:33:44:55 \"P;,\\\"&<\" len=80\n"
    "arp 02:00:00:00:00:09 10.0.0.9 10.0.0.1 reply\n"
    "114 10.0.0.1 - STP len=80\n"
    "116 - 10.0.0.1 STP len=80\n"
    "118 10.0.0.3 10.0.0.3 UDP udp=1:2 len=80 payload=3\n"
    "120 10.0.0.3 10.255.255.255 UDP udp=1:2 dmac=ff:ff:ff:ff:ff:ff\n"
    "122 10.0.0.3 224.0.0.1 IGMP\n"
    "124 10.0.0.4 10.0.0.3 ICMP echo=request:7\n"
    "126 - - NOTHING\n";

static HgTally *tally_of(const GPtrArray *lines, guint first, guint end) {
  GString *script = g_string_new(NULL);
  for (guint i = first; i < end; i++)
    g_string_append(script, g_ptr_array_index(lines, i));
  HgTally *tally = hg_script_tally(script->str);
  g_string_free(script, TRUE);
  return tally;
}

static void save(const HgReport *report, const char *path) {
  GError *error = NULL;
  hg_format_save(hg_format_find("sqlite"), report, path, &error);
  g_assert_no_error(error);
}

/* Takes the tally. */
static void save_tally(HgTally *tally, const char *path) {
  Subject subject;
  subject_init_tally(&subject, tally, NULL);
  save(subject.report, path);
  subject_clear(&subject);
}

static HgTally *load(const char *path) {
  GError *error = NULL;
  HgTally *tally = hg_store_load(path, &error);
  g_assert_no_error(error);
  return tally;
}

/* --- there and back --- */

/* What the exports of a loaded tally say besides: how exactly they know the times. */
static char *without_resolution(char *text) {
  GRegex *said = g_regex_new("\"contact_resolution\":1\\.000000000,|"
                             "    The contacts come from a store(.*\\n){3}",
                             0, 0, NULL);
  char *rest = g_regex_replace_literal(said, text, -1, 0, "", 0, NULL);
  g_regex_unref(said);
  g_free(text);
  return rest;
}

/* Every export of what was saved and loaded equals that of the original. Takes the tally. */
static void assert_there_and_back(HgTally *tally) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  char *suspects[] = {(char *)"10.0.0.1", NULL};
  const HgReportOptions options = {.suspects = suspects, .top = 0, .capture = "x.pcap"};
  Subject live, loaded;
  subject_init_tally(&live, tally, &options);
  save(live.report, path);
  subject_init_tally(&loaded, load(path), &options);
  for (guint32 i = 0; i < hg_tally_host_count(live.tally); i++)
    g_assert_true(hg_address_equal(&hg_tally_host(loaded.tally, i)->address,
                                   &hg_tally_host(live.tally, i)->address));
  for (const HgFormat *const *format = hg_formats; *format; format++) {
    char *expected = without_resolution(render_format(*format, live.report, TRUE));
    char *got = without_resolution(render_format(*format, loaded.report, TRUE));
    assert_same_text(got, expected);
    g_free(expected);
    g_free(got);
  }
  subject_clear(&live);
  subject_clear(&loaded);
  folder_remove(folder);
  g_free(path);
}

static void test_hostile(void) {
  assert_there_and_back(hg_script_tally(hostile));
  assert_there_and_back(hg_script_tally(""));
  assert_there_and_back(hg_script_tally("-5.5 10.0.0.1 10.0.0.2 X\n"));
}

/* Two seconds between packets: contacts are kept one by one, and traces are exact. */
static void test_random_there_and_back(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, PACKETS);
    for (guint i = 0; i < lines->len; i++) {
      char *line = g_ptr_array_index(lines, i);
      lines->pdata[i] = g_strdup_printf("%u%s", 1000 + 2 * i, strchr(line, ' '));
      g_free(line);
    }
    assert_there_and_back(tally_of(lines, 0, PACKETS));
    g_ptr_array_unref(lines);
    g_rand_free(rand);
  }
}

/* What a cap left out of conversations is still counted for its hosts. */
static void test_capped_there_and_back(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.caps[HG_CAP_CONVERSATIONS] = 2;
  options.caps[HG_CAP_HOSTS] = 4;
  HgTally *tally =
      hg_script_tally_with("1 10.0.0.1 10.0.0.2 X len=60\n3 10.0.0.2 10.0.0.3 Y len=70\n"
                           "5 10.0.0.1 10.0.0.3 X len=80\n7 10.0.0.1 10.0.0.2 Z len=90\n"
                           "9 10.0.0.3 10.0.0.1 X len=100\n11 10.0.0.4 10.0.0.5 X len=110\n",
                           &options);
  g_assert_cmpuint(hg_tally_host(tally, 0)->sent.bytes, ==, 60 + 80 + 90);
  g_assert_cmpuint(hg_tally_host(tally, 3)->sent.bytes, ==, 110);
  assert_there_and_back(tally);
}

static void test_options_and_caps(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  char *wanted[] = {(char *)"dns", (char *)"X", NULL};
  options.protocols = wanted;
  options.layer = HG_LAYER_NET;
  options.evidence = FALSE;
  options.caps[HG_CAP_HOSTS] = 2;
  HgTally *tally = hg_script_tally_with(
      "1 10.0.0.1 10.0.0.2 Y\n2 10.0.0.1 10.0.0.2 X\n3 10.0.0.3 10.0.0.1 X\n", &options);
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  save_tally(tally, path);
  HgTally *loaded = load(path);
  const HgTallyOptions *got = hg_tally_options(loaded);
  g_assert_cmpint(got->layer, ==, HG_LAYER_NET);
  g_assert_false(got->evidence);
  g_assert_cmpuint(got->caps[HG_CAP_HOSTS], ==, 2);
  g_assert_cmpuint(g_strv_length(got->protocols), ==, 2);
  g_assert_true(g_strv_contains((const char *const *)got->protocols, "dns"));
  g_assert_cmpuint(hg_tally_left_out(loaded, HG_CAP_HOSTS), ==, 1);
  g_assert_cmpuint(hg_tally_traffic(loaded)->packets, ==, 2);
  g_assert_cmpint(hg_tally_start(loaded), ==, 1000000000); /* also of a packet not wanted */
  hg_tally_free(loaded);
  folder_remove(folder);
  g_free(path);
}

/* A store does not say in which segments a host was that is one machine in all: so that it was there proves
 * nothing when more comes. */
static void test_segments(void) {
  static const char stored[] =
      "1 10.0.0.5 10.0.0.9 TCP tcp=40000:80:S seq=1 smac=02:00:00:00:00:01 net=\"VLAN 10\"\n"
      "2 10.0.0.6 10.0.0.9 TCP tcp=40000:80:S seq=2 smac=02:00:00:00:00:02 net=\"VLAN 20\"\n";
  static const char more[] =
      "1000 10.0.0.5 10.0.0.9 TCP tcp=40000:80:S seq=3 smac=02:00:00:00:00:03 net=\"VLAN 10\"\n";
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  save_tally(hg_script_tally(stored), path);
  HgTally *known = load(path), *fresh = hg_script_tally(more), *both = hg_tally_union(known, fresh);
  g_autofree char *script = g_strconcat(stored, more, NULL);
  HgTally *whole = hg_script_tally(script);
  g_assert_cmpuint(hg_tally_host_count(whole), ==, 3);
  g_assert_cmpuint(hg_tally_host_count(both), ==, 3);
  for (guint32 i = 0; i < 3; i++)
    g_assert_cmpstr(hg_tally_host(both, i)->text, ==, hg_tally_host(whole, i)->text);
  hg_tally_free(known);
  hg_tally_free(fresh);
  hg_tally_free(both);
  hg_tally_free(whole);
  folder_remove(folder);
  g_free(path);
}

/* --- runs of contacts --- */

static void test_runs(void) {
  char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
  save_tally(hg_script_tally("10 10.0.0.1 10.0.0.2 UDP udp=1:2\n"
                             "11 10.0.0.1 10.0.0.2 UDP udp=1:2\n"             /* 1 s: goes on */
                             "11.5 10.0.0.2 10.0.0.1 UDP udp=2:1\n"           /* other direction */
                             "11.6 10.0.0.1 10.0.0.2 UDP udp=1:2 payload=0\n" /* no payload */
                             "11.7 10.0.0.1 10.0.0.2 DNS udp=1:2\n"           /* other protocol */
                             "11.9 10.0.0.1 10.0.0.2 UDP udp=1:2\n"
                             "12.900000001 10.0.0.1 10.0.0.2 UDP udp=1:2\n"), /* just too late */
             path);
  HgTally *tally = load(path);
  const HgContactLog *log = hg_tally_contacts(tally);
  g_assert_cmpuint(hg_contact_log_count(log), ==, 5);
  const HgContactRun first = hg_contact_log_run(log, 0), last = hg_contact_log_run(log, 4);
  g_assert_cmpuint(first.packets, ==, 3);
  g_assert_cmpint(first.contact.time_ns, ==, 10000000000);
  g_assert_cmpint(first.last_ns, ==, 11900000000);
  g_assert_cmpuint(first.contact.frame, ==, 1);
  g_assert_cmpuint(first.last_frame, ==, 6);
  g_assert_cmpuint(last.packets, ==, 1);
  g_assert_cmpint(last.contact.time_ns, ==, 12900000001);
  g_assert_cmpint(hg_tally_contact_resolution_ns(tally), ==, HG_CONTACT_GAP_NS);
  hg_tally_free(tally);
  folder_remove(folder);
  g_free(path);
}

/* Some packet from `source` to `target` is at `time_ns`, or later (in the direction of the walk) by at
 * most the gap of runs. */
static gboolean is_witnessed(const HgTally *exact, const HgTrace *trace, const HgReached *reached) {
  const HgContactLog *log = hg_tally_contacts(exact);
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContact *contact = hg_contact_log_get(log, i);
    guint32 source, target;
    hg_tally_contact_ends(exact, contact, &source, &target);
    const gint64 late =
        forward ? contact->time_ns - reached->time_ns : reached->time_ns - contact->time_ns;
    if (source == (forward ? reached->via : reached->host) &&
        target == (forward ? reached->host : reached->via) && late >= 0 &&
        late <= HG_CONTACT_GAP_NS)
      return TRUE;
  }
  return FALSE;
}

static const HgReached *find_reached(const HgTrace *trace, guint32 host) {
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *reached = &g_array_index(trace->reached, HgReached, i);
    if (reached->host == host)
      return reached;
  }
  return NULL;
}

/* What is traced over runs names everybody that packets could have reached, never later; and each
 * hop follows the one before and has its packet within the gap. `*inexact` counts what differs. */
static void assert_covers(const HgTally *exact, const HgTally *stored, guint32 host,
                          HgTraceDirection direction, guint *inexact) {
  HgTrace *truth = hg_trace_new(exact, NULL, host, direction, HG_TRACE_DEFAULT_TIME);
  HgTrace *trace = hg_trace_new(stored, NULL, host, direction, HG_TRACE_DEFAULT_TIME);
  const int sign = direction == HG_TRACE_FORWARD ? 1 : -1;
  g_assert_cmpuint(trace->untimed_count, ==, truth->untimed_count);
  for (guint i = 0; i < truth->reached->len; i++) {
    const HgReached *really = &g_array_index(truth->reached, HgReached, i);
    const HgReached *found = find_reached(trace, really->host);
    g_assert_nonnull(found);
    g_assert_cmpint(sign * found->time_ns, <=, sign * really->time_ns);
    g_assert_true(found->payload || !really->payload);
    *inexact += found->time_ns != really->time_ns;
  }
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *found = &g_array_index(trace->reached, HgReached, i);
    const HgReached *via = find_reached(trace, found->via);
    g_assert_true(is_witnessed(exact, trace, found));
    g_assert_true(via ? via->hops + 1 == found->hops : found->hops == 1 && found->via == host);
    g_assert_true(!via || sign * via->time_ns <= sign * found->time_ns);
    *inexact += !find_reached(truth, found->host);
  }
  hg_trace_free(truth);
  hg_trace_free(trace);
}

static void test_traces_over_runs(void) {
  guint inexact = 0;
  for (guint32 seed = 0; seed < 100; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GString *script = g_string_new(NULL);
    double time = 1000;
    for (guint i = 0; i < 150; i++) {
      time += g_rand_double(rand) * 0.3;
      const int from = g_rand_int_range(rand, 1, 12);
      g_string_append_printf(script, "%.6f 10.0.0.%d 10.0.0.%d UDP udp=1:2 payload=%d\n", time,
                             from, from + g_rand_int_range(rand, 1, 3),
                             g_rand_int_range(rand, 0, 2));
    }
    char *folder = folder_new(), *path = g_build_filename(folder, "x.sqlite", NULL);
    save_tally(hg_script_tally(script->str), path);
    HgTally *exact = hg_script_tally(script->str), *stored = load(path);
    for (guint32 host = 0; host < hg_tally_host_count(exact); host++) {
      assert_covers(exact, stored, host, HG_TRACE_FORWARD, &inexact);
      assert_covers(exact, stored, host, HG_TRACE_BACKWARD, &inexact);
    }
    hg_tally_free(exact);
    hg_tally_free(stored);
    folder_remove(folder);
    g_free(path);
    g_string_free(script, TRUE);
    g_rand_free(rand);
  }
  g_assert_cmpuint(inexact, >, 0); /* else nothing was tested */
}

/* --- adding --- */

static void add(const HgTally *tally, const char *path) {
  const HgReportOptions options = {.top = 20, .capture = "piece.pcap"};
  HgAnalysisOptions *analysis = hg_analysis_options_new();
  GError *error = NULL;
  g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
  const HgAddition addition = {
      .how = HG_APPEND_YES, .analysis = analysis, .report = &options, .notes = notes};
  hg_append(hg_format_find("sqlite"), path, tally, &addition, &error);
  g_assert_no_error(error);
  hg_analysis_options_free(analysis);
}

/* A capture cut at random places, its pieces added in random order: row by row the store of the
 * whole, down to frame numbers. */
static void test_random_pieces(void) {
  char *folder = folder_new();
  char *whole = g_build_filename(folder, "whole.sqlite", NULL);
  char *pieces = g_build_filename(folder, "pieces.sqlite", NULL);
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, PACKETS);
    GPtrArray *tallies = g_ptr_array_new_with_free_func((GDestroyNotify)hg_tally_free);
    for (guint first = 0; first < PACKETS;) {
      const guint length = (guint)g_rand_int_range(rand, 1, 120),
                  end = MIN(PACKETS, first + length);
      g_ptr_array_add(tallies, tally_of(lines, first, end));
      first = end;
    }
    const guint count = tallies->len;
    while (tallies->len > 0) {
      const guint next = (guint)g_rand_int_range(rand, 0, (gint32)tallies->len);
      add(g_ptr_array_index(tallies, next), pieces);
      g_ptr_array_remove_index_fast(tallies, next);
    }
    save_tally(tally_of(lines, 0, PACKETS), whole);
    char *expected = dump_store(whole, FALSE), *got = dump_store(pieces, FALSE);
    assert_same_text(got, expected);
    HgTally *loaded = load(pieces);
    GArray *captures = hg_tally_captures(loaded);
    g_assert_cmpuint(captures->len, ==, count);
    g_assert_cmpuint(folder_count(folder), ==, 2); /* no locks, no temporary files */
    g_array_unref(captures);
    hg_tally_free(loaded);
    g_free(expected);
    g_free(got);
    g_unlink(pieces);
    g_ptr_array_unref(tallies);
    g_ptr_array_unref(lines);
    g_rand_free(rand);
  }
  g_free(whole);
  g_free(pieces);
  folder_remove(folder);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/store/hostile", test_hostile);
  g_test_add_func("/store/there-and-back", test_random_there_and_back);
  g_test_add_func("/store/capped-there-and-back", test_capped_there_and_back);
  g_test_add_func("/store/options-and-caps", test_options_and_caps);
  g_test_add_func("/store/segments", test_segments);
  g_test_add_func("/store/runs", test_runs);
  g_test_add_func("/store/traces-over-runs", test_traces_over_runs);
  g_test_add_func("/store/random-pieces", test_random_pieces);
  return g_test_run();
}

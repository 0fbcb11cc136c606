/* test_text_report.c - the report for people says what was given, and fits its lines
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/formats/all_formats.h"
#include "export/text/columns.h"
#include "export/text/hidden.h"
#include "export/text_report/excerpt.h"

#include "../support.h"

#include <string.h>

static char *print(const Subject *subject) {
  return hg_format_to_string(hg_format_find("text"), subject->report);
}

/* The lines of a section, from its titles on, up to the next blank line. (transfer full) */
static GPtrArray *section(const char *report, const char *heading) {
  GPtrArray *const found = g_ptr_array_new_with_free_func(g_free);
  g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
  guint i = 0;
  while (lines[i] && !g_str_has_prefix(lines[i], heading))
    i++;
  for (i += lines[i] ? 2 : 0; lines[i] && *lines[i] != '\0'; i++)
    g_ptr_array_add(found, g_strdup(lines[i]));
  return found;
}

static char **words(const char *line) {
  g_autoptr(GRegex) blanks = g_regex_new(" +", 0, 0, NULL);
  g_autofree char *stripped = g_strstrip(g_strdup(line));
  return g_regex_split(blanks, stripped, 0);
}

/* --- counts against counting by hand --- */

enum { HOSTS = 12, PROTOCOLS = 5, PACKETS = 700 };

typedef struct {
  GString *script;
  guint sent[HOSTS], received[HOSTS], sent_bytes[HOSTS], received_bytes[HOSTS];
  guint protocol[PROTOCOLS], protocol_bytes[PROTOCOLS];
} Truth;

static void make_truth(Truth *truth) {
  *truth = (Truth){.script = g_string_new(NULL)};
  for (guint i = 0; i < PACKETS; i++) {
    const int from = g_test_rand_int_range(0, HOSTS), to = g_test_rand_int_range(0, from + 1);
    const int protocol = g_test_rand_int_range(0, PROTOCOLS);
    const guint bytes = (guint)g_test_rand_int_range(60, 1500);
    g_string_append_printf(truth->script, "%u.5 10.0.0.%d 10.0.0.%d P%d len=%u\n", i, from, to,
                           protocol, bytes);
    truth->sent[from]++;
    truth->sent_bytes[from] += bytes;
    truth->received[to]++;
    truth->received_bytes[to] += bytes;
    truth->protocol[protocol]++;
    truth->protocol_bytes[protocol] += bytes;
  }
}

/* Columns: address, scope, then packets and bytes of the one and of the other direction. */
static void check_hosts(const char *report, const char *heading, const guint *first,
                        const guint *first_bytes, const guint *second, const guint *second_bytes) {
  g_autoptr(GPtrArray) lines = section(report, heading);
  guint wanted = 0, before = G_MAXUINT;
  for (guint i = 0; i < HOSTS; i++)
    wanted += first[i] > 0;
  g_assert_cmpuint(lines->len, ==, wanted + 1);
  for (guint i = 1; i < lines->len; i++) {
    g_auto(GStrv) cells = words(lines->pdata[i]);
    const guint host = (guint)atoi(strrchr(cells[0], '.') + 1);
    g_assert_cmpint(atoi(cells[2]), ==, first[host]);
    g_assert_cmpint(atoi(cells[3]), ==, first_bytes[host]);
    g_assert_cmpint(atoi(cells[4]), ==, second[host]);
    g_assert_cmpint(atoi(cells[5]), ==, second_bytes[host]);
    g_assert_cmpuint(first[host], <=, before);
    before = first[host];
  }
}

static void check_protocols(const char *report, const Truth *truth) {
  g_autoptr(GPtrArray) lines = section(report, "Protocols by packets");
  g_assert_cmpuint(lines->len, ==, PROTOCOLS + 1);
  for (guint i = 1; i < lines->len; i++) {
    g_auto(GStrv) cells = words(lines->pdata[i]);
    const guint protocol = (guint)atoi(cells[0] + 1);
    g_assert_cmpint(atoi(cells[1]), ==, truth->protocol[protocol]);
    g_assert_cmpint(atoi(cells[3]), ==, truth->protocol_bytes[protocol]);
  }
}

static void test_counts(void) {
  Truth truth;
  make_truth(&truth);
  Subject subject;
  const HgReportOptions all = {.top = 0};
  subject_init(&subject, truth.script->str, &all);
  g_autofree char *report = print(&subject);
  check_hosts(report, "Hosts by packets sent", truth.sent, truth.sent_bytes, truth.received,
              truth.received_bytes);
  check_hosts(report, "Hosts by packets received", truth.received, truth.received_bytes, truth.sent,
              truth.sent_bytes);
  check_protocols(report, &truth);
  subject_clear(&subject);
  g_string_free(truth.script, TRUE);
}

/* --- rows --- */

static void test_top(void) {
  Truth truth;
  make_truth(&truth);
  Subject subject;
  const HgReportOptions few = {.top = 3};
  subject_init(&subject, truth.script->str, &few);
  g_autofree char *report = print(&subject);
  g_autoptr(GPtrArray) lines = section(report, "Protocols by packets");
  g_assert_cmpuint(lines->len, ==, 5); /* titles, three rows, what is left out */
  g_assert_cmpstr(lines->pdata[4], ==, "  … and 2 more (top=0 shows all)");
  subject_clear(&subject);
  g_string_free(truth.script, TRUE);
}

static void test_empty(void) {
  Subject subject;
  subject_init(&subject, "", NULL);
  g_autofree char *report = print(&subject);
  g_assert_nonnull(strstr(report, "\nNo suspects.\n"));
  g_assert_null(strstr(report, "by packets"));
  subject_clear(&subject);
}

/* Times are relative to frame 1, which is not always the earliest. */
static void test_times(void) {
  Subject subject;
  subject_init(&subject,
               "100.0000019 10.0.0.1 10.0.0.2 A\n"
               "99.25 10.0.0.3 10.0.0.4 B\n"
               "101.5 10.0.0.5 10.0.0.6 C\n",
               NULL);
  g_autofree char *report = print(&subject);
  g_autoptr(GPtrArray) lines = section(report, "Conversations by bytes");
  g_assert_cmpuint(lines->len, ==, 5);
  g_assert_nonnull(strstr(lines->pdata[2], " 0.000000 "));
  g_assert_nonnull(strstr(lines->pdata[3], " -0.750001 "));
  g_assert_nonnull(strstr(lines->pdata[4], " 1.499998 "));
  subject_clear(&subject);
  subject_init(&subject, "- 10.0.0.1 10.0.0.2 A\n- 10.0.0.2 10.0.0.1 A\n", NULL);
  g_autofree char *timeless = print(&subject);
  g_autoptr(GPtrArray) without = section(timeless, "Conversations by bytes");
  g_autofree char *row = g_strchomp(g_strdup(without->pdata[2]));
  g_assert_true(g_str_has_suffix(row, "      -         -  A")); /* neither start nor duration */
  subject_clear(&subject);
}

/* --- hostile texts --- */

/* Any bytes but NUL, often those that matter to terminals. (transfer full) */
static char *hostile_text(void) {
  static const char *const nasty[] = {
      "\x1b[2J",      "\n",           "\r",       "\t",           "\x07", "\xE2\x80\xAE",
      "\xE2\x80\x8B", "\xE2\x80\xA8", "\xC2\x9B", "\xCC\x81",     "日本", "😀",
      "\xF0\x9F",     "<b>",          "%s%n",     "\xEF\xBF\xBE",
  };
  GString *const text = g_string_new(NULL);
  const int pieces = g_test_rand_int_range(0, 30);
  for (int i = 0; i < pieces; i++) {
    if (g_test_rand_bit())
      g_string_append(text, nasty[g_test_rand_int_range(0, G_N_ELEMENTS(nasty))]);
    else
      g_string_append_c(text, (char)g_test_rand_int_range(1, 256));
  }
  return g_string_free(text, FALSE);
}

static HgAddress hostile_address(char **text) {
  *text = hostile_text();
  const gsize length = MIN(strlen(*text), HG_ADDRESS_MAX_LENGTH);
  const HgAddress address = {.kind = length ? HG_ADDRESS_OTHER : HG_ADDRESS_NONE,
                             .length = (guint8)length,
                             .data = (const guint8 *)*text};
  return address;
}

static HgTally *hostile_tally(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  HgTallyBuilder *const builder = hg_tally_builder_new(&options);
  for (guint i = 1; i <= 60; i++) {
    g_autofree char *source = NULL, *destination = NULL;
    g_autofree char *protocol = hostile_text(), *info = hostile_text(), *name = hostile_text();
    const HgPacket packet = {.frame = i,
                             .time_ns = i,
                             .wire_length = 60,
                             .payload_length = 10,
                             .source = hostile_address(&source),
                             .destination = hostile_address(&destination),
                             .protocol = protocol,
                             .info = info};
    hg_tally_builder_packet(builder, &packet);
    const HgEvidence evidence = {.kind = HG_EVIDENCE_LOGIN,
                                 .frame = i,
                                 .login = {packet.source, packet.destination, "FTP", name}};
    hg_tally_builder_evidence(builder, &evidence);
    const HgEvidence naming = {
        .kind = HG_EVIDENCE_NAME, .frame = i, .name = {packet.source, name, HG_NAME_DNS}};
    hg_tally_builder_evidence(builder, &naming);
  }
  return hg_tally_builder_end(builder);
}

static gboolean is_safe(gunichar c) {
  return c == '\n' || (g_unichar_type(c) != G_UNICODE_CONTROL && !hg_is_hidden(c));
}

static void check_report(const char *report) {
  g_assert_true(g_utf8_validate(report, -1, NULL));
  for (const char *at = report; *at != '\0'; at = g_utf8_next_char(at))
    g_assert_true(is_safe(g_utf8_get_char(at)));
  g_auto(GStrv) lines = g_strsplit(report, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (!g_str_has_prefix(lines[i], "    Filter"))
      g_assert_cmpuint(hg_columns_width(lines[i]), <=, HG_COLUMNS_LINE);
  }
}

static void test_hostile(void) {
  for (guint round = 0; round < 20; round++) {
    HgTally *const tally = hostile_tally();
    /* Everybody is red-flagged: all parts are printed. */
    g_autoptr(GPtrArray) suspects = g_ptr_array_new();
    for (guint32 i = 0; i < MIN(hg_tally_host_count(tally), 30); i++)
      g_ptr_array_add(suspects, hg_tally_host(tally, i)->text);
    g_ptr_array_add(suspects, NULL);
    const HgReportOptions options = {.suspects = (char **)suspects->pdata,
                                     .top = round % 2 ? 0 : 5,
                                     .capture = "\x1b[2J\nname.pcap"};
    Subject subject;
    subject_init_tally(&subject, tally, &options);
    g_autofree char *report = print(&subject);
    g_autofree char *again = print(&subject);
    check_report(report);
    g_assert_cmpstr(report, ==, again);
    subject_clear(&subject);
  }
}

/* --- the excerpt of traces --- */

/* All machines with the address are shown, once each. */
static void test_excerpt(void) {
  static const char script[] = "1 10.0.0.5 10.0.0.9 X smac=02:00:00:00:00:01 net=\"VLAN 10\"\n"
                               "2 10.0.0.5 10.0.0.8 X smac=02:00:00:00:00:02 net=\"VLAN 20\"\n";
  HgTraceRequest trace = {(char *)"10.0.0.5", HG_TRACE_DEFAULT_TIME};
  g_autoptr(GPtrArray) traces = g_ptr_array_new();
  g_ptr_array_add(traces, &trace);
  g_ptr_array_add(traces, &trace);
  const HgReportOptions options = {.traces = traces, .top = 20};
  Subject subject;
  subject_init(&subject, script, &options);
  g_autofree char *excerpt = hg_excerpt_traces(subject.report);
  static const char *const titles[] = {"Trace of 10.0.0.5 (VLAN 10)\n",
                                       "Trace of 10.0.0.5 (VLAN 20)\n"};
  for (guint i = 0; i < G_N_ELEMENTS(titles); i++) {
    const char *const at = strstr(excerpt, titles[i]);
    g_assert_nonnull(at);
    g_assert_null(strstr(at + 1, titles[i]));
  }
  subject_clear(&subject);
}

/* --- language --- */

static void test_language(void) {
  static const char script[] = "1.5 10.0.0.1 10.0.0.2 A len=5000\n2.75 10.0.0.2 10.0.0.1 B\n";
  Subject subject;
  subject_init(&subject, script, NULL);
  g_autofree char *before = print(&subject);
  if (!use_decimal_comma()) {
    g_test_skip("there is no language with a decimal comma");
  } else {
    g_autofree char *after = print(&subject);
    g_assert_cmpstr(before, ==, after);
    setlocale(LC_ALL, "C");
  }
  subject_clear(&subject);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text-report/counts", test_counts);
  g_test_add_func("/text-report/top", test_top);
  g_test_add_func("/text-report/empty", test_empty);
  g_test_add_func("/text-report/times", test_times);
  g_test_add_func("/text-report/hostile", test_hostile);
  g_test_add_func("/text-report/excerpt", test_excerpt);
  g_test_add_func("/text-report/language", test_language);
  return g_test_run();
}

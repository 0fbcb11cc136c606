/* test_first_indicators.c - the first indicators of suspects, and where traces of them begin
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../support.h"

#define NS G_GINT64_CONSTANT(1000000000)

/* 12 silent hosts are tried by `host`, from `second` on: 12 frames. */
static void append_scan(GString *script, const char *host, guint second) {
  for (guint i = 0; i < 12; i++)
    g_string_append_printf(script, "%u.%02u %s 10.1.%u.%u TCP tcp=%u:445:S seq=%u\n", second, i,
                           host, second, i + 1, 40000 + i, i);
}

static guint32 number_of(const Subject *subject, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  const HgHost *host = hg_tally_find_host(subject->tally, &address);
  g_assert_nonnull(host);
  return host->number;
}

static void assert_first_indicator(const Subject *subject, const char *host, guint32 frame,
                                   gint64 time_ns) {
  const HgFirstIndicator *first_indicator =
      hg_report_first_indicator(subject->report, number_of(subject, host));
  g_assert_nonnull(first_indicator);
  g_assert_cmpuint(first_indicator->frame, ==, frame);
  g_assert_cmpint(first_indicator->time_ns, ==, time_ns);
}

static void assert_trace(const Subject *subject, guint i, const char *host,
                         HgTraceDirection direction, gint64 at_ns) {
  const HgTrace *trace = hg_report_trace(subject->report, i);
  g_assert_cmpuint(trace->host, ==, number_of(subject, host));
  g_assert_cmpint(trace->direction, ==, direction);
  g_assert_cmpint(trace->at_ns, ==, at_ns);
}

/* Answers come long after the scan: the last packet is no place to go back from. */
static void test_traces(void) {
  GString *script = g_string_new("1 10.0.0.9 10.0.0.1 X payload=1\n"
                                 "2 10.0.0.1 10.0.0.9 X payload=1\n");
  append_scan(script, "10.0.0.1", 10);
  append_scan(script, "10.0.0.2", 5); /* earlier, though its frames are later */
  g_string_append(script, "90 10.0.0.8 10.0.0.1 X payload=1\n");
  Subject subject;
  subject_init(&subject, script->str, NULL);
  assert_first_indicator(&subject, "10.0.0.1", 3, 10 * NS);
  assert_first_indicator(&subject, "10.0.0.2", 15, 5 * NS);
  g_assert_null(hg_report_first_indicator(subject.report, number_of(&subject, "10.0.0.9")));
  g_assert_cmpuint(hg_report_trace_count(subject.report), ==, 4);
  assert_trace(&subject, 0, "10.0.0.1", HG_TRACE_FORWARD, 1 * NS);
  assert_trace(&subject, 1, "10.0.0.1", HG_TRACE_BACKWARD, 10 * NS);
  assert_trace(&subject, 2, "10.0.0.2", HG_TRACE_FORWARD, 5 * NS);
  assert_trace(&subject, 3, "10.0.0.2", HG_TRACE_BACKWARD, 5 * NS);
  g_assert_cmpuint(hg_report_trace(subject.report, 1)->reached->len, ==, 1);
  subject_clear(&subject);

  /* A trace that the user asks for is made; a red-flagged suspect is still one by the rules. */
  char *flagged[] = {(char *)"10.0.0.1", (char *)"10.0.0.9", NULL};
  HgTraceRequest request = {(char *)"10.0.0.1", HG_TRACE_DEFAULT_TIME};
  GPtrArray *requests = g_ptr_array_new();
  g_ptr_array_add(requests, &request);
  const HgReportOptions options = {.suspects = flagged, .traces = requests};
  subject_init(&subject, script->str, &options);
  g_assert_cmpuint(hg_report_trace_count(subject.report), ==, 7);
  assert_trace(&subject, 0, "10.0.0.1", HG_TRACE_FORWARD, 1 * NS);
  assert_trace(&subject, 1, "10.0.0.1", HG_TRACE_BACKWARD, 90 * NS);
  assert_trace(&subject, 2, "10.0.0.1", HG_TRACE_BACKWARD, 10 * NS);
  assert_trace(&subject, 3, "10.0.0.9", HG_TRACE_FORWARD, 1 * NS);
  assert_trace(&subject, 4, "10.0.0.9", HG_TRACE_BACKWARD, 2 * NS);
  subject_clear(&subject);
  g_ptr_array_unref(requests);
  g_string_free(script, TRUE);
}

/* An outlier covers everything that a host sent, from its first packet on; the scan tells when it
 * began. */
static void test_weak_signs(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 1; i <= 12; i++)
    g_string_append_printf(script, "1 10.0.0.%u 93.0.0.1 X\n", i);
  for (guint i = 0; i < 500; i++)
    g_string_append(script, "2 10.0.0.1 93.0.0.1 X\n");
  append_scan(script, "10.0.0.1", 10);
  Subject subject;
  subject_init(&subject, script->str, NULL);
  guint findings = 0;
  for (guint i = 0; i < hg_analysis_finding_count(subject.analysis); i++)
    findings += hg_analysis_finding(subject.analysis, i)->kind == HG_FINDING_SUSPICION;
  g_assert_cmpuint(findings, >=, 2);
  assert_first_indicator(&subject, "10.0.0.1", 513, 10 * NS);
  subject_clear(&subject);
  g_string_free(script, TRUE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/onsets/traces", test_traces);
  g_test_add_func("/onsets/weak-signs", test_weak_signs);
  return g_test_run();
}

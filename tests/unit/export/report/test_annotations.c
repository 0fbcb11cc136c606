/* test_annotations.c - what packets are told about their hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/annotations.h"

#include <string.h>

#include "../support.h"

/* 10.0.0.66 scans ports of 10.0.0.2, then talks to 10.0.0.3, which talks to 10.0.0.4; 10.0.0.5 had
 * talked to 10.0.0.4 before. */
static char *script_of_a_scan(void) {
  GString *script = g_string_new("5 10.0.0.3 10.0.0.7 TCP tcp=4000:80:S\n"
                                 "6 10.0.0.5 10.0.0.4 TCP tcp=4000:80:S\n");
  for (guint port = 1; port <= 20; port++)
    g_string_append_printf(script,
                           "%u 10.0.0.66 10.0.0.2 TCP tcp=%u:%u:S seq=%u\n"
                           "%u.1 10.0.0.2 10.0.0.66 TCP tcp=%u:%u:RA\n",
                           10 + port, 5000 + port, port, port, 10 + port, port, 5000 + port);
  g_string_append(script, "50 10.0.0.66 10.0.0.3 TCP tcp=6000:445:S seq=1\n"
                          "51 10.0.0.3 10.0.0.66 TCP tcp=445:6000:SA\n"
                          "52 10.0.0.3 10.0.0.4 TCP tcp=6001:445:S seq=1\n"
                          "53 10.0.0.4 10.0.0.3 TCP tcp=445:6001:SA\n");
  return g_string_free(script, FALSE);
}

typedef struct {
  Subject subject;
  HgAnnotations *marks;
} Marked;

static void mark(Marked *marked, const HgReportOptions *options) {
  char *script = script_of_a_scan();
  subject_init(&marked->subject, script, options);
  marked->marks = hg_annotations_new(marked->subject.report);
  g_free(script);
}

static void clear(Marked *marked) {
  hg_annotations_free(marked->marks);
  subject_clear(&marked->subject);
}

static const HgAnnotation *host(const Marked *marked, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_annotations_host(marked->marks, &address);
}

#define AT(seconds) ((gint64)((seconds)*1000) * 1000000)

static void test_hosts(void) {
  Marked marked;
  mark(&marked, NULL);
  g_assert_true(host(&marked, "10.0.0.66")->suspect);
  g_assert_cmpfloat(host(&marked, "10.0.0.66")->score, >=, HG_SUSPECT_SCORE);
  g_assert_false(host(&marked, "10.0.0.2")->suspect);
  g_assert_cmpfloat(host(&marked, "10.0.0.2")->score, ==, 0);
  g_assert_null(host(&marked, "10.9.9.9"));
  g_assert_null(hg_annotations_host(marked.marks, &(HgAddress){0}));
  clear(&marked);
}

/* Wireshark prints fields of packets as they are, so the words of packets in them are cleaned. */
static void test_clean_evidence(void) {
  Marked marked;
  subject_init(&marked.subject,
               "1 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA\n"
               "login 10.0.0.1 10.0.0.2 FTP \"\\xe2\\x80\\xaetoor\"\n",
               NULL);
  marked.marks = hg_annotations_new(marked.subject.report);
  const GPtrArray *findings = host(&marked, "10.0.0.1")->findings;
  gboolean said = FALSE;
  for (guint i = 0; i < findings->len; i++) {
    const HgAnnotatedFinding *finding = findings->pdata[i];
    g_assert_null(strstr(finding->evidence, "\xe2\x80\xae"));
    said |= strstr(finding->evidence, "\\u202Etoor") != NULL;
  }
  g_assert_true(said);
  clear(&marked);
}

/* Hops by hand; what came before somebody was reached carries nothing. */
static void test_reach(void) {
  Marked marked;
  mark(&marked, NULL);
  const HgAnnotation *suspect = host(&marked, "10.0.0.66");
  const HgAnnotation *first = host(&marked, "10.0.0.3"), *second = host(&marked, "10.0.0.4");
  g_assert_cmpuint(hg_annotation_hops(suspect, AT(11), 3), ==, 1);
  g_assert_cmpuint(hg_annotation_hops(suspect, AT(10), 2), ==, 0); /* before its first packet */
  g_assert_cmpuint(hg_annotation_hops(first, AT(5), 1), ==, 0);
  g_assert_cmpuint(hg_annotation_hops(first, AT(51), 44), ==, 2);
  g_assert_cmpuint(hg_annotation_hops(second, AT(53), 46), ==, 3);
  g_assert_cmpuint(hg_annotation_hops(host(&marked, "10.0.0.5"), AT(60), 60), ==, 0);
  g_assert_cmpuint(hg_annotation_hops(NULL, AT(60), 60), ==, 0);
  clear(&marked);
}

/* Whom the user red-flags begins a reach of its own, and stays the beginning. */
static void test_flagged(void) {
  char address[] = "10.0.0.3", *flagged[] = {address, NULL};
  const HgReportOptions options = {.top = 20, .suspects = flagged};
  Marked marked;
  mark(&marked, &options);
  g_assert_true(host(&marked, "10.0.0.3")->suspect);
  g_assert_cmpuint(hg_annotation_hops(host(&marked, "10.0.0.3"), AT(52), 45), ==, 1);
  g_assert_cmpuint(hg_annotation_hops(host(&marked, "10.0.0.4"), AT(53), 46), ==, 2);
  clear(&marked);
}

static void test_findings(void) {
  Marked marked;
  HgAddress peer;
  HgAddressBuffer buffer;
  mark(&marked, NULL);
  GPtrArray *findings = host(&marked, "10.0.0.66")->findings;
  HgAnnotatedFinding *scan = NULL;
  for (guint i = 0; i < findings->len; i++)
    if (strcmp(((HgAnnotatedFinding *)findings->pdata[i])->rule, "port-scan") == 0)
      scan = findings->pdata[i];
  g_assert_nonnull(scan);
  g_assert_cmpuint(scan->first_frame, ==, 3);
  g_assert_true(hg_address_parse("10.0.0.2", &peer, &buffer));
  g_assert_true(hg_annotated_finding_covers(scan, &peer, 3));
  g_assert_false(hg_annotated_finding_covers(scan, &peer, 2));
  g_assert_false(hg_annotated_finding_covers(scan, &peer, scan->last_frame + 1));
  g_assert_false(hg_annotated_finding_covers(scan, &(HgAddress){0}, 3));
  g_assert_true(hg_address_parse("10.0.0.3", &peer, &buffer));
  g_assert_false(hg_annotated_finding_covers(scan, &peer, 3));
  clear(&marked);
}

#define MAC "02:00:00:00:00:61"

/* A machine under one name has each finding once, under every address that it had. */
static void test_one_host_a_device(void) {
  static const char *const addresses[] = {"10.0.0.61", "fe80::61", MAC};
  Marked marked;
  g_autoptr(GString) script = g_string_new("1 " MAC " ff:ff:ff:ff:ff:ff ARP smac=" MAC "\n"
                                           "arp " MAC " 10.0.0.61 10.0.0.1\n"
                                           "2 fe80::61 ff02::fb MDNS udp=5353:5353 smac=" MAC "\n");
  for (guint port = 1; port <= 20; port++)
    g_string_append_printf(script,
                           "%u 10.0.0.61 10.0.0.2 TCP tcp=%u:%u:S seq=%u smac=" MAC "\n"
                           "%u.1 10.0.0.2 10.0.0.61 TCP tcp=%u:%u:RA\n",
                           10 + port, 5000 + port, port, port, 10 + port, port, 5000 + port);
  subject_init_by_device(&marked.subject, script->str, NULL);
  marked.marks = hg_annotations_new(marked.subject.report);
  for (guint i = 0; i < G_N_ELEMENTS(addresses); i++) {
    const GPtrArray *findings = host(&marked, addresses[i])->findings;
    guint scans = 0;
    for (guint k = 0; k < findings->len; k++)
      scans += strcmp(((HgAnnotatedFinding *)findings->pdata[k])->rule, "port-scan") == 0;
    g_assert_cmpuint(scans, ==, 1);
  }
  clear(&marked);
}

/* Marks stand alone: the report that they came from may go. */
static void test_outlive(void) {
  Marked marked;
  mark(&marked, NULL);
  subject_clear(&marked.subject);
  g_assert_true(host(&marked, "10.0.0.66")->suspect);
  hg_annotations_free(marked.marks);
  hg_annotations_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/marks/hosts", test_hosts);
  g_test_add_func("/marks/clean-evidence", test_clean_evidence);
  g_test_add_func("/marks/reach", test_reach);
  g_test_add_func("/marks/flagged", test_flagged);
  g_test_add_func("/marks/findings", test_findings);
  g_test_add_func("/marks/by-device", test_one_host_a_device);
  g_test_add_func("/marks/outlive", test_outlive);
  return g_test_run();
}

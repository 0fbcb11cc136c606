/* test_called_back.c - who is told an address and connects to it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#define ASKER "203.0.113.5"
#define SERVER "10.0.0.80"

/* A request to the server that names an address. */
#define ASKED(protocol, subject)                                                                   \
  "100 203.0.113.5 10.0.0.80 TCP tcp=4000:80:S seq=1\n"                                            \
  "100.1 10.0.0.80 203.0.113.5 TCP tcp=80:4000:SA\n"                                               \
  "100.2 203.0.113.5 10.0.0.80 " protocol " tcp=4000:80:PA payload=200\n"                          \
  "observe address-in-request 203.0.113.5 10.0.0.80 \"" subject "\" 200\n"

/* The server connects at this time. */
#define CALLED(time, to, port)                                                                     \
  time " 10.0.0.80 " to " TCP tcp=5000:" port ":S seq=9\n" time "1 " to " 10.0.0.80 TCP tcp=" port \
       ":5000:SA\n"

#define TOLD "80 1389\\t203.0.113.9"
#define HOME "203.0.113.9"

static void test_found(void) {
  Analysed a = analyse(ASKED("HTTP", TOLD) CALLED("101.5", HOME, "1389"), "called-back", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 2);
  const HgFinding *asked = finding_of(&a, ASKER), *obeyed = finding_of(&a, SERVER);
  g_assert_cmpstr(
      obeyed->evidence, ==,
      "203.0.113.5 sent a request to 10.0.0.80 port 80 that names 203.0.113.9; 1.3 s later "
      "10.0.0.80 connected to 203.0.113.9 port 1389 for the first time");
  g_assert_cmpstr(asked->evidence, ==, obeyed->evidence);
  g_assert_cmpuint(obeyed->first_frame, ==, 3);
  g_assert_cmpuint(obeyed->last_frame, ==, 4);
  g_assert_null(finding_of(&a, HOME));
  analysed_clear(&a);
}

static guint count(const char *script) {
  return count_findings(script, "called-back", NULL);
}

static void test_ports(void) {
  g_assert_cmpuint(count(ASKED("HTTP", "80 0\\t203.0.113.9") CALLED("101.5", HOME, "8000")), ==, 2);
  g_assert_cmpuint(count(ASKED("HTTP", TOLD) CALLED("101.5", HOME, "8000")), ==, 0);
  g_assert_cmpuint(count(ASKED("HTTP", "80 0\\t203.0.113.9") CALLED("101.5", HOME, "113")), ==, 0);
  g_assert_cmpuint(count(ASKED("HTTP", "80 4444\\t203.0.113.5") CALLED("101.5", ASKER, "4444")), ==,
                   2);
}

static void test_times(void) {
  g_assert_cmpuint(count(ASKED("HTTP", TOLD) CALLED("130.1", HOME, "1389")), ==, 2);
  g_assert_cmpuint(count(ASKED("HTTP", TOLD) CALLED("130.3", HOME, "1389")), ==, 0);
  /* Known before, on whatever port. */
  g_assert_cmpuint(
      count(CALLED("50.5", HOME, "53") ASKED("HTTP", TOLD) CALLED("101.5", HOME, "1389")), ==, 0);
}

static void test_by_design(void) {
  g_assert_cmpuint(count(ASKED("FTP", TOLD) CALLED("101.5", HOME, "1389")), ==, 0);
  g_assert_cmpuint(count(ASKED("SIP", TOLD) CALLED("101.5", HOME, "1389")), ==, 0);
}

/* What a server answers is no request. */
static void test_answers(void) {
  g_assert_cmpuint(
      count(
          "99 10.0.0.80 203.0.113.5 TCP tcp=4000:80:S seq=1\n"
          "99.1 203.0.113.5 10.0.0.80 TCP tcp=80:4000:SA\n"
          "100.2 203.0.113.5 10.0.0.80 HTTP tcp=80:4000:PA payload=200\n"
          "observe address-in-request 203.0.113.5 10.0.0.80 \"4000 1389\\t203.0.113.9\" 200\n" CALLED(
              "101.5", HOME, "1389")),
      ==, 0);
}

static void test_hostile(void) {
  g_assert_cmpuint(count(ASKED("HTTP", "") CALLED("101.5", HOME, "1389")), ==, 0);
  g_assert_cmpuint(count(ASKED("HTTP", "\\t") CALLED("101.5", HOME, "1389")), ==, 0);
  g_assert_cmpuint(count(ASKED("HTTP", "80 1389\\t10.0.0.80") CALLED("101.5", HOME, "1389")), ==,
                   0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/called-back/found", test_found);
  g_test_add_func("/called-back/ports", test_ports);
  g_test_add_func("/called-back/times", test_times);
  g_test_add_func("/called-back/by-design", test_by_design);
  g_test_add_func("/called-back/answers", test_answers);
  g_test_add_func("/called-back/hostile", test_hostile);
  return g_test_run();
}

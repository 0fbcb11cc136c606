/* test_icmp_tunnel.c - echoes that carry something, and pings that do not
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

#define ASKER "10.0.0.5"
#define ANSWERER "10.0.0.9"

/* `data`: what the digest of the data is made of. */
static void echo(GString *script, gboolean request, guint data, guint size) {
  const char *from = request ? ASKER : ANSWERER, *to = request ? ANSWERER : ASKER;
  const char *kind = request ? "request" : "reply";
  g_string_append_printf(script,
                         "10 %s %s ICMP echo=%s:7 len=%u\nobserve echo %s %s \"%s %016x\" %u\n",
                         from, to, kind, size + 42, from, to, kind, data, size);
}

/* Takes the script. */
static Analysed analyse_script(GString *script) {
  char *text = g_string_free(script, FALSE);
  const Analysed analysed = analyse(text, "icmp-tunnel", NULL);
  g_free(text);
  return analysed;
}

/* Takes the script. */
static guint findings(GString *script) {
  Analysed analysed = analyse_script(script);
  const guint count = hg_analysis_finding_count(analysed.analysis);
  analysed_clear(&analysed);
  return count;
}

/* `count` requests of `size`, each with data of its own, which the reply returns. */
static GString *changing(guint count, guint size) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    echo(script, TRUE, i, size);
    echo(script, FALSE, i, size);
  }
  return script;
}

static void test_changing_data(void) {
  Analysed analysed = analyse_script(changing(11, 65)); /* 10 changes each way */
  const HgFinding *finding = finding_of(&analysed, ASKER);
  g_assert_nonnull(finding);
  g_assert_cmpfloat(finding->observed, ==, 20);
  g_assert_true(hg_analysis_is_suspect(analysed.analysis, finding->host));
  g_assert_null(finding_of(&analysed, ANSWERER));
  g_assert_cmpuint(finding->first_frame, ==, 1);
  g_assert_cmpuint(finding->last_frame, ==, 22);
  analysed_clear(&analysed);
  g_assert_cmpuint(findings(changing(10, 65)), ==, 0);
  g_assert_cmpuint(findings(changing(500, 64)), ==, 0); /* no larger than pings */
}

static void test_much_data(void) {
  /* 9 changes each way, but large: 10 contents of 3 KB each way. */
  g_assert_cmpuint(findings(changing(10, 3000)), ==, 1);
  g_assert_cmpuint(findings(changing(10, 2000)), ==, 0);
}

static void test_replies_that_differ(void) {
  for (guint odd = 9; odd <= 10; odd++) {
    GString *script = g_string_new(NULL);
    for (guint i = 0; i < odd; i++) {
      echo(script, TRUE, 1, 32);
      echo(script, FALSE, 100 + i, 20 + i);
    }
    Analysed analysed = analyse_script(script);
    const HgFinding *finding = finding_of(&analysed, ASKER);
    g_assert_true((finding != NULL) == (odd == 10));
    g_assert_true(!finding || finding->threshold == 10);
    analysed_clear(&analysed);
  }
  /* A few damaged on a long way are no answers of their own. */
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 1000; i++) {
    echo(script, TRUE, 1, 56);
    echo(script, FALSE, i % 50 ? 1 : 100 + i, 56);
  }
  g_assert_cmpuint(findings(script), ==, 0);
}

static void test_ordinary_pings(void) {
  GString *flood = g_string_new(NULL), *sweep = g_string_new(NULL), *cut = g_string_new(NULL);
  for (guint i = 0; i < 500; i++) {
    echo(flood, TRUE, 1, 1472); /* the same, large, again and again */
    echo(flood, FALSE, 1, 1472);
    echo(sweep, TRUE, 1000 + i, 64 + i * 16); /* each size once: the path's MTU is looked for */
    echo(sweep, FALSE, 1000 + i, 64 + i * 16);
    echo(cut, TRUE, 1000 + i, 64 + i * 16); /* the same; the answer is cut, as some do */
    echo(cut, FALSE, 7, 64);
  }
  g_assert_cmpuint(findings(flood), ==, 0);
  g_assert_cmpuint(findings(sweep), ==, 0);
  g_assert_cmpuint(findings(cut), ==, 0);
}

/* Only replies were captured: nobody was seen to ask. */
static void test_replies_alone(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 50; i++)
    echo(script, FALSE, i, 500);
  Analysed analysed = analyse_script(script);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 0);
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
  analysed_clear(&analysed);
}

static void test_data_cut_off(void) {
  Analysed analysed = analyse("1 10.0.0.5 10.0.0.9 ICMP echo=request:7\n", "icmp-tunnel", NULL);
  g_assert_cmpuint(hg_analysis_not_assessed_count(analysed.analysis), ==, 1);
  analysed_clear(&analysed);
}

static void test_strange_subjects(void) {
  GString *script = changing(11, 100);
  g_string_append(script, "observe echo 10.0.0.5 10.0.0.9 \"\" 5\n"
                          "observe echo 10.0.0.5 - \"request 1\" 5\n"
                          "observe echo 10.0.0.5 10.0.0.9 request 5\n");
  g_assert_cmpuint(findings(script), ==, 1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/icmp-tunnel/changing", test_changing_data);
  g_test_add_func("/icmp-tunnel/much", test_much_data);
  g_test_add_func("/icmp-tunnel/replies-differ", test_replies_that_differ);
  g_test_add_func("/icmp-tunnel/pings", test_ordinary_pings);
  g_test_add_func("/icmp-tunnel/replies-alone", test_replies_alone);
  g_test_add_func("/icmp-tunnel/cut-off", test_data_cut_off);
  g_test_add_func("/icmp-tunnel/strange", test_strange_subjects);
  return g_test_run();
}

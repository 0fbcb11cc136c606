/* test_web.c - HTTP: disguised executables, posts to addresses, scans of web servers, injections
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

#define CLIENT "10.0.0.66"
#define OUTSIDE "192.0.2.1"
#define INSIDE "10.0.0.9"

/* Of a script of observations, each with a packet from client to server before it: "SECONDS CLIENT SERVER KIND
 * SUBJECT". */
static void observe(GString *script, double seconds, const char *client, const char *server,
                    const char *kind, const char *subject) {
  g_string_append_printf(script,
                         "%.3f %s %s HTTP tcp=4000:80:PA payload=90\n"
                         "observe %s %s %s \"%s\"\n",
                         seconds, client, server, kind, client, server, subject);
}

/* Takes the script. Strength of the host's finding; 0: it has none. */
static double strength_of(GString *script, const char *rule, const char *host,
                          const char *setting) {
  g_autofree char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, rule, setting);
  const HgFinding *finding = finding_of(&analysed, host);
  const double strength = finding ? finding->strength : 0;
  analysed_clear(&analysed);
  return strength;
}

/* --- download --- */

static double download(const char *client, const char *server, const char *subject) {
  GString *script = g_string_new(BOTH_WAYS);
  observe(script, 10, client, server, "download", subject);
  return strength_of(script, "download", client, NULL);
}

static void test_download(void) {
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=image name=none host=name"), >=, 0.6);
  g_assert_cmpfloat(download(CLIENT, INSIDE, "ELF type=none name=image host=address"), >=, 0.6);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=executable host=address"), >=,
                    0.6);
  /* Weak: no suspect alone. */
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=none host=name"), ==, 0.28);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=none host=delivery"), ==, 0.28);
  /* More signs are more. */
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=image name=none host=address"), >,
                    download(CLIENT, OUTSIDE, "PE type=image name=none host=name"));
}

static void test_no_download(void) {
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=executable host=name"), ==, 0);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=text name=executable host=name"), ==, 0);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=executable host=delivery"), ==, 0);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=none name=unknown host=unknown"), ==, 0);
  /* Within the network servers are called by their addresses. */
  g_assert_cmpfloat(download(CLIENT, INSIDE, "PE type=none name=none host=address"), ==, 0);
  /* What somebody outside gets from us is not his doing. */
  g_assert_cmpfloat(download(OUTSIDE, INSIDE, "PE type=image name=none host=name"), ==, 0);
  g_assert_cmpfloat(download(CLIENT, OUTSIDE, "PE type=nonsense name=none host=name"), ==, 0);
}

/* --- bare-post --- */

static GString *posts(guint times, const char *client, const char *server, const char *subject) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < times; i++)
    observe(script, 10 + i * 60, client, server, "address-post", subject);
  return script;
}

static void test_posts(void) {
  const char *data = "data 00000000000000aa";
  g_assert_cmpfloat(strength_of(posts(2, CLIENT, OUTSIDE, data), "bare-post", CLIENT, NULL), >=,
                    0.6);
  g_assert_cmpfloat(strength_of(posts(1, CLIENT, OUTSIDE, data), "bare-post", CLIENT, NULL), ==,
                    0.1);
  g_assert_cmpfloat(
      strength_of(posts(2, CLIENT, OUTSIDE, data), "bare-post", CLIENT, "bare-post.posts=3"), ==,
      0.1);
  g_assert_cmpfloat(strength_of(posts(9, CLIENT, INSIDE, data), "bare-post", CLIENT, NULL), ==, 0);
  g_assert_cmpfloat(strength_of(posts(9, OUTSIDE, INSIDE, data), "bare-post", OUTSIDE, NULL), ==,
                    0);
  g_assert_cmpfloat(strength_of(posts(9, CLIENT, OUTSIDE, "protocol 00000000000000aa"), "bare-post",
                                CLIENT, NULL),
                    ==, 0);
}

/* Different URIs, each once. */
static void test_other_posts(void) {
  GString *script = posts(1, CLIENT, OUTSIDE, "data 00000000000000aa");
  observe(script, 90, CLIENT, OUTSIDE, "address-post", "data 00000000000000ab");
  g_assert_cmpfloat(strength_of(script, "bare-post", CLIENT, NULL), ==, 0.1);
}

/* One finding, so that many weak ones do not add up. */
static void test_servers(void) {
  g_autofree char *text = NULL;
  GString *script = posts(1, CLIENT, OUTSIDE, "data 00000000000000aa");
  observe(script, 90, CLIENT, "192.0.2.2", "address-post", "data 00000000000000aa");
  observe(script, 91, CLIENT, "192.0.2.3", "address-post", "data 00000000000000aa");
  text = g_string_free(script, FALSE);
  g_assert_cmpuint(count_findings(text, "bare-post", NULL), ==, 1);
  g_assert_cmpfloat(strength_of(g_string_new(text), "bare-post", CLIENT, NULL), ==, 0.1);
}

/* A form of a page that the client got there, and one that nobody gave it. */
static void test_forms(void) {
  GString *page = g_string_new(BOTH_WAYS);
  observe(page, 5, CLIENT, OUTSIDE, "web-answer", "found");
  for (guint i = 0; i < 3; i++)
    observe(page, 10 + i, CLIENT, OUTSIDE, "address-post", "form 00000000000000aa");
  g_assert_cmpfloat(strength_of(page, "bare-post", CLIENT, NULL), ==, 0);
  g_assert_cmpfloat(
      strength_of(posts(3, CLIENT, OUTSIDE, "form 00000000000000aa"), "bare-post", CLIENT, NULL),
      >=, 0.6);
}

/* --- web-scan --- */

/* `missing` different paths that are not there, `gap` seconds apart, and `found` requests that were
 * answered. */
static GString *visit(guint missing, guint found, double gap) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < missing; i++) {
    char subject[32];
    g_snprintf(subject, sizeof subject, "missing %016x", i);
    observe(script, 10 + i * gap, CLIENT, INSIDE, "web-answer", subject);
  }
  for (guint i = 0; i < found; i++)
    observe(script, 11, CLIENT, INSIDE, "web-answer", "found");
  return script;
}

static void test_paths(void) {
  g_assert_cmpfloat(strength_of(visit(50, 0, 1), "web-scan", CLIENT, NULL), >=, 0.6);
  g_assert_cmpfloat(strength_of(visit(50, 50, 1), "web-scan", CLIENT, NULL), >=, 0.6);
  g_assert_cmpfloat(strength_of(visit(50, 51, 1), "web-scan", CLIENT, NULL), ==, 0);
  /* In any time, where hardly anything is there. */
  g_assert_cmpfloat(strength_of(visit(30, 7, 60), "web-scan", CLIENT, NULL), >=, 0.6);
  g_assert_cmpfloat(strength_of(visit(30, 8, 60), "web-scan", CLIENT, NULL), ==, 0);
  g_assert_cmpfloat(strength_of(visit(29, 0, 1), "web-scan", CLIENT, NULL), ==, 0);
}

/* One path, as often as may be. */
static void test_one_path(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 500; i++)
    observe(script, 10 + i * 0.1, CLIENT, INSIDE, "web-answer", "missing 0000000000000001");
  g_assert_cmpfloat(strength_of(script, "web-scan", CLIENT, NULL), ==, 0);
}

static void test_names(void) {
  GString *script = g_string_new(BOTH_WAYS);
  observe(script, 10, CLIENT, INSIDE, "scanner", "Nikto");
  observe(script, 11, CLIENT, "10.0.0.10", "scanner", "Nikto");
  observe(script, 12, CLIENT, "10.0.0.11", "scanner", "sqlmap");
  g_autofree char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "web-scan", NULL);
  g_assert_cmpuint(hg_analysis_finding_count(analysed.analysis), ==, 1);
  g_assert_cmpfloat(finding_of(&analysed, CLIENT)->strength, >=, 0.6);
  g_assert_cmpstr(finding_of(&analysed, CLIENT)->evidence, ==,
                  CLIENT " sends HTTP requests to " INSIDE
                         ", 10.0.0.10 and 10.0.0.11 and says that it is Nikto, sqlmap");
  analysed_clear(&analysed);
}

/* --- injection --- */

static GString *injections(guint times, double gap, const char *subject) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < times; i++)
    observe(script, 10 + i * gap, CLIENT, INSIDE, "injection", subject);
  return script;
}

static void test_injections(void) {
  g_assert_cmpfloat(strength_of(injections(1, 1, "jndi header"), "injection", CLIENT, NULL), >=,
                    0.6);
  g_assert_cmpfloat(strength_of(injections(5, 2, "sql target"), "injection", CLIENT, NULL), >=,
                    0.6);
  g_assert_cmpfloat(strength_of(injections(4, 2, "sql target"), "injection", CLIENT, NULL), ==,
                    0.25);
  g_assert_cmpfloat(strength_of(injections(5, 100, "sql target"), "injection", CLIENT, NULL), ==,
                    0.25);
  /* Within one second, too. */
  g_assert_cmpfloat(strength_of(injections(5, 0.1, "sql target"), "injection", CLIENT, NULL), >=,
                    0.6);
  g_assert_cmpfloat(
      strength_of(injections(9, 1, "sql target forwarded"), "injection", CLIENT, NULL), ==, 0.25);
  g_assert_cmpfloat(strength_of(injections(9, 1, "nonsense"), "injection", CLIENT, NULL), ==, 0);
}

/* What is measured belongs to the threshold that it is beyond: one that nobody sends by chance, or some. */
static void test_measured(void) {
  static const struct {
    const char *what;
    guint count;
    double observed, threshold;
  } cases[] = {{"jndi header", 1, 1, 1}, {"jndi header", 7, 7, 5}, {"sql target", 6, 6, 5}};
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *script = injections(cases[i].count, 1, cases[i].what);
    Analysed analysed = analyse(script->str, "injection", NULL);
    const HgFinding *finding = finding_of(&analysed, CLIENT);
    g_assert_cmpfloat(finding->observed, ==, cases[i].observed);
    g_assert_cmpfloat(finding->threshold, ==, cases[i].threshold);
    analysed_clear(&analysed);
    g_string_free(script, TRUE);
  }
}

/* From outside to a front-end, and on to what is behind it. */
static void test_passed_on(void) {
  const char *front = "10.0.0.8";
  GString *script = g_string_new(BOTH_WAYS);
  for (guint i = 0; i < 9; i++) {
    observe(script, 10 + i, OUTSIDE, front, "injection", "file target");
    observe(script, 10.2 + i, front, INSIDE, "injection", "file target");
  }
  g_autofree char *text = g_string_free(script, FALSE);
  g_assert_cmpfloat(strength_of(g_string_new(text), "injection", OUTSIDE, NULL), >=, 0.6);
  g_assert_cmpfloat(strength_of(g_string_new(text), "injection", front, NULL), ==, 0.25);
}

/* What was sent is in no finding. */
static void test_evidence(void) {
  g_autofree char *text = g_string_free(injections(3, 1, "sql target"), FALSE);
  Analysed analysed = analyse(text, "injection", NULL);
  g_assert_cmpstr(finding_of(&analysed, CLIENT)->evidence, ==,
                  CLIENT " sent injections to " INSIDE ": SQL in the address asked for (3)");
  analysed_clear(&analysed);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/web/download", test_download);
  g_test_add_func("/web/no-download", test_no_download);
  g_test_add_func("/web/posts", test_posts);
  g_test_add_func("/web/other-posts", test_other_posts);
  g_test_add_func("/web/servers", test_servers);
  g_test_add_func("/web/forms", test_forms);
  g_test_add_func("/web/paths", test_paths);
  g_test_add_func("/web/one-path", test_one_path);
  g_test_add_func("/web/names", test_names);
  g_test_add_func("/web/injections", test_injections);
  g_test_add_func("/web/measured", test_measured);
  g_test_add_func("/web/passed-on", test_passed_on);
  g_test_add_func("/web/evidence", test_evidence);
  return g_test_run();
}

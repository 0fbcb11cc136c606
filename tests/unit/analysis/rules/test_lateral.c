/* test_lateral.c - hosts that take control of others
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"

#include <string.h>

static void act(GString *script, double time, const char *actor, const char *target,
                const char *means) {
  g_string_append_printf(script,
                         "%.1f %s %s SMB2 tcp=4000:445:PA payload=100\n"
                         "observe remote-control %s %s %s\n",
                         time, actor, target, actor, target, means);
}

/* Takes the script. Score of the host. */
static double score_of(GString *script, const char *host) {
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "lateral-movement", NULL);
  const HgHost *found = host_of(&analysed, host);
  const double score = found ? hg_analysis_score(analysed.analysis, found->number) : 0;
  analysed_clear(&analysed);
  g_free(text);
  return score;
}

static double one_act(const char *actor, const char *target, const char *means, const char *host) {
  GString *script = g_string_new(NULL);
  act(script, 1, actor, target, means);
  return score_of(script, host);
}

static void test_means(void) {
  static const char *const strong[] = {"smb1-exploit",   "smb1-overflow", "remote-shell",
                                       "service-create", "task",          "wmi",
                                       "registry"},
                           *const weak[] = {"service-start", "admin-share", "program"};
  for (guint i = 0; i < G_N_ELEMENTS(strong); i++) {
    g_assert_cmpfloat(one_act("10.0.0.5", "10.0.0.9", strong[i], "10.0.0.5"), >=, 50);
    g_assert_cmpfloat(one_act("10.0.0.5", "10.0.0.9", strong[i], "10.0.0.9"), ==, 0);
  }
  for (guint i = 0; i < G_N_ELEMENTS(weak); i++) {
    const double score = one_act("10.0.0.5", "10.0.0.9", weak[i], "10.0.0.5");
    g_assert_cmpfloat(score, >, 0);
    g_assert_cmpfloat(score, <, 50);
  }
}

/* From outside only an attack as such is one; to outside it is no movement within the network. */
static void test_scopes(void) {
  g_assert_cmpfloat(one_act("203.0.113.9", "10.0.0.9", "smb1-exploit", "203.0.113.9"), >=, 50);
  g_assert_cmpfloat(one_act("203.0.113.9", "10.0.0.9", "service-create", "203.0.113.9"), ==, 0);
  g_assert_cmpfloat(one_act("10.0.0.5", "203.0.113.9", "service-create", "10.0.0.5"), ==, 0);
  g_assert_cmpfloat(one_act("10.0.0.5", "10.0.0.5", "service-create", "10.0.0.5"), ==, 0);
  g_assert_cmpfloat(one_act("10.0.0.5", "10.0.0.9", "nonsense", "10.0.0.5"), ==, 0);
}

/* An inventory system looks at C$ everywhere: that many make no suspect. */
static void test_many_weak(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 50; i++) {
    char target[16];
    g_snprintf(target, sizeof target, "10.0.1.%u", i + 1);
    act(script, i, "10.0.0.5", target, "admin-share");
  }
  const double score = score_of(script, "10.0.0.5");
  g_assert_cmpfloat_with_epsilon(score, 27, 1e-9);
}

static void test_several(void) {
  GString *one = g_string_new(NULL), *three = g_string_new(NULL);
  act(one, 1, "10.0.0.5", "10.0.0.9", "task");
  act(one, 2, "10.0.0.5", "10.0.0.9", "task");
  for (guint i = 0; i < 3; i++) {
    char target[16];
    g_snprintf(target, sizeof target, "10.0.1.%u", i + 1);
    act(three, i, "10.0.0.5", target, "task");
  }
  const double lonely = score_of(one, "10.0.0.5");
  g_assert_cmpfloat(score_of(three, "10.0.0.5"), >, lonely + 15);
}

/* Each alone is what administrators do all day; a program that is put there and started is not, unless
 * one is put here and another started there. */
static void test_together(void) {
  GString *one = g_string_new(NULL), *two = g_string_new(NULL), *looked = g_string_new(NULL);
  act(one, 1, "10.0.0.5", "10.0.0.9", "program");
  act(one, 2, "10.0.0.5", "10.0.0.9", "service-start");
  g_assert_cmpfloat(score_of(one, "10.0.0.5"), >=, 50);
  act(two, 1, "10.0.0.5", "10.0.0.9", "program");
  act(two, 2, "10.0.0.5", "10.0.0.12", "service-start");
  g_assert_cmpfloat(score_of(two, "10.0.0.5"), <, 50);
  act(looked, 1, "10.0.0.5", "10.0.0.9", "admin-share");
  act(looked, 2, "10.0.0.5", "10.0.0.9", "service-start");
  g_assert_cmpfloat(score_of(looked, "10.0.0.5"), <, 50);
}

static GString *chain(double second) {
  GString *script = g_string_new(NULL);
  act(script, 1, "10.0.0.5", "10.0.0.9", "remote-shell");
  act(script, second, "10.0.0.9", "10.0.0.12", "service-start");
  return script;
}

/* A host that is taken control of and then takes control of others is a hop; in the other order it
 * is not. */
static void test_chain(void) {
  char *text = g_string_free(chain(2), FALSE);
  Analysed analysed = analyse(text, "lateral-movement", NULL);
  const HgFinding *hop = finding_of(&analysed, "10.0.0.9");
  g_assert_nonnull(hop);
  g_assert_nonnull(strstr(hop->evidence, "in frame 1, 10.0.0.5"));
  analysed_clear(&analysed);
  g_free(text);
  g_assert_cmpfloat(score_of(chain(2), "10.0.0.9"), >, 50);
  g_assert_cmpfloat(score_of(chain(0.5), "10.0.0.9"), <, 50);
}

/* SSH to so many servers. */
static GString *logins(guint servers, guint port) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < servers; i++)
    g_string_append_printf(script,
                           "%u 10.0.0.5 10.0.1.%u TCP tcp=%u:%u:S seq=1\n"
                           "%u.1 10.0.1.%u 10.0.0.5 TCP tcp=%u:%u:SA\n",
                           i + 1, i + 1, 4000 + i, port, i + 1, i + 1, port, 4000 + i);
  return script;
}

static void test_sessions(void) {
  g_assert_cmpfloat_with_epsilon(score_of(logins(5, 22), "10.0.0.5"), 27, 1e-9);
  g_assert_cmpfloat_with_epsilon(score_of(logins(40, 3389), "10.0.0.5"), 27, 1e-9);
  /* Nor with what always comes along. */
  g_assert_cmpfloat(1 - (1 - 0.27) * (1 - hg_rule_find("volume-outlier")->weight), <, 0.5);
  g_assert_cmpfloat(score_of(logins(4, 22), "10.0.0.5"), ==, 0);
  g_assert_cmpfloat(score_of(logins(40, 443), "10.0.0.5"), ==, 0);
  GString *taken = logins(5, 22);
  g_string_prepend(taken, "0.1 10.0.0.66 10.0.0.5 SMB2 tcp=4000:445:PA payload=100\n"
                          "observe remote-control 10.0.0.66 10.0.0.5 remote-shell\n");
  g_assert_cmpfloat(score_of(taken, "10.0.0.5"), >, 50);
}

/* An administrator works on a host, and from there on others: no hop of an attack. */
static void test_administrators(void) {
  GString *script = logins(6, 22);
  for (guint i = 0; i < 6; i++)
    g_string_append_printf(script,
                           "%u 10.0.1.1 10.0.2.%u TCP tcp=%u:22:S seq=1\n"
                           "%u.1 10.0.2.%u 10.0.1.1 TCP tcp=22:%u:SA\n",
                           i + 10, i + 1, 4000 + i, i + 10, i + 1, 4000 + i);
  g_assert_cmpfloat_with_epsilon(score_of(script, "10.0.1.1"), 27, 1e-9);
}

/* A host that acts back on its attacker did not pass on what came later. */
static void test_back_and_forth(void) {
  GString *script = g_string_new(NULL);
  act(script, 1, "10.0.0.5", "10.0.0.9", "task");
  act(script, 2, "10.0.0.9", "10.0.0.5", "task");
  act(script, 3, "10.0.0.5", "10.0.0.9", "task");
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "lateral-movement", NULL);
  g_assert_null(strstr(finding_of(&analysed, "10.0.0.5")->evidence, "before"));
  g_assert_nonnull(strstr(finding_of(&analysed, "10.0.0.9")->evidence, "before, in frame 1"));
  analysed_clear(&analysed);
  g_free(text);
}

static void test_filter(void) {
  GString *script = g_string_new(NULL);
  act(script, 1, "10.0.0.5", "10.0.0.9", "admin-share");
  act(script, 2, "10.0.0.5", "10.0.0.9", "service-create");
  char *text = g_string_free(script, FALSE);
  Analysed analysed = analyse(text, "lateral-movement", NULL);
  const HgFinding *finding = finding_of(&analysed, "10.0.0.5");
  g_assert_cmpstr(finding->filter, ==, "frame.number in {1, 2}");
  g_assert_cmpfloat(finding->observed, ==, 1);
  analysed_clear(&analysed);
  g_free(text);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/lateral/means", test_means);
  g_test_add_func("/lateral/scopes", test_scopes);
  g_test_add_func("/lateral/many-weak", test_many_weak);
  g_test_add_func("/lateral/several", test_several);
  g_test_add_func("/lateral/together", test_together);
  g_test_add_func("/lateral/chain", test_chain);
  g_test_add_func("/lateral/sessions", test_sessions);
  g_test_add_func("/lateral/administrators", test_administrators);
  g_test_add_func("/lateral/back-and-forth", test_back_and_forth);
  g_test_add_func("/lateral/filter", test_filter);
  return g_test_run();
}

/* test_analysis.c - choosing rules, changing parameters, scores and the order of what was found
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analyse.h"

#include <string.h>

static void test_rule_table(void) {
  const char *last = "";
  for (guint i = 0; hg_rules[i]; i++) {
    const HgRule *rule = hg_rules[i];
    g_assert_cmpstr(last, <, rule->id);
    g_assert_true(hg_rule_find(rule->id) == rule);
    g_assert_true(rule->title && rule->what && rule->source && rule->false_positive_if &&
                  rule->attack);
    g_assert_true(rule->weight >= 0 && rule->weight <= 1);
    g_assert_true((rule->kind == HG_FINDING_SUSPICION) == (rule->weight > 0));
    for (const HgParameter *p = rule->parameters; p && p->name; p++) {
      g_assert_true(p->min <= p->value && p->value <= p->max);
      g_assert_true(p->unit && p->what);
      g_assert_true(hg_rule_find_parameter(rule, p->name) == p);
    }
    last = rule->id;
  }
  g_assert_null(hg_rule_find("no-such-rule"));
  g_assert_null(hg_rule_find_parameter(hg_rule_find("port-scan"), "no-such-parameter"));
  g_assert_null(hg_rule_find_parameter(hg_rule_find("cleartext-login"), "ports"));
}

static void test_choosing_rules(void) {
  const HgRule *scan = hg_rule_find("port-scan"), *beacon = hg_rule_find("beacon");
  HgAnalysisOptions *options = hg_analysis_options_new();
  g_assert_true(hg_analysis_options_enabled(options, scan));
  g_assert_true(hg_analysis_options_rule(options, "-port-scan", NULL));
  g_assert_false(hg_analysis_options_enabled(options, scan));
  g_assert_true(hg_analysis_options_enabled(options, beacon));
  g_assert_true(hg_analysis_options_rule(options, "port-scan", NULL));
  g_assert_true(hg_analysis_options_enabled(options, scan));
  g_assert_false(hg_analysis_options_enabled(options, beacon));
  g_assert_true(hg_analysis_options_rule(options, "beacon", NULL));
  g_assert_true(hg_analysis_options_enabled(options, scan));
  g_assert_true(hg_analysis_options_enabled(options, beacon));
  hg_analysis_options_free(options);
  hg_analysis_options_free(NULL);
}

static void test_bad_options(void) {
  static const struct {
    const char *setting, *message; /* what the message has to name */
  } bad[] = {
      {"port-scan.ports", "RULE.PARAMETER=VALUE"},
      {"ports=3", "RULE.PARAMETER=VALUE"},
      {"", "RULE.PARAMETER=VALUE"},
      {"nonsense.ports=3", "the rules are address-scan, "},
      {"port-scan.nonsense=3", "ports (1 to 65535 ports)"},
      {"cleartext-login.ports=3", "has no parameter \"ports\""},
      {"port-scan.ports=0", "port-scan.ports accepts 1 to 65535 ports, not \"0\""},
      {"port-scan.ports=65536", "1 to 65535"},
      {"port-scan.ports=", "1 to 65535"},
      {"port-scan.ports=3x", "1 to 65535"},
      {"port-scan.ports= 3", "1 to 65535"},
      {"port-scan.ports=3,5", "1 to 65535"},
      {"port-scan.ports=nan", "1 to 65535"},
      {"port-scan.ports=inf", "1 to 65535"},
      {"beacon.score=1.1", "0.1 to 1"},
  };
  HgAnalysisOptions *options = hg_analysis_options_new();
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    GError *error = NULL;
    g_assert_false(hg_analysis_options_set(options, bad[i].setting, &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_assert_nonnull(strstr(error->message, bad[i].message));
    g_clear_error(&error);
  }
  for (guint i = 0; i < 3; i++) {
    static const char *const names[] = {"nonsense", "-nonsense", ""};
    GError *error = NULL;
    g_assert_false(hg_analysis_options_rule(options, names[i], &error));
    g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
    g_assert_nonnull(strstr(error->message, "port-scan"));
    g_clear_error(&error);
  }
  hg_analysis_options_free(options);
}

static void test_setting_parameters(void) {
  const HgRule *rule = hg_rule_find("beacon");
  HgAnalysisOptions *options = hg_analysis_options_new();
  g_assert_cmpfloat(hg_analysis_options_parameter(options, rule, "score"), ==, 0.8);
  g_assert_true(hg_analysis_options_set(options, "beacon.score=0.5", NULL));
  g_assert_true(hg_analysis_options_set(options, "beacon.score=0.625", NULL));
  g_assert_cmpfloat(hg_analysis_options_parameter(options, rule, "score"), ==, 0.625);
  g_assert_cmpfloat(hg_analysis_options_parameter(options, rule, "connections"), ==, 10);
  hg_analysis_options_free(options);
}

/* 10.0.0.1 scans ports of two hosts (15 and 150), 10.0.0.3 of one (15). */
static char *scans(void) {
  static const struct { guint from, to, ports; } scan[] = {{3, 4, 15}, {1, 2, 15}, {1, 4, 150}};
  GString *script = g_string_new(BOTH_WAYS);
  for (guint s = 0; s < G_N_ELEMENTS(scan); s++)
    for (guint i = 0; i < scan[s].ports; i++)
      g_string_append_printf(script, "%u 10.0.0.%u 10.0.0.%u TCP tcp=%u:%u:S seq=%u\n", s * 200 + i,
                             scan[s].from, scan[s].to, 30000 + i, 1 + i, i);
  return g_string_free(script, FALSE);
}

static void test_score_and_order(void) {
  char *script = scans();
  Analysed a = analyse(script, "port-scan", NULL);
  const double weight = hg_rule_find("port-scan")->weight;
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 3);
  const HgFinding *first = hg_analysis_finding(a.analysis, 0);
  const HgFinding *second = hg_analysis_finding(a.analysis, 1);
  const HgFinding *third = hg_analysis_finding(a.analysis, 2);
  const guint32 worst = host_of(&a, "10.0.0.1")->number, other = host_of(&a, "10.0.0.3")->number;
  g_assert_cmpuint(first->host, ==, worst); /* by score, ... */
  g_assert_cmpuint(second->host, ==, worst);
  g_assert_cmpuint(third->host, ==, other);
  g_assert_cmpuint(first->first_frame, <, second->first_frame); /* ... then by frame */
  g_assert_cmpfloat_with_epsilon(first->strength, 0.6, 1e-9);
  g_assert_cmpfloat_with_epsilon(second->strength, 1, 1e-9); /* ten times the threshold */
  g_assert_cmpfloat_with_epsilon(hg_analysis_score(a.analysis, worst),
                                 100 * (1 - (1 - weight * 0.6) * (1 - weight)), 1e-9);
  g_assert_cmpfloat_with_epsilon(hg_analysis_score(a.analysis, other), 100 * weight * 0.6, 1e-9);
  g_assert_cmpfloat(hg_analysis_score(a.analysis, host_of(&a, "10.0.0.2")->number), ==, 0);
  g_assert_cmpuint(hg_analysis_scored_count(a.analysis), ==, 2);
  g_assert_cmpuint(hg_analysis_scored(a.analysis, 0), ==, worst);
  g_assert_cmpuint(hg_analysis_scored(a.analysis, 1), ==, other);
  g_assert_true(hg_analysis_is_suspect(a.analysis, worst));
  g_assert_false(hg_analysis_is_suspect(a.analysis, host_of(&a, "10.0.0.4")->number));
  analysed_clear(&a);
  g_free(script);
}

/* Equal scores: by address as a number, so 10.0.0.9 comes before 10.0.0.10. */
static void test_ties(void) {
  GString *script = g_string_new(BOTH_WAYS);
  for (guint s = 0; s < 3; s++)
    for (guint i = 0; i < 15; i++)
      g_string_append_printf(script, "%u 10.0.0.%u 10.0.0.100 TCP tcp=%u:%u:S seq=%u\n", s * 20 + i,
                             s == 0   ? 10
                             : s == 1 ? 200
                                      : 9,
                             30000 + i, 1 + i, i);
  Analysed a = analyse(script->str, "port-scan", NULL);
  static const char *const order[] = {"10.0.0.9", "10.0.0.10", "10.0.0.200"};
  g_assert_cmpuint(hg_analysis_scored_count(a.analysis), ==, 3);
  for (guint i = 0; i < 3; i++) {
    const guint32 host = host_of(&a, order[i])->number;
    g_assert_cmpuint(hg_analysis_scored(a.analysis, i), ==, host);
    g_assert_cmpuint(hg_analysis_finding(a.analysis, i)->host, ==, host);
  }
  analysed_clear(&a);
  g_string_free(script, TRUE);
}

/* Exposures stand behind suspicions and make nobody a suspect. */
static void test_exposures(void) {
  char *scan = scans();
  char *script =
      g_strconcat("0.05 10.0.0.200 10.0.0.4 HTTP tcp=4000:80:PA payload=10\n", scan, NULL);
  Analysed a = analyse(script, NULL, NULL);
  const guint count = hg_analysis_finding_count(a.analysis);
  const HgFinding *exposure = hg_analysis_finding(a.analysis, count - 1);
  g_assert_cmpstr(exposure->rule->id, ==, "cleartext-protocol");
  for (guint i = 1; i < count; i++)
    g_assert_cmpint(hg_analysis_finding(a.analysis, i - 1)->kind, <=,
                    hg_analysis_finding(a.analysis, i)->kind);
  g_assert_cmpfloat(hg_analysis_score(a.analysis, exposure->host), ==, 0);
  analysed_clear(&a);
  g_free(script);
  g_free(scan);
}

static void test_empty(void) {
  Analysed a = analyse("", NULL, NULL);
  g_assert_cmpuint(hg_analysis_finding_count(a.analysis), ==, 0);
  g_assert_cmpuint(hg_analysis_scored_count(a.analysis), ==, 0);
  analysed_clear(&a);
  hg_analysis_free(NULL);
  hg_finding_free(NULL);
  hg_trace_free(NULL);
}

/* evidence=no: what needs evidence is named as not assessed, the rest runs. */
static void test_without_evidence(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.evidence = FALSE;
  HgTally *tally =
      hg_script_tally_with("1 10.0.0.1 10.0.0.2 FTP tcp=4000:21:PA payload=5\n", &options);
  Analysed a = analyse_tally(tally, NULL, NULL);
  gboolean login = FALSE;
  for (guint i = 0; i < hg_analysis_not_assessed_count(a.analysis); i++) {
    const HgNotAssessed *entry = hg_analysis_not_assessed(a.analysis, i);
    if (g_str_equal(entry->rule->id, "cleartext-login")) {
      login = TRUE;
      g_assert_nonnull(strstr(entry->why, "evidence=no"));
    }
    g_assert_cmpstr(entry->rule->id, !=, "cleartext-protocol");
  }
  g_assert_true(login);
  g_assert_nonnull(finding_of(&a, "10.0.0.1"));
  analysed_clear(&a);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/analysis/rule-table", test_rule_table);
  g_test_add_func("/analysis/choosing-rules", test_choosing_rules);
  g_test_add_func("/analysis/bad-options", test_bad_options);
  g_test_add_func("/analysis/setting-parameters", test_setting_parameters);
  g_test_add_func("/analysis/score-and-order", test_score_and_order);
  g_test_add_func("/analysis/ties", test_ties);
  g_test_add_func("/analysis/exposures", test_exposures);
  g_test_add_func("/analysis/empty", test_empty);
  g_test_add_func("/analysis/without-evidence", test_without_evidence);
  return g_test_run();
}

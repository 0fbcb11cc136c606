/* analysis_options.c - which rules run, with which parameters
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis_options_private.h"

#include "analysis/basics/wording.h"

#include <math.h>

struct HgAnalysisOptions {
  gboolean only_named;    /* rule=ID was given: only the named rules run */
  GHashTable *named;      /* HgRule -> itself */
  GHashTable *disabled;   /* HgRule -> itself */
  const HgTally *normal;  /* borrowed; NULL: no baseline */
  GHashTable *parameters; /* HgParameter -> double, owned; only those that were set */
  HgAllowDenyList *lists[HG_LIST_COUNT];
};

HgAnalysisOptions *hg_analysis_options_new(void) {
  HgAnalysisOptions *options = g_new0(HgAnalysisOptions, 1);
  options->named = g_hash_table_new(NULL, NULL);
  options->disabled = g_hash_table_new(NULL, NULL);
  options->parameters = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  for (guint i = 0; i < HG_LIST_COUNT; i++)
    options->lists[i] = hg_allow_deny_list_new();
  return options;
}

void hg_analysis_options_free(HgAnalysisOptions *options) {
  if (!options)
    return;
  g_hash_table_destroy(options->named);
  g_hash_table_destroy(options->disabled);
  g_hash_table_destroy(options->parameters);
  for (guint i = 0; i < HG_LIST_COUNT; i++)
    hg_allow_deny_list_free(options->lists[i]);
  g_free(options);
}

static void copy_entries(GHashTable *into, GHashTable *from) {
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init(&iter, from);
  while (g_hash_table_iter_next(&iter, &key, NULL))
    g_hash_table_add(into, key);
}

HgAnalysisOptions *hg_analysis_options_pseudonymize(const HgAnalysisOptions *options,
                                                    const HgPseudonyms *pseudonyms,
                                                    const HgTally *tally) {
  HgAnalysisOptions *copy = hg_analysis_options_new();
  GHashTableIter iter;
  gpointer parameter, value;
  copy->only_named = options->only_named;
  copy->normal = options->normal;
  copy_entries(copy->named, options->named);
  copy_entries(copy->disabled, options->disabled);
  g_hash_table_iter_init(&iter, options->parameters);
  while (g_hash_table_iter_next(&iter, &parameter, &value))
    g_hash_table_insert(copy->parameters, parameter, g_memdup2(value, sizeof(double)));
  for (guint i = 0; i < HG_LIST_COUNT; i++) {
    hg_allow_deny_list_free(copy->lists[i]);
    copy->lists[i] =
        hg_allow_deny_list_pseudonymize(options->lists[i], pseudonyms, tally, hg_rules);
  }
  return copy;
}

const HgRule *hg_analysis_options_find_rule(const char *id, GError **error) {
  const HgRule *rule = hg_rule_find(id);
  if (rule)
    return rule;
  GString *known = g_string_new(NULL);
  for (guint i = 0; hg_rules[i]; i++)
    g_string_append_printf(known, "%s%s", i ? ", " : "", hg_rules[i]->id);
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
              "there is no rule \"%s\"; the rules are %s", id, known->str);
  g_string_free(known, TRUE);
  return NULL;
}

gboolean hg_analysis_options_rule(HgAnalysisOptions *options, const char *choice, GError **error) {
  const gboolean disable = choice[0] == '-';
  const HgRule *rule = hg_analysis_options_find_rule(choice + (disable ? 1 : 0), error);
  if (!rule)
    return FALSE;
  GHashTable *into = disable ? options->disabled : options->named;
  GHashTable *out_of = disable ? options->named : options->disabled;
  g_hash_table_add(into, (gpointer)rule);
  g_hash_table_remove(out_of, rule);
  options->only_named |= !disable;
  return TRUE;
}

static void describe_range(GString *text, const HgParameter *parameter) {
  char *min = hg_wording_number(parameter->min, 6), *max = hg_wording_number(parameter->max, 6);
  g_string_append_printf(text, "%s to %s", min, max);
  if (parameter->unit && *parameter->unit)
    g_string_append_printf(text, " %s", parameter->unit);
  g_free(min);
  g_free(max);
}

static void no_parameter(const HgRule *rule, const char *name, GError **error) {
  GString *known = g_string_new(NULL);
  for (const HgParameter *p = rule->parameters; p && p->name; p++) {
    g_string_append_printf(known, "%s%s (", known->len ? ", " : "; it has ", p->name);
    describe_range(known, p);
    g_string_append_c(known, ')');
  }
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "rule %s has no parameter \"%s\"%s",
              rule->id, name, known->str);
  g_string_free(known, TRUE);
}

static gboolean parse_value(const HgRule *rule, const HgParameter *parameter, const char *text,
                            double *value, GError **error) {
  char *end;
  *value = g_ascii_strtod(text, &end);
  if (*text && !*end && !g_ascii_isspace(*text) && isfinite(*value) && *value >= parameter->min &&
      *value <= parameter->max)
    return TRUE;
  GString *range = g_string_new(NULL);
  describe_range(range, parameter);
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s.%s accepts %s, not \"%s\"",
              rule->id, parameter->name, range->str, text);
  g_string_free(range, TRUE);
  return FALSE;
}

gboolean hg_analysis_options_set(HgAnalysisOptions *options, const char *setting, GError **error) {
  const char *equals = strchr(setting, '=');
  const char *dot = memchr(setting, '.', equals ? (gsize)(equals - setting) : strlen(setting));
  if (!equals || !dot) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "\"%s\" is not of the form RULE.PARAMETER=VALUE", setting);
    return FALSE;
  }
  char *id = g_strndup(setting, (gsize)(dot - setting));
  char *name = g_strndup(dot + 1, (gsize)(equals - dot - 1));
  const HgRule *rule = hg_analysis_options_find_rule(id, error);
  const HgParameter *parameter = rule ? hg_rule_find_parameter(rule, name) : NULL;
  if (rule && !parameter)
    no_parameter(rule, name, error);
  double value;
  const gboolean good = parameter && parse_value(rule, parameter, equals + 1, &value, error);
  if (good)
    g_hash_table_replace(options->parameters, (gpointer)parameter, g_memdup2(&value, sizeof value));
  g_free(id);
  g_free(name);
  return good;
}

HgAllowDenyList *hg_analysis_options_list(HgAnalysisOptions *options, HgListPurpose purpose) {
  return options->lists[purpose];
}

const HgAllowDenyList *hg_analysis_options_listed(const HgAnalysisOptions *options,
                                                  HgListPurpose purpose) {
  const HgAllowDenyList *list = options->lists[purpose];
  return hg_allow_deny_list_count(list) > 0 ? list : NULL;
}

void hg_analysis_options_baseline(HgAnalysisOptions *options, const HgTally *normal) {
  options->normal = normal;
}

const HgTally *hg_analysis_options_get_baseline(const HgAnalysisOptions *options) {
  return options->normal;
}

gboolean hg_analysis_options_enabled(const HgAnalysisOptions *options, const HgRule *rule) {
  if (g_hash_table_contains(options->disabled, rule))
    return FALSE;
  return !options->only_named || g_hash_table_contains(options->named, rule);
}

double hg_analysis_options_parameter(const HgAnalysisOptions *options, const HgRule *rule,
                                     const char *name) {
  return hg_rule_parameter_value(options->parameters, rule, name);
}

GHashTable *hg_analysis_options_parameters(const HgAnalysisOptions *options) {
  return options->parameters;
}

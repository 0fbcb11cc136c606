/* rule.c - looks up rules and their parameters
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "rule.h"

const HgRule *hg_rule_find_among(const HgRule *const *rules, const char *id) {
  for (guint i = 0; rules[i]; i++)
    if (g_str_equal(rules[i]->id, id))
      return rules[i];
  return NULL;
}

const HgParameter *hg_rule_find_parameter(const HgRule *rule, const char *name) {
  for (const HgParameter *p = rule->parameters; p && p->name; p++)
    if (g_str_equal(p->name, name))
      return p;
  return NULL;
}

double hg_rule_parameter_value(GHashTable *parameters, const HgRule *rule, const char *name) {
  const HgParameter *parameter = hg_rule_find_parameter(rule, name);
  g_return_val_if_fail(parameter, 0);
  const double *set = g_hash_table_lookup(parameters, parameter);
  return set ? *set : parameter->value;
}

/* rule.c - looks up rules and their parameters
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "rule.h"

const HgRule *hg_rule_find(const char *id) {
  for (guint i = 0; hg_rules[i]; i++)
    if (g_str_equal(hg_rules[i]->id, id))
      return hg_rules[i];
  return NULL;
}

const HgParameter *hg_rule_find_parameter(const HgRule *rule, const char *name) {
  for (const HgParameter *p = rule->parameters; p && p->name; p++)
    if (g_str_equal(p->name, name))
      return p;
  return NULL;
}

/* all_rules.c - looks up a rule in the table of all rules
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "all_rules.h"

const HgRule *hg_rule_find(const char *id) {
  return hg_rule_find_among(hg_rules, id);
}

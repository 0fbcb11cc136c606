/* all_rules.h - the table of all rules
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ALL_RULES_H
#define HG_ANALYSIS_ALL_RULES_H

#include "analysis/contract/rule.h"

G_BEGIN_DECLS

/* NULL-terminated, sorted by id. Generated from the other files of this folder. */
extern const HgRule *const hg_rules[];

/* NULL: there is no such rule. */
const HgRule *hg_rule_find(const char *id);

G_END_DECLS
#endif

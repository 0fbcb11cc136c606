/* request_explain.h - describes a rule in words, for the terminal and for the page of rules
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_EXPLAIN_H
#define HG_EXPORT_REQUEST_EXPLAIN_H

#include "analysis/contract/rule.h"

G_BEGIN_DECLS

/* What the rule looks for, where its numbers come from, its parameters, and what makes a finding a
 * false positive: Markdown that is readable as it is, at most 100 columns wide. (transfer full) */
char *hg_explain_rule(const HgRule *rule);

/* All rules, with a heading: packaging/rules.md. (transfer full) */
char *hg_explain_all(void);

/* Appends "set=RULE.PARAM=15 ports (1 to 65535): what it does". */
void hg_explain_parameter(GString *line, const HgRule *rule, const HgParameter *parameter);

G_END_DECLS
#endif

/* request_explain.c - describes a rule in words, for the terminal and for the page of rules
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request_explain.h"

#include "analysis/analysis.h"
#include "export/text/columns.h"
#include "export/text/text.h"

void hg_explain_parameter(GString *line, const HgRule *rule, const HgParameter *parameter) {
  g_string_append_printf(line, "set=%s.%s=", rule->id, parameter->name);
  hg_text_double(line, parameter->value);
  g_string_append_printf(line, " %s%s(", parameter->unit ? parameter->unit : "",
                         parameter->unit && *parameter->unit ? " " : "");
  hg_text_double(line, parameter->min);
  g_string_append(line, " to ");
  hg_text_double(line, parameter->max);
  g_string_append_printf(line, "): %s", parameter->what);
}

/* Appends "- LABEL: TEXT", wrapped. */
static void append_item(GString *out, const char *label, const char *text) {
  g_autofree char *item = g_strdup_printf("- %s%s", label, text);
  hg_columns_wrap(out, item, 0, 2);
}

static void append_weight(GString *out, const HgRule *rule) {
  g_autoptr(GString) text = g_string_new(hg_finding_kind_name(rule->kind));
  if (rule->weight > 0)
    g_string_append(text, ", weight ");
  if (rule->weight > 0)
    hg_text_double(text, rule->weight);
  if (rule->weight > 0 && rule->weight * 100 < HG_SUSPECT_SCORE)
    g_string_append(text, " (weak: never enough alone)");
  append_item(out, "Kind: ", text->str);
}

/* Says which entries of an allow list suppress the rule's findings: see HgPeers. */
static void append_allowed_by(GString *out, const HgRule *rule) {
  static const char *const by[] = {
      [HG_PEERS_TARGETS] = "its host; by all of its peers only on lines with rule=%s",
      [HG_PEERS_PARTNERS] = "its host, or by all of its peers",
      [HG_PEERS_CARRIERS] = ("its host, or the domain that it is about; not by its peers, which "
                             "pass on what others ask"),
  };
  g_autoptr(GString) text = g_string_new(by[rule->peers]);
  g_string_replace(text, "%s", rule->id, 0);
  append_item(out, "Allow lists clear a finding by ", text->str);
}

char *hg_explain_rule(const HgRule *rule) {
  GString *const out = g_string_new(NULL);
  g_autofree char *what = g_strdup_printf("%s: %s.", rule->title, rule->what);
  g_string_append_printf(out, "## %s\n\n", rule->id);
  hg_columns_wrap(out, what, 0, 0);
  g_string_append_c(out, '\n');
  append_weight(out, rule);
  g_autofree char *attack = rule->attack ? g_strjoinv(", ", (char **)rule->attack) : NULL;
  if (attack && *attack)
    append_item(out, "MITRE ATT&CK: ", attack);
  append_item(out, "Numbers: ", rule->source);
  append_item(out, "Cleared when ", rule->false_positive_if);
  append_allowed_by(out, rule);
  if (rule->gives_way)
    append_item(out, "Gives way to ",
                "another suspicion about the host that explains most of the same packets");
  if (rule->needs_evidence)
    append_item(out, "", "Needs evidence=yes");
  if (rule->needs_baseline)
    append_item(out, "", "Needs baseline=");
  if (rule->needs_home)
    append_item(out, "", "Needs hosts that are known to be inside (home=)");
  if (rule->parameters && rule->parameters->name)
    g_string_append(out, "\nParameters:\n\n");
  for (const HgParameter *p = rule->parameters; p && p->name; p++) {
    g_autoptr(GString) line = g_string_new(NULL);
    hg_explain_parameter(line, rule, p);
    append_item(out, "", line->str);
  }
  return g_string_free(out, FALSE);
}

char *hg_explain_all(void) {
  GString *const out =
      g_string_new("# Rules\n\nAs `tshark -z hostgraph,explain=all` prints them. A finding adds "
                   "weight * strength to the score\nof its host: 100 * (1 - product(1 - weight * "
                   "strength)); from 50 on the host is a suspect.\n");
  for (guint i = 0; hg_rules[i]; i++) {
    g_autofree char *rule = hg_explain_rule(hg_rules[i]);
    g_string_append_printf(out, "\n%s", rule);
  }
  return g_string_free(out, FALSE);
}

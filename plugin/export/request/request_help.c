/* request_help.c - the help text, made from the tables of options, formats, rules and caps
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request_options.h"

#include "export/text/columns.h"
#include "request_explain.h"

/* The column at which explanations begin. */
#define INDENT 26

/* "  NAME   explanation", on two lines when the name is long. */
static void append_entry(GString *out, const char *name, const char *explanation) {
  g_string_append_printf(out, "  %s", name);
  guint at = 2 + hg_columns_width(name);
  if (at + 2 > INDENT) {
    g_string_append_c(out, '\n');
    at = 0;
  }
  hg_columns_blanks(out, INDENT - at);
  hg_columns_wrap(out, explanation, INDENT, INDENT);
}

static void append_options(GString *out, const HgOption *options) {
  g_string_append(out, "Options (* may be given again and again):\n");
  for (const HgOption *option = options; option->name; option++) {
    g_autofree char *name =
        g_strdup_printf("%s%s%s%s", option->name, option->argument ? "=" : "",
                        option->argument ? option->argument : "", option->repeatable ? " *" : "");
    append_entry(out, name, option->help);
  }
}

static void append_caps(GString *out) {
  g_string_append(out, "\nUpper bounds; the report says when one was hit:\n");
  for (guint i = 0; i < HG_CAP_COUNT; i++) {
    g_autofree char *name = g_strdup_printf("%s=N", hg_caps[i].name);
    g_autofree char *explanation =
        g_strdup_printf("Default: %" G_GUINT64_FORMAT " %s. Beyond: %s.", hg_caps[i].value,
                        hg_caps[i].what, hg_caps[i].consequence);
    append_entry(out, name, explanation);
  }
}

static void append_formats(GString *out) {
  g_string_append(out, "\nFormats:\n");
  for (guint i = 0; hg_formats[i]; i++) {
    const HgFormat *const format = hg_formats[i];
    g_autoptr(GString) explanation = g_string_new(NULL);
    g_string_append_printf(explanation, "%s: %s. Suffix:", format->title, format->what);
    for (guint j = 0; format->suffixes[j]; j++)
      g_string_append_printf(explanation, "%s .%s", j ? "," : "", format->suffixes[j]);
    if (format->parts) {
      g_string_append(explanation, ". FILE's suffix makes way for");
      for (guint j = 0; format->parts[j]; j++)
        g_string_append_printf(explanation, "%s .%s", j ? " and" : "", format->parts[j]);
    }
    g_string_append_c(explanation, '.');
    append_entry(out, format->name, explanation->str);
  }
}

static void append_parameter(GString *out, const HgRule *rule, const HgParameter *parameter) {
  g_autoptr(GString) line = g_string_new(NULL);
  hg_columns_blanks(out, INDENT);
  hg_explain_parameter(line, rule, parameter);
  hg_columns_wrap(out, line->str, INDENT, INDENT + 2);
}

static void append_rule(GString *out, const HgRule *rule) {
  g_autoptr(GString) explanation = g_string_new(NULL);
  g_string_append_printf(explanation, "%s (%s", rule->title, hg_finding_kind_name(rule->kind));
  for (guint i = 0; rule->attack && rule->attack[i]; i++)
    g_string_append_printf(explanation, ", %s", rule->attack[i]);
  g_string_append_printf(explanation, "): %s.", rule->what);
  if (rule->source && *rule->source != '\0')
    g_string_append_printf(explanation, " Numbers: %s.", rule->source);
  if (rule->needs_evidence)
    g_string_append(explanation, " Needs evidence=yes.");
  append_entry(out, rule->id, explanation->str);
  for (const HgParameter *parameter = rule->parameters; parameter && parameter->name; parameter++)
    append_parameter(out, rule, parameter);
}

char *hg_request_help(const HgOption *options) {
  GString *const out = g_string_new(NULL);
  g_string_append_printf(out,
                         "%s: who talks to whom, who is suspect, what could they have "
                         "reached\n\n",
                         hg_report_generator());
  g_string_append(out,
                  "  tshark -q -r CAPTURE -z hostgraph[,OPTION]...\n\n"
                  "A comma in a value is written \"\\,\" and a backslash before it \"\\\\\".\n\n");
  append_options(out, options);
  append_caps(out);
  append_formats(out);
  g_string_append(out,
                  "\nRules; what they find is shown with its evidence and a display filter:\n");
  for (guint i = 0; hg_rules[i]; i++)
    append_rule(out, hg_rules[i]);
  g_string_append(
      out, "\nExamples:\n"
           "  tshark -q -r a.pcap -z hostgraph\n"
           "  tshark -q -r a.pcap -z hostgraph,suspect=10.0.0.5,export=a.graphml\n"
           "  tshark -q -r a.pcap -z hostgraph,layer=net,text=no,export=a.json,export=a.csv\n"
           "  tshark -q -r a.pcap -z \"hostgraph,trace=10.0.0.5@2024-05-01T12:00:00Z\"\n"
           "  tshark -q -r a.pcap -z \"hostgraph,top=0,filter=tcp.port in {80,443}\"\n");
  return g_string_free(out, FALSE);
}

/* preferences.c - the options of the command line as Wireshark's preferences
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <string.h>

#include <epan/prefs.h>
#include <epan/wmem_scopes.h>

#include "analysis/basics/wording.h"
#include "analysis/rules/all_rules.h"
#include "option_text.h"
#include "preferences.h"

/* Wireshark keeps pointers to names, titles and values, so all of these lie in the memory in which it
 * keeps its own preferences. */
typedef struct {
  const HgParameter *parameter;
  const char *value;
} Threshold;

typedef struct {
  const HgRule *rule;
  HgBool enabled;
  Threshold *thresholds; /* as many as it has parameters */
} RulePreference;

static HgBool mark;
static gint layer = HG_LAYER_AUTO;
static HgBool evidence = TRUE;
static gint info; /* as info= */
static gint keep_duplicates;
static guint top = 20;
static gint format; /* index into hg_formats */
enum { FILE_BASELINE, FILE_ALLOW, FILE_DENY, FILE_COUNT };
static const char *files[FILE_COUNT];
static const char *home; /* words as home= takes them */
static guint caps[HG_CAP_COUNT];
static RulePreference *rules;

static const struct {
  const char *option, *title, *what;
} file_options[G_N_ELEMENTS(files)] = {
    [FILE_BASELINE] = {"baseline", "Baseline",
                       "A store of traffic known to be normal, which reports compare with"},
    [FILE_ALLOW] = {"allow", "Allow list",
                    "A list of addresses, networks and names whose findings are suppressed"},
    [FILE_DENY] = {"deny", "Deny list",
                   "A list of addresses, networks and names that nobody should talk to"},
};

/* Formats a text that lives as long as the preferences. */
static const char *keep(const char *words, ...) G_GNUC_PRINTF(1, 2);
static const char *keep(const char *words, ...) {
  va_list arguments;
  va_start(arguments, words);
  char *text = wmem_strdup_vprintf(wmem_epan_scope(), words, arguments);
  va_end(arguments);
  return text;
}

/* "port-scan" as part of a preference's name: "port_scan", because hyphens are not allowed there. */
static const char *keep_name(const char *prefix, const char *name) {
  char *all = *prefix != '\0' ? g_strconcat(prefix, ".", name, NULL) : g_strdup(name);
  const char *kept = keep("%s", g_strdelimit(all, "-", '_'));
  g_free(all);
  return kept;
}

static void register_threshold(module_t *module, const HgRule *rule, Threshold *threshold) {
  const HgParameter *parameter = threshold->parameter;
  char *value = hg_wording_number(parameter->value, 6), *min = hg_wording_number(parameter->min, 6),
       *max = hg_wording_number(parameter->max, 6);
  threshold->value = value;
  prefs_register_string_preference(
      module, keep_name(rule->id, parameter->name), keep("%s: %s", rule->title, parameter->name),
      keep("%s; %s to %s %s, by default %s", parameter->what, min, max, parameter->unit, value),
      &threshold->value);
  g_free(value); /* Wireshark's own copy has replaced it */
  g_free(min);
  g_free(max);
}

static void register_rule(module_t *module, RulePreference *preference) {
  const HgRule *rule = preference->rule;
  guint count = 0;
  preference->enabled = TRUE;
  prefs_register_bool_preference(module, keep_name("", rule->id), keep("Rule: %s", rule->title),
                                 rule->what, &preference->enabled);
  while (rule->parameters != NULL && rule->parameters[count].name != NULL)
    count++;
  preference->thresholds = wmem_alloc0_array(wmem_epan_scope(), Threshold, (gsize)count + 1);
  for (guint i = 0; i < count; i++) {
    preference->thresholds[i].parameter = &rule->parameters[i];
    register_threshold(module, rule, &preference->thresholds[i]);
  }
}

static void register_rules(module_t *module) {
  guint count = 0;
  while (hg_rules[count] != NULL)
    count++;
  rules = wmem_alloc0_array(wmem_epan_scope(), RulePreference, (gsize)count + 1);
  for (guint i = 0; i < count; i++) {
    rules[i].rule = hg_rules[i];
    register_rule(module, &rules[i]);
  }
}

static void register_layer(module_t *module) {
  static const char *const titles[] = {"Source and Destination columns", "Network layer only",
                                       "Link layer only"};
  static enum_val_t values[G_N_ELEMENTS(titles) + 1];
  for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
    values[i] = (enum_val_t){hg_layer_name((HgLayer)i), titles[i], i};
  prefs_register_enum_preference(module, "layer", "Hosts are the addresses of",
                                 "Which addresses are hosts", &layer, values, FALSE);
}

static const char *const info_names[] = {"safe", "full"};

static void register_info(module_t *module) {
  static const char *const titles[] = {"Safe", "Full: with passwords and other secrets"};
  static enum_val_t values[G_N_ELEMENTS(titles) + 1];
  for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
    values[i] = (enum_val_t){info_names[i], titles[i], i};
  prefs_register_enum_preference(
      module, "info", "Info texts of first packets",
      "Full: whole texts go into stores and reports, with passwords and whatever else is in them; every "
      "export and report then says so. Not together with pseudonyms.",
      &info, values, FALSE);
}

static void register_duplicates(module_t *module) {
  static const char *const titles[] = {"Count once", "Count like all others"};
  static enum_val_t values[G_N_ELEMENTS(titles) + 1];
  for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
    values[i] = (enum_val_t){hg_duplicates_name((gboolean)i), titles[i], i};
  prefs_register_enum_preference(
      module, "duplicates", "Packets that were captured more than once",
      "On both ports of a mirror, on both sides of a router, a firewall or an address translator. "
      "Packets and bytes are those of the packet list either way.",
      &keep_duplicates, values, FALSE);
}

static void register_format(module_t *module) {
  guint count = 0;
  enum_val_t *values;
  while (hg_formats[count] != NULL)
    count++;
  values = wmem_alloc0_array(wmem_epan_scope(), enum_val_t, (gsize)count + 1);
  for (guint i = 0; i < count; i++) {
    values[i] = (enum_val_t){hg_formats[i]->name, hg_formats[i]->title, i};
    if (strcmp(hg_formats[i]->name, "graphml") == 0)
      format = (gint)i;
  }
  prefs_register_enum_preference(module, "format", "Format of a new export",
                                 "What the export dialog offers at first", &format, values, FALSE);
}

static void register_files(module_t *module) {
  for (guint i = 0; i < G_N_ELEMENTS(files); i++)
    prefs_register_filename_preference(module, file_options[i].option, file_options[i].title,
                                       file_options[i].what, &files[i], FALSE);
}

static void register_caps(module_t *module) {
  for (guint i = 0; i < HG_CAP_COUNT; i++) {
    caps[i] = (guint)hg_caps[i].value;
    prefs_register_uint_preference(module, keep_name("", hg_caps[i].name),
                                   keep("At most so many %s", hg_caps[i].what),
                                   keep("Beyond that, %s", hg_caps[i].consequence), 10, &caps[i]);
  }
}

void hg_preferences_register(int proto, void (*changed)(void)) {
  module_t *module = prefs_register_protocol(proto, changed);
  prefs_register_bool_preference(
      module, "mark", "Mark packets",
      "Analyse each capture file and give its packets the fields hostgraph.suspect, "
      "hostgraph.src.score and so on, for columns, filters and colouring rules. tshark needs two "
      "passes for it (-2).",
      &mark);
  register_layer(module);
  prefs_register_string_preference(
      module, "home", "Home networks",
      "Networks of your own, with blanks or commas between: 192.0.2.0/24 2001:db8::/32. The word private "
      "stands for the private ranges. Empty: these, and what the capture shows to be your own.",
      &home);
  prefs_register_bool_preference(module, "evidence", "Ask dissectors for evidence",
                                 "Off: faster, but fewer rules can be assessed", &evidence);
  register_info(module);
  register_duplicates(module);
  prefs_register_uint_preference(module, "top", "Rows a table in the text report", "0: all", 10,
                                 &top);
  register_format(module);
  register_files(module);
  register_rules(module);
  register_caps(module);
}

gboolean hg_preferences_mark(void) {
  return mark;
}

const HgFormat *hg_preferences_format(void) {
  return hg_formats[format];
}

const char *hg_preferences_baseline(void) {
  return files[FILE_BASELINE] != NULL && *files[FILE_BASELINE] != '\0' ? files[FILE_BASELINE]
                                                                       : NULL;
}

/* --- as options --- */

static void add_rule(GString *options, const RulePreference *preference) {
  const HgRule *rule = preference->rule;
  if (!preference->enabled) {
    char *choice = g_strconcat("-", rule->id, NULL);
    hg_option_text_add(options, "rule", choice);
    g_free(choice);
  }
  for (const Threshold *threshold = preference->thresholds; threshold->parameter != NULL;
       threshold++) {
    char *usual = hg_wording_number(threshold->parameter->value, 6);
    char *setting =
        g_strdup_printf("%s.%s=%s", rule->id, threshold->parameter->name, threshold->value);
    if (strcmp(threshold->value, usual) != 0)
      hg_option_text_add(options, "set", setting);
    g_free(setting);
    g_free(usual);
  }
}

/* The preferences that differ from the defaults. (transfer full) */
static char *as_options(void) {
  GString *options = g_string_new(NULL);
  char number[16];
  if (layer != HG_LAYER_AUTO)
    hg_option_text_add(options, "layer", hg_layer_name((HgLayer)layer));
  if (home != NULL)
    hg_option_text_add_words(options, "home", home);
  if (!evidence)
    hg_option_text_add(options, "evidence", "no");
  if (info != 0)
    hg_option_text_add(options, "info", info_names[info]);
  if (keep_duplicates)
    hg_option_text_add(options, "duplicates", hg_duplicates_name(TRUE));
  g_snprintf(number, sizeof number, "%u", top);
  hg_option_text_add(options, "top", number);
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    if (files[i] != NULL && *files[i] != '\0')
      hg_option_text_add(options, file_options[i].option, files[i]);
  }
  for (const RulePreference *rule = rules; rule->rule != NULL; rule++)
    add_rule(options, rule);
  for (guint i = 0; i < HG_CAP_COUNT; i++) {
    g_snprintf(number, sizeof number, "%u", caps[i]);
    if (caps[i] != hg_caps[i].value)
      hg_option_text_add(options, hg_caps[i].name, number);
  }
  return g_string_free(options, FALSE);
}

HgRequest *hg_preferences_request(const char *options, GError **error) {
  char *defaults = as_options();
  HgRequest *request = hg_request_parse_over(defaults, options, error);
  g_free(defaults);
  return request;
}

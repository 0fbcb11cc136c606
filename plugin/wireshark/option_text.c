/* option_text.c - options of the command line, made of what the user entered
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "option_text.h"

void hg_option_text_add(GString *options, const char *name, const char *value) {
  g_string_append_printf(options, "%s%s=", options->len > 0 ? "," : "", name);
  for (; *value != '\0'; value++) {
    if (*value == ',' || *value == '\\')
      g_string_append_c(options, '\\');
    g_string_append_c(options, *value);
  }
}

void hg_option_text_add_words(GString *options, const char *name, const char *words) {
  char **all = g_strsplit_set(words, " \t,;", -1);

  for (guint i = 0; all[i] != NULL; i++) {
    if (*all[i] != '\0')
      hg_option_text_add(options, name, all[i]);
  }
  g_strfreev(all);
}

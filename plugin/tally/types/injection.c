/* injection.c - what is meant to be executed by its receiver, as the subject of an observation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "injection.h"

#include <string.h>

static const struct {
  const char *word, *text;
  gboolean certain;
} kinds[HG_INJECTION_COUNT] = {
    [HG_INJECTION_NONE] = {"none", "nothing", FALSE},
    [HG_INJECTION_JNDI] = {"jndi", "JNDI look-ups (Log4j)", TRUE},
    [HG_INJECTION_SHELL_SHOCK] = {"shell-shock", "functions for bash (Shellshock)", TRUE},
    [HG_INJECTION_EXECUTION] = {"execution", "shell commands that fetch programs or show users",
                                TRUE},
    [HG_INJECTION_FILE] = {"file", "path traversal to files of the system", TRUE},
    [HG_INJECTION_SQL] = {"sql", "SQL", FALSE},
    [HG_INJECTION_COMMAND] = {"command", "shell commands", FALSE},
    [HG_INJECTION_TRAVERSAL] = {"traversal", "path traversal", FALSE},
};

static const struct {
  const char *word, *text;
} places[HG_INJECTED_COUNT] = {
    [HG_INJECTED_TARGET] = {"target", "the address asked for"},
    [HG_INJECTED_HEADER] = {"header", "a header field"},
    [HG_INJECTED_USER] = {"user", "the user name of a login"},
};

static const char forwarded[] = "forwarded";

char *hg_injection_subject(const HgInjection *injection) {
  return g_strdup_printf("%s %s%s%s", kinds[injection->kind].word, places[injection->place].word,
                         injection->forwarded ? " " : "", injection->forwarded ? forwarded : "");
}

gboolean hg_injection_parse(const char *subject, HgInjection *injection) {
  g_auto(GStrv) parts = g_strsplit(subject, " ", -1);
  const guint count = g_strv_length(parts);
  gboolean kind = FALSE, place = FALSE;
  if (count < 2 || count > 3 || (count == 3 && strcmp(parts[2], forwarded) != 0))
    return FALSE;
  for (guint i = 0; i < HG_INJECTION_COUNT && !kind; i++) {
    kind = strcmp(parts[0], kinds[i].word) == 0;
    injection->kind = i;
  }
  for (guint i = 0; i < HG_INJECTED_COUNT && !place; i++) {
    place = strcmp(parts[1], places[i].word) == 0;
    injection->place = i;
  }
  injection->forwarded = count == 3;
  return kind && place && injection->kind != HG_INJECTION_NONE;
}

const char *hg_injection_kind_text(HgInjectionKind kind) {
  return kinds[kind].text;
}

const char *hg_injection_place_text(HgInjectionPlace place) {
  return places[place].text;
}

gboolean hg_injection_is_certain(HgInjectionKind kind) {
  return kinds[kind].certain;
}

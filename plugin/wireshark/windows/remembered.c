/* remembered.c - what the user entered into dialogs, kept until Wireshark ends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "remembered.h"

#include <glib.h>

static char *values[HG_REMEMBERED_COUNT];

const char *hg_remembered(HgRemembered which) {
  return values[which];
}

void hg_remember(HgRemembered which, const char *value) {
  char *copy = g_strdup(value); /* `value` may be the text that is replaced */

  g_free(values[which]);
  values[which] = copy;
}

void hg_remembered_forget(void) {
  for (guint i = 0; i < HG_REMEMBERED_COUNT; i++)
    g_clear_pointer(&values[i], g_free);
}

/* strings.c - a sorted list of texts without repetitions
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "strings.h"

#include <string.h>

static gint compare(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **hg_strings_to_strv(GPtrArray *texts) {
  g_ptr_array_sort(texts, compare);
  guint kept = 0;
  for (guint i = 0; i < texts->len; i++) {
    char *text = g_ptr_array_index(texts, i);
    if (kept > 0 && strcmp(g_ptr_array_index(texts, kept - 1), text) == 0)
      g_free(text);
    else
      texts->pdata[kept++] = text;
  }
  texts->len = kept;
  g_ptr_array_add(texts, NULL);
  return (char **)g_ptr_array_free(texts, FALSE);
}

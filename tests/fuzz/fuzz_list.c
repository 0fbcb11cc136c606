/* fuzz_list.c - any bytes as an allow list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "analysis/lists/allow_deny_list.h"
#include "analysis/rules/all_rules.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  HgAllowDenyList *list = hg_allow_deny_list_new();
  GError *error = NULL;
  char *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  if (!hg_allow_deny_list_add(list, "list", copy ? copy : "", size, hg_rules, &error)) {
    CHECK(error && g_str_has_prefix(error->message, "line "));
    CHECK(g_utf8_validate(error->message, -1, NULL));
    g_error_free(error);
  }
  /* What is in the list is found under its own text. */
  for (guint at = 0; at < size && hg_allow_deny_list_count(list) > 0;) {
    const char *end = memchr(data + at, '\n', size - at);
    const gsize length = end ? (gsize)(end - (const char *)data) - at : size - at;
    char *line = g_strndup((const char *)data + at, length);
    const HgListEntry *entry = hg_allow_deny_list_name(list, line, NULL, FALSE);
    if (entry) {
      char *text = hg_list_entry_text(entry);
      CHECK(hg_allow_deny_list_name(list, text, NULL, FALSE) != NULL);
      CHECK(strlen(text) <= 253);
      g_free(text);
    }
    g_free(line);
    at += (guint)length + 1;
  }
  hg_allow_deny_list_free(list);
  g_free(copy);
  return 0;
}

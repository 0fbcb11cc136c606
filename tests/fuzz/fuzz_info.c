/* fuzz_info.c - any text in the Info column, by each kind of policy
 *
 * What is kept of a request has no "?" and no "#" but those that "..." follows, and no "@" but after it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "wireshark/protocols/info_text.h"

static const char *const words[] = {"USER", "PASS", "LOGIN", "+OK", "Data", NULL};
static const HgInfoPolicy policies[] = {
    {"X", HG_INFO_WHOLE, NULL},   {"X", HG_INFO_LABEL, NULL},    {"X", HG_INFO_LABEL, words},
    {"X", HG_INFO_STATUS, NULL},  {"X", HG_INFO_COMMAND, words}, {"X", HG_INFO_REQUEST, NULL},
    {"X", HG_INFO_NOTHING, NULL},
};

static void check_request(const char *kept) {
  for (const char *at = strpbrk(kept, "?#"); at != NULL; at = strpbrk(at + 1, "?#"))
    CHECK(strncmp(at + 1, "...", 3) == 0);
  for (const char *at = strchr(kept, '@'); at != NULL; at = strchr(at + 1, '@'))
    CHECK(at - kept >= 3 && strncmp(at - 3, "...", 3) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  GString *buffer;
  char *info;
  if (size > G_MAXUINT16)
    return 0;
  info = g_strndup((const char *)data, size);
  buffer = g_string_new(NULL);
  for (guint i = 0; i < G_N_ELEMENTS(policies); i++) {
    const char *kept = hg_info_text(&policies[i], info, buffer);
    CHECK(policies[i].keep != HG_INFO_NOTHING || kept == NULL);
    CHECK(policies[i].keep != HG_INFO_WHOLE || kept == info);
    if (kept != NULL && policies[i].keep == HG_INFO_REQUEST)
      check_request(kept);
    if (kept != NULL && (policies[i].keep == HG_INFO_LABEL || policies[i].keep == HG_INFO_STATUS))
      CHECK(strstr(info, kept) != NULL); /* nothing but a piece of it */
  }
  g_string_free(buffer, TRUE);
  g_free(info);
  return 0;
}

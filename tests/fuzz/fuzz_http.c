/* fuzz_http.c - any bytes as the head of an HTTP request, with the request line that they begin with
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "wireshark/protocols/http_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  gsize head;
  if (size > G_MAXUINT16)
    return 0;
  guint8 *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  char *text = g_strndup((const char *)data, size);
  char **words = g_strsplit(text, " ", 3);
  if (g_strv_length(words) == 3) {
    if (hg_http_head_find(copy, size, words[0], words[1], &head)) {
      CHECK(head > 0 && head < size);
      CHECK(copy[head] == '\r' || copy[head] == '\n');
      CHECK(copy[head - 1] == '\n');
      CHECK(hg_http_head_count(copy, head, "Authorization") <= head / strlen("Authorization"));
    } else {
      CHECK(head == 0);
    }
  }
  g_strfreev(words);
  g_free(text);
  g_free(copy);
  return 0;
}

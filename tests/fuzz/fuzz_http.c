/* fuzz_http.c - any bytes as the head of an HTTP request, with the request line that they begin with, as a segment
 * that an HTTP message begins with, and as a text with addresses in it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "wireshark/protocols/address_text.h"
#include "wireshark/protocols/content_claim.h"
#include "wireshark/protocols/executable.h"
#include "wireshark/protocols/http_head.h"
#include "wireshark/protocols/http_message.h"
#include "wireshark/protocols/injected_text.h"
#include "wireshark/protocols/user_agent.h"

static void read_message(const guint8 *bytes, gsize length) {
  HgHttpMessageStart message;
  if (!hg_http_message_read(bytes, length, &message))
    return;
  CHECK(message.head.length <= length && message.body <= length);
  CHECK((message.status == 0) == (message.method.length > 0));
  const HgHttpText body = hg_http_message_body(&message, bytes, length);
  CHECK(body.length <= length);
  hg_executable_of(body.bytes, body.length);
  if (message.status != 0)
    return;
  const HgHttpText path = hg_http_target_path(message.target);
  CHECK(path.length <= message.target.length);
  hg_http_path_digest(path);
  hg_http_target_digest(message.target);
  hg_content_claim_of_target(message.target.bytes, message.target.length);
  hg_injected_in_target(message.target.bytes, message.target.length);
  hg_injected_in_fields(message.head.bytes, message.head.length);
}

static void find_addresses(const guint8 *bytes, gsize size) {
  HgAddressText found;
  gsize at = 0, before = 0;
  while (hg_address_text_next(bytes, size, &at, &found)) {
    CHECK(at > before && at <= size);
    CHECK(found.address.length == (found.address.kind == HG_ADDRESS_IPV4 ? 4 : 16));
    before = at;
  }
  CHECK(at == size);
}

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
  find_addresses(copy, size);
  read_message(copy, size);
  hg_executable_of(copy, size);
  hg_content_claim_of_disposition(copy, size);
  hg_user_agent_scanner(copy, size);
  hg_user_agent_is_package_manager(copy, size);
  hg_injected_in_user(text);
  g_strfreev(words);
  g_free(text);
  g_free(copy);
  return 0;
}

/* fuzz_http.c - any bytes as an HTTP request
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"
#include "wireshark/dissection/http_request.h"

static gboolean is_within(const char *text, gsize length, const guint8 *bytes, size_t size) {
  const char *begin = (const char *)bytes;
  return length > 0 && text >= begin && length <= size - (gsize)(text - begin);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  HgHttpRequest request;
  if (size > G_MAXUINT16)
    return 0;
  guint8 *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  if (hg_http_request_read(copy, (guint)size, &request)) {
    CHECK(is_within(request.line, request.line_length, copy, size));
    CHECK(is_within(request.uri, request.uri_length, copy, size));
    CHECK(!request.host || is_within(request.host, request.host_length, copy, size));
    CHECK(size > 4 && copy[size - 4] == '\r' && copy[size - 1] == '\n');
  } else {
    CHECK(!request.line && !request.uri && !request.host);
  }
  g_free(copy);
  return 0;
}

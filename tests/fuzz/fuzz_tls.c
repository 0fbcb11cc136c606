/* fuzz_tls.c - any bytes as a TLS ClientHello
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "fuzz.h"
#include "wireshark/protocols/tls_hello.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  HgTlsName name;
  if (size > G_MAXUINT16)
    return 0;
  guint8 *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  const gboolean whole = hg_tls_hello_read(copy, (guint)size, &name);
  char *text = hg_tls_name_text(&name);
  CHECK(whole || !name.bytes);
  CHECK(!text == !name.bytes);
  if (text) {
    CHECK(name.length > 0 && name.bytes > copy && name.bytes + name.length <= copy + size);
    CHECK(g_utf8_validate(text, -1, NULL));
    CHECK(strlen(text) <= (gsize)name.length * 3);
  }
  g_free(text);
  g_free(copy);
  return 0;
}

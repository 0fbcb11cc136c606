/* fuzz_tls.c - any bytes as a TLS ClientHello, and as what a server sends first
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "fuzz.h"
#include "wireshark/protocols/tls_certificate.h"
#include "wireshark/protocols/tls_hello.h"

static gboolean is_within(const HgX509Text *text, const guint8 *bytes, gsize size) {
  return !text->bytes || (text->length > 0 && text->bytes > bytes && text->length <= size &&
                          text->bytes + text->length <= bytes + size);
}

static void read_certificate(const guint8 *bytes, gsize size) {
  HgTlsCertificate found;
  CHECK(hg_tls_certificate_read(bytes, (guint)size, &found) ||
        (!found.subject.bytes && !found.issuer.bytes));
  CHECK(is_within(&found.subject, bytes, size) && is_within(&found.issuer, bytes, size));
  hg_tls_certificate_is_tor(&found);
  hg_x509_read(bytes, (guint)size, &found);
  CHECK(is_within(&found.subject, bytes, size) && is_within(&found.issuer, bytes, size));
}

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
  read_certificate(copy, size);
  g_free(text);
  g_free(copy);
  return 0;
}

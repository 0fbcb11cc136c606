/* fuzz_first.c - any bytes as the first of a connection
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "fuzz.h"
#include "wireshark/protocols/first_bytes.h"
#include "wireshark/protocols/stratum.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  guint8 *copy = g_memdup2(data, size); /* of its own, so that reading beyond is seen */
  const char *whole = hg_first_bytes_protocol(copy, size, size);
  const char *cut = hg_first_bytes_protocol(copy, size, size + 1);
  CHECK(whole == NULL || (*whole != '\0' && size > 0));
  CHECK(!hg_stratum_begins(copy, size) || (whole != NULL && strcmp(whole, "Stratum") == 0));
  CHECK(cut == NULL || whole == NULL || strcmp(cut, whole) == 0);
  g_free(copy);
  return 0;
}

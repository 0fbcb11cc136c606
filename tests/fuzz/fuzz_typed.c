/* fuzz_typed.c - any bytes as the two sides of a Telnet connection
 *
 * Segments: a byte of flags and length, then the bytes. No user name is told that the client did not type, or where
 * the server said nothing before.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fuzz.h"

#include <string.h>

#include "wireshark/protocols/typed_line.h"

enum { FROM_CLIENT = 1, FIRST = 2, AGAIN = 4, CUT_OFF = 8, LATE = 16 };

static void check_name(const char *user, gboolean server_spoke) {
  const gsize length = strlen(user);
  CHECK(server_spoke);
  CHECK(length > 0 && length <= HG_TYPED_MAX);
  CHECK(g_utf8_validate(user, -1, NULL));
  for (gsize i = 0; i < length; i++)
    CHECK((guint8)user[i] > ' ' && user[i] != 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const answers[] = {"login incorrect", NULL};
  HgTypedLine *line = hg_typed_line_new();
  guint32 sequence[2] = {G_MAXUINT32 - 100, 1};
  gboolean server_spoke = FALSE;
  while (size >= 2) {
    const guint8 flags = data[0];
    const gboolean from_client = flags & FROM_CLIENT;
    const guint length = MIN(data[1], (guint)size - 2);
    guint8 *copy = g_memdup2(data + 2, length); /* of its own, so that reading beyond is seen */
    const HgTypedSegment segment = {.from_client = from_client,
                                    .is_first = (flags & FIRST) != 0,
                                    .sequence = sequence[from_client] - (flags & AGAIN ? 1 : 0),
                                    .acknowledged = sequence[!from_client] - (flags & LATE ? 1 : 0),
                                    .length = length,
                                    .bytes = copy,
                                    .captured = flags & CUT_OFF ? length / 2 : length};
    const char *user = hg_typed_line_feed(line, &segment);
    server_spoke |= !from_client && length > 0;
    if (user != NULL)
      check_name(user, server_spoke);
    hg_typed_line_answers(line, answers);
    sequence[from_client] += length;
    g_free(copy);
    data += 2 + length;
    size -= 2 + length;
  }
  hg_typed_line_free(line);
  return 0;
}

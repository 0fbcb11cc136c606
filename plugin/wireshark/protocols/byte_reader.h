/* byte_reader.h - reads a message from its begin to its end, of which every byte is hostile
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_BYTE_READER_H
#define HG_WIRESHARK_BYTE_READER_H

#include <glib.h>

/* What is left of a message. */
typedef struct {
  const guint8 *bytes;
  guint length;
} HgByteReader;

static inline gboolean hg_byte_reader_take(HgByteReader *rest, guint length, HgByteReader *taken) {
  if (rest->length < length)
    return FALSE;
  *taken = (HgByteReader){rest->bytes, length};
  rest->bytes += length;
  rest->length -= length;
  return TRUE;
}

/* A number of `size` bytes, the first the highest. FALSE: it is cut off. */
static inline gboolean hg_byte_reader_number(HgByteReader *rest, guint size, guint *number) {
  HgByteReader taken;
  if (!hg_byte_reader_take(rest, size, &taken))
    return FALSE;
  *number = 0;
  for (guint i = 0; i < size; i++)
    *number = *number << 8 | taken.bytes[i];
  return TRUE;
}

/* What follows its own length, of `size` bytes. */
static inline gboolean hg_byte_reader_vector(HgByteReader *rest, guint size, HgByteReader *taken) {
  guint length;
  return hg_byte_reader_number(rest, size, &length) && hg_byte_reader_take(rest, length, taken);
}

#endif

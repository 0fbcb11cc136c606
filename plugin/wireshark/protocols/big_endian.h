/* big_endian.h - numbers as they are on the wire
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_BIG_ENDIAN_H
#define HG_WIRESHARK_BIG_ENDIAN_H

#include <glib.h>

static inline guint16 hg_big_endian16(const guint8 *bytes) {
  return (guint16)(bytes[0] << 8 | bytes[1]);
}

static inline guint32 hg_big_endian24(const guint8 *bytes) {
  return (guint32)bytes[0] << 16 | hg_big_endian16(bytes + 1);
}

static inline guint32 hg_big_endian32(const guint8 *bytes) {
  return (guint32)bytes[0] << 24 | hg_big_endian24(bytes + 1);
}

#endif

/* checksum.h - checksums that tell whether the rows of a table are as written
 *
 * SQLite notices damage to its structure, but not a changed number. The checksum of a table is the
 * sum of the hashes of its rows, so it does not depend on their order. It protects against
 * accidents, not against manipulation.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_CHECKSUM_H
#define HG_EXPORT_STORE_CHECKSUM_H

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

#define HG_CHECKSUM_ROW G_GUINT64_CONSTANT(0xCBF29CE484222325) /* hash of a row without columns */
#define HG_CHECKSUM_NULL G_GUINT64_CONSTANT(0x9E3779B97F4A7C15)

/* The hash of a row with one more column. Finalizer of MurmurHash3. */
static inline guint64 hg_checksum_add(guint64 row, guint64 column) {
  guint64 h = (row ^ column) * G_GUINT64_CONSTANT(0xFF51AFD7ED558CCD);
  h ^= h >> 33;
  h *= G_GUINT64_CONSTANT(0xC4CEB9FE1A85EC53);
  return h ^ (h >> 29);
}

static inline guint64 hg_checksum_add_bytes(guint64 row, const void *bytes, gsize length) {
  const guint8 *at = bytes;
  guint64 h = HG_CHECKSUM_ROW; /* FNV-1a */
  for (gsize i = 0; i < length; i++)
    h = (h ^ at[i]) * G_GUINT64_CONSTANT(0x100000001B3);
  return hg_checksum_add(row, h ^ length);
}

static inline guint64 hg_checksum_add_real(guint64 row, double value) {
  guint64 bits;
  memcpy(&bits, &value, sizeof bits);
  return hg_checksum_add(row, bits);
}

G_END_DECLS
#endif

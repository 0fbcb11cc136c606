/* fnv.h - FNV-1a of 64 bits (Fowler, Noll, Vo), a digest of bytes that nobody has a reason to forge
 *
 * Where somebody might look for two inputs with the same digest, siphash.h is the right one.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_FNV_H
#define HG_TALLY_FNV_H

#include <glib.h>

G_BEGIN_DECLS

/* The digest of no bytes. */
#define HG_FNV_BEGIN G_GUINT64_CONSTANT(0xcbf29ce484222325)

/* The digest of what `sum` is the digest of, and of these bytes. */
static inline guint64 hg_fnv_add(guint64 sum, const void *bytes, gsize length) {
  for (gsize i = 0; i < length; i++)
    sum = (sum ^ ((const guint8 *)bytes)[i]) * G_GUINT64_CONSTANT(0x100000001b3);
  return sum;
}

G_END_DECLS
#endif

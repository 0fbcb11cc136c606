/* digest_class.h - what is kept of a digest of something short or guessable
 *
 * A whole digest of a short answer or of a search is as good as its text: who has it tries all texts. 16 bits tell
 * that two differ, and of two that are alike that they are the same but for once in 65,536 pairs; each class holds
 * more texts than anybody could tell apart.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_DIGEST_CLASS_H
#define HG_TALLY_DIGEST_CLASS_H

#include <glib.h>

G_BEGIN_DECLS

static inline guint16 hg_digest_class(guint64 digest) {
  return (guint16)(digest ^ digest >> 16 ^ digest >> 32 ^ digest >> 48);
}

G_END_DECLS
#endif

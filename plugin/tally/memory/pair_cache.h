/* pair_cache.h - remembers which conversation a packet's two addresses led to
 *
 * Finding a conversation takes three look-ups in large tables. Most packets belong to a pair that
 * had a packet shortly before; one look-up in this small table (256 KiB, which stays in the
 * processor's cache) then replaces the three. A pair is forgotten when another one needs its place;
 * the answer is never wrong. README.md says what that gains.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PAIR_CACHE_H
#define HG_TALLY_PAIR_CACHE_H

#include "tally/types/address.h"

G_BEGIN_DECLS

/* Only remembered here; see tables/conversation.h. */
typedef struct HgConversation HgConversation;

typedef struct HgPairCache HgPairCache;

HgPairCache *hg_pair_cache_new(void); /* transfer full */
void hg_pair_cache_free(HgPairCache *cache);

/* An address of up to 16 bytes, the rest zero. */
typedef struct {
  guint64 bytes[2];
  guint32 form; /* kind, length and segment in one number */
} HgPairEnd;

/* The key of a pair of addresses: the same for both directions. */
typedef struct {
  HgPairEnd end[2];
  gboolean swapped; /* the source is end[1] */
} HgPairKey;

/* FALSE when the pair cannot be remembered: an address is missing, or longer than 16 bytes. */
gboolean hg_pair_key_init(HgPairKey *key, const HgAddress *source, const HgAddress *destination);

/* The place of the pair, whether or not it is the one that is stored there. Borrowed; one cache
 * line. */
typedef struct HgPairPlace HgPairPlace;
HgPairPlace *hg_pair_cache_place(const HgPairCache *cache, const HgPairKey *key);

/* The conversation of the pair; NULL when another pair, or none, is stored there. `*side`: the
 * side of the conversation that the source is. */
HgConversation *hg_pair_place_find(const HgPairPlace *place, const HgPairKey *key, int *side);

/* Stores the pair. `side`: as above. `conversation` must outlive the cache. */
void hg_pair_place_store(HgPairPlace *place, const HgPairKey *key, HgConversation *conversation,
                         int side);

G_END_DECLS
#endif

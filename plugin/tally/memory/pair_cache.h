/* pair_cache.h - remembers which conversation a packet's two addresses led to
 *
 * To find it takes three look-ups in large tables. Most packets belong to a pair that was seen
 * shortly before; one look into this small table (256 KiB, which stays in a processor's cache) then
 * replaces them. It forgets whenever a slot is needed again and never answers wrongly.
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
  guint16 kind;  /* HgAddressKind */
  guint8 length; /* of the address, bytes */
} HgPairEnd;

/* The same for both directions. */
typedef struct {
  HgPairEnd end[2];
  gboolean swapped; /* the source is end[1] */
} HgPairKey;

/* FALSE for long addresses, and pairs of which one is none: they are not remembered. */
gboolean hg_pair_key_init(HgPairKey *key, const HgAddress *source, const HgAddress *destination);

/* Where the pair stands if it is remembered. Borrowed; a cache line for the pair that was stored there
 * last, and more. */
typedef struct HgPairPlace HgPairPlace;
HgPairPlace *hg_pair_cache_place(const HgPairCache *cache, const HgPairKey *key);

/* The conversation of the pair whose place this is; NULL when it is not remembered. `*side`: of the
 * source. Borrowed from whoever stored it. */
HgConversation *hg_pair_place_find(const HgPairPlace *place, const HgPairKey *key, int *side);

/* Remembers it. `side`: of the source. */
void hg_pair_place_store(HgPairPlace *place, const HgPairKey *key, HgConversation *conversation,
                         int side);

G_END_DECLS
#endif

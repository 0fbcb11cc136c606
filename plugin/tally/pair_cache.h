/* pair_cache.h - remembers which conversation a packet's two addresses led to
 *
 * To find it takes three look-ups in large tables. Most packets belong to a pair that was seen
 * shortly before; one look into this small table (256 KiB, which stays in a processor's cache) then
 * replaces them. It forgets whenever a slot is needed again and never answers wrongly.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PAIR_CACHE_H
#define HG_TALLY_PAIR_CACHE_H

#include "address.h"
#include "conversation.h"

G_BEGIN_DECLS

typedef struct HgPairCache HgPairCache;

HgPairCache *hg_pair_cache_new(void);
void hg_pair_cache_free(HgPairCache *cache);

/* Where the pair would stand: for fetching it into the processor's cache before it is looked for. */
gconstpointer hg_pair_cache_place(const HgPairCache *cache, const HgAddress *source,
                                  const HgAddress *destination);

/* NULL when the pair is not remembered, in either order. `*side`: of the source. Borrowed from whoever stored it. */
HgConversation *hg_pair_cache_find(const HgPairCache *cache, const HgAddress *source,
                                   const HgAddress *destination, int *side);

/* Remembers it; ignores long addresses, and pairs of which one is none. */
void hg_pair_cache_store(HgPairCache *cache, const HgAddress *source, const HgAddress *destination,
                         HgConversation *conversation, int side);

G_END_DECLS
#endif

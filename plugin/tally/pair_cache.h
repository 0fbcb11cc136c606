/* pair_cache.h - remembers what a packet's two addresses led to
 *
 * A packet needs its hosts and their conversation: three look-ups in large tables. Most packets
 * belong to a pair that was seen shortly before; one look into this small table (256 KiB, which
 * stays in a processor's cache) then replaces them. It forgets whenever a slot is needed again and
 * never answers wrongly.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PAIR_CACHE_H
#define HG_TALLY_PAIR_CACHE_H

#include "conversation.h"
#include "host.h"

G_BEGIN_DECLS

/* Whom a packet is from and to. All borrowed from the tally's tables, where nothing ever moves. */
typedef struct {
  HgHost *source, *destination; /* NULL: no address, or left out by a cap */
  HgConversation *conversation; /* NULL when both are, or left out by a cap */
  int side;                     /* of the source in the conversation */
} HgPair;

typedef struct HgPairCache HgPairCache;

HgPairCache *hg_pair_cache_new(void);
void hg_pair_cache_free(HgPairCache *cache);

/* FALSE when the pair is not remembered. */
gboolean hg_pair_cache_find(const HgPairCache *cache, const HgAddress *source,
                            const HgAddress *destination, HgPair *pair);

/* Remembers a pair with two hosts and a conversation; ignores others, and long addresses. */
void hg_pair_cache_store(HgPairCache *cache, const HgAddress *source, const HgAddress *destination,
                         const HgPair *pair);

G_END_DECLS
#endif

/* packet_queue.h - packets that wait to be counted together
 *
 * Dissecting a packet drives whatever a tally uses out of a processor's caches. Counting some dozens
 * in a row brings code and tables back once for all of them, and leaves time to fetch ahead.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PACKET_QUEUE_H
#define HG_TALLY_PACKET_QUEUE_H

#include "pair_cache.h"
#include "tally/types/packet.h"

G_BEGIN_DECLS

/* Only pointed to here; see tables/host.h. */
typedef struct HgHost HgHost;

typedef struct {
  HgPacket packet;  /* what it points to belongs to the queue; `protocol` is NULL, its number is: */
  guint16 protocol; /* in the tally */
  /* For who counts them; not filled in by the queue: */
  HgPairKey pair;
  HgPairPlace *place;           /* NULL: of no pair that can be remembered */
  int side;                     /* of the conversation that the source is */
  HgConversation *conversation; /* NULL: none, since a cap left it out or there is no address */
  HgHost *host[2];              /* source and destination; NULL: no address, or left out */
} HgQueuedPacket;

/* Enough that what is brought back for all costs each little, few enough to stay in a cache
 * themselves. */
#define HG_QUEUED_PACKETS 64

typedef struct HgPacketQueue HgPacketQueue;

HgPacketQueue *hg_packet_queue_new(void); /* transfer full */
void hg_packet_queue_free(HgPacketQueue *queue);

/* Copies a packet behind the others. Only while it is not full. */
void hg_packet_queue_add(HgPacketQueue *queue, const HgPacket *packet, guint16 protocol);

/* TRUE: clear it before another one comes. */
gboolean hg_packet_queue_is_full(const HgPacketQueue *queue);

/* All that wait, in the order in which they came: `*count` elements. Borrowed; good until the queue is
 * changed. */
HgQueuedPacket *hg_packet_queue_all(HgPacketQueue *queue, guint *count);
void hg_packet_queue_clear(HgPacketQueue *queue);

G_END_DECLS
#endif

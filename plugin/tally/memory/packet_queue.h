/* packet_queue.h - packets that wait to be counted together
 *
 * Dissecting a packet evicts the tally's code and tables from the processor's caches. Counting some
 * dozens in a row loads them once for all, and leaves time to fetch ahead. README.md says what that
 * gains.
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
  HgPacket packet;  /* what it points to belongs to the queue; `protocol` and `detected` are NULL */
  guint16 protocol; /* their numbers in the tally */
  guint16 detected;
  /* hg_builder_find fills in the rest: */
  HgPairKey pair;
  HgPairPlace *place;           /* NULL: the pair cannot be remembered */
  int side;                     /* side of the conversation that the source is */
  HgConversation *conversation; /* NULL: none, since a cap left it out or there is no address */
  HgHost *host[2];              /* source and destination; NULL: no address, or left out */
} HgQueuedPacket;

/* Enough to share the cost of loading the tables, few enough to stay in a cache themselves. */
#define HG_QUEUED_PACKETS 64

typedef struct HgPacketQueue HgPacketQueue;

HgPacketQueue *hg_packet_queue_new(void); /* transfer full */
void hg_packet_queue_free(HgPacketQueue *queue);

/* Appends a copy of the packet. The queue must not be full. */
void hg_packet_queue_add(HgPacketQueue *queue, const HgPacket *packet, guint16 protocol,
                         guint16 detected);

/* TRUE: the queue must be cleared before another packet is added. */
gboolean hg_packet_queue_is_full(const HgPacketQueue *queue);

/* All packets in the order in which they came: `*count` elements. Borrowed; valid until the
 * queue is changed. */
HgQueuedPacket *hg_packet_queue_all(HgPacketQueue *queue, guint *count);
void hg_packet_queue_clear(HgPacketQueue *queue);

G_END_DECLS
#endif

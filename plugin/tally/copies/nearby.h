/* nearby.h - what the packets just before tell of a packet that proves nothing itself
 *
 * Nothing in here lasts longer than HG_COPY_NEARBY_NS. So a capture that is cut in pieces has the same copies
 * as the whole, but for what lies as near to a cut.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_NEARBY_H
#define HG_TALLY_NEARBY_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

#define HG_NEARBY_BITS 8

/* The packets between two MACs. Two such pairs may share a place. */
typedef struct {
  guint64 latest; /* HgContentKey.packet of the latest one that was new */
  gint64 latest_ns;
  gint64 single_ns; /* when one came that no copy followed; HG_TIME_NONE: there was none */
  gboolean again;   /* the latest one came again */
} HgNearbyLink;

/* What an IPv4 address sent. */
typedef struct {
  guint64 content; /* HgContentKey.content */
  gint64 time_ns;
  guint32 address;
  guint16 identification;
  guint8 same; /* so many packets before it had the same identification, up to some */
} HgNearbySender;

/* To be embedded. */
typedef struct {
  HgNearbyLink links[1 << HG_NEARBY_BITS];
  HgNearbySender senders[1 << HG_NEARBY_BITS];
  gint64 doubled_ns; /* when a copy came that its bytes prove; HG_TIME_NONE: none did */
  guint times;       /* how often its packet had come by then */
} HgNearby;

void hg_nearby_init(HgNearby *nearby);

/* A packet comes for the first time. */
void hg_nearby_first(HgNearby *nearby, const HgPacket *packet);

/* A packet comes again, for the `times`th time in all. `proven`: its bytes alone prove that it is a copy. */
void hg_nearby_again(HgNearby *nearby, const HgPacket *packet, guint times, gboolean proven);

/* The identification tells the packet from all others of its sender, as far as those nearby show. */
gboolean hg_nearby_is_identified(const HgNearby *nearby, const HgPacket *packet);

/* A packet between the two MACs came only once. */
gboolean hg_nearby_is_single(const HgNearby *nearby, const HgPacket *packet);

/* How often packets come, as copies prove; 1: none does. */
guint hg_nearby_times(const HgNearby *nearby, const HgPacket *packet);

G_END_DECLS
#endif

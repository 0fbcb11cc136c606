/* traffic.h - packets and bytes with their first and last sighting; the counter used everywhere
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TRAFFIC_H
#define HG_TALLY_TRAFFIC_H

#include "packet_time.h"

G_BEGIN_DECLS

/* A zeroed struct stands for no packets; first and last are meaningful only when packets > 0.
 * They are the first and last by time, then by frame: captures are not always in order of time. */
typedef struct {
  guint64 packets;
  guint64 bytes; /* on the wire */
  gint64 first_ns, last_ns;
  guint32 first_frame, last_frame;
} HgTraffic;

/* Packets that are copies of others: they are in the traffic, and count no second time for anything
 * else. See tally/copies/. */
typedef struct {
  guint64 packets;
  guint64 bytes; /* on the wire */
} HgCopies;

static inline void hg_copies_merge(HgCopies *a, const HgCopies *b) {
  a->packets += b->packets;
  a->bytes += b->bytes;
}

static inline void hg_copies_add(HgCopies *c, guint32 bytes) {
  c->packets++;
  c->bytes += bytes;
}

/* Adds b's packets to a; both may be empty. Commutative and associative. */
static inline void hg_traffic_merge(HgTraffic *a, const HgTraffic *b) {
  if (b->packets == 0)
    return;
  if (a->packets == 0) {
    *a = *b;
    return;
  }
  a->packets += b->packets;
  a->bytes += b->bytes;
  if (b->first_ns < a->first_ns ||
      (b->first_ns == a->first_ns && b->first_frame < a->first_frame)) {
    a->first_ns = b->first_ns;
    a->first_frame = b->first_frame;
  }
  if (b->last_ns > a->last_ns || (b->last_ns == a->last_ns && b->last_frame > a->last_frame)) {
    a->last_ns = b->last_ns;
    a->last_frame = b->last_frame;
  }
}

/* TRUE when a's first packet came before b's, or b has none. */
static inline gboolean hg_traffic_is_before(const HgTraffic *a, const HgTraffic *b) {
  if (a->packets == 0 || b->packets == 0)
    return a->packets > 0;
  return a->first_ns != b->first_ns ? a->first_ns < b->first_ns : a->first_frame < b->first_frame;
}

/* Gives packets that have no time this one. */
static inline void hg_traffic_date(HgTraffic *t, gint64 ns) {
  if (t->first_ns == HG_TIME_NONE)
    t->first_ns = ns;
  if (t->last_ns == HG_TIME_NONE)
    t->last_ns = ns;
}

static inline void hg_traffic_add(HgTraffic *t, guint32 frame, gint64 time_ns, guint32 bytes) {
  const HgTraffic one = {1, bytes, time_ns, time_ns, frame, frame};
  hg_traffic_merge(t, &one);
}

G_END_DECLS
#endif

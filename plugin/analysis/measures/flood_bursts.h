/* flood_bursts.h - packets that get hosts no further, and their rates
 *
 * Packets that open half-open TCP connections (the client never completes the handshake),
 * datagrams without any answer, pings, and what has no transport at all: fragments that make nothing whole,
 * and IP protocols that nobody knows.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FLOOD_BURSTS_H
#define HG_ANALYSIS_FLOOD_BURSTS_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  HgTransport transport; /* HG_TRANSPORT_NONE: see above */
  const char *rate;      /* name of the parameter with the limit, packets a second */
  const char *packets;   /* name of these packets in reports */
  gboolean by_port;      /* counted for each port: many ports of one host are a scan, not a flood */
} HgFloodType;

#define HG_FLOOD_TYPES 5
extern const HgFloodType hg_flood_types[HG_FLOOD_TYPES];

/* The part of a flood that belongs to one connection, or, without a transport, to one conversation. */
typedef struct {
  guint32 target, source;
  guint type; /* index into hg_flood_types */
  guint16 port;
  gint64 first_ns, last_ns;
  guint32 first_frame, last_frame;
  guint32 packets;
} HgBurst;

typedef struct {
  const HgBurst *bursts; /* by time */
  guint count;
} HgFlood;

/* Bursts of targets that receive at least the total that `rates` (by type) require, sorted by
 * target, type, port (for types that count by port) and time. Connections of all other targets are
 * not examined. (transfer full, HgBurst) */
GArray *hg_flood_bursts_new(const HgRuleRun *run, const double rates[HG_FLOOD_TYPES]);

/* The bursts from index `first` on that form one flood. Borrowed. */
HgFlood hg_flood_of(const GArray *bursts, guint first);

/* The peak rate: most packets in any second, counted from the first packet. The packets of a
 * connection are taken to be spread evenly over its duration. */
double hg_flood_peak(const HgFlood *flood);

G_END_DECLS
#endif

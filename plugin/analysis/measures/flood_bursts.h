/* flood_bursts.h - what hosts are sent that nothing comes of, and how much of it a second
 *
 * Packets that open TCP connections which the client never goes on with, datagrams that nothing
 * comes back for, and pings.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FLOOD_BURSTS_H
#define HG_ANALYSIS_FLOOD_BURSTS_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  HgTransport transport;
  const char *rate;    /* the parameter with the limit, packets a second */
  const char *packets; /* what they are called */
  gboolean by_port;    /* many ports of one host are a scan, not a flood */
} HgFloodType;

#define HG_FLOOD_TYPES 4
extern const HgFloodType hg_flood_types[HG_FLOOD_TYPES];

/* One connection's part of a flood. */
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

/* Of targets that get at least so much in all, `rates` by type: by target, type, port (where it
 * makes a difference) and time. Most hosts do not, and their connections are not looked at.
 * (transfer full, HgBurst) */
GArray *hg_flood_bursts_new(const HgRuleRun *run, const double rates[HG_FLOOD_TYPES]);

/* The waves from `first` on that are one flood. Borrowed. */
HgFlood hg_flood_of(const GArray *bursts, guint first);

/* The most packets in any second, counted from the first packet on. A connection's packets are taken
 * to be spread evenly over its time. */
double hg_flood_peak(const HgFlood *flood);

G_END_DECLS
#endif

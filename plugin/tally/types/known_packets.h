/* known_packets.h - the packets that a store has already, and which of another capture they are
 *
 * Two sensors' captures, or pieces of one capture, may overlap: a packet that was in one of them is told by
 * its content key and its time. Clocks may differ: by up to a second for packets that their sender
 * numbered (an IPv4 identification, or TCP's sequence number with data, SYN or FIN) and that come but once
 * within that time; others (ARP, neighbour discovery, empty ACKs) repeat themselves, and have to be where
 * the clocks, as far as the packets before told how they differ, let them be expected. Each packet of the
 * store stands for one packet.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_KNOWN_PACKETS_H
#define HG_TALLY_KNOWN_PACKETS_H

#include "capture.h"
#include "packet.h"

G_BEGIN_DECLS

/* By how much two clocks may differ. */
#define HG_KNOWN_SKEW_US G_GINT64_CONSTANT(1000000)
/* How far a packet that repeats itself may be from where it is expected: less than the 200 ms after which
 * TCP stacks repeat one at the earliest (TCP_RTO_MIN of Linux; RFC 6298 has 1 s). */
#define HG_KNOWN_JITTER_US G_GINT64_CONSTANT(100000)

typedef struct HgKnownPackets HgKnownPackets;

/* `of`: name of the store. (transfer full) */
HgKnownPackets *hg_known_packets_new(const char *of);
void hg_known_packets_free(HgKnownPackets *known);

/* Adds the packets of a capture. FALSE: its fingerprints are damaged. */
gboolean hg_known_packets_add(HgKnownPackets *known, const HgCapture *capture);
/* To be called after all captures were added. `hash_key`: the keys in the store are hashes of content keys
 * by this key; NULL: they are plain. */
void hg_known_packets_complete(HgKnownPackets *known, const guint64 hash_key[2]);

/* The purpose for hg_pseudonyms_hash_key. */
#define HG_KNOWN_PACKETS_PURPOSE "content key"
/* What stands for a content key's 48 bits where they are not to be told. */
guint64 hg_known_packets_hash(const guint64 hash_key[2], guint64 key);

const char *hg_known_packets_of(const HgKnownPackets *known);
/* The captures that were added, without fingerprints: HgCapture. Borrowed. */
const GArray *hg_known_packets_captures(const HgKnownPackets *known);

/* Matches the packets of one capture. */
typedef struct HgPacketMatcher HgPacketMatcher;

/* `known` must outlive it. (transfer full) */
HgPacketMatcher *hg_packet_matcher_new(const HgKnownPackets *known);
void hg_packet_matcher_free(HgPacketMatcher *matcher);

/* Whether the store has this packet; a packet of the store is given away once. To be asked once for each
 * packet. */
gboolean hg_packet_matcher_take(HgPacketMatcher *matcher, const HgPacket *packet);
/* How many it had. */
guint64 hg_packet_matcher_count(const HgPacketMatcher *matcher);

G_END_DECLS
#endif

/* copy_detector.h - tells copies of a packet from packets that their sender sent twice alike
 *
 * The same packet is in a capture twice where a switch mirrors both ports (SPAN), where both sides of a
 * router, a firewall or an address translator were captured, in and outside of a tunnel, or on a loopback
 * device. It was sent once: attempts, logins, sizes and intervals are those of the first copy.
 *
 * What proves that packets with the same content key, at most HG_COPY_WINDOW_NS apart, are copies:
 * - an IPv4 identification, where the sender gives each packet its own (RFC 6864);
 * - fewer hops left or another source MAC, which a sender does not change.
 * Without these (identification 0, IPv6) the second must follow within HG_COPY_CLOSE_NS. Then it is a copy
 * - of a segment of TCP with data, SYN or FIN, which TCP does not repeat so soon;
 * - of any packet where copies that their bytes prove came lately (HG_COPY_NEARBY_NS): as often as those;
 * - of a unicast datagram of UDP also without those.
 * The last two not where a packet between the same two MACs came only once lately. ACKs and RSTs without data,
 * multicasts, ARP and ICMP are what senders do repeat at once. What is not proved counts as a packet: so copies
 * of these are missed where none with proof are near.
 * A packet that comes more than HG_COPY_MOST times, each within the window of the one before, is a flood, whose
 * packets all count. translations.h tells what proves a copy that a translator or a firewall has changed.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_COPY_DETECTOR_H
#define HG_TALLY_COPY_DETECTOR_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

/* 50 ms: longer than a mirror, a router or a firewall delays a packet, shorter than the least time after
 * which TCP repeats one (200 ms in Linux, 1 s in RFC 6298). */
#define HG_COPY_WINDOW_NS (G_GINT64_CONSTANT(50) * 1000000)

/* 1 ms: shorter than the round trips that a fast retransmission (RFC 5681) waits for, on most paths. */
#define HG_COPY_CLOSE_NS (G_GINT64_CONSTANT(1) * 1000000)

/* 1 s: so long a copy tells of its neighbours. */
#define HG_COPY_NEARBY_NS (G_GINT64_CONSTANT(1000) * 1000000)

/* A packet that is routed between two VLANs, both ports of both mirrored, is captured four times. */
#define HG_COPY_MOST 4

/* Remembers the packets of a short while, in a fixed amount of memory (below 2 MiB). A packet that others
 * drove out before its copy came makes this miss the copy; nothing becomes a copy for that. */
typedef struct HgCopyDetector HgCopyDetector;

HgCopyDetector *hg_copy_detector_new(void); /* transfer full */
void hg_copy_detector_free(HgCopyDetector *detector);

/* Whether the packet is a copy of one that was given before. To be asked once for each packet, in the order
 * of frames. A packet without a content key is no copy. */
gboolean hg_copy_detector_packet(HgCopyDetector *detector, const HgPacket *packet);

G_END_DECLS
#endif

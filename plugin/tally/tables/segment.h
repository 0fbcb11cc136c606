/* segment.h - the segments of a capture: VLANs, tunnels, capture interfaces
 *
 * Two segments can use the same addresses, so an IP address is one of a segment.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_SEGMENT_H
#define HG_TALLY_SEGMENT_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *name;   /* "VLAN 20", "VNI 5001", "untagged"; segments of one name are one segment */
  char *filter; /* display filter of its packets; brackets round it if it needs them */
  gboolean
      routed; /* its packets have no link layer (GRE, GTP, MPLS): the MACs are of the tunnel's ends */
} HgSegment;

/* Display filter of IP packets within IP packets; of IPv6 extension headers may be between the two. */
#define HG_SEGMENT_IP_IN_IP_FILTER                                                                 \
  "(ip.proto in {4, 41} || ipv6.nxt in {4, 41} || ipv6.hopopts.nxt in {4, 41} || "                 \
  "ipv6.routing.nxt in {4, 41} || ipv6.dstopts.nxt in {4, 41})"

/* Stands before the name of a capture interface in the name of a segment, which ends in that:
 * "VLAN 20, interface eth1". Nothing else in names of segments is free text. */
#define HG_SEGMENT_INTERFACE "interface "

/* The name of the capture interface in the name of a segment; NULL: it names none. */
const char *hg_segment_interface(const char *name);

/* Of frames without a tag: what they carry, or the packets of a tunnel that carry others. */
extern const HgSegment hg_segment_untagged;
/* Of addresses that are one machine in all segments, where hosts were told apart: a tally no longer knows
 * then in which they were. */
extern const HgSegment hg_segment_unknown;

/* GDestroyNotify over an HgSegment that owns its texts. */
void hg_segment_free(gpointer segment);

typedef struct HgSegmentTable HgSegmentTable;

HgSegmentTable *hg_segment_table_new(void);
void hg_segment_table_free(HgSegmentTable *table);

/* The number of a segment, adding a copy when it is new; they count from 0 in order of first sight. The
 * table holds at most 65,535; later ones answer 0, as if they were the first. */
guint16 hg_segment_table_intern(HgSegmentTable *table, const HgSegment *segment);

/* Borrowed; NULL when there is none of this number. */
const HgSegment *hg_segment_table_get(const HgSegmentTable *table, guint16 number);
guint hg_segment_table_count(const HgSegmentTable *table);

G_END_DECLS
#endif

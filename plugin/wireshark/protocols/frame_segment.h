/* frame_segment.h - in which segment a frame's innermost packet is, from the bytes of the frame
 *
 * A segment is a VLAN, or what a tunnel says: of several tunnels within each other, the innermost one
 * with what is inside of it, VLANs, MPLS and PPPoE. A copy that a switch sends over the network (ERSPAN)
 * is of the segment that it was copied from.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_SEGMENT_H
#define HG_WIRESHARK_FRAME_SEGMENT_H

#include "tally/types/vlan.h"

typedef enum {
  HG_SEGMENT_TAG,      /* IEEE 802.1Q; priority tags (VLAN 0) are left out */
  HG_SEGMENT_TAG_AD,   /* IEEE 802.1ad, the provider's tag */
  HG_SEGMENT_VXLAN,    /* RFC 7348; by VNI */
  HG_SEGMENT_GENEVE,   /* RFC 8926; by VNI */
  HG_SEGMENT_NVGRE,    /* RFC 7637; by its key: VSID and flow */
  HG_SEGMENT_GRE_KEY,  /* RFC 2890 */
  HG_SEGMENT_GRE,      /* RFC 2784, and PPTP */
  HG_SEGMENT_IP_IN_IP, /* RFC 2003, 4213 */
  HG_SEGMENT_GTP,
  HG_SEGMENT_L2TP,
  HG_SEGMENT_MPLS,
  HG_SEGMENT_PPPOE /* RFC 2516; by session */
} HgSegmentLabelKind;

/* Labels of 32 bits with a kind. It has no padding, so that bytes can be compared. */
#define HG_SEGMENT_LABELS 4
typedef struct {
  guint32 count;
  guint8 kind[HG_SEGMENT_LABELS]; /* HgSegmentLabelKind, outer first; more of them are left out */
  guint32 number[HG_SEGMENT_LABELS];
} HgFrameSegment;

/* What the bytes begin with. */
typedef enum { HG_FRAME_ETHERNET, HG_FRAME_IP, HG_FRAME_SLL, HG_FRAME_SLL2 } HgFrameStart;

/* `headers`: how many link, IP and ARP headers Wireshark dissected, without what an ICMP error quotes. An IP
 * header that is the last of them carries no tunnel, whatever its ports say. `outer`: of the frame itself,
 * outside of all tunnels; the same as `segment` where there is none. The unused labels are zero. */
void hg_frame_segment_read(HgFrameStart start, const guint8 *bytes, gsize length, guint headers,
                           HgFrameSegment *segment, HgFrameSegment *outer);

/* "VLAN 20", "VLAN 100.20", "VNI 5001", "untagged". (transfer full) */
char *hg_frame_segment_name(const HgFrameSegment *segment);
/* The display filter of its packets. (transfer full) */
char *hg_frame_segment_filter(const HgFrameSegment *segment);
/* The VLAN tags that follow each other. */
HgVlan hg_frame_segment_vlan(const HgFrameSegment *segment);
/* The packet is in a tunnel, which says of which segment it is wherever it was captured. */
gboolean hg_frame_segment_is_in_tunnel(const HgFrameSegment *segment);
/* The innermost packet has no link layer of its own. */
gboolean hg_frame_segment_is_routed(const HgFrameSegment *segment);

#endif

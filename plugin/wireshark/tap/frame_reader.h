/* frame_reader.h - dissected frames into a tally
 *
 * Fills in an HgPacket for each frame, looks for evidence in it, and hands both over. Who calls it,
 * and where the headers come from, is up to its owner: taps (live.c), or fields of a tree where
 * there are no taps (first_pass.c).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_READER_H
#define HG_WIRESHARK_FRAME_READER_H

#include "evidence_reader.h"
#include "packet_decoder.h"

typedef struct HgFrameReader HgFrameReader;

/* `columns`: whether the frames will come with columns. (transfer full) */
HgFrameReader *hg_frame_reader_new(const HgTallyOptions *options, gboolean columns);
void hg_frame_reader_free(HgFrameReader *reader);

/* A new tally. */
void hg_frame_reader_reset(HgFrameReader *reader);

/* What is known of the headers of this frame, to be filled in before it is complete; forgets those
 * of another. */
HgHeaders *hg_frame_reader_headers(HgFrameReader *reader, const packet_info *pinfo);

/* NULL: without evidence. */
HgEvidenceReader *hg_frame_reader_evidence(HgFrameReader *reader);

/* The frame is complete. Both are called as often as there are frames within it, innermost first.
 * From a tap: `edt` is the frame's dissection. */
void hg_frame_reader_tapped(HgFrameReader *reader, packet_info *pinfo, const epan_dissect_t *edt);
/* Where no tap was served: `tree` has the fields of evidence; NULL: there is no tree. */
void hg_frame_reader_dissected(HgFrameReader *reader, packet_info *pinfo, proto_tree *tree);

/* The tally so far, with the names that Wireshark shows by now; replaced at each reset. Borrowed. */
HgTally *hg_frame_reader_tally(HgFrameReader *reader);

/* Frames since the last reset. */
guint32 hg_frame_reader_frames(const HgFrameReader *reader);

#endif

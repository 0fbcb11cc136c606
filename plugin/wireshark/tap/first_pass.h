/* first_pass.h - a tally of the first of two passes over a capture, where no tap is served
 *
 * tshark -2 and sharkd dissect all packets once before anything is shown. What taps would say of
 * headers is read from fields then, so trees are asked for in that pass.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIRST_PASS_H
#define HG_WIRESHARK_FIRST_PASS_H

#include "wireshark/compat.h"

#include "tally/tally.h"

typedef struct HgFirstPass HgFirstPass;

/* (transfer full) */
HgFirstPass *hg_first_pass_new(const HgTallyOptions *options);
void hg_first_pass_free(HgFirstPass *pass);

/* The fields that a tree must have: a new GArray of int (transfer full). */
GArray *hg_first_pass_fields(const HgFirstPass *pass);

/* A frame; `tree` may be NULL where nobody asked for one: then headers are known only as far as
 * packet_info tells. */
void hg_first_pass_frame(HgFirstPass *pass, packet_info *pinfo, proto_tree *tree);

guint32 hg_first_pass_frames(const HgFirstPass *pass);
const HgTally *hg_first_pass_tally(HgFirstPass *pass); /* borrowed */

#endif

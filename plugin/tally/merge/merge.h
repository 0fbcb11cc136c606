/* merge.h - several tallies into one
 *
 * merge(tally(A), tally(B)) equals tally(A followed by B) for every count.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_H
#define HG_TALLY_MERGE_H

#include "tally/tally_builder.h"

G_BEGIN_DECLS

/* Adds `from` as if its packets had followed: its frames count on after the last frame of `into`. Both
 * should have the same options; where they differ those of `into` hold, but for full_info and keep_duplicates,
 * which hold if either has them, and home networks: those given for either are one's own. */
void hg_tally_builder_merge(HgTallyBuilder *into, const HgTally *from);

/* A new tally as if the captures of both had been tallied one after the other in the order of their
 * times, wherever they stand now: frames count on from one to the next, hosts and conversations
 * are numbered in order of first sight. So the parts of a capture give the whole in whatever order
 * they come, as long as no two begin at the same moment. Options are those of `a`, but for
 * full_info, keep_duplicates and home networks, as above. (transfer full) */
HgTally *hg_tally_union(const HgTally *a, const HgTally *b);

G_END_DECLS
#endif

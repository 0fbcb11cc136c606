/* redissection.h - one frame dissected once more, this time with a tree of a few fields
 *
 * Fields are only to be had from a tree. A tap that asks Wireshark for one gets it in every frame,
 * and all of them cost a third more time, though one frame in twenty has anything to read. So taps
 * here ask for none, and look again at those few frames.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REDISSECTION_H
#define HG_WIRESHARK_REDISSECTION_H

#include "wireshark/compat.h"

/* To be called from a tap, once all other taps of the frame have been served up to "frame": their
 * data may belong to dissectors, which this lets run. Fields not among `ids` may be missing in the
 * tree. What `pinfo` and `first` hold stays as it is. (transfer full) */
epan_dissect_t *hg_redissection_new(const packet_info *pinfo, const epan_dissect_t *first,
                                    const int *ids, guint count);

/* The tree, and what was borrowed from it, go. */
void hg_redissection_free(epan_dissect_t *look);

#endif

/* pseudonym_tally.h - a copy of a tally with pseudonyms for all addresses and names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PSEUDONYM_TALLY_H
#define HG_TALLY_PSEUDONYM_TALLY_H

#include "tally/pseudonym.h"
#include "tally/tally.h"

G_BEGIN_DECLS

/* A copy with all hosts, counts, times and frames; names and users are replaced by their
 * pseudonyms, Info texts are left out. (transfer full) */
HgTally *hg_pseudonyms_tally(const HgPseudonyms *pseudonyms, const HgTally *tally);

G_END_DECLS
#endif

/* tally_text.h - everything in a tally as sorted text
 *
 * Hosts are named by address, so that tallies that number them otherwise have the same text.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_TALLY_TEXT_H
#define HG_TESTS_TALLY_TEXT_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* (transfer full) */
char *hg_tally_text(const HgTally *tally);

G_END_DECLS
#endif

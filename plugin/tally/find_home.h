/* find_home.h - finds out which networks are one's own, and gives hosts their scope
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_FIND_HOME_H
#define HG_TALLY_FIND_HOME_H

#include "tally.h"

G_BEGIN_DECLS

/* Fills in the home networks of the tally: those of its options, or, where these have none, private
 * ranges and what leases, router advertisements, ARP and neighbour discovery prove. Then sets the
 * scope of all hosts. It follows from what the tables hold, in whatever order. */
void hg_tally_find_home(HgTally *tally);

/* Replaces the home networks of the options (HgNetwork, settled; the tally takes a reference; NULL: none
 * are given) and does the same. */
void hg_tally_set_home(HgTally *tally, GArray *networks);

G_END_DECLS
#endif

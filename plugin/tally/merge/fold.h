/* fold.h - a tally in which several hosts become one
 *
 * All tables are translated and add up again: packets between two hosts that become one are that
 * host's own conversation with itself. It is as if the packets had shown the addresses that the
 * hosts become; only TCP connections stay the ones that they were where two have the same ports then.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_FOLD_H
#define HG_TALLY_FOLD_H

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  /* The address of the host that the one with this address becomes, or `address` itself. It is asked
   * for addresses of hosts, and for those that evidence told, which need not be of hosts. What the
   * answer points to lives until the fold is done. */
  HgAddress (*becomes)(const HgAddress *address, gconstpointer data);
  gconstpointer data;
  /* Names, logins, bindings and observations keep the addresses that they were told with; but for
   * tunnels, whose ends are hosts. */
  gboolean keeps_evidence;
  /* Of the answers; NULL: as of the tally. */
  const HgSegmentTable *segments;
  /* The hosts of the folded tally know the addresses that they had: see hg_tally_host_aliases. */
  gboolean keeps_aliases;
} HgFold;

/* Hosts stay in order of first sight. A folded tally has no remainders (hg_tally_remainder): stores take
 * tallies as they were. (transfer full) */
HgTally *hg_tally_fold(const HgTally *tally, const HgFold *fold);

/* The same by numbers: host i of the tally becomes the one with the address `becomes[i]`, which may be
 * that of a host or a new one; all other addresses stay. (transfer full) */
HgTally *hg_tally_fold_hosts(const HgTally *tally, const HgAddress *becomes,
                             gboolean keeps_evidence);

G_END_DECLS
#endif

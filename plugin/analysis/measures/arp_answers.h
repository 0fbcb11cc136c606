/* arp_answers.h - whether the capture would show the answers to a MAC's ARP requests
 *
 * Requests are broadcast, replies are not: beside a switch, or at the foot of a cable network, a capture
 * holds the requests of everybody and the replies to few. See answers.h for what is asked by IP.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ARP_ANSWERS_H
#define HG_ANALYSIS_ARP_ANSWERS_H

#include "analysis/basics/arp_owners.h"

G_BEGIN_DECLS

typedef struct HgArpAnswers HgArpAnswers;

/* Both must outlive it and not change meanwhile. (transfer full) */
HgArpAnswers *hg_arp_answers_new(const HgTally *tally, const HgArpOwners *owners);
void hg_arp_answers_free(HgArpAnswers *answers);

/* Whether a reply to this MAC was captured; of one that only asked for addresses that nobody has: whether
 * most others who asked for an address that somebody has got a reply. */
gboolean hg_arp_answers_are_visible(const HgArpAnswers *answers, const HgAddress *mac);

G_END_DECLS
#endif

/* peer_to_peer.h - tells the contacts of peer-to-peer software from those of a scan
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_PEER_TO_PEER_H
#define HG_ANALYSIS_PEER_TO_PEER_H

#include "first_contact.h"

G_BEGIN_DECLS

/* Removes the contacts of peer-to-peer software from a client's contacts over one transport
 * (HgFirstContact, any order). A peer-to-peer client tries hundreds of addresses that it learned
 * from other peers. Most of them are gone, so its failures look like a scan. But each peer listens
 * on a port that it chose, so there are about as many ports as addresses (T. Karagiannis et al.,
 * "Transport Layer Identification of P2P Traffic", 2004), and some peers do answer. A scan looks
 * for a few services on all hosts, or for many ports on each, and blind probes to random ports are
 * hardly ever answered. Well-known ports are never taken for a peer's. */
void hg_peer_to_peer_remove(GArray *contacts);

G_END_DECLS
#endif

/* stealth_probes.h - probes that look like a part of a TCP connection
 *
 * ACK, window, Maimon (FIN and ACK) and SYN-ACK scans send single segments that could as well be the
 * rest of a connection whose start was not captured: a keep-alive, the end of an idle connection, the
 * SYN-ACK to a forged SYN. One alone proves nothing. Several of one sender prove a scan by the ports:
 *
 * - from one port to several services: a TCP stack gives each of its connections a port of its own;
 * - to many services of one host within minutes;
 * - SYN-ACKs from dynamic ports to one service of many hosts: servers have other ports, and one each.
 *
 * What servers send to their clients, and victims of forged SYNs to anybody, goes to dynamic or random
 * ports instead. (FIN, NULL and Xmas scans need no such proof: see connection.h.)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_STEALTH_PROBES_H
#define HG_TALLY_STEALTH_PROBES_H

#include "reassembled_connections.h"

G_BEGIN_DECLS

/* Makes attempts of the sender of what several of such connections prove to be probes. */
void hg_stealth_probes_tell(HgReassembledConnections *reassembled, const HgTally *tally);

G_END_DECLS
#endif

/* zeek_state.h - how a connection went, in the words of Zeek's conn.log
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_ZEEK_STATE_H
#define HG_TALLY_ZEEK_STATE_H

#include "connection.h"

G_BEGIN_DECLS

/* The conn_state of Zeek's conn.log (base/protocols/conn): S0, S1, SF, REJ, S2, S3, RSTO, RSTR, RSTOS0,
 * RSTRH, SH, SHR or OTH. The client is Zeek's originator.
 *
 * Zeek follows the packets in their order; here the flags that each side sent decide, so the order of
 * packets in the file does not. UDP: S0, SF or SHR by which sides sent something. All other transports
 * are OTH, as in Zeek. An ICMP error does not change the state, as in Zeek. */
const char *hg_zeek_state(const HgConnection *connection);

G_END_DECLS
#endif

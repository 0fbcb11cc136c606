/* stratum.h - Stratum, what miners and mining pools say to each other
 *
 * JSON-RPC, a line a message, over TCP: Bitcoin's dialect ("mining.subscribe", "mining.authorize"), that of
 * Monero and its kin ("login" with a wallet, answered by jobs) and that of Ethereum ("eth_submitLogin"). Other
 * programs speak JSON-RPC, too, and some have a method "login": names of methods and members decide, not that it
 * is JSON. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STRATUM_H
#define HG_WIRESHARK_STRATUM_H

#include <glib.h>

G_BEGIN_DECLS

/* Whether a message of either side begins here; the rest of it may be missing. */
gboolean hg_stratum_begins(const guint8 *bytes, gsize length);

G_END_DECLS
#endif

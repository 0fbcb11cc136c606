/* community_id.h - the Community ID of a connection, by which flow records of other tools are found
 *
 * Version 1 with seed 0, as Corelight publishes it (github.com/corelight/community-id-spec) and Zeek,
 * Suricata, Arkime and Wireshark compute it: SHA-1 over both ends in a fixed order. It is a function of
 * the addresses and ports that stand beside it: with pseudonyms it is that of the pseudonyms, and tells
 * nothing about the real addresses.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_COMMUNITY_ID_H
#define HG_EXPORT_COMMUNITY_ID_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

/* The ports that stand for an echo request and its reply: the ICMP types, as in Zeek's conn.log and in
 * the Community ID. `port`: 0 of who asks, 1 of who answers. TRUE for ICMP and ICMPv6 only. */
gboolean hg_community_id_echo_ports(HgTransport transport, guint16 port[2]);

/* "1:LQU9qZlK+B5F3KDmev6m5PMibrg="; NULL unless both addresses are IPv4 or both IPv6. Ports of echo as
 * above; those of other transports than TCP, UDP, SCTP and ICMP do not count, as published. (transfer
 * full) */
char *hg_community_id(HgTransport transport, const HgAddress *client, const HgAddress *server,
                      guint16 client_port, guint16 server_port);

G_END_DECLS
#endif

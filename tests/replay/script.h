/* script.h - packets and evidence as text, so that all but the Wireshark adapter runs without
 * Wireshark
 *
 * A script is lines; # begins a comment; blank lines are skipped. Words are separated by blanks; a
 * word may be quoted with "..." (\" \\ \n \t \xHH inside).
 *
 *   TIME SOURCE DESTINATION PROTOCOL [KEY=VALUE]...     a packet; frames count from 1
 *   login CLIENT SERVER PROTOCOL USER                   evidence of the packet before
 *   name ADDRESS NAME [dns|tls|http|dhcp|resolved]
 *   arp MAC IP TARGET_IP [reply]    and nd, the same in IPv6
 *   observe KIND ACTOR PEER SUBJECT [SIZE]              see tally/observation.h; "-": no address
 *   unreachable SOURCE DESTINATION TRANSPORT SPORT DPORT
 *
 * TIME is epoch seconds with up to 9 decimals. SOURCE and DESTINATION as hg_address_parse reads
 * them, "-" for none. Keys: len= (wire bytes, default 60) frame= (default: one more than
 * before) tcp=SPORT:DPORT[:FLAGS] (flags of SAFRP, or none; not given: A) udp=SPORT:DPORT sctp=SPORT:DPORT
 * echo=request|reply:ID seq= payload= (bytes; default 0 for TCP, len for others) info= smac= dmac=
 * net= ("VLAN 20", of that VLAN; default: untagged) vlan= (its number, without a segment)
 * detected= (the protocol that the first bytes of the connection are of) copy (without a value: it is a copy
 * of an earlier packet)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_SCRIPT_H
#define HG_TESTS_SCRIPT_H

#include "tally/tally_builder.h"

G_BEGIN_DECLS

/* Adds the script's packets. FALSE and `error`: line number and what is wrong; the packets before that
 * line are in. */
gboolean hg_script_read(HgTallyBuilder *builder, const char *script, GError **error);

/* All of these: of a script that must be right (aborts with the message if not). `options`: NULL:
 * the default ones. (transfer full) */
HgTallyBuilder *hg_script_builder(const char *script, const HgTallyOptions *options);
HgTally *hg_script_tally_with(const char *script, const HgTallyOptions *options);
HgTally *hg_script_tally(const char *script);

G_END_DECLS
#endif

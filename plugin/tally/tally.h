/* tally.h - everything that was counted over a capture, to be read
 *
 * A tally comes from an HgTallyBuilder (tally_builder.h), from a merge (merge/merge.h) or from a
 * store. It is complete: sums are summed up, the contact log is in order. Getters change nothing
 * and lend what they return. Numbers (of hosts, conversations, ...) are places in the tally's
 * tables, from 0. They never change, also when the builder gets more packets.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TALLY_H
#define HG_TALLY_TALLY_H

#include "home_networks.h"
#include "tally/tables/binding.h"
#include "tally/tables/connection.h"
#include "tally/tables/contact_log.h"
#include "tally/tables/conversation.h"
#include "tally/tables/host.h"
#include "tally/tables/names_and_logins.h"
#include "tally/tables/observation.h"
#include "tally/tables/pending_icmp_errors.h"
#include "tally/tables/protocol.h"
#include "tally/tables/segment.h"
#include "tally/types/capture.h"
#include "tally/types/evidence.h"
#include "tally/types/packet.h"
#include "tally_options.h"

G_BEGIN_DECLS

/* A finished tally, for reading. `const HgTally *`: borrowed, from hg_tally_finish. `HgTally *`:
 * the holder owns it. */
typedef struct HgTally HgTally;

/* Frees a tally that its holder owns, never one that hg_tally_finish lent. NULL is ignored. */
void hg_tally_free(HgTally *tally);

const HgTallyOptions *hg_tally_options(const HgTally *tally);

/* All packets of the protocols asked for, also those without addresses. */
const HgTraffic *hg_tally_traffic(const HgTally *tally);

/* Those among them that are copies of others (HgPacket.copy). */
const HgCopies *hg_tally_copies(const HgTally *tally);

/* Zero of relative times, as in Wireshark's Time column: the time of the first packet given, also
 * when its protocol was not asked for. 0 when there was none; HG_TIME_NONE when no packet has a time. */
gint64 hg_tally_start(const HgTally *tally);

/* How many packets have no time of their own: they have that of a neighbour (see capture_clock.h), or,
 * where no packet of their capture has one, HG_TIME_NONE. */
guint64 hg_tally_packets_without_time(const HgTally *tally);

/* The captures in it, in the order of frames: a new array of HgCapture (transfer full). */
GArray *hg_tally_captures(const HgTally *tally);

/* What of the tally's packets a store does not have, of which HgTallyOptions.known told them by this name:
 * as if only these packets had been tallied, under the frame numbers that they have here. `*known`: how
 * many it has; 0: the tally itself is returned. Borrowed. */
const HgTally *hg_tally_remainder(const HgTally *tally, const char *of, guint64 *known);

/* How many packets (or names, bytes of Info texts, ...) a cap left out; 0: the cap was not hit. */
guint64 hg_tally_left_out(const HgTally *tally, HgCap cap);

/* The segment of an address that stands for different machines in different segments; NULL: it stands for
 * one. The text of such a host names it: "10.0.0.5 (VLAN 20)". Borrowed. */
const HgSegment *hg_tally_segment(const HgTally *tally, const HgAddress *address);

/* All of them. Borrowed. */
const HgSegmentTable *hg_tally_segments(const HgTally *tally);

guint32 hg_tally_host_count(const HgTally *tally);
const HgHost *hg_tally_host(const HgTally *tally, guint32 number);
/* The host with this address, or with this alias; NULL: none. */
const HgHost *hg_tally_find_host(const HgTally *tally, const HgAddress *address);
/* The other addresses of a host that a fold made of several (see keeps_aliases in merge/fold.h): an
 * array of HgAddress, in order of first sight. NULL: there are none. Borrowed. */
const GArray *hg_tally_host_aliases(const HgTally *tally, guint32 number);

/* Numbers (guint32) of the hosts with this address in whatever segment: several where it is told apart.
 * (transfer full) */
GArray *hg_tally_find_hosts(const HgTally *tally, const HgAddress *address);

guint32 hg_tally_conversation_count(const HgTally *tally);
const HgConversation *hg_tally_conversation(const HgTally *tally, guint32 number);
const HgConversation *hg_tally_find_conversation(const HgTally *tally, guint32 from, guint32 to,
                                                 int *side); /* or NULL */
guint32 hg_tally_conversation_protocol_count(const HgTally *tally);
const HgConversationProtocol *hg_tally_conversation_protocol(const HgTally *tally, guint32 number);
guint32 hg_tally_conversation_vlan_count(const HgTally *tally);
const HgConversationVlan *hg_tally_conversation_vlan(const HgTally *tally, guint32 number);

guint hg_tally_protocol_count(const HgTally *tally);
const HgProtocol *hg_tally_protocol(const HgTally *tally, guint16 protocol);

guint32 hg_tally_connection_count(const HgTally *tally);
const HgConnection *hg_tally_connection(const HgTally *tally, guint32 number);
/* The protocol that a connection is of, by number: the one that its packets show, unless its first bytes
 * tell more. */
guint16 hg_tally_connection_protocol(const HgTally *tally, const HgConnection *connection);

/* ICMP errors that found no connection: an array of HgPendingIcmpError. Borrowed. */
const GArray *hg_tally_pending_icmp_errors(const HgTally *tally);

const HgContactLog *hg_tally_contacts(const HgTally *tally);
/* How exact the times of contacts are: 0, or, where runs of packets came from a store, the longest
 * silence within a run. */
gint64 hg_tally_contact_resolution_ns(const HgTally *tally);
/* The hosts that sent and received this contact. */
void hg_tally_contact_ends(const HgTally *tally, const HgContact *contact, guint32 *source,
                           guint32 *destination);

const HgBindingTable *hg_tally_bindings(const HgTally *tally);
const HgNamesAndLogins *hg_tally_names_and_logins(const HgTally *tally);
const HgObservationTable *hg_tally_observations(const HgTally *tally);

/* Networks that are one's own: HgHomeNetwork, sorted, none within another. Borrowed. */
const GArray *hg_tally_home(const HgTally *tally);
/* The scope of an address, which need not be a host's. */
HgScope hg_tally_scope(const HgTally *tally, const HgAddress *address);

G_END_DECLS
#endif

/* tally.h - everything that was counted over a capture
 *
 * One writer at a time; several tallies live side by side. Getters borrow. Numbers (of hosts,
 * conversations, ...) are places in the tally's tables, from 0, and never change.
 * merge(tally(A), tally(B)) equals tally(A followed by B) for every count.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TALLY_H
#define HG_TALLY_TALLY_H

#include "capture.h"
#include "evidence.h"
#include "packet.h"
#include "tally/tables/binding.h"
#include "tally/tables/connection.h"
#include "tally/tables/contact_log.h"
#include "tally/tables/conversation.h"
#include "tally/tables/host.h"
#include "tally/tables/names_and_logins.h"
#include "tally/tables/observation.h"
#include "tally/tables/pending_icmp_errors.h"
#include "tally/tables/protocol.h"

G_BEGIN_DECLS

typedef enum { HG_LAYER_AUTO, HG_LAYER_NET, HG_LAYER_LINK } HgLayer;

/* "auto", "net", "link" */
const char *hg_layer_name(HgLayer layer);

/* Upper bounds, so that a hostile capture cannot take all memory. */
typedef enum {
  HG_CAP_HOSTS,         /* max-hosts */
  HG_CAP_CONVERSATIONS, /* max-conversations */
  HG_CAP_CONNECTIONS,   /* max-connections */
  HG_CAP_CONTACTS,      /* max-contacts */
  HG_CAP_BINDINGS,      /* max-bindings */
  HG_CAP_NAMES,         /* max-names: logins and names, each */
  HG_CAP_OBSERVATIONS,  /* max-observations */
  HG_CAP_INFO,          /* max-info: bytes of Info column texts kept */
  HG_CAP_COUNT
} HgCap;

/* The table of caps: option name, default, and what is missing when it is hit. */
typedef struct {
  const char *name;        /* "max-hosts" */
  guint64 value;           /* default */
  const char *what;        /* "hosts" */
  const char *consequence; /* "packets of further hosts are counted in no host" */
} HgCapInfo;
extern const HgCapInfo hg_caps[HG_CAP_COUNT];

/* Room for what tells keys of pseudonyms apart; see pseudonym.h. */
#define HG_PSEUDONYMS_STAMP 17

typedef struct {
  guint64 caps[HG_CAP_COUNT];
  char **protocols; /* only packets of these (any letter case); NULL: all. Borrowed by
                        hg_tally_new, which copies it. */
  /* For the record: which key made the addresses and names of this tally; "": they are real. */
  char pseudonyms[HG_PSEUDONYMS_STAMP];
  HgLayer layer;     /* for the record: the door has chosen the addresses already */
  gboolean evidence; /* for the record: whether evidence is looked for */
} HgTallyOptions;

/* Default caps, all protocols, layer auto, with evidence. */
void hg_tally_options_init(HgTallyOptions *options);

typedef struct HgTally HgTally;

HgTally *hg_tally_new(const HgTallyOptions *options); /* transfer full */
void hg_tally_free(HgTally *tally);

/* Copies what it needs. Packets are counted some dozens at a time: see hg_tally_settle. */
void hg_tally_packet(HgTally *tally, const HgPacket *packet);

/* Evidence of the last packet given. Ignored when that packet was not tallied because of
 * HgTallyOptions.protocols. */
void hg_tally_evidence(HgTally *tally, const HgEvidence *evidence);

/* A name of no packet in particular: what the capture file, or the user, calls a host. `frame`: where it
 * was seen first. */
void hg_tally_name(HgTally *tally, const HgAddress *address, const char *name, HgNameSource source,
                   guint32 frame);

/* Adds `from`, which is settled, as if its packets had followed. Frames of `from` count on after the last frame of
 * `into`. Both had the same options, else what differs is what `into` has. */
void hg_tally_merge(HgTally *into, const HgTally *from);

/* A new tally as if the captures of both had been tallied one after the other in the order of their
 * times, wherever they stand now: frames count on from one to the next, hosts and conversations
 * are numbered as first seen. So pieces of a capture give the whole in whatever order they come,
 * as long as no two begin at the same moment. Options are those of `a`. Both, and the answer, are
 * settled. (transfer full) */
HgTally *hg_tally_union(const HgTally *a, const HgTally *b);

/* Counts the packets that still wait, sums up what hosts and conversations have, and brings the contact
 * log into order. Call before anything is read; packets may follow. */
void hg_tally_settle(HgTally *tally);

const HgTallyOptions *hg_tally_options(const HgTally *tally);

/* All packets given (of the protocols asked for), also those without addresses. */
const HgTraffic *hg_tally_traffic(const HgTally *tally);

/* Zero of relative times, as in Wireshark's Time column: the time of the first packet given, also
 * when its protocol was not asked for. 0 when there was none. */
gint64 hg_tally_start(const HgTally *tally);
/* For who knows better, since a display filter hides the file's first packet. */
void hg_tally_set_start(HgTally *tally, gint64 time_ns);

/* The captures that it holds in the order of frames: an array of HgCapture (transfer full). */
GArray *hg_tally_captures(const HgTally *tally);

/* How many packets (names, bytes for max-info, ...) a cap left out; 0: not hit. */
guint64 hg_tally_left_out(const HgTally *tally, HgCap cap);

guint32 hg_tally_host_count(const HgTally *tally);
const HgHost *hg_tally_host(const HgTally *tally, guint32 number);
const HgHost *hg_tally_find_host(const HgTally *tally, const HgAddress *address); /* or NULL */

guint32 hg_tally_conversation_count(const HgTally *tally);
const HgConversation *hg_tally_conversation(const HgTally *tally, guint32 number);
const HgConversation *hg_tally_find_conversation(const HgTally *tally, guint32 from, guint32 to,
                                                 int *side); /* or NULL */
guint32 hg_tally_conversation_protocol_count(const HgTally *tally);
const HgConversationProtocol *hg_tally_conversation_protocol(const HgTally *tally, guint32 number);

guint hg_tally_protocol_count(const HgTally *tally);
const HgProtocol *hg_tally_protocol(const HgTally *tally, guint16 protocol);

guint32 hg_tally_connection_count(const HgTally *tally);
const HgConnection *hg_tally_connection(const HgTally *tally, guint32 number);

/* ICMP errors that found no connection: HgPendingIcmpError. */
const GArray *hg_tally_pending_icmp_errors(const HgTally *tally);

const HgContactLog *hg_tally_contacts(const HgTally *tally);
/* How exactly contacts tell the time: 0, or, where runs of packets came from a store, the longest
 * silence within a run. */
gint64 hg_tally_contact_resolution_ns(const HgTally *tally);
/* Who sent this contact to whom. */
void hg_tally_contact_ends(const HgTally *tally, const HgContact *contact, guint32 *source,
                           guint32 *destination);

const HgBindingTable *hg_tally_bindings(const HgTally *tally);
const HgNamesAndLogins *hg_tally_names_and_logins(const HgTally *tally);
const HgObservationTable *hg_tally_observations(const HgTally *tally);

G_END_DECLS
#endif

/* tally_private.h - the tables of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PRIVATE_H
#define HG_TALLY_PRIVATE_H

#include "tally.h"

G_BEGIN_DECLS

/* Packets of a host that are in no conversation, because a cap left those out. */
enum { HG_UNATTRIBUTED_SENT, HG_UNATTRIBUTED_RECEIVED };
typedef struct {
  HgTraffic traffic[2];
} HgUnattributed;

/* See hg_tally_remainder. */
typedef struct {
  char *of;
  guint64 known;
  HgTally *tally;
  gboolean owned; /* else a builder's */
} HgRemainder;

struct HgTally {
  HgTallyOptions options; /* a copy, without `known` */
  HgTraffic traffic;
  HgCopies copies;
  GArray *captures; /* HgCapture: what a merge or a store brought; empty: the packets are of one */
  gint64 start_ns;  /* zero of relative times; HG_TIME_NONE: no packet has a time */
  guint64 without_time; /* packets that have none of their own */
  guint32 last_frame;   /* the highest frame number given, tallied or not */
  /* Where the packets are of one capture, as in HgCapture: */
  HgCaptureDigest digest;
  guint64 known, unmarked;
  GBytes *fingerprints;
  GArray *remainders; /* HgRemainder */
  guint64 left_out[HG_CAP_COUNT];
  GStringChunk *infos;  /* Info texts of conversation protocols */
  GArray *unattributed; /* HgUnattributed, by host; hosts beyond its length have none */
  HgSegmentTable
      *segments; /* of addresses. Told apart: number 0 stands for what is not, see told_apart */
  gboolean told_apart; /* only addresses that differ between segments have one but 0 */
  struct HgTally
      *by_segment; /* what hosts were told apart from: one host for each address and segment.
                                 NULL: they are so here */
  HgProtocolTable *protocols;
  HgHostTable *hosts;
  GHashTable *aliases;     /* host number -> GArray of HgAddress; see hg_tally_host_aliases */
  GHashTable *alias_hosts; /* HgAddress, which owns its data -> host number */
  HgConversationTable *conversations;
  HgConnectionTable *connections;
  GArray *pending_errors; /* HgPendingIcmpError */
  HgContactLog *contacts;
  HgBindingTable *bindings;
  HgNamesAndLogins *names_and_logins;
  HgObservationTable *observations;
  GArray *home; /* HgHomeNetwork, settled; see find_home.h */
};

/* Makes it one without packets; hg_tally_clear frees what it has. */
void hg_tally_init(HgTally *tally, const HgTallyOptions *options);
void hg_tally_clear(HgTally *tally);

/* What hg_tally_remainder chooses from: HgRemainder. Those of a tally whose hosts were told apart are
 * kept by what they were told from. Borrowed. */
GArray *hg_tally_remainders(const HgTally *tally);

G_END_DECLS
#endif

/* builder_private.h - the inside of a tally builder, shared by the files that fill tables
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_BUILDER_PRIVATE_H
#define HG_TALLY_BUILDER_PRIVATE_H

#include "capture_clock.h"
#include "tally/copies/repeated_claims.h"
#include "tally/memory/packet_queue.h"
#include "tally/memory/pair_cache.h"
#include "tally/types/fingerprints.h"
#include "tally/types/known_packets.h"
#include "tally_private.h"

G_BEGIN_DECLS

/* What there is beyond the packets that a store has; see hg_tally_remainder. */
typedef struct {
  const char *of;
  HgPacketMatcher *matcher;
  struct HgTallyBuilder *builder;
} HgBuilderRemainder;

typedef struct HgTallyBuilder {
  HgTally tally;    /* by segment; complete after hg_builder_finish_tables */
  HgTally finished; /* what hg_tally_finish lends: the tables of `tally`, or of `apart` */
  HgTally *apart;   /* hosts told apart; NULL: not needed, or not made yet */
  guint16 segment, outer_segment; /* of the last packet */
  gboolean started;               /* tally.start_ns is known */
  gint64 given_start_ns;          /* HG_TIME_NONE: the first packet decides */
  gboolean summed;    /* hosts and conversations have their sums; see hg_builder_sum_up */
  gboolean skipped;   /* the last packet was not of the protocols asked for */
  gboolean copy;      /* the last packet was one */
  guint64 info_bytes; /* in tally.infos */
  HgCaptureClock clock;
  HgRecentClaims recent_claims;
  HgPacketQueue *queue; /* packets that are not counted yet */
  HgPairCache *pairs;
  HgFingerprintLog *fingerprints; /* NULL: none are kept */
  gboolean packed;                /* tally.fingerprints are those of all packets */
  GArray *remainders;             /* HgBuilderRemainder */
} HgTallyBuilder;

/* --- intern.c --- */

/* A cap as a number of table rows. */
guint32 hg_builder_max(const HgTallyBuilder *builder, HgCap cap);

/* Find or add within the caps. NULL when a cap forbids it; nothing is counted then. `*side`: the
 * side of the conversation that `from` is. */
HgHost *hg_builder_intern_host(HgTallyBuilder *builder, const HgAddress *address);
HgConversation *hg_builder_intern_conversation(HgTallyBuilder *builder, guint32 from, guint32 to,
                                               int *side);

/* Sets the Info text of a direction's first packet (NULL: it has none), within max-info. FALSE when
 * that cap forbids it; the direction has no text then. */
gboolean hg_builder_keep_info(HgTallyBuilder *builder, HgConversationProtocol *entry, int direction,
                              const char *info);

/* Counts packets that a host sent (HG_UNATTRIBUTED_SENT) or received as in no conversation. */
void hg_builder_add_unattributed(HgTallyBuilder *builder, guint32 host, int end,
                                 const HgTraffic *traffic);

/* Keeps a copy, within max-connections. */
void hg_builder_keep_pending_icmp_error(HgTallyBuilder *builder, const HgPendingIcmpError *error);

/* --- find.c, count.c, sums.c --- */

/* Fills in the conversation of each packet, its side, and, where it has none, its hosts. */
void hg_builder_find(HgTallyBuilder *builder, HgQueuedPacket *packets, guint count);

/* Counts the packets in the queue. To be called before anything else gets a number in order of
 * first sight, or looks for what those packets began. */
void hg_builder_count(HgTallyBuilder *builder);

/* Sums up conversations and hosts, unless they have their sums. */
void hg_builder_sum_up(HgTallyBuilder *builder);

/* --- dating.c --- */

/* Gives what was counted so far, which has no time, this one. */
void hg_builder_date(HgTallyBuilder *builder, gint64 ns);

/* --- tally_builder.c --- */

/* Counts what is queued, sums up, sorts, and finds home networks. */
void hg_builder_finish_tables(HgTallyBuilder *builder);

/* To be called when what was told apart holds no more. */
void hg_builder_forget_apart(HgTallyBuilder *builder);

/* The builder's tables as a tally of the caller's; frees the builder. To be called after
 * hg_builder_finish_tables. (transfer full) */
HgTally *hg_builder_end_tables(HgTallyBuilder *builder);

/* Takes `captures` (HgCapture, in the order of frames; transfer full). The last one's frames and
 * the first one's start become those of the tally. */
void hg_builder_set_captures(HgTallyBuilder *builder, GArray *captures);

G_END_DECLS
#endif

/* tally_private.h - the inside of a tally, shared by the files that fill it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PRIVATE_H
#define HG_TALLY_PRIVATE_H

#include "tally.h"
#include "tally/memory/packet_queue.h"
#include "tally/memory/pair_cache.h"

G_BEGIN_DECLS

/* Packets of a host that are in no conversation, because a cap left those out. */
enum { HG_UNATTRIBUTED_SENT, HG_UNATTRIBUTED_RECEIVED };
typedef struct {
  HgTraffic traffic[2];
} HgUnattributed;

struct HgTally {
  HgTallyOptions options; /* protocols are a copy */
  HgTraffic traffic;
  GArray *captures; /* HgCapture: what a merge or a store brought; empty: the packets are of one */
  gint64 start_ns;  /* zero of relative times, once `started` */
  gboolean started;
  guint32 last_frame; /* the highest frame number given, tallied or not */
  guint64 left_out[HG_CAP_COUNT];
  GStringChunk *infos; /* of conversation protocols */
  guint64 info_bytes;
  GArray
      *unattributed; /* HgUnattributed, by host; shorter than the hosts where the rest have none */
  gboolean summed;   /* see hg_tally_sum_up */
  gboolean skipped;  /* the last packet was not of the protocols asked for */

  HgPacketQueue *waiting; /* see hg_tally_count */
  HgPairCache *pairs;
  HgProtocolTable *protocols;
  HgHostTable *hosts;
  HgConversationTable *conversations;
  HgConnectionTable *connections;
  GArray *pending_errors; /* HgPendingIcmpError */
  HgContactLog *contacts;
  HgBindingTable *bindings;
  HgNamesAndLogins *names_and_logins;
  HgObservationTable *observations;
};

/* Finds or adds within the caps. Both NULL when a cap forbids it; nothing is counted then. */
HgHost *hg_tally_intern_host(HgTally *tally, const HgAddress *address);
HgConversation *hg_tally_intern_conversation(HgTally *tally, guint32 from, guint32 to, int *side);

/* Counts packets that a host sent (HG_UNATTRIBUTED_SENT) or received as in no conversation. */
void hg_tally_add_unattributed(HgTally *tally, guint32 host, int end, const HgTraffic *traffic);

/* Fills in the conversation of each packet, its side, and, where it has none, its hosts. */
void hg_tally_find(HgTally *tally, HgQueuedPacket *waiting, guint count);

/* Counts the packets that wait. Before anything else that is numbered in order of first sight, or
 * that needs to find what those packets began. */
void hg_tally_count(HgTally *tally);

/* Fills in what hosts and conversations have all together; nothing when no packet came since. */
void hg_tally_sum_up(HgTally *tally);

/* Sets the info of a direction's first packet (NULL: it has none), within max-info; FALSE when that
 * forbids it: there is none then. */
gboolean hg_tally_keep_info(HgTally *tally, HgConversationProtocol *entry, int direction,
                            const char *info);

/* Keeps one, within max-connections. */
void hg_tally_keep_pending_icmp_error(HgTally *tally, const HgPendingIcmpError *pending_errors);

/* A cap as a number of table rows. */
guint32 hg_tally_max(const HgTally *tally, HgCap cap);

G_END_DECLS
#endif

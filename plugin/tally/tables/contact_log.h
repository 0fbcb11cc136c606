/* contact_log.h - every unicast packet as (time, source, destination, frame, payload), for traces
 *
 * 16 bytes a packet; a log that grows copies nothing (chunked_array.h). A log from a store has runs
 * in the place of packets, 32 bytes each: packets of one conversation, direction, protocol and
 * payload that followed one another closely.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONTACT_LOG_H
#define HG_TALLY_CONTACT_LOG_H

#include "tally/types/packet_time.h"

G_BEGIN_DECLS

/* Neighbours within a run are at most this far apart: so exactly a store keeps times. */
#define HG_CONTACT_GAP_NS G_GINT64_CONSTANT(1000000000)

typedef struct {
  gint64 time_ns;
  guint32 frame;
  guint32 conversation_protocol : 30; /* number of the HgConversationProtocol */
  guint32 direction : 1;              /* of that conversation */
  guint32 payload : 1;
} HgContact;

/* The packets from `contact` up to last_ns, neighbours at most HG_CONTACT_GAP_NS apart. */
typedef struct {
  HgContact contact; /* the first */
  gint64 last_ns;
  guint32 last_frame;
  guint32 packets;
} HgContactRun;

/* The highest number of a conversation protocol that fits into a contact. */
#define HG_CONTACT_MAX_CONVERSATION_PROTOCOL ((1u << 30) - 1)

typedef struct HgContactLog HgContactLog;

HgContactLog *hg_contact_log_new(void);
void hg_contact_log_free(HgContactLog *log);
void hg_contact_log_append(HgContactLog *log, const HgContact *contact);
/* From then on the log holds runs; a contact becomes a run of one packet. */
void hg_contact_log_append_run(HgContactLog *log, const HgContactRun *run);

/* Sorts the log by time, then frame. Does nothing when it is sorted, as it is for most captures. */
void hg_contact_log_sort(HgContactLog *log);

/* Gives the contacts that have no time this one. */
void hg_contact_log_date(HgContactLog *log, gint64 ns);

guint64 hg_contact_log_count(const HgContactLog *log);
/* The i-th contact; in (time, frame) order after hg_contact_log_sort. Borrowed. */
const HgContact *hg_contact_log_get(const HgContactLog *log, guint64 i);
/* The same as a run; a contact of its own is a run of one packet. */
HgContactRun hg_contact_log_run(const HgContactLog *log, guint64 i);
/* TRUE once a run was appended. */
gboolean hg_contact_log_has_runs(const HgContactLog *log);

G_END_DECLS
#endif

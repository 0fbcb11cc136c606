/* contact_log.h - every unicast packet as (time, who, whom, frame, payload): what tracing runs on
 *
 * 16 bytes a packet, in pieces that never move, so that a large log costs no copying.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONTACT_LOG_H
#define HG_TALLY_CONTACT_LOG_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 time_ns;
  guint32 frame;
  guint32 conversation_protocol : 30; /* number of the HgConversationProtocol */
  guint32 direction : 1;              /* of that conversation */
  guint32 payload : 1;
} HgContact;

/* How many conversation protocols a contact can tell apart. */
#define HG_CONTACT_MAX_CONVERSATION_PROTOCOL ((1u << 30) - 1)

typedef struct HgContactLog HgContactLog;

HgContactLog *hg_contact_log_new(void);
void hg_contact_log_free(HgContactLog *log);
void hg_contact_log_append(HgContactLog *log, const HgContact *contact);

/* Puts the log in (time, frame) order. Does nothing when it is, as most captures are. */
void hg_contact_log_sort(HgContactLog *log);

guint64 hg_contact_log_count(const HgContactLog *log);
/* The i-th contact; in (time, frame) order after hg_contact_log_sort. Borrowed. */
const HgContact *hg_contact_log_get(const HgContactLog *log, guint64 i);

G_END_DECLS
#endif

/* conversation.h - pairs of hosts, and what each pair spoke
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONVERSATION_H
#define HG_TALLY_CONVERSATION_H

#include "binding.h"
#include "protocol.h"

G_BEGIN_DECLS

/* Which side of a conversation. Direction d goes from host[d] to host[1 - d]. */
enum { HG_SIDE_UNKNOWN = -1, HG_SIDE_A = 0, HG_SIDE_B = 1 };

typedef struct HgConversation {
  guint32 host[2];        /* host numbers; host[0] sent the first packet. One of them is HG_NO_HOST
                             when the packets show only one address. Equal: talks to itself
                             (direction 0 then holds everything). */
  guint32 number;         /* from 0, in order of first sight */
  guint32 first_protocol; /* head of the list of its HgConversationProtocol; see `next` */
  struct HgConnection *latest; /* of the connections, the one that had the last packet */
  HgBinding *binding[2];       /* by side: one of its host, most likely that of its next packet;
                                  NULL: none */
  gboolean several;            /* it has more connections than that one */
  gboolean unicast;            /* both ends are hosts with unicast addresses */
  HgTraffic traffic[2]; /* by direction; what its protocols have, summed up by hg_tally_finish */
} HgConversation;

/* Ends a list of conversation protocols. */
#define HG_NO_LINK G_MAXUINT32

typedef struct {
  guint32 conversation;
  guint32 next; /* the same conversation's next one, or HG_NO_LINK */
  guint16 protocol;
  HgTraffic traffic[2]; /* by direction */
  char *info[2];        /* Info column of the first packet of each direction by time; NULL when
                           unknown or when the cap max-info was hit */
} HgConversationProtocol;

/* The side that sent the earlier first packet: HG_SIDE_A or HG_SIDE_B. */
int hg_conversation_first_side(const HgConversation *conversation);

typedef struct HgConversationTable HgConversationTable;

HgConversationTable *hg_conversation_table_new(void);
void hg_conversation_table_free(HgConversationTable *table);

/* The conversation of two hosts in either order; `*side` (may be NULL) tells which side `from` is.
 * NULL when they never talked. Borrowed; lives as long as the table. */
HgConversation *hg_conversation_table_find(const HgConversationTable *table, guint32 from,
                                           guint32 to, int *side);
HgConversation *hg_conversation_table_add(HgConversationTable *table, guint32 from, guint32 to);
/* It will be looked for; see index.h. */
void hg_conversation_table_fetch_slots(const HgConversationTable *table, guint32 from, guint32 to);
HgConversation *hg_conversation_table_get(const HgConversationTable *table, guint32 number);
guint32 hg_conversation_table_count(const HgConversationTable *table);

/* What a conversation spoke, numbered over the whole table. `_protocol` finds or adds. */
guint32 hg_conversation_table_protocol(HgConversationTable *table, HgConversation *conversation,
                                       guint16 protocol);
/* Borrowed; lives as long as the table. */
HgConversationProtocol *hg_conversation_table_get_protocol(const HgConversationTable *table,
                                                           guint32 number);
guint32 hg_conversation_table_protocol_count(const HgConversationTable *table);

G_END_DECLS
#endif

/* conversation.h - pairs of hosts, with the protocols and the VLANs of each pair
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONVERSATION_H
#define HG_TALLY_CONVERSATION_H

#include "binding.h"
#include "protocol.h"
#include "tally/types/vlan.h"

G_BEGIN_DECLS

/* Which side of a conversation. Direction d goes from host[d] to host[1 - d]. */
enum { HG_SIDE_UNKNOWN = -1, HG_SIDE_A = 0, HG_SIDE_B = 1 };

typedef struct HgConversation {
  guint32 host[2];        /* host numbers; host[0] sent the first packet. One of them is HG_NO_HOST
                             when the packets show only one address. Equal: the host talks to
                             itself, all of it in direction 0. */
  guint32 number;         /* from 0, in order of first sight */
  guint32 first_protocol; /* head of the list of its HgConversationProtocol; see `next` */
  guint32 first_vlan;     /* the same of its HgConversationVlan */
  struct HgConnection *latest; /* its connection that had the last packet; NULL: none */
  HgBinding *binding[2];       /* by side: the binding of its last packet, which the next one mostly
                                  has, too; NULL: none */
  gboolean several;            /* it has more connections than `latest` */
  gboolean unicast;            /* both ends are hosts with unicast addresses */
  HgTraffic traffic[2];        /* by direction: the sum over its protocols, from hg_tally_finish */
  HgCopies copies[2];          /* among them, by direction */
} HgConversation;

/* Ends a list of conversation protocols. */
#define HG_NO_LINK G_MAXUINT32

/* The packets of one conversation that show one protocol. */
typedef struct {
  guint32 conversation;
  guint32 next; /* the same conversation's next one, or HG_NO_LINK */
  guint16 protocol;
  HgTraffic traffic[2]; /* by direction */
  char *info[2];        /* Info column of the first packet of each direction by time; NULL when
                           unknown or when the cap max-info was hit */
} HgConversationProtocol;

/* The packets of one conversation that were in one VLAN. Those in none are not listed. */
typedef struct {
  guint32 conversation;
  guint32 next; /* the same conversation's next one, or HG_NO_LINK */
  HgVlan vlan;
  guint64 packets[2]; /* by direction */
} HgConversationVlan;

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
/* Fetches ahead for a look-up of this pair; see hash_index.h. */
void hg_conversation_table_fetch_slots(const HgConversationTable *table, guint32 from, guint32 to);
HgConversation *hg_conversation_table_get(const HgConversationTable *table, guint32 number);
guint32 hg_conversation_table_count(const HgConversationTable *table);

/* Finds or adds the entry of a protocol; its number, which is counted over the whole table. */
guint32 hg_conversation_table_protocol(HgConversationTable *table, HgConversation *conversation,
                                       guint16 protocol);
/* Borrowed; lives as long as the table. */
HgConversationProtocol *hg_conversation_table_get_protocol(const HgConversationTable *table,
                                                           guint32 number);
guint32 hg_conversation_table_protocol_count(const HgConversationTable *table);

/* Finds or adds the entry of a VLAN. Borrowed; lives as long as the table. */
HgConversationVlan *hg_conversation_table_vlan(HgConversationTable *table,
                                               HgConversation *conversation, HgVlan vlan);
HgConversationVlan *hg_conversation_table_get_vlan(const HgConversationTable *table,
                                                   guint32 number);
guint32 hg_conversation_table_vlan_count(const HgConversationTable *table);

G_END_DECLS
#endif

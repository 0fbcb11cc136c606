/* connection.h - TCP connections and UDP or echo exchanges, with how they ended
 *
 * A connection begins at a SYN whose sequence number is not that of the one before, or, without
 * TCP, after HG_CONNECTION_GAP_NS of silence. Both conditions look only at neighbours, so a
 * connection that was cut in two by splitting a capture can be joined again (see service.h).
 * TCP's neighbours are those by frame, the others' those by time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONNECTION_H
#define HG_TALLY_CONNECTION_H

#include "conversation.h"
#include "tally/types/packet.h"

G_BEGIN_DECLS

/* 60 s: Zeek's udp_inactivity_timeout and icmp_inactivity_timeout. */
#define HG_CONNECTION_GAP_NS (G_GINT64_CONSTANT(60) * 1000000000)

typedef enum {
  HG_CONNECTION_MIDSTREAM,   /* the start was not captured: nobody is the initiator */
  HG_CONNECTION_ESTABLISHED, /* the server answered */
  HG_CONNECTION_REFUSED,     /* RST to a SYN, or an ICMP error */
  HG_CONNECTION_UNANSWERED
} HgConnectionState;

/* What one side was seen to send. The outcome follows from these, so that halves can be or-ed. */
enum {
  HG_HISTORY_SYN = 1 << 0, /* without ACK */
  HG_HISTORY_SYN_ACK = 1 << 1,
  HG_HISTORY_FIN = 1 << 2,
  HG_HISTORY_RST = 1 << 3,
  HG_HISTORY_OTHER = 1 << 4,      /* any other segment; without TCP: a datagram */
  HG_HISTORY_UNREACHABLE = 1 << 5 /* an ICMP error came back for something that this side sent */
};

typedef struct HgConnection {
  guint32 conversation;
  guint16 port[2];          /* by side of the conversation; echo: the identifier at the
                               requester's side, 0 at the other */
  guint8 transport;         /* HgTransport */
  guint8 client;            /* side that is the client: the initiator, or, mid-stream, the side
                               with the higher port */
  guint8 history[2];        /* HG_HISTORY_*, by side of the sender */
  guint8 begun;             /* its start was captured, so the client is the initiator */
  guint8 application;       /* `protocol` is more than the transport's name */
  guint16 protocol;         /* the last one seen that is more than its transport, if any */
  guint32 initial_sequence; /* of the SYN */
  guint32 protocol_frame;   /* where `protocol` was seen last; see protocol_ns */
  guint32 packets[2];       /* by side of the sender */
  guint64 bytes[2];         /* on the wire */
  guint64 payload[2];       /* transport payload, bytes */
  gint64 protocol_ns;
  gint64 first_ns, last_ns;
  guint32 first_frame, last_frame;
} HgConnection;

/* TCP: established when the server answered with more than RST, or the client went on with the
 * handshake (one direction captured); refused by RST or an ICMP error. Others: established when
 * something came back. */
HgConnectionState hg_connection_state(const HgConnection *connection);

/* The port of the server's side; 0 for echo. */
guint16 hg_connection_server_port(const HgConnection *connection);

/* TRUE when the two, of the same hosts and ports, are halves of one connection. TCP: `later` has
 * the higher frames. */
gboolean hg_connection_continues(const HgConnection *earlier, const HgConnection *later);

/* Adds the other half; TCP: the one with the higher frames. */
void hg_connection_join(HgConnection *earlier, const HgConnection *later);

typedef struct HgConnectionTable HgConnectionTable;

HgConnectionTable *hg_connection_table_new(void);
void hg_connection_table_free(HgConnectionTable *table);

/* Tallies a packet of `side` of the conversation (of either end where a host talks to itself).
 * FALSE when it would need a new connection and `max` are there already. Packets that belong to no
 * connection (no ports, ICMP other than echo) are ignored and answer TRUE. */
gboolean hg_connection_table_packet(HgConnectionTable *table, HgConversation *conversation,
                                    int side, const HgPacket *packet, guint16 protocol,
                                    gboolean application, guint32 max);

/* Notes that a packet which `side` sent came back as undeliverable; FALSE when there is none. */
gboolean hg_connection_table_unreachable(HgConnectionTable *table,
                                         const HgConversation *conversation, int side,
                                         HgTransport transport, guint16 source_port,
                                         guint16 destination_port);

/* Appends a copy of a connection of another table, after the caller has translated it.
 * `conversation`: its own. */
void hg_connection_table_append(HgConnectionTable *table, HgConversation *conversation,
                                const HgConnection *connection);

const HgConnection *hg_connection_table_get(const HgConnectionTable *table, guint32 number);
guint32 hg_connection_table_count(const HgConnectionTable *table);

G_END_DECLS
#endif

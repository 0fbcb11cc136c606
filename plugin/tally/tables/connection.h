/* connection.h - TCP connections and UDP or echo exchanges, with how they ended
 *
 * A TCP connection begins at a SYN whose sequence number differs from that of the last SYN of the
 * same hosts and ports; any other begins after HG_CONNECTION_GAP_NS of silence. Both conditions
 * compare only neighbours (TCP: by frame, others: by time), so a connection that was cut in two by
 * splitting a capture can be joined again (see service.h).
 *
 * Taps, cards with several queues and merged files put answers before questions. A SYN-ACK, or a RST
 * that refuses a SYN, which stands before its SYN and acknowledges it, belongs to the connection that
 * the SYN begins, where both are within HG_CONNECTION_SKEW_NS. Without TCP the client is known to have
 * begun where its first packet came at most HG_CONNECTION_SKEW_NS after an answer.
 *
 * Segments without ACK, SYN and RST (FIN, NULL and Xmas scans) belong to no connection: RFC 9293 sets
 * ACK in every segment but the first SYN and some RSTs. One that stands alone is an attempt of its
 * sender. Probes that could be a part of a connection are told from it by their number: see
 * stealth_probes.h.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CONNECTION_H
#define HG_TALLY_CONNECTION_H

#include "conversation.h"
#include "tally/types/packet.h"

G_BEGIN_DECLS

/* 60 s: Zeek's udp_inactivity_timeout and icmp_inactivity_timeout. */
#define HG_CONNECTION_GAP_NS (G_GINT64_CONSTANT(60) * 1000000000)

/* 1 s: an answer that is stored or stamped so long before its SYN is still taken for its answer. It is
 * the first retransmission timeout (RFC 6298, section 2): later, a second SYN would be under way. */
#define HG_CONNECTION_SKEW_NS (G_GINT64_CONSTANT(1) * 1000000000)

/* Stands for no sequence number of a SYN: one in 2^32 has it, while tools that make packets begin at 0. */
#define HG_SEQUENCE_UNKNOWN G_MAXUINT32

/* A port below this belongs to a server (RFC 6335, section 6: system ports); no client uses it. */
#define HG_SYSTEM_PORTS 1024

/* A probe is a few packets: nmap retransmits at most 10 times by default (--max-retries), TCP stacks
 * send a SYN up to 7 times (tcp_syn_retries). */
#define HG_PROBE_PACKETS 12

/* The client sent nothing, or later than can be told, which is later than the skew. */
#define HG_CLIENT_LATE G_MAXUINT32

typedef enum {
  HG_CONNECTION_MIDSTREAM,   /* the start was not captured: the initiator is not known */
  HG_CONNECTION_ESTABLISHED, /* the server answered */
  HG_CONNECTION_REFUSED,     /* RST to a SYN, ABORT to an INIT, or an ICMP error */
  HG_CONNECTION_UNANSWERED
} HgConnectionState;

/* The history of one side: what it sent (compare Zeek's `history`). The state of a connection
 * follows from these flags, so the two halves of a connection can be or-ed. */
enum {
  HG_HISTORY_SYN = 1 << 0, /* without ACK */
  HG_HISTORY_SYN_ACK = 1 << 1,
  HG_HISTORY_FIN = 1 << 2,
  HG_HISTORY_RST = 1 << 3,
  HG_HISTORY_OTHER = 1 << 4, /* any other segment, or a FIN with payload; without TCP: a datagram */
  HG_HISTORY_UNREACHABLE = 1 << 5, /* an ICMP error quotes a packet that this side sent */
  HG_HISTORY_NO_ACK = 1 << 6, /* a segment without ACK, SYN and RST; HG_HISTORY_FIN if it has FIN */
  HG_HISTORY_ALL = (1 << 7) - 1
};

typedef struct HgConnection {
  guint32 conversation;
  guint16 port[2];    /* by side of the conversation; echo: the identifier at the
                               requester's side, 0 at the other */
  guint8 transport;   /* HgTransport */
  guint8 client;      /* side that is the client: the initiator, or, mid-stream, the side
                               with the higher port */
  guint8 history[2];  /* HG_HISTORY_*, by side of the sender */
  guint8 begun;       /* the client is known to be the initiator: by its SYN, probe or first
                               datagram, or by a SYN-ACK of a server that went on to send */
  guint8 application; /* `protocol` is more than the transport's name */
  guint16 protocol;   /* the last one that is more than the name of its transport, if any. Ask
                               hg_tally_connection_protocol which one the connection is of */
  union {
    guint32 initial_sequence; /* TCP: of the SYN, or of the one answered; or HG_SEQUENCE_UNKNOWN */
    guint32 client_after_ns; /* others: how long after first_ns the client sent its first packet; or
                                 HG_CLIENT_LATE */
  };
  guint32 protocol_frame; /* last frame with `protocol` */
  guint32 packets[2];     /* by side of the sender */
  guint64 bytes[2];       /* on the wire */
  guint64 payload[2];     /* transport payload, bytes */
  gint64 protocol_ns;     /* time of protocol_frame */
  gint64 first_ns, last_ns;
  guint32 first_frame, last_frame;
  HgVlan vlan;      /* of the first packet */
  guint16 detected; /* TCP: the first that HgPacket.detected told; HG_PROTOCOL_UNKNOWN: none */
} HgConnection;

/* TCP: established when the server answered with more than RST, or the client went on with the
 * handshake (one direction captured); refused by RST or an ICMP error, as are probes. Others:
 * established when something came back. */
HgConnectionState hg_connection_state(const HgConnection *connection);

/* TRUE for a probe that begins no connection: begun, but without SYN and without a SYN-ACK that answers
 * one. */
gboolean hg_connection_is_stealth_probe(const HgConnection *connection);

/* The port of the server's side; 0 for echo. */
guint16 hg_connection_server_port(const HgConnection *connection);

/* Where a host talks to itself, the higher port is on side A, as is the requester of an echo: TRUE
 * when the connection's sides are like that. */
gboolean hg_connection_is_within(const HgConnection *connection);

/* The side that the sender of a packet with ports is, where `side` is its side of the conversation. */
int hg_connection_side(const HgConversation *conversation, int side, guint16 source_port,
                       guint16 destination_port);

/* TRUE when clocks and queues may have put what has these times into the other order. */
gboolean hg_connection_is_within_skew(gint64 a_ns, gint64 b_ns);

/* TRUE when the two, of the same hosts and ports, are halves of one connection. TCP: `later` has
 * the higher frames. */
gboolean hg_connection_continues(const HgConnection *earlier, const HgConnection *later);

/* Adds the other half of the connection to `earlier`. TCP: `later` has the higher frames. */
void hg_connection_join(HgConnection *earlier, const HgConnection *later);

typedef struct HgConnectionTable HgConnectionTable;

HgConnectionTable *hg_connection_table_new(void);
void hg_connection_table_free(HgConnectionTable *table);

/* The protocols of a packet, by number. */
typedef struct {
  guint16 protocol;     /* in the Protocol column */
  gboolean application; /* which is more than the name of a transport */
  guint16 detected;     /* HgPacket.detected */
} HgConnectionProtocols;

/* Tallies a packet of `side` of the conversation (of either end where a host talks to itself).
 * FALSE when it would need a new connection and `max` are there already. Packets that belong to no
 * connection (no ports, ICMP other than echo) are ignored and answer TRUE. */
gboolean hg_connection_table_packet(HgConnectionTable *table, HgConversation *conversation,
                                    int side, const HgPacket *packet,
                                    const HgConnectionProtocols *protocols, guint32 max);

/* Notes at the last connection of these ports that an ICMP error quotes a packet of `side`.
 * FALSE when there is no such connection. */
gboolean hg_connection_table_unreachable(HgConnectionTable *table,
                                         const HgConversation *conversation, int side,
                                         HgTransport transport, guint16 source_port,
                                         guint16 destination_port);

/* Appends a copy of a connection of another table, which the caller has translated to the
 * numbers of this one. `conversation`: the one that it belongs to. */
void hg_connection_table_append(HgConnectionTable *table, HgConversation *conversation,
                                const HgConnection *connection);

/* Gives the connections that have no time this one. */
void hg_connection_table_date(HgConnectionTable *table, gint64 ns);

const HgConnection *hg_connection_table_get(const HgConnectionTable *table, guint32 number);
guint32 hg_connection_table_count(const HgConnectionTable *table);

G_END_DECLS
#endif

/* service.h - connections gathered by client, server, transport and server port
 *
 * Derived from a finished tally. Halves of a connection that a merge brought together are joined
 * here, so counts do not depend on how a capture was split, and probes that only their number tells
 * from parts of connections become attempts.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_SERVICE_H
#define HG_TALLY_SERVICE_H

#include "reassembled_connections.h"

G_BEGIN_DECLS

typedef struct {
  guint32 client, server; /* host numbers. Where attempts is 0 the initiator is not known, and
                             the side with the lower port counts as the server. */
  guint32 conversation;   /* of both hosts; its side `side` is the client */
  guint8 side;
  HgTransport transport;
  guint16 port;     /* of the server; 0 for echo */
  guint16 protocol; /* the one with most packets that is more than its transport; see
                       hg_tally_connection_protocol */
  guint32 attempts; /* connections whose start was captured, and probes = the next three together */
  guint32 established, refused, unanswered;
  guint32 midstream;  /* connections whose start was not captured */
  guint64 packets[2]; /* 0: client to server, 1: server to client */
  guint64 bytes[2];   /* on the wire */
  guint64 payload[2]; /* transport payload, bytes */
  gint64 first_ns, last_ns;
  guint32 first_frame, last_frame;
  guint32 first_connection, connections; /* neighbours in the table's connections, by time */
} HgService;

typedef struct HgServiceTable HgServiceTable;

/* Sorted by client, server (as hosts were first seen), transport, port. The tally must outlive
 * the table and not change meanwhile. (transfer full) */
HgServiceTable *hg_service_table_new(const HgTally *tally);
void hg_service_table_free(HgServiceTable *table);

guint32 hg_service_table_count(const HgServiceTable *table);
const HgService *hg_service_table_get(const HgServiceTable *table, guint32 number);

/* The services of one client as a run: `*first` is its first number; the answer how many. */
guint32 hg_service_table_of_client(const HgServiceTable *table, guint32 client, guint32 *first);
/* The same of one client at one server. */
guint32 hg_service_table_of_pair(const HgServiceTable *table, guint32 client, guint32 server,
                                 guint32 *first);

/* All connections, halves joined. Those of one service are neighbours, by time, then frame. */
guint32 hg_service_table_connection_count(const HgServiceTable *table);
const HgConnection *hg_service_table_connection(const HgServiceTable *table, guint32 number);

/* Which of the tally's connections were joined into which of these: HgConnectionPart. */
const GArray *hg_service_table_parts(const HgServiceTable *table);

/* How many connections `from` initiated to `to`. */
guint32 hg_service_table_initiated(const HgServiceTable *table, guint32 from, guint32 to);

/* The side that initiated the first connection of a conversation; HG_SIDE_UNKNOWN when that
 * start was not captured, or when there is no connection. */
int hg_service_table_initiator(const HgServiceTable *table, guint32 conversation);

G_END_DECLS
#endif

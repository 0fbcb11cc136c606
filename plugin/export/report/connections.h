/* connections.h - connections as rows: their order in exports and their attributes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_CONNECTIONS_H
#define HG_EXPORT_CONNECTIONS_H

#include "schema.h"

G_BEGIN_DECLS

/* All connections, halves joined, by start, then first frame: HgConnection pointers, borrowed.
 * (transfer container) */
GPtrArray *hg_connections_sorted(const HgReport *report);

/* Ended by an entry without a name. Items: const HgConnection *. The client is the initiator or, where
 * the start was not captured, the side with the higher port. */
extern const HgAttribute hg_connection_attributes[];

/* Host number of the client (0) or the server (1), and the port of that end: of an echo the ICMP types
 * that stand for ports (see community_id.h). */
guint32 hg_connection_end(const HgReport *report, const HgConnection *connection, int end);
guint16 hg_connection_end_port(const HgConnection *connection, int end);

/* ns; HG_TIME_NONE: its packets have no times. */
gint64 hg_connection_duration(const HgConnection *connection);

/* The Community ID; NULL: it has none. (transfer full) */
char *hg_connection_community_id(const HgReport *report, const HgConnection *connection);

G_END_DECLS
#endif

/* server_ports.h - which server ports an edge or a pair of hosts uses
 *
 * The server port is that of the connection's server side, whichever way a packet goes: the edge of a
 * server's answers has the same port as that of the questions, with its own packets. So the packets of
 * all edges add up to those of all connections. Echo has no port and is left out; so is what belongs
 * to no connection.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SERVER_PORTS_H
#define HG_EXPORT_SERVER_PORTS_H

#include "report.h"

G_BEGIN_DECLS

/* As many are named where there is room for a text only. */
#define HG_SERVER_PORTS_SHOWN 5

/* Whether connections to this service have a port: all but echo. */
gboolean hg_server_ports_has(const HgService *service);

/* Most packets first, then transport and port: a new GArray of HgPortShare (transfer full). */
GArray *hg_server_ports_of_edge(const HgReport *report, const HgEdge *edge);
/* The same of both directions of a conversation. */
GArray *hg_server_ports_of_pair(const HgReport *report, const HgConversation *conversation);

/* Appends "443/tcp". */
void hg_server_ports_append(GString *out, HgTransport transport, guint16 port);

G_END_DECLS
#endif

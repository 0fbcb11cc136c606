/* reassembled_connections.h - the connections of a tally, put together from their halves
 *
 * Halves that a merge brought together are joined, and each pending ICMP error is noted at the last
 * connection of its hosts and ports that began before, or else at the first within
 * HG_CONNECTION_SKEW_NS. Only connections that change are copied.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_REASSEMBLED_CONNECTIONS_H
#define HG_TALLY_REASSEMBLED_CONNECTIONS_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* One of the tally's connections, and the copy that it became part of. */
typedef struct {
  const HgConnection *part, *whole;
} HgConnectionPart;

typedef struct {
  const HgConnection **connections; /* the tally's own, or copies; by conversation, ends, time */
  guint32 count;
  GHashTable *copies; /* set of HgConnection, owned */
  GArray *parts;      /* HgConnectionPart: of every copy, one or more, in order */
} HgReassembledConnections;

/* The connection at a place as a copy that may be changed. Borrowed. */
HgConnection *hg_reassembled_connections_own(HgReassembledConnections *reassembled, guint32 place);

/* The tally must outlive it and not change meanwhile. */
void hg_reassembled_connections_init(HgReassembledConnections *reassembled, const HgTally *tally);
void hg_reassembled_connections_clear(HgReassembledConnections *reassembled);

G_END_DECLS
#endif

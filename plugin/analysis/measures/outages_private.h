/* outages_private.h - what the searches for outages share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_OUTAGES_PRIVATE_H
#define HG_ANALYSIS_OUTAGES_PRIVATE_H

#include "outages.h"

G_BEGIN_DECLS

static inline gboolean hg_outage_leaves(const HgOutageSearch *search, const HgService *service) {
  return search->scopes[service->server] == HG_SCOPE_EXTERNAL &&
         search->scopes[service->client] != HG_SCOPE_EXTERNAL;
}

static inline gboolean hg_outage_is_candidate(const HgOutageSearch *search,
                                              const HgService *service) {
  return service->client != service->server && service->attempts > 0 &&
         hg_scope_is_unicast((HgScope)search->scopes[service->client]) &&
         hg_scope_is_unicast((HgScope)search->scopes[service->server]);
}

/* A RST is an answer; an ICMP error is one of somebody on the way, unless the server sent something. Who goes on
 * with TCP was answered, where the capture does not hold that. */
static inline gboolean hg_outage_is_answered(const HgConnection *c) {
  return c->packets[1 - c->client] > 0 ||
         (c->transport == HG_TRANSPORT_TCP && hg_connection_state(c) == HG_CONNECTION_ESTABLISHED);
}

/* Adds times at which nothing external was heard for minutes, or ever, although several clients insisted. */
void hg_external_silence_find(const HgOutageSearch *in, GArray *outages);

G_END_DECLS
#endif

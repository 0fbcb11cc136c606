/* quoted_probes.h - probes of which only the ICMP errors were captured that refuse them
 *
 * Of a scan whose packets take another way than the answers, the errors quote what was tried. The same tells which
 * IP protocols a host was asked for (nmap -sO), which make no connection.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_QUOTED_PROBES_H
#define HG_ANALYSIS_QUOTED_PROBES_H

#include "first_contact.h"

G_BEGIN_DECLS

typedef struct {
  guint32 client;
  HgFirstContact contact; /* without a transport: the port is an IP protocol */
} HgQuotedProbe;

/* Sorted by client, server, transport; each port once. Left out is what a connection of the capture tells, and what
 * the client did not send: where other packets of it were captured, but none of these, somebody else wrote its
 * address into them. (transfer full) */
GArray *hg_quoted_probes(const HgRuleRun *run);

G_END_DECLS
#endif

/* first_contact.h - whether a client's first contact with a service failed
 *
 * Scans are detected by contacts that fail, not by the number of hosts contacted.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FIRST_CONTACT_H
#define HG_ANALYSIS_FIRST_CONTACT_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  guint32 server; /* host number */
  HgTransport transport;
  guint16 port;        /* port of the server (responder); 0 for echo */
  guint16 client_port; /* port of the client (originator); for echo the identifier */
  gboolean failed;     /* refused or unanswered, and no later attempt was answered */
  gboolean refused;    /* failed by an explicit refusal (RST, ICMP error) */
  gboolean stealth;    /* by a TCP segment that begins no connection */
  gint64 time_ns;
  gint64
      /* time from the first contact to the last one; if it failed: how long the client tried */
      tried_ns;
  guint32 frame;
} HgFirstContact;

/* The first contact with a service, if it can count for or against its client. FALSE: it cannot,
 * because its start was not captured, one of the hosts is not unicast, or the protocol leaves
 * requests unanswered by design. */
gboolean hg_first_contact(const HgRuleRun *run, guint32 number, HgFirstContact *contact);

/* Sorts by time, then frame; a GCompareFunc. */
gint hg_first_contact_compare(gconstpointer a, gconstpointer b);

/* TRUE: at least two hosts exchanged packets in both directions. Otherwise the capture may show one
 * direction only, and then an unanswered datagram or ping proves nothing. (An unanswered SYN still
 * does: a client that was answered continues the handshake.) */
gboolean hg_first_contact_both_directions(const HgTally *tally);

/* Why scans cannot be assessed in this capture; NULL: they can. */
const char *hg_first_contact_unassessable(const HgTally *tally, const HgServiceTable *services);

G_END_DECLS
#endif

/* first_contact.h - whether a client's first contact with a service failed
 *
 * Scans are detected by contacts that fail, not by the number of hosts contacted.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FIRST_CONTACT_H
#define HG_ANALYSIS_FIRST_CONTACT_H

#include "analysis/contract/rule_run.h"
#include "answers.h"

G_BEGIN_DECLS

typedef struct {
  guint32 server; /* host number */
  HgTransport transport;
  guint16 port;        /* port of the server (responder); 0 for echo */
  guint16 client_port; /* port of the client (originator); for echo the identifier */
  gboolean failed;     /* refused or unanswered, and no later attempt was answered */
  gboolean refused;    /* failed by an explicit refusal (RST, ICMP error) */
  gboolean no_route;   /* refused, for all that is known, with all of the server's network */
  gboolean stealth;    /* by a TCP segment that begins no connection */
  gint64 time_ns;
  gint64
      /* time from the first contact to the last one; if it failed: how long the client tried */
      tried_ns;
  guint32 frame;
} HgFirstContact;

/* The first contact with a service, if it can count for or against its client. FALSE: it cannot,
 * because its start was not captured, one of the hosts is not unicast, the protocol leaves requests
 * unanswered by design, the client goes on asking, nobody was answered there at that time, or an answer to
 * a datagram or ping would not have been captured. (An unanswered SYN proves that there was none: a client
 * that was answered continues the handshake.) */
gboolean hg_first_contact(const HgRuleRun *run, guint32 number, HgFirstContact *contact);

/* Sorts by time, then frame; a GCompareFunc. */
gint hg_first_contact_compare(gconstpointer a, gconstpointer b);

/* Says what the capture cannot show of failed contacts: that no connection's start was captured, or, if
 * `datagrams` matter, of which hosts it holds one direction only. */
void hg_first_contact_note_gaps(HgRuleRun *run, gboolean datagrams);

G_END_DECLS
#endif

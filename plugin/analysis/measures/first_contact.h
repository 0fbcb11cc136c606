/* first_contact.h - whether a client's first contact with a service failed
 *
 * What scans are told by: not how many were contacted, but how many of them did not answer.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FIRST_CONTACT_H
#define HG_ANALYSIS_FIRST_CONTACT_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  guint32 server; /* host number */
  HgTransport transport;
  guint16 port;        /* of the server; 0 for echo */
  guint16 client_port; /* echo: the identifier */
  gboolean failed;     /* refused or unanswered, and nothing later was answered either */
  gboolean refused;    /* failed, and something said so */
  gint64 time_ns;
  gint64
      tried_ns; /* from the first contact to the last one; of what failed: how long it was tried */
  guint32 frame;
} HgFirstContact;

/* The first contact of a service, as far as it can count for or against its client. FALSE when it
 * cannot: its start was not captured, one of the hosts is not unicast, or silence is what the
 * protocol is like. */
gboolean hg_first_contact(const HgRuleRun *run, guint32 number, HgFirstContact *contact);

/* By (time, frame); a GCompareFunc. */
gint hg_first_contact_compare(gconstpointer a, gconstpointer b);

/* TRUE when some two hosts were seen to talk both ways. Otherwise the capture may show one
 * direction only, and an unanswered datagram or ping proves nothing. (An unanswered SYN still
 * does: a client that got its answer goes on with the handshake.) */
gboolean hg_first_contact_both_directions(const HgTally *tally);

/* Why scans cannot be told at all in this capture; NULL when they can. */
const char *hg_first_contact_unassessable(const HgTally *tally, const HgServiceTable *services);

G_END_DECLS
#endif

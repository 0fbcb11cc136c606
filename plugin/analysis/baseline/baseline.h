/* baseline.h - a capture against traffic that is known to be normal
 *
 * All lists are in a fixed order: what is internal before what is external, then by address. Look-ups
 * are by hash or by bisection, so neither side may be too large for the other.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BASELINE_H
#define HG_ANALYSIS_BASELINE_H

#include "analysis/basics/arp_owners.h"
#include "analysis/roles/roles.h"
#include "analysis/roles/service_book.h"

G_BEGIN_DECLS

/* A tally and what was worked out from it. */
typedef struct {
  const HgTally *tally;
  const HgServiceTable *services;
  const guint8 *scopes; /* HgScope by host */
  const HgRoles *roles;
  const HgArpOwners *owners;
} HgWorkedOut;

typedef struct {
  guint32 host;
  gboolean claimed; /* packets never had the address, but somebody claimed it by ARP */
  gboolean moved;   /* a MAC behind it was there: a device that has another address now */
} HgNewHost;

typedef struct {
  guint8 mac[6];
  guint32 host;      /* that it speaks for, or itself; HG_NO_HOST: several or none */
  HgTraffic traffic; /* frames that bind it to an address */
} HgNewMac;

/* Something offered by a server that the server never offered. Clients asked, and were answered or
 * spoke a protocol that was recognised. */
typedef struct {
  GPtrArray *services; /* const HgService: one or more alike in all but their clients, by client */
  guint64 packets;
  guint32 first_frame;
  gboolean known_server; /* the server was there */
} HgNewService;

/* An address of the local network that another MAC speaks for. */
typedef struct {
  const HgAddress *address;
  char **before, **now; /* strv of MACs */
  gboolean known;       /* a MAC that is new to the address was there, for other addresses */
} HgChangedBinding;

/* A protocol of either side, most packets count as one name. */
typedef struct {
  const char *name; /* borrowed from a tally */
  guint16 protocol; /* of the tally; HG_PROTOCOL_UNKNOWN: it is not there any more */
  guint64 before, now;
  double share_before, share_now; /* 0 to 1 */
  double z, odds;                 /* see statistics.h */
} HgProtocolShift;

/* A share has moved when it is unlikely to be chance (z of 3.29: once in a thousand) and much else,
 * since packets of one transfer are not independent, and large captures make any difference
 * certain: 5 times the odds, or a fifth. */
#define HG_BASELINE_Z 3.29
#define HG_BASELINE_FACTOR 5

/* |z| and the odds, either way, reach these. */
gboolean hg_protocol_shift_has_moved(const HgProtocolShift *shift, double z, double factor);

typedef struct HgBaseline HgBaseline;

/* `normal`: the known traffic. All must outlive it and not change meanwhile. (transfer full) */
HgBaseline *hg_baseline_new(const HgWorkedOut *now, const HgTally *normal);
void hg_baseline_free(HgBaseline *baseline);

/* The known traffic. */
const HgWorkedOut *hg_baseline_normal(const HgBaseline *baseline);
/* Whether protocols were looked at alike on both sides, so that they can be compared. */
gboolean hg_baseline_has_protocols(const HgBaseline *baseline);

/* The host's number in the known traffic; HG_NO_HOST: it was not there. */
guint32 hg_baseline_twin(const HgBaseline *baseline, guint32 host);
gboolean hg_baseline_has_mac(const HgBaseline *baseline, const guint8 mac[6]);
/* Whether the two hosts never exchanged a packet. */
gboolean hg_baseline_is_new_pair(const HgBaseline *baseline, guint32 conversation);

/* Of these, borrowed: */
const GArray *hg_baseline_hosts(const HgBaseline *baseline);         /* HgNewHost */
const GArray *hg_baseline_macs(const HgBaseline *baseline);          /* HgNewMac */
const GArray *hg_baseline_conversations(const HgBaseline *baseline); /* guint32 */
const GArray *hg_baseline_services(const HgBaseline *baseline);      /* HgNewService */
const GArray *hg_baseline_bindings(const HgBaseline *baseline);      /* HgChangedBinding */
/* HgProtocolShift, all of them: those that moved first, furthest first. */
const GArray *hg_baseline_shifts(const HgBaseline *baseline);
/* How many of these moved. */
guint hg_baseline_moved(const HgBaseline *baseline);

/* The host's new entry; NULL: it was there. */
const HgNewHost *hg_baseline_new_host(const HgBaseline *baseline, guint32 host);

/* The MACs that speak for an address themselves: who claims it by ARP, or, where nobody does, whose
 * frames carry it and who passes on nobody else's. GArray of guint: index into the speakers.
 * (transfer full) */
GArray *hg_baseline_macs_of(const HgArpOwners *owners, const HgAddress *address);

G_END_DECLS
#endif

/* baseline.h - compares a capture with known-normal traffic
 *
 * All lists are in a fixed order: internal before external, then by address. Look-ups are by hash
 * or binary search, so both sides may be large.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BASELINE_H
#define HG_ANALYSIS_BASELINE_H

#include "analysis/basics/arp_owners.h"
#include "analysis/roles/roles.h"
#include "analysis/roles/service_book.h"

G_BEGIN_DECLS

/* A tally and the tables derived from it. */
typedef struct {
  const HgTally *tally;
  const HgServiceTable *services;
  const guint8 *scopes; /* HgScope by host */
  const HgRoles *roles;
  const HgArpOwners *owners;
} HgWorkedOut;

typedef struct {
  guint32 host;
  /* no packet has the address as source or destination, but a MAC claims it by ARP */
  gboolean claimed;
  gboolean moved; /* a MAC that uses it is in the baseline: a known device with another address */
} HgNewHost;

typedef struct {
  guint8 mac[6];
  /* the host whose address it has, or the MAC's own; HG_NO_HOST: several or none */
  guint32 host;
  HgTraffic traffic; /* frames that show it with an address */
} HgNewMac;

/* A service that the server did not offer in the baseline. Clients asked for it and were answered,
 * or spoke a recognised protocol. */
typedef struct {
  /* const HgService: one or more that differ only in the client, sorted by client */
  GPtrArray *services;
  guint64 packets;
  guint32 first_frame;
  gboolean known_server; /* the baseline has the server */
} HgNewService;

/* An address of the local network that has another MAC than in the baseline. */
typedef struct {
  const HgAddress *address;
  char **before, **now; /* strv of MACs */
  /* a MAC that is new to the address is in the baseline with other addresses */
  gboolean known;
} HgChangedBinding;

/* The packets of a protocol before and now, by its name in the Protocol column. */
typedef struct {
  const char *name; /* borrowed from a tally */
  /* number in the tally; HG_PROTOCOL_UNKNOWN: the protocol is only in the baseline */
  guint16 protocol;
  guint64 before, now;
  double share_before, share_now; /* 0 to 1 */
  double z, odds;                 /* see statistics.h */
} HgProtocolShift;

/* A share has moved if chance is unlikely (z of 3.29: once in a thousand) and the change is large,
 * too: 5 times the odds, or a fifth. The second is needed because packets of one transfer are not
 * independent, and in large captures any difference is significant. */
#define HG_BASELINE_Z 3.29
#define HG_BASELINE_FACTOR 5

/* Whether |z| and the odds ratio, in either direction, reach these limits. */
gboolean hg_protocol_shift_has_moved(const HgProtocolShift *shift, double z, double factor);

typedef struct HgBaseline HgBaseline;

/* `normal`: the known-normal traffic. All of it must outlive the baseline and not change meanwhile.
 * (transfer full) */
HgBaseline *hg_baseline_new(const HgWorkedOut *now, const HgTally *normal);
void hg_baseline_free(HgBaseline *baseline);

/* The known-normal traffic. */
const HgWorkedOut *hg_baseline_normal(const HgBaseline *baseline);
/* Whether protocols can be compared: both sides were tallied with dissectors, or both without. */
gboolean hg_baseline_has_protocols(const HgBaseline *baseline);

/* The number that the host has in the known-normal traffic; HG_NO_HOST: it is not there. */
guint32 hg_baseline_twin(const HgBaseline *baseline, guint32 host);
gboolean hg_baseline_has_mac(const HgBaseline *baseline, const guint8 mac[6]);
/* Whether the two hosts of the conversation never exchanged a packet in the known-normal traffic.
 */
gboolean hg_baseline_is_new_pair(const HgBaseline *baseline, guint32 conversation);

/* Borrowed lists: */
const GArray *hg_baseline_hosts(const HgBaseline *baseline);         /* HgNewHost */
const GArray *hg_baseline_macs(const HgBaseline *baseline);          /* HgNewMac */
const GArray *hg_baseline_conversations(const HgBaseline *baseline); /* guint32 */
const GArray *hg_baseline_services(const HgBaseline *baseline);      /* HgNewService */
const GArray *hg_baseline_bindings(const HgBaseline *baseline);      /* HgChangedBinding */
/* HgProtocolShift, all of them: those that moved first, the largest shift first. */
const GArray *hg_baseline_shifts(const HgBaseline *baseline);
/* How many protocols moved. */
guint hg_baseline_moved(const HgBaseline *baseline);

/* The entry of a new host; NULL: the host is in the baseline. */
const HgNewHost *hg_baseline_new_host(const HgBaseline *baseline, guint32 host);

/* The MACs that own an address: those that claim it by ARP; if none does, those that send from it
 * and are no gateway. GArray of guint: index into the owners. (transfer full) */
GArray *hg_baseline_macs_of(const HgArpOwners *owners, const HgAddress *address);

G_END_DECLS
#endif

/* outages.h - times at which nobody was answered: by anything external, on a port, by a network, by a
 * service
 *
 * An outage is seen by the failures of several clients at services that answer at other times, while
 * nothing of the kind answers anybody: a scanner's targets never answered before, and what one client
 * fails with alone says something about that client. Where nothing external ever answers, several clients
 * that insist on being answered show it.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_OUTAGES_H
#define HG_ANALYSIS_OUTAGES_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum {
  HG_OUTAGE_EXTERNAL, /* everything external, as seen from hosts that are not */
  HG_OUTAGE_PORT,     /* one port of everything external */
  HG_OUTAGE_NETWORK,  /* all of a network */
  HG_OUTAGE_SERVICE,  /* one port of a server */
  HG_OUTAGE_KINDS
} HgOutageKind;

typedef struct {
  HgOutageKind kind;
  guint64 group;         /* of services that were out: see hg_outage_group */
  gint64 from_ns, to_ns; /* all that was tried from then to then was in vain */
  gint64 shown_ns[2];    /* first and last of the failures that show it */
  guint32 clients;       /* that it was told by */
  guint32 service;       /* one of those that were out */
} HgOutage;

/* Hosts by what an outage may be of; `networks`: a number of each host's network. */
typedef struct {
  const HgTally *tally;
  const HgServiceTable *services;
  const guint8 *scopes;
  const guint32 *networks;
} HgOutageSearch;

/* By kind, group and time. (transfer full, HgOutage) */
GArray *hg_outages_new(const HgOutageSearch *search);

/* The group of a service among those of a kind. FALSE: it belongs to none. */
gboolean hg_outage_group(const HgOutageSearch *search, const HgService *service, HgOutageKind kind,
                         guint64 *group);

/* Whether one of the outages holds the service at this time. */
gboolean hg_outages_hold(const GArray *outages, const HgOutageSearch *search,
                         const HgService *service, gint64 time_ns);

/* Whether it is but a part of one of a larger kind. */
gboolean hg_outage_is_part(const HgOutage *outage, const GArray *outages,
                           const HgOutageSearch *search);

/* "nothing external", "nothing in 10.0.0.0/24", ... (transfer full) */
char *hg_outage_subject(const HgOutage *outage, const HgOutageSearch *search);

G_END_DECLS
#endif

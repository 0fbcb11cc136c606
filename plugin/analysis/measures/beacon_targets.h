/* beacon_targets.h - what a client calls again and again, whatever it is known by: a service, a name,
 * a name that it asks a proxy for, one that it asks DNS for, or a host that it sends echoes to
 *
 * Malware that is given a name keeps it while the addresses behind the name change (fast flux, delivery
 * networks), and behind a proxy all servers have the proxy's address. RITA v5 has the same three kinds:
 * pairs of addresses, "SNI connections" (TLS server names and HTTP hosts), and names asked of a proxy. Others
 * get their orders in answers of DNS, or in replies to pings: there what comes back, or is sent, changes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BEACON_TARGETS_H
#define HG_ANALYSIS_BEACON_TARGETS_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

/* Of names, what follows within this time belongs to the same call: a page and its pictures. */
#define HG_BEACON_TOGETHER_NS G_GINT64_CONSTANT(1000000000)

/* What says more about the same calls comes first: a proxy's address says nothing, and an address is harder
 * to make up than a name. */
typedef enum {
  HG_BEACON_PROXIED_NAME, /* a name (or an address) that proxies are asked for */
  HG_BEACON_SERVICE,      /* an address, transport and port */
  HG_BEACON_NAME,         /* a name, whatever the address: TLS server name, HTTP host */
  HG_BEACON_DNS,          /* a name that resolvers are asked for, for data that is no address */
  HG_BEACON_ECHO          /* an external host that echoes go to, with data that no ping has */
} HgBeaconKind;

typedef struct {
  gint64 time_ns;
  double size; /* bytes that the client sent */
  guint32 frame;
  guint32 connection; /* number in the service table; HG_BEACON_NO_CONNECTION: not known */
  guint32 service;    /* the same; where the connection is known */
} HgBeaconCall;

#define HG_BEACON_NO_CONNECTION G_MAXUINT32

typedef struct {
  HgBeaconKind kind;
  guint32 client;
  const char *name;   /* borrowed from the tally; NULL: a service, or echoes */
  guint32 service;    /* number of the service; not of names */
  GArray *servers;    /* guint32: hosts that were called, the proxies or resolvers; by first call */
  GArray *calls;      /* HgBeaconCall, by time */
  guint32 last_frame; /* of all packets that the target explains */
} HgBeaconTarget;

void hg_beacon_target_free(HgBeaconTarget *target);

/* Calls of one client to one service: connections whose start was captured. (transfer full) */
HgBeaconTarget *hg_beacon_target_of_service(const HgRuleRun *run, guint32 service);

/* Names of external servers, names asked of proxies, and where at least `contents` different data came or
 * went names asked of DNS and hosts of echoes, that one client called at least `least` times; without calls
 * of regular services. `prevalence`: a name is left out when this share of the hosts that called any calls
 * it, and at least 5 (see shared_services.h). Sorted by client. Time: a sort of all such observations.
 * (transfer full; HgBeaconTarget) */
GPtrArray *hg_beacon_targets_of_names(const HgRuleRun *run, guint least, guint contents,
                                      double prevalence);

G_END_DECLS
#endif

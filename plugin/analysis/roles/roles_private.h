/* roles_private.h - the steps of inferring roles
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ROLES_PRIVATE_H
#define HG_ANALYSIS_ROLES_PRIVATE_H

#include "roles.h"

G_BEGIN_DECLS

struct HgRoles {
  const HgTally *tally;
  const guint8 *scopes; /* HgScope by host */
  guint16 *of;          /* HgRole by host, or-ed */
  guint8 *line_of_port; /* 1 + the line in the table of services; 0: none */
  guint8 *speaks;       /* by line, then protocol: whether the protocol is one of the line's */
};

/* One line of the table of services that make a role. */
typedef struct {
  HgRole role;
  guint16 ports[10];
  /* texts of the Protocol column, separated by "|"; "TLS" stands for all versions of TLS and SSL */
  const char *protocols;
  guint8 clients; /* how many clients it takes: 2 if most machines answer any client */
} HgRoleService;

/* Fills in line_of_port and speaks, because there are many more services than lines and protocols.
 */
void hg_role_services_init(HgRoles *roles);

/* NULL: a host that answers this service has no role by it. */
const HgRoleService *hg_role_service_find(const HgRoles *roles, const HgService *service);

/* TRUE: the service's protocol is one of `protocols`, or there were no dissectors to tell
 * (evidence=no). */
gboolean hg_role_service_speaks(const HgTally *tally, const HgService *service,
                                const char *protocols);

static inline gboolean hg_roles_is_unicast(const HgRoles *roles, guint32 host) {
  return hg_scope_is_unicast((HgScope)roles->scopes[host]);
}

/* The client sent packets and was answered with data. Of datagrams the answers suffice: what is an answer by
 * its port or its own words begins no exchange. */
static inline gboolean hg_role_service_answered(const HgService *service) {
  const gboolean asked =
      service->packets[0] > 0 || (service->transport == HG_TRANSPORT_UDP && service->midstream > 0);
  return service->established + service->midstream > 0 && asked && service->payload[1] > 0;
}

/* The steps of hg_roles_new; each adds to roles->of. */
void hg_roles_find_servers(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_proxies(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_monitors(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_gateways(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_tunnel_ends(HgRoles *roles);

G_END_DECLS
#endif

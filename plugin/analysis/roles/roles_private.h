/* roles_private.h - the parts of inferring roles
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
  guint8 *speaks;       /* by line, then protocol: whether it is one of the line's */
};

/* One line of the table of services that make a role. */
typedef struct {
  HgRole role;
  guint16 ports[10];
  const char *protocols; /* what the Protocol column shows, separated by "|"; "TLS" stands for all
                            of its versions, and SSL */
  guint8 clients;        /* how many at least: 2 where most machines answer whoever asks */
} HgRoleService;

/* Fills in line_of_port and speaks: there are many more services than lines and protocols. */
void hg_role_services_init(HgRoles *roles);

/* NULL: answering this service is no role. */
const HgRoleService *hg_role_service_find(const HgRoles *roles, const HgService *service);

/* Any version of TLS or SSL, as the Protocol column has them. */
gboolean hg_role_protocol_is_tls(const char *name);

/* TRUE where the service's protocol is one of `protocols`, or was not looked at. */
gboolean hg_role_service_speaks(const HgTally *tally, const HgService *service,
                                const char *protocols);

static inline gboolean hg_roles_is_unicast(const HgRoles *roles, guint32 host) {
  return hg_scope_is_unicast((HgScope)roles->scopes[host]);
}

/* Somebody asked and was answered. */
static inline gboolean hg_role_service_answered(const HgService *service) {
  return service->established + service->midstream > 0 && service->packets[0] > 0 &&
         service->payload[1] > 0;
}

/* The steps of hg_roles_new; each adds to roles->of. */
void hg_roles_find_servers(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_proxies(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_monitors(HgRoles *roles, const HgServiceTable *services);
void hg_roles_find_gateways(HgRoles *roles, const HgServiceTable *services);

G_END_DECLS
#endif

/* roles.h - the roles of hosts in their network: resolver, gateway, file server, ...
 *
 * Inferred from a tally alone, so parts of a capture, stores and pseudonyms give the same roles. A
 * host has a role because it does something for others: it answers, over a protocol that Wireshark
 * recognised, on a port of that protocol (p0f, PRADS and nmap's service table tie services to
 * ports in the same way). Without dissectors (evidence=no) the port alone decides.
 *
 * A role explains some of what a host does, and nothing else: see hg_roles_serving and
 * hg_roles_asking. Whether a host may administer others is not inferred: a capture shows which
 * hosts do, not which ones should.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ROLES_H
#define HG_ANALYSIS_ROLES_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum {
  HG_ROLE_DATABASE = 1 << 0,
  HG_ROLE_DHCP_SERVER = 1 << 1, /* or relay: gives leases to clients */
  HG_ROLE_DIRECTORY = 1 << 2,   /* LDAP, Kerberos */
  HG_ROLE_FILE_SERVER = 1 << 3,
  /* forwards packets: its MAC is the source of packets from other networks */
  HG_ROLE_GATEWAY = 1 << 4,
  HG_ROLE_MAIL_SERVER = 1 << 5, /* accepts mail, or delivers it to clients */
  HG_ROLE_MONITOR = 1 << 6,     /* polls the same hosts by ping or SNMP again and again */
  HG_ROLE_NTP_SERVER = 1 << 7,
  HG_ROLE_PRINT_SERVER = 1 << 8,
  HG_ROLE_PROXY = 1 << 9,
  HG_ROLE_RESOLVER = 1 << 10, /* answers DNS; forwarding and recursive resolvers ask others, too */
  HG_ROLE_TUNNEL_END = 1 << 11, /* packets of others go to or from it in packets of its own */
  HG_ROLE_WEB_SERVER = 1 << 12
} HgRole;

typedef struct {
  HgRole role;
  const char *name; /* stable name, as in exports: "resolver" */
  const char *what; /* what a host with this role does, one clause */
} HgRoleInfo;

/* Sorted by name; ended by an entry without a name. */
extern const HgRoleInfo hg_roles[];

typedef struct HgRoles HgRoles;

/* `scopes`: HgScope by host number. Tally and scopes must outlive the roles and not change
 * meanwhile; the services need not. Time: one pass over services and bindings. (transfer full) */
HgRoles *hg_roles_new(const HgTally *tally, const HgServiceTable *services, const guint8 *scopes);
void hg_roles_free(HgRoles *roles);

/* For a tally that is folded onto fewer hosts: gives its hosts the roles of those that they stand for,
 * instead of their own. `becomes`: by host of `from`. */
void hg_roles_fold(HgRoles *into, const HgRoles *from, const guint32 *becomes);

/* HgRole, or-ed; 0: no known role. */
guint hg_roles_of(const HgRoles *roles, guint32 host);

/* The names of a host's roles, sorted: a new strv (transfer full). */
char **hg_roles_names(const HgRoles *roles, guint32 host);

/* The roles of the server to which this service belongs: HgRole, or-ed. */
guint hg_roles_serving(const HgRoles *roles, const HgService *service);

/* The roles of the client that explain its use of this service: a resolver asks external name
 * servers, a mail server delivers to external ones, a time server synchronises with external ones,
 * a proxy fetches from external servers, a monitor polls internal hosts. HgRole, or-ed. */
guint hg_roles_asking(const HgRoles *roles, const HgService *service);

G_END_DECLS
#endif

/* roles.h - what hosts are for in their network: who resolves names, forwards, serves files, ...
 *
 * Inferred from a tally alone, so pieces of a capture, stores and pseudonyms give the same roles.
 * A role is what a host was seen to do for others: to answer, over the protocol that Wireshark
 * recognised, on the port where that protocol lives (as p0f, PRADS and nmap's service table tie a
 * service to its port). Where protocols were not looked at (evidence=no) the port stands alone.
 *
 * A role explains some of what a host does, and only that: see hg_roles_serving and
 * hg_roles_asking. Whether a host may administer others is not inferred: a capture shows who does,
 * not who should.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ROLES_H
#define HG_ANALYSIS_ROLES_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum {
  HG_ROLE_DATABASE = 1 << 0,
  HG_ROLE_DHCP_SERVER = 1 << 1, /* or relay: hands leases to clients */
  HG_ROLE_DIRECTORY = 1 << 2,   /* LDAP, Kerberos */
  HG_ROLE_FILE_SERVER = 1 << 3,
  HG_ROLE_GATEWAY = 1 << 4,     /* its MAC fronts hosts of other networks */
  HG_ROLE_MAIL_SERVER = 1 << 5, /* accepts mail, or hands it out */
  HG_ROLE_MONITOR = 1 << 6,     /* asks the same hosts by ping or SNMP again and again */
  HG_ROLE_NTP_SERVER = 1 << 7,
  HG_ROLE_PRINT_SERVER = 1 << 8,
  HG_ROLE_PROXY = 1 << 9,
  HG_ROLE_RESOLVER = 1 << 10, /* answers DNS; forwarding and recursive ones ask others, too */
  HG_ROLE_WEB_SERVER = 1 << 11
} HgRole;

typedef struct {
  HgRole role;
  const char *name; /* stable, as in exports: "resolver" */
  const char *what; /* what a host with it was seen to do, one clause */
} HgRoleInfo;

/* Sorted by name; ended by one without a name. */
extern const HgRoleInfo hg_roles[];

typedef struct HgRoles HgRoles;

/* `scopes`: HgScope by host number. Tally and scopes must outlive the roles and not change
 * meanwhile; the services are not kept. Time: one pass over services and bindings.
 * (transfer full) */
HgRoles *hg_roles_new(const HgTally *tally, const HgServiceTable *services, const guint8 *scopes);
void hg_roles_free(HgRoles *roles);

/* HgRole, or-ed; 0: none is known. */
guint hg_roles_of(const HgRoles *roles, guint32 host);

/* The names of a host's roles, sorted: a new strv (transfer full). */
char **hg_roles_names(const HgRoles *roles, guint32 host);

/* Which of the server's roles this service is part of: HgRole, or-ed. */
guint hg_roles_serving(const HgRoles *roles, const HgService *service);

/* Which of the client's roles make it ask for this service: a resolver asks name servers of other
 * networks, a mail server delivers there, a time server sets its clock there, a proxy fetches
 * there, a monitor polls hosts of its own network. HgRole, or-ed. */
guint hg_roles_asking(const HgRoles *roles, const HgService *service);

G_END_DECLS
#endif

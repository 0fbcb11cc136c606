/* role_lookup.c - the names of roles, the roles of a host, and what they explain
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

const HgRoleInfo hg_roles[] = {
    {HG_ROLE_DATABASE, "database", "answers clients of a database"},
    {HG_ROLE_DHCP_SERVER, "dhcp-server", "hands leases to clients"},
    {HG_ROLE_DIRECTORY, "directory", "answers LDAP or Kerberos"},
    {HG_ROLE_FILE_SERVER, "file-server", "serves files (SMB to several clients, NFS, FTP, ...)"},
    {HG_ROLE_GATEWAY, "gateway", "its MAC fronts hosts of several other networks"},
    {HG_ROLE_MAIL_SERVER, "mail-server", "accepts mail or hands it out"},
    {HG_ROLE_MONITOR, "monitor", "polls several hosts again and again, and they answer"},
    {HG_ROLE_NTP_SERVER, "ntp-server", "tells others the time"},
    {HG_ROLE_PRINT_SERVER, "print-server", "accepts print jobs"},
    {HG_ROLE_PROXY, "proxy", "fetches for others"},
    {HG_ROLE_RESOLVER, "resolver", "answers DNS"},
    {HG_ROLE_TUNNEL_END, "tunnel-end", "sends or receives packets of others within its own"},
    {HG_ROLE_WEB_SERVER, "web-server", "serves web pages"},
    {0, NULL, NULL}};

guint hg_roles_of(const HgRoles *roles, guint32 host) {
  return roles->of[host];
}

char **hg_roles_names(const HgRoles *roles, guint32 host) {
  char **names = g_new0(char *, G_N_ELEMENTS(hg_roles));
  guint count = 0;
  for (const HgRoleInfo *info = hg_roles; info->name; info++)
    if (roles->of[host] & info->role)
      names[count++] = g_strdup(info->name);
  return names;
}

guint hg_roles_serving(const HgRoles *roles, const HgService *service) {
  const HgRoleService *part = roles->of[service->server] && hg_role_service_answered(service)
                                  ? hg_role_service_find(roles, service)
                                  : NULL;
  const guint own = roles->of[service->server];
  /* A proxy answers on a port of the web. */
  return part ? own & (part->role | (part->role == HG_ROLE_WEB_SERVER ? HG_ROLE_PROXY : 0)) : 0;
}

/* --- what roles ask of others --- */

static gboolean is_echo(const HgService *service) {
  return service->transport == HG_TRANSPORT_ICMP || service->transport == HG_TRANSPORT_ICMPV6;
}

/* Decided by port alone: an unanswered request shows no protocol. */
static guint asked_outside(const HgService *service) {
  if (is_echo(service))
    return 0;
  switch (service->port) {
  case 53:
  case 853:
    return HG_ROLE_RESOLVER;
  case 123:
    return HG_ROLE_NTP_SERVER;
  case 25:
    return HG_ROLE_MAIL_SERVER;
  case 80:
  case 443:
    return HG_ROLE_PROXY;
  default:
    return 0;
  }
}

static guint asked_inside(const HgService *service) {
  const gboolean snmp = service->transport == HG_TRANSPORT_UDP && service->port == 161;
  return snmp || is_echo(service) ? HG_ROLE_MONITOR : 0;
}

guint hg_roles_asking(const HgRoles *roles, const HgService *service) {
  const HgScope scope = (HgScope)roles->scopes[service->server];
  const guint asked = scope == HG_SCOPE_EXTERNAL   ? asked_outside(service)
                      : scope == HG_SCOPE_INTERNAL ? asked_inside(service)
                                                   : 0;
  return roles->of[service->client] & asked;
}

/* role_servers.c - finds hosts whose role is to answer others: servers and proxies
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

static gboolean is_between_hosts(const HgRoles *roles, const HgService *service) {
  return service->client != service->server && hg_roles_is_unicast(roles, service->client) &&
         hg_roles_is_unicast(roles, service->server);
}

/* DHCP offers go from the server's port to the client's (67 to 68, 547 to 546), often by broadcast,
 * so that the server looks like the originator. */
static void find_offers(HgRoles *roles, const HgServiceTable *services, const HgService *service) {
  const HgConnection *c = hg_service_table_connection(services, service->first_connection);
  const guint16 from = c->port[c->client];
  const gboolean offers = service->port == 68    ? from == 67
                          : service->port == 546 ? from == 547
                                                 : FALSE;
  if (offers && service->transport == HG_TRANSPORT_UDP &&
      hg_roles_is_unicast(roles, service->client) &&
      hg_role_service_speaks(roles->tally, service, "DHCP|BOOTP|DHCPv6"))
    roles->of[service->client] |= HG_ROLE_DHCP_SERVER;
}

void hg_roles_find_servers(HgRoles *roles, const HgServiceTable *services) {
  /* For services that need several clients: the first client, by server. */
  const guint32 hosts = hg_tally_host_count(roles->tally);
  guint32 *first = g_new(guint32, (gsize)hosts + 1);
  for (guint32 host = 0; host < hosts; host++)
    first[host] = HG_NO_HOST;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->port == 68 || service->port == 546)
      find_offers(roles, services, service);
    if (!hg_role_service_answered(service) || !is_between_hosts(roles, service))
      continue;
    const HgRoleService *part = hg_role_service_find(roles, service);
    if (!part)
      continue;
    if (part->clients > 1 && first[service->server] == HG_NO_HOST)
      first[service->server] = service->client;
    if (part->clients == 1 || first[service->server] != service->client)
      roles->of[service->server] |= (guint16)part->role;
  }
  g_free(first);
}

/* --- proxies on ports of the web --- */

/* Ports of proxies that serve web pages, too. Squid's port 3128 is enough on its own; but on 8080
 * and 8888, a host counts as a proxy only if it serves its network and itself fetches from several
 * external web servers. */
static gboolean is_proxy_port(guint16 port) {
  return port == 8000 || port == 8080 || port == 8081 || port == 8888;
}

#define FETCHED_FROM 3 /* a page of its own may include content from one or two others */

void hg_roles_find_proxies(HgRoles *roles, const HgServiceTable *services) {
  const guint32 hosts = hg_tally_host_count(roles->tally);
  guint8 *candidate = g_new0(guint8, (gsize)hosts + 1);
  gboolean any = FALSE;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (is_proxy_port(service->port) && roles->scopes[service->server] == HG_SCOPE_INTERNAL &&
        roles->scopes[service->client] == HG_SCOPE_INTERNAL &&
        (hg_roles_serving(roles, service) & HG_ROLE_WEB_SERVER) &&
        hg_role_service_speaks(roles->tally, service, "HTTP|TLS"))
      candidate[service->server] = any = TRUE;
  }
  guint32 client = HG_NO_HOST, server = HG_NO_HOST;
  guint fetched = 0;
  for (guint32 i = 0; any && i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->client != client) {
      client = service->client;
      server = HG_NO_HOST;
      fetched = 0;
    }
    if (!candidate[client] || service->server == server ||
        roles->scopes[service->server] != HG_SCOPE_EXTERNAL ||
        !(hg_roles_serving(roles, service) & HG_ROLE_WEB_SERVER))
      continue;
    server = service->server;
    if (++fetched == FETCHED_FROM)
      roles->of[client] |= HG_ROLE_PROXY;
  }
  g_free(candidate);
}

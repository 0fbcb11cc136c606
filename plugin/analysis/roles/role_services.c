/* role_services.c - roles of those who answer: servers, proxies
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

#include <string.h>

/* Ports: IANA's registry of service names, and what is customary beside it; none from 32768 on,
 * where clients and passive FTP choose theirs. */
static const HgRoleService known[] = {
    {HG_ROLE_RESOLVER, {53, 853}, "DNS|TLS|QUIC", 1},
    {HG_ROLE_DHCP_SERVER, {67}, "DHCP|BOOTP", 1},
    {HG_ROLE_DHCP_SERVER, {547}, "DHCPv6", 1},
    {HG_ROLE_NTP_SERVER, {123}, "NTP", 1},
    {HG_ROLE_MAIL_SERVER, {25, 465, 587}, "SMTP|IMF|TLS", 1},
    {HG_ROLE_MAIL_SERVER, {110, 143, 993, 995}, "POP|IMAP|IMF|TLS", 1},
    /* Any Windows machine answers; one that a single other host goes to may be its target. */
    {HG_ROLE_FILE_SERVER, {139, 445}, "SMB|SMB2|SMB Pipe|NBSS", 2},
    {HG_ROLE_FILE_SERVER, {21, 990}, "FTP|TLS", 1},
    {HG_ROLE_FILE_SERVER, {548, 873, 2049, 3260}, "AFP|DSI|RSYNC|NFS|iSCSI", 1},
    {HG_ROLE_DIRECTORY, {88, 389, 464, 636, 3268, 3269}, "KRB5|KPASSWD|LDAP|CLDAP|TLS", 1},
    {HG_ROLE_DATABASE, {1433, 1434}, "TDS|TLS|SSRP", 1},
    {HG_ROLE_DATABASE, {1521, 2484}, "TNS|TLS", 1},
    {HG_ROLE_DATABASE, {3306, 5432}, "MySQL|PGSQL|TLS", 1},
    {HG_ROLE_DATABASE, {6379, 9042, 11211, 27017}, "RESP|CQL|MEMCACHE|MONGO|TLS", 1},
    {HG_ROLE_PRINT_SERVER, {515, 631}, "LPD|IPP|TLS", 1},
    {HG_ROLE_PROXY, {1080, 3128}, "Socks|HTTP|TLS", 1},
    {HG_ROLE_WEB_SERVER,
     {80, 443, 8000, 8008, 8080, 8081, 8443, 8888, 9443},
     "HTTP|HTTP2|HTTP3|TLS|QUIC|GQUIC|WebSocket|OCSP|PKIX-CRL",
     1},
};

gboolean hg_role_protocol_is_tls(const char *name) {
  return g_str_has_prefix(name, "TLS") || g_str_has_prefix(name, "SSL");
}

/* "HTTP/JSON" is HTTP: what is carried stands behind a slash. */
static gboolean is_listed(const char *protocols, const char *name) {
  const gsize length = strcspn(name, "/");
  for (const char *p = protocols; *p; p += *p == '|') {
    const gsize size = strcspn(p, "|");
    if ((size == length && memcmp(p, name, size) == 0) ||
        (size == 3 && memcmp(p, "TLS", 3) == 0 && hg_role_protocol_is_tls(name)))
      return TRUE;
    p += size;
  }
  return FALSE;
}

gboolean hg_role_service_speaks(const HgTally *tally, const HgService *service,
                                const char *protocols) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  return !hg_tally_options(tally)->evidence || is_listed(protocols, protocol->name);
}

void hg_role_services_init(HgRoles *roles) {
  const gsize protocols = hg_tally_protocol_count(roles->tally);
  roles->line_of_port = g_new0(guint8, G_MAXUINT16 + 1);
  roles->speaks = g_new0(guint8, G_N_ELEMENTS(known) * protocols + 1);
  for (guint8 line = 0; line < G_N_ELEMENTS(known); line++) {
    for (guint i = 0; i < G_N_ELEMENTS(known[line].ports) && known[line].ports[i]; i++)
      roles->line_of_port[known[line].ports[i]] = line + 1;
    for (guint i = 0; i < protocols; i++)
      roles->speaks[line * protocols + i] =
          !hg_tally_options(roles->tally)->evidence ||
          is_listed(known[line].protocols, hg_tally_protocol(roles->tally, (guint16)i)->name);
  }
}

const HgRoleService *hg_role_service_find(const HgRoles *roles, const HgService *service) {
  const guint8 line = roles->line_of_port[service->port];
  if (line == 0 ||
      (service->transport != HG_TRANSPORT_TCP && service->transport != HG_TRANSPORT_UDP))
    return NULL;
  const gsize protocols = hg_tally_protocol_count(roles->tally);
  return roles->speaks[(line - 1u) * protocols + service->protocol] ? &known[line - 1] : NULL;
}

static gboolean is_between_hosts(const HgRoles *roles, const HgService *service) {
  return service->client != service->server && hg_roles_is_unicast(roles, service->client) &&
         hg_roles_is_unicast(roles, service->server);
}

/* Offers go from the server's port to the client's (67 to 68, 547 to 546), often to all: so the
 * server seems to begin. */
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
  /* Of what needs several clients: the first one, by server. */
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

/* A host that serves web pages to its network on one of these, and itself fetches from several web
 * servers outside, fetches for others: Squid's 3128 needs no more proof than itself, but 8080 and
 * 8888 are used for pages, too. */
static gboolean is_proxy_port(guint16 port) {
  return port == 8000 || port == 8080 || port == 8081 || port == 8888;
}

#define FETCHED_FROM 3 /* a page of its own may need one or two others */

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

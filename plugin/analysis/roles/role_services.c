/* role_services.c - the table of services that make a role
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

#include <string.h>

/* Ports are from IANA's registry of service names, plus customary ones; none from 32768 on, where
 * clients and passive FTP choose theirs. */
static const HgRoleService known[] = {
    {HG_ROLE_RESOLVER, {53, 853}, "DNS|TLS|QUIC", 1},
    {HG_ROLE_DHCP_SERVER, {67}, "DHCP|BOOTP", 1},
    {HG_ROLE_DHCP_SERVER, {547}, "DHCPv6", 1},
    {HG_ROLE_NTP_SERVER, {123}, "NTP", 1},
    {HG_ROLE_MAIL_SERVER, {25, 465, 587}, "SMTP|IMF|TLS", 1},
    {HG_ROLE_MAIL_SERVER, {110, 143, 993, 995}, "POP|IMAP|IMF|TLS", 1},
    /* Every Windows machine answers here; one with a single client may be that client's target. */
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

/* "HTTP/JSON" is HTTP: the carried protocol follows a slash. */
static gboolean is_listed(const char *protocols, const char *name) {
  const gsize length = strcspn(name, "/");
  for (const char *p = protocols; *p; p += *p == '|') {
    const gsize size = strcspn(p, "|");
    if ((size == length && memcmp(p, name, size) == 0) ||
        (size == 3 && memcmp(p, "TLS", 3) == 0 && hg_protocol_name_is_tls(name)))
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

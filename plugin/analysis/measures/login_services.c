/* login_services.c - services with logins, and how a failed login (authentication failure) shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_services.h"

#include <string.h>

const HgLoginService hg_login_services[HG_LOGIN_SERVICES] = {
    {"FTP", 21, NULL, 0},
    {"SSH", 22, NULL, 5505}, /* Zeek: bytes that a server sends before a login succeeds */
    {"TELNET", 23, NULL, 0},
    {"SMTP", 25, "smtp.response.code in {534, 535}", 0},
    {"HTTP", 80, NULL, 0},
    {"KRB5", 88, "kerberos.error_code in {6, 18, 24}", 0},
    {"POP", 110, NULL, 0},
    {"IMAP", 143, NULL, 0},
    {"LDAP", 389, NULL, 0}, /* the result field has another name in Wireshark 4.6 */
    {"SMB", 445,
     "((smb2.cmd == 1 && smb2.nt_status in {0xc0000064, 0xc000006a, 0xc000006d, 0xc0000234}) || "
     "(smb.cmd == 0x73 && smb.nt_status in {0xc0000064, 0xc000006a, 0xc000006d, 0xc0000234}))",
     0},
    {"TDS", 1433, "tds.error.number == 18456", 0},
    {"TNS", 1521, NULL, 0},
    {"MySQL", 3306, "mysql.error_code == 1045", 0},
    {"RDP", 3389, NULL, 8192}, /* negotiation, certificate and CredSSP; a desktop sends far more */
    {"PGSQL", 5432, "pgsql.code in {\"28P01\", \"28000\"}", 0},
    {"VNC", 5900, "vnc.auth_result == 1", 0},
};

guint hg_login_service_find(const char *name) {
  guint i = 0;
  while (i < HG_LOGIN_SERVICES && !g_str_has_prefix(name, hg_login_services[i].name))
    i++;
  return i;
}

/* Whether the port decides: RDP runs inside TLS, and unrecognised protocols are known only by their
 * port. */
static gboolean goes_by_port(const HgProtocol *protocol) {
  return protocol->transport || !*protocol->name ||
         strstr("TLS TPKT COTP CredSSP", protocol->name) || g_str_has_prefix(protocol->name, "TLS");
}

#define BY_PORT (HG_LOGIN_SERVICES + 1)

guint8 *hg_login_service_lines(const HgTally *tally) {
  const guint count = hg_tally_protocol_count(tally);
  guint8 *lines = g_new0(guint8, (gsize)count + 1);
  for (guint i = 0; i < count; i++) {
    const HgProtocol *protocol = hg_tally_protocol(tally, (guint16)i);
    const guint named =
        protocol->transport ? HG_LOGIN_SERVICES : hg_login_service_find(protocol->name);
    lines[i] = named == HG_LOGIN_SERVICES && goes_by_port(protocol) ? BY_PORT : (guint8)named;
  }
  return lines;
}

guint hg_login_service_of(const guint8 *lines, const HgService *service) {
  const guint line = lines[service->protocol];
  if (service->transport != HG_TRANSPORT_TCP)
    return HG_LOGIN_SERVICES;
  if (line != BY_PORT)
    return line;
  guint login = 0;
  while (login < HG_LOGIN_SERVICES && (hg_login_services[login].short_bytes == 0 ||
                                       hg_login_services[login].port != service->port))
    login++;
  return login;
}

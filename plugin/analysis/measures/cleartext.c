/* cleartext.c - application protocols that anyone on the path can read
 *
 * Left out on purpose: the network's own traffic, which is public by design and in every capture
 * (DNS, mDNS, LLMNR, NBNS, SSDP, DHCP, NTP, ARP, ICMP, routing), and protocols that may be
 * encrypted inside although the Protocol column does not say so (SMB2, DCE/RPC, RDP, TDS's login,
 * BitTorrent).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cleartext.h"

#include <string.h>

const HgCleartext hg_cleartexts[] = {
    {"9P", "9p", "9P", FALSE},
    {"AFP", "afp", "AFP", FALSE},
    {"AIM", "aim", "AIM", FALSE},
    {"AMQP", "amqp", "AMQP", TRUE},
    {"BACnet", "bacnet || bacapp", "BACnet|BACnet-APDU|BACnet-NPDU", FALSE},
    {"CIP", "enip || cip", "ENIP|CIP|CIP CM|CIP I/O", FALSE},
    {"CVS", "cvspserver", "CVSPSERVER", FALSE},
    {"Cassandra", "cql", "CQL", TRUE},
    {"CoAP", "coap", "CoAP", FALSE},
    {"DIAMETER", "diameter", "DIAMETER", TRUE},
    {"DNP 3.0", "dnp3", "DNP 3.0", FALSE},
    {"DRDA", "drda", "DRDA", TRUE},
    {"Elasticsearch", "elasticsearch", "Elasticsearch", FALSE},
    {"FINGER", "finger", "FINGER", FALSE},
    {"FTP", "ftp", "FTP", TRUE},
    {"FTP-DATA", "ftp-data", "FTP-DATA", FALSE},
    {"GIT", "git", "GIT", FALSE},
    {"Gnutella", "gnutella", "Gnutella", FALSE},
    {"Gopher", "gopher", "Gopher", FALSE},
    {"HTTP", "http", "HTTP|OCSP|PKIX-CRL", TRUE},
    {"HTTP2", "http2", "HTTP2", TRUE},
    {"IAX2", "iax2", "IAX2", FALSE},
    {"ICAP", "icap", "ICAP", FALSE},
    {"IEC 60870-5-104", "iec60870_104 || iec60870_asdu", "IEC 60870-5-104|IEC 60870-5 ASDU", FALSE},
    {"IMAP", "imap", "IMAP", TRUE},
    {"IPP", "ipp", "IPP", TRUE},
    {"IRC", "irc", "IRC", TRUE},
    {"KNXnet/IP", "kip", "KNXnet/IP", FALSE},
    {"Kafka", "kafka", "Kafka", FALSE},
    {"LDAP", "ldap || cldap", "LDAP|CLDAP", TRUE},
    {"LPD", "lpd", "LPD", FALSE},
    {"MEGACO", "megaco", "MEGACO", FALSE},
    {"MGCP", "mgcp", "MGCP", FALSE},
    {"MMS", "mms", "MMS", FALSE},
    {"MQTT", "mqtt", "MQTT", FALSE},
    {"MQTT-SN", "mqttsn", "MQTT-SN", FALSE},
    {"MSNMS", "msnms", "MSNMS", FALSE},
    {"Memcache", "memcache", "MEMCACHE", FALSE},
    {"Modbus", "modbus", "Modbus/TCP|Modbus/UDP", FALSE},
    {"MongoDB", "mongo", "MONGO", TRUE},
    {"MySQL", "mysql", "MySQL", TRUE},
    {"NCP", "ncp", "NCP", FALSE},
    {"NFS", "nfs", "NFS", FALSE},
    {"NNTP", "nntp", "NNTP", TRUE},
    {"OMRON FINS", "omron", "OMRON", FALSE},
    {"OpenWire", "openwire", "OpenWire", FALSE},
    {"PGSQL", "pgsql", "PGSQL", TRUE},
    {"POP", "pop", "POP", TRUE},
    {"PPP PAP", "pap", "PPP PAP", FALSE},
    {"RADIUS", "radius", "RADIUS", FALSE},
    {"REXEC", "exec", "EXEC", FALSE},
    {"RSH", "rsh", "RSH", FALSE},
    {"RSYNC", "rsync", "RSYNC", FALSE},
    {"RTMP", "rtmpt", "RTMP", FALSE},
    {"RTP", "rtp", "RTP", FALSE},
    {"RTSP", "rtsp", "RTSP", FALSE},
    {"Redis", "resp", "RESP", FALSE},
    {"Rlogin", "rlogin", "Rlogin", FALSE},
    {"S7COMM", "s7comm", "S7COMM", FALSE},
    {"SIP", "sip", "SIP", FALSE},
    {"SKINNY", "skinny", "SKINNY", FALSE},
    {"SMB", "smb && !browser && !smb_netlogon", "SMB|SMB Pipe|LANMAN", FALSE},
    {"SMPP", "smpp", "SMPP", FALSE},
    {"SMTP", "smtp", "SMTP", TRUE},
    {"SNMP", "snmp", "SNMP", FALSE},
    {"Socks", "socks", "Socks", FALSE},
    {"Syslog", "syslog", "Syslog", FALSE},
    {"TACACS", "tacacs", "TACACS|XTACACS", FALSE},
    {"TELNET", "telnet", "TELNET", TRUE},
    {"TFTP", "tftp", "TFTP", FALSE},
    {"TN3270", "tn3270", "TN3270", TRUE},
    {"TN5250", "tn5250", "TN5250", TRUE},
    {"TNS", "tns", "TNS", TRUE},
    {"VNC", "vnc", "VNC", TRUE},
    {"WHOIS", "whois", "WHOIS", FALSE},
    {"WebSocket", "websocket", "WebSocket", TRUE},
    {"X11", "x11", "X11", FALSE},
    {"XDMCP", "xdmcp", "XDMCP", FALSE},
    {"XMPP", "xmpp", "XMPP", TRUE},
    {"YMSG", "ymsg", "YMSG", FALSE},
    {"iSCSI", "iscsi", "iSCSI", FALSE},
    {NULL, NULL, NULL, FALSE}};

static gboolean is_listed(const char *columns, const char *column, gsize length) {
  for (const char *c = columns;; c++) {
    const gsize size = strcspn(c, "|");
    if (size == length && memcmp(c, column, length) == 0)
      return TRUE;
    c += size;
    if (!*c)
      return FALSE;
  }
}

static const HgCleartext *find(const char *column, gsize length) {
  for (const HgCleartext *c = hg_cleartexts; c->name; c++)
    if (is_listed(c->columns, column, length))
      return c;
  return NULL;
}

const HgCleartext *hg_cleartext_find(const char *column) {
  const HgCleartext *whole = find(column, strlen(column));
  if (whole || !strchr(column, '/'))
    return whole;
  /* "HTTP/JSON": the carried protocol follows a slash. */
  const gsize length = strcspn(column, "/");
  if (g_str_equal(column, "Modbus/TCP Security") || length == 0)
    return NULL;
  return find(column, length);
}

gboolean hg_cleartext_is_tls_port(guint16 port) {
  static const guint16 ports[] = {443,  465,  563,  636,  853,  989,  990,  992,  993,  994,  995,
                                  2376, 3269, 5061, 5223, 5671, 5986, 6514, 6697, 8443, 8883, 9443};
  for (guint i = 0; i < G_N_ELEMENTS(ports); i++)
    if (ports[i] == port)
      return TRUE;
  return FALSE;
}

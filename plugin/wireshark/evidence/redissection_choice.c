/* redissection_choice.c - which frames are worth a second look, and for which fields
 *
 * The columns, which were written anyway, tell: requests, but not the many packets of a download;
 * the TLS handshake's first message, but not what it protects. They say nothing where the user has
 * removed them, and of several messages may only tell the last: then the frame is looked at.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "evidence_private.h"
#include "remote_control.h"
#include "wireshark/dissection/redissection.h"

static gboolean is_protocol(const HgPacket *packet, const char *prefix) {
  return packet->protocol != NULL && g_str_has_prefix(packet->protocol, prefix);
}

static gboolean says(const HgPacket *packet, const char *words) {
  return strstr(packet->info, words) != NULL;
}

static gboolean begins(const HgPacket *packet, const char *words) {
  return g_str_has_prefix(packet->info, words);
}

static gboolean always(const HgPacket *packet) {
  (void)packet;
  return TRUE;
}

/* Under another name TLS is part of that protocol (QUIC), whose Info says nothing about it. */
static gboolean may_name_server(const HgPacket *packet) {
  return says(packet, "Client Hello") ||
         !(is_protocol(packet, "TLS") || is_protocol(packet, "SSL"));
}

static gboolean may_request(const HgPacket *packet) {
  return !is_protocol(packet, "HTTP") ||
         !(begins(packet, "HTTP/") || begins(packet, "Continuation"));
}

static gboolean may_turn_down(const HgPacket *packet) {
  return says(packet, " 401 ");
}

/* The types of the messages: an error of the server. */
static gboolean may_be_pgsql_error(const HgPacket *packet) {
  return says(packet, "<") && says(packet, "E");
}

/* An error takes few bytes: a text, and the end. Results of queries take more. */
static gboolean may_be_tds_error(const HgPacket *packet) {
  return packet->payload_length <= 1024 && says(packet, "Response");
}

static gboolean is_vnc_result(const HgPacket *packet) {
  return says(packet, "Authentication result");
}

static gboolean may_be_error(const HgPacket *packet) {
  return says(packet, "Error");
}

static gboolean may_bind(const HgPacket *packet) {
  return says(packet, "bindResponse");
}

static gboolean may_refuse_mail(const HgPacket *packet) {
  return says(packet, "534") || says(packet, "535");
}

static gboolean is_no_answer(const HgPacket *packet) {
  return !(begins(packet, "Response: ") || begins(packet, "S: "));
}

/* Of what a server sends, only what answers a login. */
static gboolean is_answer(const HgSessions *sessions, const HgPacket *packet) {
  const HgSession *session = hg_sessions_known(sessions, packet, FALSE);
  return session != NULL && session->waiting;
}

static gboolean may_control(const HgPacket *packet) {
  return (says(packet, "Session Setup") && says(packet, "Error")) ||
         (says(packet, "Tree Connect") && says(packet, "$")) ||
         (says(packet, "Create") && hg_remote_may_name_file(packet->info));
}

static gboolean may_control_or_exploit(const HgPacket *packet) {
  return may_control(packet) || says(packet, "SESSION_SETUP") || says(packet, "NT Trans Request");
}

static gboolean may_bind_interface(const HgPacket *packet) {
  return says(packet, "Bind: ") || says(packet, "Alter_context: ");
}

/* Of all that is called, only what follows such a message about an interface that matters. */
static gboolean may_administer(const HgSessions *sessions, const HgPacket *packet) {
  const HgSession *session = hg_sessions_known(sessions, packet, TRUE);
  return session != NULL && session->administers;
}

typedef struct {
  HgLayerId sees;
  gboolean (*is_worth)(const HgPacket *packet); /* asked when there is an Info text; */
  gboolean (*follows)(const HgSessions *sessions, const HgPacket *packet); /* else this; NULL: no */
  HgField first, last;
  gboolean last_shown; /* of several messages Info tells only the last */
} Kind;

static const Kind kinds[] = {
    {HG_LAYER_ID_ARP, always, NULL, HG_FIELD_ARP, HG_FIELD_ARP, FALSE},
    {HG_LAYER_ID_ICMP, always, NULL, HG_FIELD_ICMP, HG_FIELD_ICMP, FALSE},
    {HG_LAYER_ID_ICMPV6, always, NULL, HG_FIELD_ICMPV6, HG_FIELD_ICMPV6, FALSE},
    {HG_LAYER_ID_DNS, always, NULL, HG_FIELD_DNS_ID, HG_FIELD_DNS_ID, FALSE},
    {HG_LAYER_ID_LOCAL_DNS, always, NULL, HG_FIELD_DNS_ID, HG_FIELD_DNS_ID, FALSE},
    {HG_LAYER_ID_TLS, may_name_server, NULL, HG_FIELD_TLS_NAME, HG_FIELD_TLS_NAME, FALSE},
    {HG_LAYER_ID_HTTP, may_request, NULL, HG_FIELD_HTTP_HOST, HG_FIELD_HTTP_URI, FALSE},
    {HG_LAYER_ID_HTTP, may_turn_down, NULL, HG_FIELD_HTTP_STATUS, HG_FIELD_HTTP_CHALLENGE, FALSE},
    {HG_LAYER_ID_DHCP, always, NULL, HG_FIELD_DHCP, HG_FIELD_DHCP, FALSE},
    {HG_LAYER_ID_FORM, always, NULL, HG_FIELD_FORM_KEY, HG_FIELD_FORM_VALUE, FALSE},
    {HG_LAYER_ID_PAP, always, NULL, HG_FIELD_PAP, HG_FIELD_PAP, FALSE},
    {HG_LAYER_ID_SNMP, always, NULL, HG_FIELD_SNMP_COMMUNITY, HG_FIELD_SNMP_COMMUNITY, FALSE},
    {HG_LAYER_ID_TELNET, always, NULL, HG_FIELD_TELNET_DATA, HG_FIELD_TELNET_DATA, FALSE},
    {HG_LAYER_ID_FTP, is_no_answer, is_answer, HG_FIELD_FTP_COMMAND, HG_FIELD_FTP_CODE, FALSE},
    {HG_LAYER_ID_POP, is_no_answer, is_answer, HG_FIELD_POP_COMMAND, HG_FIELD_POP_INDICATOR, FALSE},
    {HG_LAYER_ID_IMAP, is_no_answer, is_answer, HG_FIELD_IMAP_REQUEST, HG_FIELD_IMAP_STATUS, FALSE},
    {HG_LAYER_ID_SMTP, may_refuse_mail, NULL, HG_FIELD_SMTP_CODE, HG_FIELD_SMTP_CODE, FALSE},
    {HG_LAYER_ID_LDAP, may_bind, NULL, HG_FIELD_LDAP_OPERATION, HG_FIELD_LDAP_RESULT, FALSE},
    {HG_LAYER_ID_KERBEROS, may_be_error, NULL, HG_FIELD_KERBEROS_ERROR, HG_FIELD_KERBEROS_ERROR,
     FALSE},
    {HG_LAYER_ID_MYSQL, may_be_error, NULL, HG_FIELD_MYSQL_ERROR, HG_FIELD_MYSQL_ERROR, FALSE},
    {HG_LAYER_ID_PGSQL, may_be_pgsql_error, NULL, HG_FIELD_PGSQL_CODE, HG_FIELD_PGSQL_CODE, FALSE},
    {HG_LAYER_ID_TDS, may_be_tds_error, NULL, HG_FIELD_TDS_ERROR, HG_FIELD_TDS_ERROR, FALSE},
    {HG_LAYER_ID_VNC, is_vnc_result, NULL, HG_FIELD_VNC_RESULT, HG_FIELD_VNC_RESULT, FALSE},
    {HG_LAYER_ID_SMB, may_control_or_exploit, NULL, HG_FIELD_SMB_COMMAND, HG_FIELD_SMB_NT_FUNCTION,
     TRUE},
    {HG_LAYER_ID_SMB2, may_control, NULL, HG_FIELD_SMB2_COMMAND, HG_FIELD_SMB2_TREE, TRUE},
    {HG_LAYER_ID_DCERPC, may_bind_interface, may_administer, HG_FIELD_RPC_TYPE,
     HG_FIELD_WINREG_OPERATION, FALSE},
};

gboolean hg_look_may_name_tls_server(const HgFrameLayers *layers, const HgPacket *packet) {
  return (layers->seen & HG_LAYER_BIT(HG_LAYER_ID_TLS)) &&
         (packet->info == NULL || may_name_server(packet));
}

gboolean hg_look_may_be_http_request(const HgFrameLayers *layers, const HgPacket *packet) {
  return (layers->seen & HG_LAYER_BIT(HG_LAYER_ID_HTTP)) && packet->info != NULL &&
         is_protocol(packet, "HTTP") && may_request(packet);
}

static gboolean is_worth(const HgEvidenceReader *reader, const Kind *kind,
                         const HgFrameLayers *layers, const HgPacket *packet) {
  return packet->info == NULL ||
         (kind->last_shown && (layers->repeated & HG_LAYER_BIT(kind->sees))) ||
         kind->is_worth(packet) ||
         (kind->follows != NULL && kind->follows(reader->sessions, packet));
}

static void append(const HgFields *fields, HgField first, HgField last, int *ids, guint *count) {
  for (guint i = fields->begin[first]; i < fields->begin[last + 1]; i++)
    ids[(*count)++] = fields->ids[i];
}

epan_dissect_t *hg_look_if_worth(const HgEvidenceReader *reader, const packet_info *pinfo,
                                 const epan_dissect_t *edt, const HgFrameLayers *layers,
                                 const HgPacket *packet) {
  const HgFields *fields = &reader->fields;
  const guint64 unread = layers->seen & ~reader->read & ~HG_LAYER_BITS_CARRIERS;
  int *ids = g_newa(int, fields->begin[HG_FIELD_COUNT]);
  guint count = 0;
  for (guint i = 0; i < G_N_ELEMENTS(kinds) && unread != 0; i++) {
    const Kind *kind = &kinds[i];
    if ((unread & HG_LAYER_BIT(kind->sees)) && is_worth(reader, kind, layers, packet))
      append(fields, kind->first, kind->last, ids, &count);
  }
  if (count == 0)
    return NULL;
  append(fields, HG_FIELD_RETRANSMISSION, HG_FIELD_RETRANSMISSION, ids, &count);
  return hg_redissection_new(pinfo, edt, ids, count);
}

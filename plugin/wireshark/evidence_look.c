/* evidence_look.c - which frames are worth a second look, and for which fields
 *
 * The columns, which were written anyway, tell: requests, but not the many packets of a download;
 * the TLS handshake's first message, but not what it protects. Without columns (the user can remove
 * them) every frame of the protocol is looked at.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <string.h>

#include "evidence_private.h"
#include "second_look.h"

static gboolean is_protocol(const HgPacket *packet, const char *prefix) {
  return packet->protocol != NULL && g_str_has_prefix(packet->protocol, prefix);
}

static gboolean always(const HgPacket *packet) {
  (void)packet;
  return TRUE;
}

/* Under another name TLS is part of that protocol (QUIC), whose Info says nothing about it. */
static gboolean may_name_server(const HgPacket *packet) {
  return strstr(packet->info, "Client Hello") != NULL ||
         !(is_protocol(packet, "TLS") || is_protocol(packet, "SSL"));
}

static gboolean may_request(const HgPacket *packet) {
  return !is_protocol(packet, "HTTP") || !(g_str_has_prefix(packet->info, "HTTP/") ||
                                           g_str_has_prefix(packet->info, "Continuation"));
}

static gboolean may_turn_down(const HgPacket *packet) {
  return strstr(packet->info, " 401 ") != NULL;
}

/* The types of the messages: an error of the server. */
static gboolean may_be_pgsql_error(const HgPacket *packet) {
  return strchr(packet->info, '<') != NULL && strchr(packet->info, 'E') != NULL;
}

/* An error takes few bytes: a text, and the end. Results of queries take more. */
static gboolean may_be_tds_error(const HgPacket *packet) {
  return packet->payload_length <= 1024 && strstr(packet->info, "Response") != NULL;
}

static gboolean is_vnc_result(const HgPacket *packet) {
  return strstr(packet->info, "Authentication result") != NULL;
}

static gboolean may_put_program(const HgPacket *packet) {
  return strstr(packet->info, "Create Request") != NULL && hg_programs_may_name(packet->info);
}

static gboolean is_no_pop_answer(const HgPacket *packet) {
  return !g_str_has_prefix(packet->info, "S: ");
}

static gboolean is_no_imap_answer(const HgPacket *packet) {
  return !g_str_has_prefix(packet->info, "Response: ");
}

static const struct {
  HgSees sees;
  gboolean (*is_worth)(const HgPacket *packet); /* asked when there is an Info text */
  HgField first, last;
  gboolean in_datagram; /* not asked for where the frame's datagram is at hand */
} kinds[] = {
    {HG_SEES_ARP, always, HG_FIELD_ARP, HG_FIELD_ARP, FALSE},
    {HG_SEES_ICMP, always, HG_FIELD_ICMP, HG_FIELD_ICMP, TRUE},
    {HG_SEES_ICMPV6, always, HG_FIELD_ICMPV6, HG_FIELD_ICMPV6, TRUE},
    {HG_SEES_DNS, always, HG_FIELD_DNS_ID, HG_FIELD_DNS_ID, TRUE},
    {HG_SEES_LOCAL_DNS, always, HG_FIELD_DNS_ID, HG_FIELD_DNS_ID, TRUE},
    {HG_SEES_TLS, may_name_server, HG_FIELD_TLS_NAME, HG_FIELD_TLS_NAME, TRUE},
    {HG_SEES_HTTP, may_request, HG_FIELD_HTTP_HOST, HG_FIELD_HTTP_URI, FALSE},
    {HG_SEES_HTTP, may_turn_down, HG_FIELD_HTTP_STATUS, HG_FIELD_HTTP_CHALLENGE, FALSE},
    {HG_SEES_DHCP, always, HG_FIELD_DHCP, HG_FIELD_DHCP, FALSE},
    {HG_SEES_FORM, always, HG_FIELD_FORM_KEY, HG_FIELD_FORM_VALUE, FALSE},
    {HG_SEES_PAP, always, HG_FIELD_PAP, HG_FIELD_PAP, FALSE},
    {HG_SEES_SNMP, always, HG_FIELD_SNMP_COMMUNITY, HG_FIELD_SNMP_COMMUNITY, FALSE},
    {HG_SEES_POP, is_no_pop_answer, HG_FIELD_POP_COMMAND, HG_FIELD_POP_PARAMETER, FALSE},
    {HG_SEES_IMAP, is_no_imap_answer, HG_FIELD_IMAP_REQUEST, HG_FIELD_IMAP_REQUEST, FALSE},
    {HG_SEES_TELNET, always, HG_FIELD_TELNET_DATA, HG_FIELD_TELNET_DATA, FALSE},
    {HG_SEES_PGSQL, may_be_pgsql_error, HG_FIELD_PGSQL_CODE, HG_FIELD_PGSQL_CODE, FALSE},
    {HG_SEES_TDS, may_be_tds_error, HG_FIELD_TDS_ERROR, HG_FIELD_TDS_ERROR, FALSE},
    {HG_SEES_VNC, is_vnc_result, HG_FIELD_VNC_RESULT, HG_FIELD_VNC_RESULT, FALSE},
    {HG_SEES_SMB2, may_put_program, HG_FIELD_SMB2_TREE, HG_FIELD_SMB2_DISPOSITION, FALSE},
};

gboolean hg_look_may_name_tls_server(const HgFrameLayers *layers, const HgPacket *packet) {
  return (layers->seen & 1u << HG_SEES_TLS) && (packet->info == NULL || may_name_server(packet));
}

epan_dissect_t *hg_look_if_worth(const HgFields *fields, const packet_info *pinfo,
                                 const epan_dissect_t *edt, const HgFrameLayers *layers,
                                 const HgPacket *packet, gboolean datagram) {
  int ids[HG_FIELD_COUNT];
  guint count = 0;
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (!(layers->seen & 1u << kinds[i].sees) || (datagram && kinds[i].in_datagram) ||
        (packet->info != NULL && !kinds[i].is_worth(packet)))
      continue;
    for (HgField field = kinds[i].first; field <= kinds[i].last; field++)
      ids[count++] = fields->id[field];
  }
  return count > 0 ? hg_second_look_new(pinfo, edt, ids, count) : NULL;
}

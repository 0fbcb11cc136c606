/* evidence.c - what dissectors know beyond the headers: which reader looks at which frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"
#include "redact.h"
#include "wireshark/dissection/redissection.h"

static void credential_clear(gpointer data) {
  HgCredential *credential = data;
  g_free(credential->protocol);
  g_free(credential->user);
}

/* Whatever was read of the frame before. */
static void forget_frame(HgEvidenceReader *reader) {
  if (reader->look != &reader->given)
    hg_redissection_free(reader->look);
  reader->look = NULL;
  reader->read = 0;
  reader->datagram = (HgDatagram){0};
  reader->server = (HgTlsName){0};
}

HgEvidenceReader *hg_evidence_reader_new(const HgPacketDecoder *fill) {
  HgEvidenceReader *reader = g_new0(HgEvidenceReader, 1);
  reader->fill = fill;
  hg_fields_init(&reader->fields);
  reader->info = g_string_new(NULL);
  reader->uri = g_string_new(NULL);
  reader->host = g_string_new(NULL);
  reader->credentials = g_array_new(FALSE, FALSE, sizeof(HgCredential));
  g_array_set_clear_func(reader->credentials, credential_clear);
  reader->sessions = hg_sessions_new();
  return reader;
}

void hg_evidence_reader_free(HgEvidenceReader *reader) {
  if (reader == NULL)
    return;
  forget_frame(reader);
  g_string_free(reader->info, TRUE);
  g_string_free(reader->uri, TRUE);
  g_string_free(reader->host, TRUE);
  g_array_free(reader->credentials, TRUE);
  hg_sessions_free(reader->sessions);
  hg_fields_clear(&reader->fields);
  g_free(reader);
}

void hg_evidence_reset(HgEvidenceReader *reader) {
  g_array_set_size(reader->credentials, 0);
  reader->credentials_frame = 0;
  hg_sessions_free(reader->sessions);
  reader->sessions = hg_sessions_new();
}

void hg_evidence_credential(HgEvidenceReader *reader, const packet_info *pinfo, const void *data) {
  const HgCompatCredential *told = data;
  const HgCredential credential = {g_strdup(told->protocol), g_strdup(told->username)};
  if (reader->credentials_frame != pinfo->num)
    g_array_set_size(reader->credentials, 0);
  reader->credentials_frame = pinfo->num;
  g_array_append_val(reader->credentials, credential);
}

void hg_evidence_complete(HgEvidenceReader *reader, const packet_info *pinfo,
                          const epan_dissect_t *edt, const HgFrameLayers *layers, gboolean look,
                          HgPacket *packet) {
  const gboolean icmp =
      packet->transport == HG_TRANSPORT_ICMP || packet->transport == HG_TRANSPORT_ICMPV6;
  forget_frame(reader);
  hg_bytes_read(reader, pinfo, edt, layers, packet);
  if (look)
    reader->look = hg_look_if_worth(reader, pinfo, edt, layers, packet);
  if (icmp)
    hg_icmp_complete(reader, packet);
  packet->info = hg_redact(packet->protocol, packet->info, reader->info);
}

void hg_evidence_complete_from_tree(HgEvidenceReader *reader, proto_tree *tree, HgPacket *packet) {
  const gboolean icmp =
      packet->transport == HG_TRANSPORT_ICMP || packet->transport == HG_TRANSPORT_ICMPV6;
  forget_frame(reader);
  reader->given.tree = tree;
  reader->look = &reader->given;
  if (icmp)
    hg_icmp_complete(reader, packet);
  packet->info = hg_redact(packet->protocol, packet->info, reader->info);
}

GArray *hg_evidence_fields(const HgEvidenceReader *reader) {
  GArray *ids = g_array_new(FALSE, FALSE, sizeof(int));
  g_array_append_vals(ids, reader->fields.ids, reader->fields.begin[HG_FIELD_COUNT]);
  return ids;
}

/* `once`: a message that is sent again, since the first did not arrive, does nothing once more. */
static const struct {
  HgLayerId sees;
  void (*read)(const HgFrame *frame);
  gboolean once;
} readers[] = {
    {HG_LAYER_ID_ARP, hg_arp_read, FALSE},
    {HG_LAYER_ID_ICMP, hg_icmp_read, FALSE},
    {HG_LAYER_ID_ICMPV6, hg_icmp_read, FALSE},
    {HG_LAYER_ID_DNS, hg_dns_read, FALSE},
    {HG_LAYER_ID_LOCAL_DNS, hg_dns_read, FALSE},
    {HG_LAYER_ID_TLS, hg_names_read_tls, FALSE},
    {HG_LAYER_ID_HTTP, hg_names_read_http, FALSE},
    {HG_LAYER_ID_DHCP, hg_dhcp_read, FALSE},
    {HG_LAYER_ID_HTTP, hg_logins_read_query, FALSE},
    {HG_LAYER_ID_FORM, hg_logins_read_form, FALSE},
    {HG_LAYER_ID_PAP, hg_logins_read_pap, FALSE},
    {HG_LAYER_ID_SNMP, hg_logins_read_snmp, FALSE},
    {HG_LAYER_ID_POP, hg_logins_read_pop, FALSE},
    {HG_LAYER_ID_IMAP, hg_logins_read_imap, FALSE},
    {HG_LAYER_ID_TELNET, hg_logins_read_telnet, FALSE},
    {HG_LAYER_ID_FTP, hg_answers_read_ftp, TRUE},
    {HG_LAYER_ID_POP, hg_answers_read_pop, TRUE},
    {HG_LAYER_ID_IMAP, hg_answers_read_imap, TRUE},
    {HG_LAYER_ID_HTTP, hg_refusals_read_http, TRUE},
    {HG_LAYER_ID_KERBEROS, hg_refusals_read_kerberos, TRUE},
    {HG_LAYER_ID_LDAP, hg_refusals_read_ldap, TRUE},
    {HG_LAYER_ID_MYSQL, hg_refusals_read_mysql, TRUE},
    {HG_LAYER_ID_PGSQL, hg_refusals_read_pgsql, TRUE},
    {HG_LAYER_ID_SMTP, hg_refusals_read_smtp, TRUE},
    {HG_LAYER_ID_TDS, hg_refusals_read_tds, TRUE},
    {HG_LAYER_ID_VNC, hg_refusals_read_vnc, TRUE},
    {HG_LAYER_ID_SMB, hg_smb1_read, TRUE},
    {HG_LAYER_ID_SMB2, hg_smb2_read, TRUE},
    {HG_LAYER_ID_DCERPC, hg_rpc_read, TRUE},
};

void hg_evidence_read(HgEvidenceReader *reader, packet_info *pinfo, const HgFrameLayers *layers,
                      const HgPacket *packet, HgTallyBuilder *builder) {
  const HgFrame frame = {reader, pinfo, layers, packet, builder};
  const guint64 readable = layers->seen & (reader->look != NULL ? ~(guint64)0 : reader->read);
  const gboolean again = hg_frame_field_count(&frame, HG_FIELD_RETRANSMISSION) > 0;
  if (reader->credentials_frame == packet->frame)
    hg_logins_read_credentials(&frame);
  for (guint i = 0; i < G_N_ELEMENTS(readers) && readable != 0; i++) {
    if ((readable & HG_LAYER_BIT(readers[i].sees)) && !(again && readers[i].once))
      readers[i].read(&frame);
  }
  forget_frame(reader);
}

const char *hg_frame_http_uri(const HgFrame *frame) {
  if (hg_frame_was_read(frame, HG_LAYER_ID_HTTP))
    return frame->reader->uri->str;
  return hg_field_string(hg_frame_field(frame, HG_FIELD_HTTP_URI, 0));
}

const char *hg_frame_http_host(const HgFrame *frame) {
  if (hg_frame_was_read(frame, HG_LAYER_ID_HTTP))
    return frame->reader->host->str;
  return hg_field_string(hg_frame_field(frame, HG_FIELD_HTTP_HOST, 0));
}

void hg_frame_report(const HgFrame *frame, HgEvidence *evidence) {
  evidence->frame = frame->packet->frame;
  evidence->time_ns = frame->packet->time_ns;
  hg_tally_builder_evidence(frame->builder, evidence);
}

void hg_frame_report_login(const HgFrame *frame, gboolean from_client, const char *protocol,
                           const char *user) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_LOGIN};
  evidence.login.client = from_client ? frame->packet->source : frame->packet->destination;
  evidence.login.server = from_client ? frame->packet->destination : frame->packet->source;
  evidence.login.protocol = protocol;
  evidence.login.user = user != NULL ? user : "";
  hg_frame_report(frame, &evidence);
}

void hg_frame_report_refusal(const HgFrame *frame, const char *protocol) {
  hg_frame_report_observation(frame, HG_OBSERVED_LOGIN_FAILURE, &frame->packet->destination,
                              &frame->packet->source, protocol, 0);
}

void hg_frame_report_control(const HgFrame *frame, const char *means) {
  if (means != NULL)
    hg_frame_report_observation(frame, HG_OBSERVED_REMOTE_CONTROL, &frame->packet->source,
                                &frame->packet->destination, means, 0);
}

void hg_frame_report_name(const HgFrame *frame, const HgAddress *address, const char *name,
                          HgNameSource source) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_NAME};
  if (address->kind == HG_ADDRESS_NONE || name == NULL || *name == '\0')
    return;
  evidence.name.address = *address;
  evidence.name.name = name;
  evidence.name.source = source;
  hg_frame_report(frame, &evidence);
}

void hg_frame_report_observation(const HgFrame *frame, HgObservationKind kind,
                                 const HgAddress *actor, const HgAddress *peer, const char *subject,
                                 guint64 size) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_OBSERVATION};
  evidence.observation.kind = kind;
  evidence.observation.actor = *actor;
  evidence.observation.peer = *peer;
  evidence.observation.subject = subject != NULL ? subject : "";
  evidence.observation.size = size;
  hg_frame_report(frame, &evidence);
}

/* evidence_private.h - what the files that read evidence share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EVIDENCE_PRIVATE_H
#define HG_WIRESHARK_EVIDENCE_PRIVATE_H

#include "evidence.h"
#include "sessions.h"
#include "wireshark/dissection/datagram.h"
#include "wireshark/dissection/fields.h"
#include "wireshark/dissection/http_request.h"
#include "wireshark/dissection/tls_hello.h"

/* A login that the "credentials" tap told; strings are owned. */
typedef struct {
  char *protocol;
  char *user;
} HgCredential;

struct HgEvidenceReader {
  const HgPacketDecoder *fill;
  HgFields fields;
  GString *info;       /* the Info text without its secrets */
  GArray *credentials; /* HgCredential, of credentials_frame */
  guint32 credentials_frame;
  HgSessions *sessions; /* what takes several packets */
  guint64 read; /* the layers, HG_LAYER_BIT() or-ed, whose bytes hold what there is to read: */
  HgDatagram datagram;  /* ARP, ICMP, DNS: the message */
  HgTlsName server;     /* TLS: that a ClientHello names */
  GString *uri, *host;  /* HTTP: of a request; empty: none */
  epan_dissect_t *look; /* the second one at this frame; NULL: there was nothing to see */
  epan_dissect_t given; /* stands for it where the frame came with a tree */
};

/* One frame, as the readers below are given it. */
typedef struct {
  HgEvidenceReader *reader;
  packet_info *pinfo;
  const HgFrameLayers *layers;
  const HgPacket *packet;
  HgTallyBuilder *builder;
} HgFrame;

static inline field_info *hg_frame_field(const HgFrame *frame, HgField field, guint i) {
  return hg_field_get(&frame->reader->fields, frame->reader->look, field, i);
}

static inline guint hg_frame_field_count(const HgFrame *frame, HgField field) {
  return hg_field_count(&frame->reader->fields, frame->reader->look, field);
}

/* The layer was read from the frame's bytes. */
static inline gboolean hg_frame_was_read(const HgFrame *frame, HgLayerId sees) {
  return (frame->reader->read & HG_LAYER_BIT(sees)) != 0;
}

/* Target and Host of an HTTP request; NULL: none. Borrowed. */
const char *hg_frame_http_uri(const HgFrame *frame);
const char *hg_frame_http_host(const HgFrame *frame);

/* Fills in frame and time, and hands over. */
void hg_frame_report(const HgFrame *frame, HgEvidence *evidence);
/* A login from the packet's source to its destination; or the other way round. */
void hg_frame_report_login(const HgFrame *frame, gboolean from_client, const char *protocol,
                           const char *user);
/* The packet turns down a login of its receiver, over a protocol as the rules call it: "FTP". */
void hg_frame_report_refusal(const HgFrame *frame, const char *protocol);
/* The packet's source takes control of its destination, by what remote_execution.h calls so; NULL: it does
 * not. */
void hg_frame_report_control(const HgFrame *frame, const char *means);
/* Ignored when the address is none or the name is empty. */
void hg_frame_report_name(const HgFrame *frame, const HgAddress *address, const char *name,
                          HgNameSource source);

/* `actor` and `peer` may be none where the kind says so; `subject` NULL: "". */
void hg_frame_report_observation(const HgFrame *frame, HgObservationKind kind,
                                 const HgAddress *actor, const HgAddress *peer, const char *subject,
                                 guint64 size);

/* evidence_bytes.c: what can be read from the bytes of the frame, without a look; of the one before
 * nothing may be left */
void hg_bytes_read(HgEvidenceReader *reader, const packet_info *pinfo, const epan_dissect_t *edt,
                   const HgFrameLayers *layers, const HgPacket *packet);
/* redissection_choice.c: the second look at a frame whose columns promise something in a layer that was not
 * read from its bytes; else NULL */
epan_dissect_t *hg_look_if_worth(const HgEvidenceReader *reader, const packet_info *pinfo,
                                 const epan_dissect_t *edt, const HgFrameLayers *layers,
                                 const HgPacket *packet);
/* Whether the frame may hold a TLS ClientHello, or just an HTTP request, by what its columns say. */
gboolean hg_look_may_name_tls_server(const HgFrameLayers *layers, const HgPacket *packet);
gboolean hg_look_may_be_http_request(const HgFrameLayers *layers, const HgPacket *packet);
/* evidence_icmp.c */
void hg_icmp_complete(const HgEvidenceReader *reader, HgPacket *packet);
void hg_icmp_read(const HgFrame *frame);
/* evidence_echo.c: the data of an echo request or reply; `length`: on the wire */
void hg_echo_read(const HgFrame *frame, const guint8 *data, guint captured, guint length);
/* evidence_dns.c */
void hg_dns_read(const HgFrame *frame);
/* evidence_names.c */
void hg_names_read_tls(const HgFrame *frame);
void hg_names_read_http(const HgFrame *frame);
/* evidence_dhcp.c */
void hg_dhcp_read(const HgFrame *frame);
/* evidence_arp.c; HG_ARP_LENGTH: of a message for IPv4 and MACs, bytes */
#define HG_ARP_LENGTH 28
void hg_arp_read(const HgFrame *frame);
/* logins.c */
void hg_logins_read_credentials(const HgFrame *frame);
void hg_logins_read_form(const HgFrame *frame);
void hg_logins_read_query(const HgFrame *frame);
void hg_logins_read_pap(const HgFrame *frame);
void hg_logins_read_snmp(const HgFrame *frame);
/* logins_mail.c, logins_telnet.c */
void hg_logins_read_pop(const HgFrame *frame);
void hg_logins_read_imap(const HgFrame *frame);
void hg_logins_read_telnet(const HgFrame *frame);
/* logins_answered.c */
void hg_answers_read_ftp(const HgFrame *frame);
void hg_answers_read_pop(const HgFrame *frame);
void hg_answers_read_imap(const HgFrame *frame);
/* logins_refused.c */
void hg_refusals_read_http(const HgFrame *frame);
void hg_refusals_read_kerberos(const HgFrame *frame);
void hg_refusals_read_ldap(const HgFrame *frame);
void hg_refusals_read_mysql(const HgFrame *frame);
void hg_refusals_read_pgsql(const HgFrame *frame);
void hg_refusals_read_smtp(const HgFrame *frame);
void hg_refusals_read_tds(const HgFrame *frame);
void hg_refusals_read_vnc(const HgFrame *frame);
/* Whether a status of Windows (NTSTATUS) says that it is the login that is wrong. */
gboolean hg_refusals_by_status(guint32 status);
/* evidence_smb1.c, evidence_smb2.c, evidence_rpc.c */
void hg_smb1_read(const HgFrame *frame);
void hg_smb2_read(const HgFrame *frame);
void hg_rpc_read(const HgFrame *frame);

#endif

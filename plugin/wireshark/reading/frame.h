/* frame.h - one frame, as a source of evidence is given it
 *
 * Fields are asked for by their place in the source's own list. Everything borrowed lives until the source
 * returns.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FRAME_H
#define HG_WIRESHARK_FRAME_H

#include "wireshark/compat.h"

#include "tally/tally_builder.h"
#include "tally/types/injection.h"
#include "wireshark/dissection/fields.h"
#include "wireshark/dissection/frame_layers.h"
#include "wireshark/dissection/ip_headers.h"
#include "wireshark/dissection/message_bytes.h"
#include "wireshark/protocols/sessions.h"

/* An HTTP message that the "http" tap told. NULL and 0: it has none. Borrowed from the dissection. */
typedef struct {
  const char *method, *uri, *host;
  guint status;
} HgHttpMessage;

/* A login that the "credentials" tap told. Owned. */
typedef struct {
  char *protocol;
  char *user;
} HgCredential;

typedef struct {
  const packet_info *pinfo;
  const HgFrameLayers *layers;
  const HgPacket *packet;
  HgTallyBuilder *builder;
  HgSessions *sessions;    /* what takes several packets */
  gboolean tapped;         /* taps were served: what they did not tell is not there */
  HgMessageBytes payload;  /* of TCP or UDP; else the ICMP or ARP message; see message_bytes.h */
  const HgIpHeaders *ip;   /* where `tapped` */
  const GArray *http;      /* HgHttpMessage */
  const GArray *logins;    /* HgCredential */
  proto_tree *tree;        /* of the frame, with the fields of the sources; NULL: there is none */
  const HgFields *fields;  /* of the source that is asked */
  gboolean retransmission; /* Wireshark calls it one; known where there is a tree */
} HgFrame;

/* Occurrences of a field; 0 and NULL where there is no tree. */
static inline guint hg_frame_field_count(const HgFrame *frame, guint field) {
  return hg_field_count(frame->fields, frame->tree, field);
}

static inline field_info *hg_frame_field(const HgFrame *frame, guint field, guint i) {
  return hg_field_get(frame->fields, frame->tree, field, i);
}

/* For HgEvidenceSource.is_in_bytes: the payload is among the frame's own bytes. */
gboolean hg_frame_has_message(const HgFrame *frame);
/* That payload; where it was dissected, that of the field: the frame's own comes before one that it quotes. */
HgMessageBytes hg_frame_message(const HgFrame *frame, guint field);

/* All fields of the source, in the order of dissection. */
static inline void hg_frame_visit(const HgFrame *frame, HgFieldVisit visit, gpointer data) {
  hg_fields_visit(frame->fields, frame->tree, visit, data);
}

static inline gboolean hg_frame_has_layer(const HgFrame *frame, HgLayerId id) {
  return (frame->layers->seen & HG_LAYER_BIT(id)) != 0;
}

/* Addresses of the network layer, whatever the hosts of the tally are; none where they are not IP. */
HgAddress hg_frame_network_source(const HgFrame *frame);
HgAddress hg_frame_network_destination(const HgFrame *frame);

/* Whether the Protocol column begins so. */
gboolean hg_frame_is_protocol(const HgFrame *frame, const char *prefix);

/* Fills in the frame, and hands over to the tally. */
void hg_frame_report(const HgFrame *frame, HgEvidence *evidence);

/* The packet's source sends it to its destination. */
void hg_frame_report_injection(const HgFrame *frame, const HgInjection *injection);

/* A login from the packet's source to its destination, or, not `from_client`, the other way round. `user`
 * may be NULL: not known. A user name that is an injection is reported as that, and is no login. */
void hg_frame_report_login(const HgFrame *frame, gboolean from_client, const char *protocol,
                           const char *user);

/* The packet's source begins a login under this name. It is told with the answer, where that refuses.
 * NULL and "": not known. */
void hg_frame_note_user(const HgFrame *frame, const char *user);
/* And with this password, of which only the class is kept. NULL: not known. */
void hg_frame_note_password(const HgFrame *frame, const void *bytes, gsize length);

/* The packet refuses a login of its receiver, over a protocol as the rules call it: "FTP". `unknown_user`:
 * and says that nobody has that name. */
void hg_frame_report_login_failure(const HgFrame *frame, const char *protocol,
                                   gboolean unknown_user);

/* The packet's source executes something on its destination, by a technique of
 * analysis/measures/remote_execution.h; NULL: it does not. */
void hg_frame_report_remote_execution(const HgFrame *frame, const char *technique);

/* Ignored when the address is none or the name is empty. */
void hg_frame_report_name(const HgFrame *frame, const HgAddress *address, const char *name,
                          HgNameSource source);

/* The packet's source names a server to its destination: HG_OBSERVED_SERVER_NAME or
 * HG_OBSERVED_PROXY_REQUEST. Names are the same in any letter case, and with or without the dot of the
 * root (RFC 4343, RFC 1034 3.1). Ignored when `name` is NULL or empty. */
void hg_frame_report_named(const HgFrame *frame, HgObservationKind kind, const char *name);

/* `actor` and `peer` may be none where the kind says so; `subject` NULL: "". */
void hg_frame_report_observation(const HgFrame *frame, HgObservationKind kind,
                                 const HgAddress *actor, const HgAddress *peer, const char *subject,
                                 guint64 size);

#endif

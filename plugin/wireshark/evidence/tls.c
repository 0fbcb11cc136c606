/* tls.c - server names that TLS clients ask for, also under QUIC
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/tls_hello.h"
#include "wireshark/reading/source.h"

enum { SERVER_NAME, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [SERVER_NAME] = {"tls.handshake.extensions_server_name"},
};

/* The segment holds the whole ClientHello. */
static gboolean read_hello(const HgFrame *frame, HgTlsName *name) {
  return frame->packet->transport == HG_TRANSPORT_TCP && frame->payload.bytes != NULL &&
         hg_tls_hello_read(frame->payload.bytes, frame->payload.captured, name);
}

static gboolean is_in_bytes(const HgFrame *frame) {
  HgTlsName name;
  return read_hello(frame, &name);
}

/* Under another name TLS is part of that protocol (QUIC), whose Info says nothing about it. */
static gboolean is_worth(const HgFrame *frame) {
  return !hg_frame_is_protocol(frame, "TLS") && !hg_frame_is_protocol(frame, "SSL");
}

static void read(const HgFrame *frame) {
  const HgAddress server = hg_frame_network_destination(frame);
  HgTlsName name;
  char *read = read_hello(frame, &name) ? hg_tls_name_text(&name) : NULL;
  const char *text = read != NULL ? read : hg_field_string(hg_frame_field(frame, SERVER_NAME, 0));
  hg_frame_report_name(frame, &server, text, HG_NAME_TLS);
  hg_frame_report_named(frame, HG_OBSERVED_SERVER_NAME, text);
  g_free(read);
}

static const HgInfoWords words[] = {
    {{"Client Hello"}, "tls.handshake.extensions_server_name && !quic", NULL},
    {{NULL}, NULL, NULL},
};

static const HgInfoPolicy info[] = {
    {"TLS*", HG_INFO_WHOLE, NULL}, {"SSL*", HG_INFO_WHOLE, NULL},  {"DTLS*", HG_INFO_WHOLE, NULL},
    {"QUIC", HG_INFO_WHOLE, NULL}, {"GQUIC", HG_INFO_WHOLE, NULL}, {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_tls = {
    .id = "tls",
    .title = "TLS",
    .what = "the server name in a ClientHello",
    .layers = (const char *const[]){"tls", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .words = words,
    .info = info,
    .is_in_bytes = is_in_bytes,
    .is_worth = is_worth,
    .read = read,
};

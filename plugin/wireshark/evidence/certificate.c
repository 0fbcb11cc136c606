/* certificate.c - certificates that TLS servers show in clear, from the first bytes that they send
 *
 * A chain takes several segments. Where one of them is lost no dissector puts it together, but the first
 * segment holds the part that matters.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/certificates.h"
#include "wireshark/reading/source.h"

static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->payload.bytes != NULL;
}

static void read(const HgFrame *frame) {
  HgTlsCertificate certificate;
  if (hg_tls_certificate_read(frame->payload.bytes, frame->payload.captured, &certificate))
    hg_frame_report_certificate(frame, &certificate);
}

const HgEvidenceSource hg_evidence_certificate = {
    .id = "certificate",
    .title = "TLS certificates",
    .what =
        "of the first certificate up to TLS 1.2: whom it names, whether it is alone and its own issuer, and for "
        "how long it is valid",
    .layers = (const char *const[]){"tcp", NULL},
    .stream_start = TRUE,
    .is_in_bytes = is_in_bytes,
    .read = read,
};

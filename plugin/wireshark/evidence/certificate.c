/* certificate.c - certificates that TLS servers show in clear, from the first bytes that they send
 *
 * A chain takes several segments. Where one of them is lost no dissector puts it together, but the first
 * segment holds the part that matters.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/certificate.h"
#include "wireshark/protocols/ascii_text.h"
#include "wireshark/protocols/tls_certificate.h"
#include "wireshark/reading/source.h"

static void report(const HgFrame *frame, const HgTlsCertificate *certificate) {
  char *name = hg_ascii_text(certificate->subject.bytes, certificate->subject.length);
  const HgCertificate told = {.port = frame->packet->source_port,
                              .alone = certificate->alone,
                              .self_issued = certificate->self_issued,
                              .tor = hg_tls_certificate_is_tor(certificate),
                              .days = certificate->days,
                              .name = name};
  char *subject = hg_certificate_subject(&told);
  hg_frame_report_observation(frame, HG_OBSERVED_CERTIFICATE, &frame->packet->destination,
                              &frame->packet->source, subject, 0);
  g_free(subject);
  g_free(name);
}

static void read(const HgFrame *frame) {
  HgTlsCertificate certificate;
  if (hg_tls_certificate_read(frame->payload.bytes, frame->payload.captured, &certificate))
    report(frame, &certificate);
}

const HgEvidenceSource hg_evidence_certificate = {
    .id = "certificate",
    .title = "TLS certificates",
    .what =
        "of the first certificate up to TLS 1.2: whom it names, whether it is alone and its own issuer, and for "
        "how long it is valid",
    .layers = (const char *const[]){"tcp", NULL},
    .stream_start = TRUE,
    .is_in_bytes = hg_frame_has_message,
    .read = read,
};

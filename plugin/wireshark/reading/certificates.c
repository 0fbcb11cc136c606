/* certificates.c - what is told of a certificate that a TLS server shows in clear
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "certificates.h"

#include "tally/types/certificate.h"
#include "wireshark/protocols/ascii_text.h"

void hg_frame_report_certificate(const HgFrame *frame, const HgTlsCertificate *certificate) {
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

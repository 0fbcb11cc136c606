/* certificates.h - what is told of a certificate that a TLS server shows in clear
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_CERTIFICATES_H
#define HG_WIRESHARK_CERTIFICATES_H

#include "frame.h"
#include "wireshark/protocols/tls_certificate.h"

/* The packet's source shows it to its destination. */
void hg_frame_report_certificate(const HgFrame *frame, const HgTlsCertificate *certificate);

#endif

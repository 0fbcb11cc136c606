/* tls_certificate.h - the first certificate of a TLS server, from the first bytes that it sends
 *
 * Up to TLS 1.2 (RFC 5246, 7.4.2) certificates are sent in clear, behind the ServerHello. Issuer, validity
 * and subject stand at the begin of a certificate (RFC 5280, 4.1), so the first segment shows them, also
 * where later ones were lost and no dissector can put the message together. Every byte is hostile: only what
 * is whole is read. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TLS_CERTIFICATE_H
#define HG_WIRESHARK_TLS_CERTIFICATE_H

#include <glib.h>

G_BEGIN_DECLS

/* Borrowed from the message. NULL: it has none. */
typedef struct {
  const guint8 *bytes;
  guint length;
} HgX509Text;

typedef struct {
  gboolean alone;             /* the only one of its chain */
  gboolean self_issued;       /* its issuer is its subject */
  guint days;                 /* that it is valid; 0: its dates make no sense */
  HgX509Text subject, issuer; /* common names */
} HgTlsCertificate;

/* `bytes`: what a TCP segment carries. FALSE when it does not begin with handshake records, whole but for the
 * last, among which is the begin of a certificate up to its subject. */
gboolean hg_tls_certificate_read(const guint8 *bytes, guint length, HgTlsCertificate *certificate);

/* The same of a certificate without its message: `alone` is FALSE. */
gboolean hg_x509_read(const guint8 *bytes, guint length, HgTlsCertificate *certificate);

/* Whether it is named as relays of Tor name theirs (tor-spec, "Certificates": subject and issuer are names of
 * 8 to 20 letters and digits of base32, made up each time, "www.NAME.net" and "www.NAME.com"). */
gboolean hg_tls_certificate_is_tor(const HgTlsCertificate *certificate);

G_END_DECLS
#endif

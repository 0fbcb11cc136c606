/* certificate.h - what a TLS server's certificate shows without being checked, as the subject of an
 * observation
 *
 * "443 alone self-issued 3650 days\tvpn.example": the server's port, what is odd about it, how long it is
 * valid, and behind a tab whom it names, the only part that identifies somebody.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CERTIFICATE_H
#define HG_TALLY_CERTIFICATE_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint16 port;         /* of the server */
  gboolean alone;       /* the server sent no other: neither its issuer's nor a root's */
  gboolean self_issued; /* its issuer is its subject */
  gboolean tor;         /* both are named as relays of Tor name theirs */
  guint days;           /* that it is valid, from its first to its last; 0: that makes no sense */
  const char *name;     /* common name of the subject, in lower case; NULL: it has none */
} HgCertificate;

/* What of a name is kept, bytes. A DNS name has at most 253. */
#define HG_CERTIFICATE_NAME 253

/* Names may hold anything. (transfer full) */
char *hg_certificate_subject(const HgCertificate *certificate);

/* The reverse. The name is borrowed from `subject`. */
HgCertificate hg_certificate_parse(const char *subject);

/* Whether the certificate is for this host name (RFC 6125, 6.4: letter case does not matter, "*" stands for
 * the whole leftmost label). */
gboolean hg_certificate_is_for(const HgCertificate *certificate, const char *host);

G_END_DECLS
#endif

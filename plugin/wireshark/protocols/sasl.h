/* sasl.h - what clients and servers say of a SASL login in mail protocols: PLAIN (RFC 4616) and LOGIN
 *
 * Decoded exactly or not at all, since a byte more or less makes a user name of the password. What is decoded is
 * wiped. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SASL_H
#define HG_WIRESHARK_SASL_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_SASL_NONE,
  HG_SASL_PLAIN,
  HG_SASL_LOGIN,
} HgSaslMechanism;

/* The line that the bytes are, without its end. NULL: they are less than a line or more, or not of printable
 * ASCII: which of its lines answers what is not known then. (transfer full) */
char *hg_sasl_line(const guint8 *bytes, gsize length);

/* Of what follows AUTH or AUTHENTICATE: "PLAIN", "LOGIN dXNlcg==". `initial`: the client's first answer, where it
 * stands there, too; else NULL. Borrowed. */
HgSaslMechanism hg_sasl_mechanism(const char *words, const char **initial);

/* The user name in base64 of "authority NUL user NUL password" (PLAIN), or of a user name (LOGIN). NULL when it is
 * not exactly that. (transfer full) */
char *hg_sasl_user(HgSaslMechanism mechanism, const char *base64);

/* Whether a challenge of LOGIN, in base64, asks for the user name. */
gboolean hg_sasl_asks_for_user(const char *base64);

G_END_DECLS
#endif

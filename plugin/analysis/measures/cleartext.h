/* cleartext.h - application protocols that anyone on the path can read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_CLEARTEXT_H
#define HG_ANALYSIS_CLEARTEXT_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;     /* name in reports */
  const char *filter;   /* Wireshark's name in display filters; "a || b" if it has several */
  const char *columns;  /* texts of the Protocol column, separated by "|" */
  gboolean can_upgrade; /* may switch to TLS within the connection (STARTTLS and the like) */
} HgCleartext;

/* Ended by an entry without a name; sorted by name. */
extern const HgCleartext hg_cleartexts[];

/* Looks up a text of the Protocol column: "HTTP", "HTTP/JSON", "SMTP/IMF". NULL: not known to be
 * readable. */
const HgCleartext *hg_cleartext_find(const char *column);

/* Whether TLS begins with the first packet on this port. What Wireshark shows in clear there was
 * decrypted by it. */
gboolean hg_cleartext_is_tls_port(guint16 port);

G_END_DECLS
#endif

/* cleartext.h - application protocols that anyone on the way can read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_CLEARTEXT_H
#define HG_ANALYSIS_CLEARTEXT_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *name;     /* as reports call it */
  const char *filter;   /* Wireshark's name in display filters; "a || b" where it has several */
  const char *columns;  /* what the Protocol column shows for it, separated by "|" */
  gboolean can_upgrade; /* may turn to TLS in mid-connection (STARTTLS and the like) */
} HgCleartext;

/* Ended by one without a name; sorted by name. */
extern const HgCleartext hg_cleartexts[];

/* By a text of the Protocol column: "HTTP", "HTTP/JSON", "SMTP/IMF". NULL: not known to be
 * readable. */
const HgCleartext *hg_cleartext_find(const char *column);

/* Ports on which TLS comes first. What Wireshark shows in clear there it has decrypted. */
gboolean hg_cleartext_is_tls_port(guint16 port);

G_END_DECLS
#endif

/* redact.h - takes secrets out of Info texts, so that no password leaves the Wireshark adapter
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REDACT_H
#define HG_WIRESHARK_REDACT_H

#include <glib.h>

G_BEGIN_DECLS

/* Where in the Info text of a line-based protocol somebody's secret may stand. */
typedef struct {
  const char *column; /* what the Protocol column begins with */
  const char *before; /* what Info shows before a client's line: "Request: " */
  gboolean sasl;      /* a line of one word that is no command answers a challenge */
} HgInfoSecrets;

/* `info` itself when it holds no secret, else a copy in `buffer` with "***" in its place. What
 * could be a secret is taken for one. `secrets`: of all protocols of lines, NULL-terminated; `protocol` and
 * `info` may be NULL. */
const char *hg_redact(const HgInfoSecrets *const *secrets, const char *protocol, const char *info,
                      GString *buffer);

G_END_DECLS

#endif

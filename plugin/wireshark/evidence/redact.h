/* redact.h - takes secrets out of Info texts, so that no password gets behind the door
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REDACT_H
#define HG_WIRESHARK_REDACT_H

#include <glib.h>

/* `info` itself when it holds no secret, else a copy in `buffer` with "***" in its place. What
 * could be a secret is taken for one. `protocol` and `info` may be NULL. */
const char *hg_redact(const char *protocol, const char *info, GString *buffer);

#endif

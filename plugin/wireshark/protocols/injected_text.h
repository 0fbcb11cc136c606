/* injected_text.h - texts that are meant to be executed by their receiver
 *
 * The classes of OWASP's Core Rule Set (paths, SQL, commands, Java), of each only what nobody writes by chance. Not
 * looked for in bodies: what people write about attacks stands there. Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_INJECTED_TEXT_H
#define HG_WIRESHARK_INJECTED_TEXT_H

#include "tally/types/injection.h"

G_BEGIN_DECLS

/* The target of a request as it was sent, percent-encoded once or twice. What begins with a statement of
 * SQL is a statement that a program for databases sends, and is none. */
HgInjectionKind hg_injected_in_target(const guint8 *target, gsize length);

/* The head of a request: what stands in its header fields. */
HgInjectionKind hg_injected_in_fields(const guint8 *head, gsize length);

/* The user name of a login. */
HgInjectionKind hg_injected_in_user(const char *user);

G_END_DECLS
#endif

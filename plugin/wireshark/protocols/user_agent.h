/* user_agent.h - programs that name themselves
 *
 * Only where a name says all there is to know: who wants to look like another program does. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_USER_AGENT_H
#define HG_WIRESHARK_USER_AGENT_H

#include <glib.h>

G_BEGIN_DECLS

/* The scanner that a User-Agent field's value names, in a word of ours: "Nikto". NULL: it names none.
 * Programs that are written for something else (curl, libraries) are none. `agent` NULL: there is no such
 * field. Static. */
const char *hg_user_agent_scanner(const guint8 *agent, gsize length);

/* Package managers and build tools ask several repositories for the same things, and find them in one. */
gboolean hg_user_agent_is_package_manager(const guint8 *agent, gsize length);

G_END_DECLS
#endif

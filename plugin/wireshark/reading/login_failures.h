/* login_failures.h - how servers say that a login is refused
 *
 * RADIUS is left out: the client that hears "no" is an access server, not who tried.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LOGIN_FAILURES_H
#define HG_WIRESHARK_LOGIN_FAILURES_H

#include "frame.h"

/* Reports a failure each time that the field (its place in the source's list) holds one of the codes, which 0
 * ends. `protocol`: as the rules call it. */
void hg_login_failures_by_code(const HgFrame *frame, guint field, const gint64 *codes,
                               const char *protocol);

/* Reports a failure when a status of Windows (NTSTATUS) over SMB says that the login is wrong. */
void hg_login_failures_by_status(const HgFrame *frame, guint32 status);

#endif

/* sasl_login.h - user names of logins by SASL (RFC 4616: PLAIN; LOGIN), which no tap reports for POP3 and IMAP
 *
 * Holds on to no password: what is decoded is wiped.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SASL_LOGIN_H
#define HG_WIRESHARK_SASL_LOGIN_H

#include "frame.h"

/* The client names a mechanism, as said after AUTH or AUTHENTICATE: "PLAIN", "PLAIN <base64>" or "LOGIN".
 * Others are ignored. `protocol`: as the rules call it. */
void hg_sasl_login_begin(const HgFrame *frame, const char *protocol, const char *mechanism,
                         HgSession *session);

/* The client answers in base64, in a session that hg_sasl_login_begin left in a state of SASL. */
void hg_sasl_login_respond(const HgFrame *frame, const char *protocol, const char *base64,
                           HgSession *session);

#endif

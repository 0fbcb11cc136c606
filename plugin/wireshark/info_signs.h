/* info_signs.h - what the Info column says of logins and of remote administration
 *
 * Info texts of these dissectors begin with what the message is, and only then may hold what the
 * sender chose. So texts are compared from their beginning on, and what a sender writes can at most
 * tell something of the sender.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_INFO_SIGNS_H
#define HG_WIRESHARK_INFO_SIGNS_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_SIGN_NONE,
  HG_SIGN_LOGIN,          /* a client logs in: whether it may, the answer will tell */
  HG_SIGN_OTHER,          /* a client asks for something else */
  HG_SIGN_REFUSED,        /* a server says no; to a login, where one waits for the answer */
  HG_SIGN_ACCEPTED,       /* a server says yes; as above */
  HG_SIGN_LOGIN_REFUSED,  /* a server says no to a login */
  HG_SIGN_REMOTE_CONTROL, /* a client administers a server */
} HgSignKind;

typedef struct {
  HgSignKind kind;
  const char *subject; /* protocol of the login ("FTP"), or by what ("service-create"); static */
} HgSign;

/* Both may be NULL. `protocol` is the text of the Protocol column. */
HgSign hg_info_sign(const char *protocol, const char *info);

G_END_DECLS
#endif

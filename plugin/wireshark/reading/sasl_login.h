/* sasl_login.h - user names of logins by SASL over POP3, IMAP and SMTP
 *
 * Holds on to no password. A client that sends ahead what it was not asked for yet, or in more than one line, is
 * not followed.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SASL_LOGIN_H
#define HG_WIRESHARK_SASL_LOGIN_H

#include "frame.h"

typedef struct {
  const char *name;   /* as the rules call it: "POP" */
  guint message;      /* the field that is the whole layer, by its place in the source's list */
  gboolean tagged;    /* a client's command begins with a tag */
  const char *begins; /* a login, with a blank at its end: "AUTH " */
  const char
      *challenges; /* a server's answer that goes on with it, with a blank at its end: "+ " */
} HgSaslLogin;

/* Follows a login through a frame of either side, and reports the user name. */
void hg_sasl_login_read(const HgFrame *frame, const HgSaslLogin *protocol, gboolean from_client);

/* Whether the packet's connection is amid such a login. */
gboolean hg_sasl_login_is_begun(const HgFrame *frame, gboolean from_client);

#endif

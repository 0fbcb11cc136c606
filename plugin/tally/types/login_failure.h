/* login_failure.h - a login that was refused, as the subject of an observation
 *
 * "SMB", "KRB5 unknown\talice", "FTP password-g\tbob": the protocol, what is known of the refusal, and
 * behind a tab the user name, the only part that identifies somebody.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_LOGIN_FAILURE_H
#define HG_TALLY_LOGIN_FAILURE_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *protocol;  /* as the rules call it: "FTP" */
  gboolean unknown_user; /* the server said that nobody has this name */
  char password;         /* hg_login_failure_password; 0: not known */
  const char *user;      /* NULL: not known */
} HgLoginFailure;

/* What of a user name is kept, bytes. */
#define HG_LOGIN_FAILURE_USER 64

/* Which of 16 classes, 'a' to 'p', a password falls into: 4 bits of its digest. Different passwords mostly
 * have different classes, so a few classes tell many passwords from one; of a password it tells nothing that
 * would make guessing it more than 16 times faster. */
#define HG_LOGIN_FAILURE_PASSWORDS 16
char hg_login_failure_password(const guint8 *bytes, gsize length);

/* User names may hold anything. (transfer full) */
char *hg_login_failure_subject(const HgLoginFailure *failure);

/* The reverse. The protocol and the user are borrowed from `subject`; what ends the protocol stands there, too. */
HgLoginFailure hg_login_failure_parse(const char *subject);

G_END_DECLS
#endif

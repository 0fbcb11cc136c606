/* login_prompt.h - what a server's text asks for: a user name, a secret, or neither
 *
 * When in doubt it is no user name. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LOGIN_PROMPT_H
#define HG_WIRESHARK_LOGIN_PROMPT_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_PROMPT_OTHER,
  HG_PROMPT_SECRET, /* the text ends like a prompt, and a word for a password stands somewhere in it */
  HG_PROMPT_USER, /* the last line asks for a user name, with some more words: "Please enter username:" */
  HG_PROMPT_USER_ALONE /* the last line is such a prompt and nothing else: "login:", "myhost login:" */
} HgPrompt;

/* `text`: all that the server said since the client's last line; any bytes. Blank lines at its end do not
 * count. A last line that is no UTF-8 asks for nothing: its words are not known. */
HgPrompt hg_login_prompt(const char *text, gsize length);

G_END_DECLS
#endif

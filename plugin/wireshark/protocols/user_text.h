/* user_text.h - texts that stand where a user name should, and may hold more than that
 *
 * When in doubt there is no user name. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_USER_TEXT_H
#define HG_WIRESHARK_USER_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* The user name that is the argument of a command: one word, or one string in quotes, which are taken off (RFC
 * 9051). NULL: it is two, a part of one, or the length of a literal that follows. (transfer full) */
char *hg_user_of_argument(const char *argument);

/* The same of the value of a form field or parameter, decoded. NULL: it holds what parts parameters, or is an
 * object of JSON: who wrote it may have put a password into it, too. (transfer full) */
char *hg_user_of_value(const char *value);

G_END_DECLS
#endif

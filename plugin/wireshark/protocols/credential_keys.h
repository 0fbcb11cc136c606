/* credential_keys.h - which names of form fields and parameters stand for a user, and which for a secret
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_CREDENTIAL_KEYS_H
#define HG_WIRESHARK_CREDENTIAL_KEYS_H

#include <glib.h>

/* "user", "username", "login", "email", ... in any letter case. */
gboolean hg_key_is_user(const char *key);

/* "password", "userpwd", "passwd1", ... : any key of `length` bytes with such a word in it. */
gboolean hg_key_is_secret(const char *key, gsize length);

#endif

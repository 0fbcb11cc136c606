/* tor_name.h - names that programs of the Tor network make up
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TOR_NAME_H
#define HG_TALLY_TOR_NAME_H

#include <glib.h>

G_BEGIN_DECLS

/* Whether the name, of so many bytes, is "www.", `least` to `most` characters of base32 (RFC 4648, in lower case),
 * and `suffix`. So Tor's crypto_random_hostname makes them: of 8 to 20 for certificates, of 4 to 25 for servers. */
gboolean hg_tor_name_is_made_up(const char *name, gsize length, gsize least, gsize most,
                                const char *suffix);

G_END_DECLS
#endif

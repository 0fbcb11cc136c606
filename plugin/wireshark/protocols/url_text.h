/* url_text.h - URLs and request targets without what may be a secret
 *
 * RFC 3986 and RFC 9112, 3.2. Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_URL_TEXT_H
#define HG_WIRESHARK_URL_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* Appends `length` bytes of a URL, a request target in any form ("/a?b", "http://h/", "h:443", "*") or a SIP URI,
 * with "..." for user information, query, fragment, matrix parameters, and for segments of the path that look
 * like tokens. */
void hg_url_text_append(GString *out, const char *url, gsize length);

G_END_DECLS
#endif

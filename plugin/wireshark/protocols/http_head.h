/* http_head.h - the header fields of an HTTP/1 message (RFC 9112), in the bytes of one segment
 *
 * Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HTTP_HEAD_H
#define HG_WIRESHARK_HTTP_HEAD_H

#include <glib.h>

G_BEGIN_DECLS

/* Whether the empty line that ends the header fields is there; lines may end with LF alone (RFC 9112, 2.2). `*head`:
 * bytes up to it, `*body`: up to what follows. FALSE, and both 0, otherwise. */
gboolean hg_http_head_end(const guint8 *bytes, gsize length, gsize *head, gsize *body);

/* Whether `bytes` begin with the request line "METHOD TARGET " and hold the empty line that ends the header
 * fields; `*head`: bytes up to it. FALSE, and `*head` 0, otherwise. */
gboolean hg_http_head_find(const guint8 *bytes, gsize length, const char *method,
                           const char *target, gsize *head);

/* How many fields of that name, in any letter case, a head of `length` bytes has. */
guint hg_http_head_count(const guint8 *bytes, gsize length, const char *name);

/* The value of the first of them, without blanks around it. NULL: there is none, or it is empty. Borrowed from
 * `bytes`. */
const guint8 *hg_http_head_value(const guint8 *bytes, gsize length, const char *name, gsize *size);

G_END_DECLS
#endif

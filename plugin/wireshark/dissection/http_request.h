/* http_request.h - what an HTTP request without content asks for, from its bytes
 *
 * RFC 9112, 2 to 5. Every byte is hostile. Only what is whole and plain is read: the rest is for
 * Wireshark's dissector. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HTTP_REQUEST_H
#define HG_WIRESHARK_HTTP_REQUEST_H

#include <glib.h>

G_BEGIN_DECLS

/* Borrowed from the message: printable ASCII. */
typedef struct {
  const char *line;                           /* the request line */
  const char *uri;                            /* its target */
  const char *host;                           /* the Host field; NULL: it has none */
  gsize line_length, uri_length, host_length; /* bytes */
} HgHttpRequest;

/* `bytes`: what a TCP segment carries. FALSE, and an empty `*request`, when that is not one request
 * from its first byte to its last, or more than this reads: content, credentials, several Host fields,
 * fields of several lines, anything but printable ASCII. */
gboolean hg_http_request_read(const guint8 *bytes, guint length, HgHttpRequest *request);

G_END_DECLS
#endif

/* http_message.h - HTTP/1 requests and answers that begin with a segment
 *
 * Read from the segment's own bytes: where segments before or behind are lost, a dissector that waits for the whole
 * message shows nothing. Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HTTP_MESSAGE_H
#define HG_WIRESHARK_HTTP_MESSAGE_H

#include <glib.h>

G_BEGIN_DECLS

/* Borrowed from the bytes. */
typedef struct {
  const guint8 *bytes;
  gsize length;
} HgHttpText;

typedef struct {
  guint status;      /* of an answer; 0: it is a request */
  HgHttpText method; /* of a request, and */
  HgHttpText target; /* as it was sent */
  HgHttpText head;   /* start line and header fields, as far as they are there: see http_head.h */
  gsize body;        /* where the body begins; 0: the head goes on behind the bytes */
} HgHttpMessageStart;

/* FALSE: no message begins here. Cheap where that is so. */
gboolean hg_http_message_read(const guint8 *bytes, gsize length, HgHttpMessageStart *message);

/* How many of a body's first bytes are the size of its first chunk (RFC 9112, 7.1). */
gsize hg_http_chunk_head(const guint8 *bytes, gsize length);

/* The body's first bytes: behind the size of the first chunk, where it is in chunks. */
HgHttpText hg_http_message_body(const HgHttpMessageStart *message, const guint8 *bytes,
                                gsize length);

/* The path of a target in any form (RFC 9112, 3.2), without query and fragment. */
HgHttpText hg_http_target_path(HgHttpText target);

/* The host of a Host field or of an authority: "name" of "user@name:port", without brackets (RFC 3986, 3.2).
 * NULL: it has none, or holds what ends a host or parts values: it is somebody's text, and may hold a secret.
 * (transfer full) */
char *hg_http_authority_host(const char *authority, gsize length);
/* Whether that host is an IP address. */
gboolean hg_http_host_is_address(const char *host);

/* The same number for the same path; of a number, and of a word that looks like a digest (with folders by its first
 * digits before it), only that it is one: who looks for "a1b2c3...", one after the other, in a store of things by their digest does not look
 * for paths. Cannot be reversed, except by trying all paths. */
guint64 hg_http_path_digest(HgHttpText path);

/* The same number for the same target, whatever the values of its parameters that are secrets by their
 * names. */
guint64 hg_http_target_digest(HgHttpText target);

G_END_DECLS
#endif

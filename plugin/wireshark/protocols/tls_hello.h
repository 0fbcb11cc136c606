/* tls_hello.h - the server name that a TLS ClientHello asks for, from its bytes
 *
 * RFC 8446, 4.1.2 (the same layout since TLS 1.0) and RFC 6066, 3. Every byte is hostile. Only what
 * is whole and as it should be is read: the rest is for Wireshark's dissector. Knows no Wireshark
 * type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TLS_HELLO_H
#define HG_WIRESHARK_TLS_HELLO_H

#include <glib.h>

G_BEGIN_DECLS

/* Borrowed from the message. NULL: no server is named. */
typedef struct {
  const guint8 *bytes;
  guint length;
} HgTlsName;

/* `bytes`: what a TCP segment carries. FALSE when it does not begin with a whole ClientHello in one
 * record; `*name` is NULL then. */
gboolean hg_tls_hello_read(const guint8 *bytes, guint length, HgTlsName *name);

/* The name as Wireshark shows it: ASCII up to a NUL, U+FFFD for each byte that is none. NULL when
 * there is none. (transfer full) */
char *hg_tls_name_text(const HgTlsName *name);

G_END_DECLS
#endif

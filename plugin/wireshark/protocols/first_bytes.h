/* first_bytes.h - which protocol the first bytes of a TCP connection are of, whatever the port
 *
 * As Zeek's dynamic protocol detection: dissectors of Wireshark go by ports, and by content only a few. What is
 * said here has to be said by one side alone, in one segment, that may be cut short, and need not be the first:
 * so only what no other protocol begins with counts ("220" alone is FTP or SMTP, "USER" is FTP, POP3 or IRC).
 * Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIRST_BYTES_H
#define HG_WIRESHARK_FIRST_BYTES_H

#include <glib.h>

G_BEGIN_DECLS

/* A segment that begins so many bytes or more after the first of its direction is not looked at: Zeek's
 * dpd_buffer_size. */
#define HG_FIRST_BYTES 1024

/* The protocol, as the Protocol column begins ("SSH", "TLS"); NULL: not known. `captured` bytes are there of
 * the `length` in the segment. The text is static. */
const char *hg_first_bytes_protocol(const guint8 *bytes, gsize captured, gsize length);

G_END_DECLS
#endif

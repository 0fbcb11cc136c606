/* address_text.h - IP addresses in text that may be anything: requests, commands, URIs
 *
 * Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_ADDRESS_TEXT_H
#define HG_WIRESHARK_ADDRESS_TEXT_H

#include "tally/types/address.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress address; /* its bytes lie in `bytes` of this struct */
  guint16 port;      /* that follows it; 0: none */
  guint8 bytes[16];
} HgAddressText;

/* The next address from `*at` on, which moves behind it: "192.0.2.1", or "[2001:db8::1]" as URIs have it; a port
 * after a colon, or, as the shell has it, "/dev/tcp/192.0.2.1/80". All of this may be written as in URIs: "%3A"
 * for the colon. FALSE: there is none. */
gboolean hg_address_text_next(const guint8 *bytes, gsize length, gsize *at, HgAddressText *found);

G_END_DECLS
#endif

/* content_key.h - what stays the same in a copy of a packet, from the bytes of a frame
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_CONTENT_KEY_H
#define HG_WIRESHARK_CONTENT_KEY_H

#include "tally/types/packet.h"

/* So much of a payload is in a key, in bytes from its start, and up to its end: DHCP messages differ there. */
#define HG_CONTENT_KEY_FIRST 64
#define HG_CONTENT_KEY_LAST 64

/* The key of an IP packet. `header`: its first byte; `captured`: bytes from there to the end of the frame.
 * FALSE where these are not an IPv4 or IPv6 header; `key` is as before then. */
gboolean hg_content_key_ip(const guint8 *header, gsize captured, HgContentKey *key);

/* The key of an Ethernet frame without IP. `header`: its first byte; `captured`: bytes from there to the end of
 * the frame. VLAN tags are skipped. FALSE where nothing follows the header; `key` is as before then. */
gboolean hg_content_key_ethernet(const guint8 *header, gsize captured, HgContentKey *key);

#endif

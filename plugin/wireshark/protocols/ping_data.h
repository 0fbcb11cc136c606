/* ping_data.h - whether programs for pings send such data in an echo
 *
 * Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PING_DATA_H
#define HG_WIRESHARK_PING_DATA_H

#include <glib.h>

G_BEGIN_DECLS

/* Data begins with what ordinary pings vary: the time of sending, a struct timeval of 8 or 16 bytes
 * (iputils, BSD), then in Nagios' check_icmp a counter of 2, padded to 8. */
#define HG_PING_VARIES 24

/* What stands behind that counts up byte by byte (iputils, BSD; Windows: through the letters up to "w") or is one
 * pattern of up to 16 bytes again and again (iputils' -p; zeros; Cisco's 0xabcd). Less than 8 bytes of it tell nothing:
 * TRUE. */
gboolean hg_ping_data_is_usual(const guint8 *data, gsize length);

G_END_DECLS
#endif

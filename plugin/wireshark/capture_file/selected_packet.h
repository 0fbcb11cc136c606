/* selected_packet.h - the packet that is selected in the packet list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SELECTED_PACKET_H
#define HG_WIRESHARK_SELECTED_PACKET_H

#include "wireshark/compat.h"

#include "tally/tally.h"

/* The address of the packet's source at this layer, and the packet's number; `frame` may be NULL.
 * NULL: no packet is selected, or its source is no host that could be traced (0.0.0.0).
 * (transfer full) */
char *hg_selected_packet_source(HgLayer layer, guint32 *frame);

/* When a packet of the open file was captured, in ns since 1970. FALSE: there is no such packet, or it has no time. */
gboolean hg_packet_time(guint32 frame, gint64 *time_ns);

#endif

/* filter.h - display filters for findings
 *
 * All functions return a new string (transfer full) that Wireshark 4.0 and later accept.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FILTER_H
#define HG_ANALYSIS_FILTER_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum { HG_FILTER_EITHER, HG_FILTER_SOURCE, HG_FILTER_DESTINATION } HgFilterSide;

/* "ip.src == 10.0.0.1", "ipv6.addr == ::1", "eth.addr == 00:11:22:33:44:55"; of a host with aliases
 * "ip.src == 10.0.0.1 || ipv6.src in {2001:db8::1, fe80::1}". NULL: an address is of another kind, for
 * which there is no known field. */
char *hg_filter_host(const HgTally *tally, guint32 host, HgFilterSide side);

/* Packets between two hosts, in both directions; NULL: they have no addresses of one such kind. */
char *hg_filter_pair(const HgTally *tally, guint32 a, guint32 b);

/* "frame.number in {1, 5, 9..12}"; `frames` are guint32, in any order. For packets that no other
 * field can tell from the rest. */
char *hg_filter_frames(const GArray *frames);

/* "expression && expression"; takes both (transfer full), either may be NULL. */
char *hg_filter_and(char *a, char *b);

/* The packets of one service: its hosts, transport and server port. */
char *hg_filter_service(const HgTally *tally, const HgService *service);

/* The same within the segment that the host is told apart by, if it is. Takes `filter`; "" and NULL stay.
 * (transfer full) */
char *hg_filter_in_segment(const HgTally *tally, const HgHost *host, char *filter);

G_END_DECLS
#endif

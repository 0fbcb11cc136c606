/* filter.h - display filters for findings
 *
 * All return a new string (transfer full) that Wireshark 4.0 and later accept.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FILTER_H
#define HG_ANALYSIS_FILTER_H

#include "tally/services/service.h"
#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum { HG_FILTER_EITHER, HG_FILTER_SOURCE, HG_FILTER_DESTINATION } HgFilterSide;

/* "ip.src == 10.0.0.1", "ipv6.addr == ::1", "eth.addr == 00:11:22:33:44:55"; NULL for an address
 * of another kind, which no field of Wireshark's is known to hold. */
char *hg_filter_address(const HgAddress *address, HgFilterSide side);

/* Both ways between two hosts; NULL as above. */
char *hg_filter_pair(const HgAddress *a, const HgAddress *b);

/* "frame.number in {1, 5, 9..12}"; `frames` are guint32, sorted here. Used where no field can
 * tell the packets apart. */
char *hg_filter_frames(const GArray *frames);

/* "expression && expression"; takes both (transfer full), either may be NULL. */
char *hg_filter_and(char *a, char *b);

/* The packets of one service: its hosts, transport and server port. */
char *hg_filter_service(const HgTally *tally, const HgService *service);

G_END_DECLS
#endif

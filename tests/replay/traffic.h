/* traffic.h - random packets in the language of scripts
 *
 * Few hosts and ports, so that connections, exchanges and runs of contacts begin, go on and end
 * wherever a capture may be cut. Times differ and go up.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_TRAFFIC_H
#define HG_TESTS_TRAFFIC_H

#include <glib.h>

G_BEGIN_DECLS

/* One string a packet, with its evidence. (transfer full) */
GPtrArray *hg_traffic_random(GRand *rand, guint packets);

G_END_DECLS
#endif

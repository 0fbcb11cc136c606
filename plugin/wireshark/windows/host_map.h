/* host_map.h - the host map in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HOST_MAP_H
#define HG_WIRESHARK_HOST_MAP_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Writes the page of the tally's hosts into a private folder and shows it. `partial`: the tally has not
 * seen all packets. FALSE and `error`: the page could not be written or shown. */
gboolean hg_host_map_show(const HgRequest *request, const HgTally *tally, gboolean partial,
                          GError **error);

G_END_DECLS
#endif

/* host_map.h - the host map in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HOST_MAP_H
#define HG_WIRESHARK_HOST_MAP_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Writes the page of what the tally holds into a private folder and shows it. `partial`: not all
 * packets were seen. FALSE and `error`: it could not be written, or not be shown. */
gboolean hg_host_map_show(const HgRequest *request, const HgTally *tally, gboolean partial,
                          GError **error);

G_END_DECLS
#endif

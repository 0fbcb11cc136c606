/* dialog_trace.h - asks for a host and a time, and shows which hosts it could have reached
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_TRACE_H
#define HG_WIRESHARK_DIALOG_TRACE_H

#include "shared_request.h"

G_BEGIN_DECLS

/* Opens "Trace Host". The trace uses the rules, layer and so on of the request (borrowed; the dialog
 * keeps a reference) with the display filter `filter` (NULL: none). `host`: the address that the dialog
 * offers; NULL: the source of the selected packet, from that packet on, else the last traced host. */
void hg_dialog_trace(HgSharedRequest *shared, const char *filter, const char *host);

G_END_DECLS
#endif

/* dialog_trace.h - asks for a host and a moment, and shows what it could have reached
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_TRACE_H
#define HG_WIRESHARK_DIALOG_TRACE_H

#include "shared_request.h"

G_BEGIN_DECLS

/* Opens "Trace Host". The request is what is asked for besides (borrowed, a reference is kept),
 * `filter` its display filter now (NULL: none). `host`: whom to offer; NULL: the source of the
 * selected packet, from that packet on, else whoever was traced last. */
void hg_dialog_trace(HgSharedRequest *shared, const char *filter, const char *host);

G_END_DECLS
#endif

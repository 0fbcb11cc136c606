/* dialog_export.h - asks for a file, suspects and a display filter, and exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_EXPORT_H
#define HG_WIRESHARK_DIALOG_EXPORT_H

#include "shared_request.h"

G_BEGIN_DECLS

/* Opens "Export Host Graph". What is asked for there goes on top of the request (its rules,
 * thresholds, layer, ...; borrowed, a reference is kept). `filter`: the display filter offered;
 * NULL: the one in force. */
void hg_dialog_export(HgSharedRequest *shared, const char *filter);

G_END_DECLS
#endif

/* dialog_export.h - asks for a file, suspects and a display filter, and exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_EXPORT_H
#define HG_WIRESHARK_DIALOG_EXPORT_H

#include "shared_request.h"

G_BEGIN_DECLS

/* Opens "Export Host Graph". The export uses the rules, thresholds, layer and so on of the request
 * (borrowed; the dialog keeps a reference) and what the user enters. `filter`: the display filter that
 * the dialog offers; NULL: the one in force. */
void hg_dialog_export(HgSharedRequest *shared, const char *filter);

G_END_DECLS
#endif

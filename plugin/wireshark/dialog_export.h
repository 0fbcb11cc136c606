/* dialog_export.h - carries out what was entered in the export dialog
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_EXPORT_H
#define HG_WIRESHARK_DIALOG_EXPORT_H

#include "request_box.h"

G_BEGIN_DECLS

/* Checks everything first, goes over the packets, writes, and opens a window that names the files.
 * `suspects`: addresses separated by blanks or commas. `filter`: "" for all packets. When the
 * user stops the pass nothing is written. FALSE and `error`: nothing was written, or not all. */
gboolean hg_dialog_export_run(HgRequestBox *box, const char *path, const char *suspects,
                              const char *filter, GError **error);

G_END_DECLS
#endif

/* report_window.h - the report in a window
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REPORT_WINDOW_H
#define HG_WIRESHARK_REPORT_WINDOW_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Opens "Suspect Hosts" with the report of the open file, if any. From then on the window follows
 * Wireshark: reloads, redissections, other files, a running capture. It lives until the user closes
 * it. Takes the request (transfer full). FALSE and `error`: no window was opened. */
gboolean hg_report_window_open(HgRequest *request, GError **error);

G_END_DECLS
#endif

/* gui.h - what Wireshark shows: the menu Statistics > Host Graph and its windows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_GUI_H
#define HG_WIRESHARK_GUI_H

#include "export/request/request.h"

G_BEGIN_DECLS

/* Adds the menu. `proto` is the plugin's protocol. Does no harm in tshark, which has no menus. */
void hg_gui_register(int proto);

/* Opens a report window, as `wireshark -z hostgraph` does: before the file is read, or with none.
 * Takes the request (transfer full). What goes wrong is shown in a message box; never exits. */
void hg_gui_open_report(HgRequest *request);

G_END_DECLS
#endif

/* gui_pass.h - one pass over the packets of the open file, for something that needs all of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_GUI_PASS_H
#define HG_WIRESHARK_GUI_PASS_H

#include "wireshark/compat.h"

#include "export/request/request.h"
#include "wireshark/tap/live.h"

G_BEGIN_DECLS

/* A tally of all packets that the request asks for. Synchronous; windows are served meanwhile, so
 * hold on to what you need. NULL and `error`: no file, a bad filter, or the user stopped the pass;
 * then the error says that nothing was `done` ("exported"). (transfer full) */
HgLive *hg_gui_pass(const HgRequest *request, const char *done, GError **error);

/* The name of the open file, for a heading; NULL: none is open. (transfer full) */
char *hg_gui_pass_capture(void);

G_END_DECLS
#endif

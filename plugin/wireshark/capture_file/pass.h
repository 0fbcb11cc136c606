/* pass.h - one pass over the packets of the open file, for something that needs all of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PASS_H
#define HG_WIRESHARK_PASS_H

#include "wireshark/compat.h"

#include "export/request/request.h"
#include "wireshark/tap/live.h"

G_BEGIN_DECLS

/* A tally of all packets that the request asks for. Returns when the pass is over. Windows stay alive
 * meanwhile, so the caller must own what it uses afterwards. NULL and `error`: there is no file, the
 * filter is wrong, or the user stopped the pass; then the error says that nothing was `done`
 * ("exported"). (transfer full) */
HgLive *hg_pass_run(const HgRequest *request, const char *done, GError **error);

G_END_DECLS
#endif

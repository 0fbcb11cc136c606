/* gui_stub.c - stands in where the menus are not built
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "gui.h"

__attribute__((weak)) void hg_gui_register(int proto) {
  (void)proto;
}

__attribute__((weak)) void hg_gui_open_report(HgRequest *request) {
  hg_request_free(request);
}

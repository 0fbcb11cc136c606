/* gui.c - whether Wireshark has windows here, and the functions that it gives plugins for them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "gui.h"

#include <wsutil/report_message.h>

const funnel_ops_t *hg_gui_ops(void) {
  const funnel_ops_t *ops = funnel_get_funnel_ops();

  return ops != NULL && ops->ops_id != NULL ? ops : NULL;
}

void hg_gui_show_error(GError *error) {
  report_failure("%s", error->message);
  g_error_free(error);
}

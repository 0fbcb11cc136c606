/* mark_colour.c - a colour for marked packets in the packet list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mark_colour.h"

#include "wireshark/gui.h"

#define SUSPECTS "hostgraph.suspect"
#define SLOTS 10

void hg_mark_colour(void) {
  const funnel_ops_t *ops = hg_gui_ops();

  if (ops == NULL || ops->get_color_filter_slot == NULL)
    return;
  for (guint8 slot = 1; slot <= SLOTS; slot++) {
    char *filter = ops->get_color_filter_slot(slot);
    const gboolean ours = g_strcmp0(filter, SUSPECTS) == 0, free = filter == NULL;

    g_free(filter);
    if (free)
      ops->set_color_filter_slot(slot, SUSPECTS);
    if (free || ours)
      return;
  }
}

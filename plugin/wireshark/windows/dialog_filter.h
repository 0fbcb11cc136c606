/* dialog_filter.h - asks whose packets to show, and applies the display filter
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_FILTER_H
#define HG_WIRESHARK_DIALOG_FILTER_H

#include "finding_list.h"

G_BEGIN_DECLS

/* Opens "Filter Packets" with the findings to choose from (copied). With one finding there is
 * nothing to ask; with none it is said. */
void hg_dialog_filter(const HgFindingList *list);

G_END_DECLS
#endif

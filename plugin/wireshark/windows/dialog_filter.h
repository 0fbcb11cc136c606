/* dialog_filter.h - asks which findings to show, and applies the display filter of their packets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_FILTER_H
#define HG_WIRESHARK_DIALOG_FILTER_H

#include "finding_list.h"

G_BEGIN_DECLS

/* Opens "Filter Packets" with the findings to choose from (copied). A single finding is shown without
 * asking; when there is none, a message says so. */
void hg_dialog_filter(const HgFindingList *list);

G_END_DECLS
#endif

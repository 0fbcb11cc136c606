/* dialog_baseline.h - saves a baseline, and compares the capture with one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_BASELINE_H
#define HG_WIRESHARK_DIALOG_BASELINE_H

#include "shared_request.h"

G_BEGIN_DECLS

/* Opens "Save as Baseline": writes all packets into a store, adding to one that is there. */
void hg_dialog_baseline_save(HgSharedRequest *shared);

/* Opens "Compare with Baseline": the report window against a store. */
void hg_dialog_baseline_compare(void);

G_END_DECLS
#endif

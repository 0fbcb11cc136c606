/* info_policies.h - which policy of a source of evidence holds for the Info text of a packet
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_INFO_POLICIES_H
#define HG_WIRESHARK_INFO_POLICIES_H

#include "wireshark/protocols/info_text.h"

G_BEGIN_DECLS

typedef struct HgInfoPolicies HgInfoPolicies;

/* Of all sources of evidence. (transfer full) */
HgInfoPolicies *hg_info_policies_new(void);
void hg_info_policies_free(HgInfoPolicies *policies);

/* For a text in the Protocol column; of "GTP <HTTP>", which says what is within what, it is the inner one.
 * `sources`: bits of those that read a layer of the frame, by their place in the table; asked where no policy names
 * the column. NULL: nothing may be kept. */
const HgInfoPolicy *hg_info_policies_find(HgInfoPolicies *policies, const char *column,
                                          guint64 sources);

G_END_DECLS
#endif

/* merge_names_and_logins.h - takes what evidence told over into another tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_NAMES_AND_LOGINS_H
#define HG_TALLY_MERGE_NAMES_AND_LOGINS_H

#include "merge_translate.h"

G_BEGIN_DECLS

/* Pending ICMP errors, bindings, logins, names, observations. */
void hg_merge_names_and_logins(HgMerge *m);

G_END_DECLS
#endif

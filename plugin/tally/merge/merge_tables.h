/* merge_tables.h - takes the tables of one tally over into another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_MERGE_TABLES_H
#define HG_TALLY_MERGE_TABLES_H

#include "merge_translate.h"

G_BEGIN_DECLS

/* Takes over everything but captures, frames and start, which hg_builder_set_captures sets. */
void hg_builder_merge(HgTallyBuilder *into, const HgTally *from, const HgMergePlan *plan);

G_END_DECLS
#endif

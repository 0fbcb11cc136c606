/* fold.c - a tally in which several hosts become one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fold.h"

#include "merge_tables.h"
#include "tally/tally_builder.h"

HgTally *hg_tally_fold(const HgTally *tally, const HgFold *fold) {
  HgTallyBuilder *folded = hg_tally_builder_new(hg_tally_options(tally));
  const HgSegmentTable *segments = fold->segments ? fold->segments : tally->segments;
  const HgMergePlan plan = {.fold = fold};
  for (guint i = 0; i < hg_segment_table_count(segments); i++)
    hg_segment_table_intern(folded->tally.segments, hg_segment_table_get(segments, (guint16)i));
  folded->tally.told_apart = TRUE;
  hg_builder_merge(folded, tally, &plan);
  hg_builder_set_captures(folded, hg_tally_captures(tally));
  hg_builder_finish_tables(folded);
  return hg_builder_end_tables(folded);
}

typedef struct {
  const HgTally *tally;
  const HgAddress *becomes; /* by host */
} ByNumber;

static HgAddress look_up(const HgAddress *address, gconstpointer data) {
  const ByNumber *map = data;
  const HgHost *host = hg_tally_find_host(map->tally, address);
  return host ? map->becomes[host->number] : *address;
}

HgTally *hg_tally_fold_hosts(const HgTally *tally, const HgAddress *becomes,
                             gboolean keeps_evidence) {
  const ByNumber map = {tally, becomes};
  const HgFold fold = {.becomes = look_up, .data = &map, .keeps_evidence = keeps_evidence};
  return hg_tally_fold(tally, &fold);
}

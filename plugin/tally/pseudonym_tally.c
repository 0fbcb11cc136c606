/* pseudonym_tally.c - a tally in which nothing else than pseudonyms is left
 *
 * Whatever is derived from it (findings and their evidence, display filters, names, exports) knows
 * nothing that it could tell.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/merge/merge_private.h"

HgTally *hg_pseudonyms_tally(const HgPseudonyms *pseudonyms, const HgTally *tally) {
  HgTallyOptions options = tally->options;
  hg_pseudonyms_stamp(pseudonyms, options.pseudonyms);
  HgTally *copy = hg_tally_new(&options);
  const HgMergePlan plan = {.pseudonyms = pseudonyms};
  hg_tally_merge_planned(copy, tally, &plan);
  GArray *captures = hg_tally_captures(tally);
  for (guint i = 0; i < captures->len; i++) {
    HgCapture *capture = &g_array_index(captures, HgCapture, i);
    char *name = capture->name ? hg_pseudonyms_name(pseudonyms, "capture", capture->name) : NULL;
    g_free(capture->name);
    capture->name = name;
    char *filter = capture->filter ? g_strdup(HG_PSEUDONYMS_FILTER) : NULL;
    g_free(capture->filter);
    capture->filter = filter;
  }
  hg_tally_set_captures(copy, captures);
  hg_tally_settle(copy);
  return copy;
}

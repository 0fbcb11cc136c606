/* finish.c - gives finished tallies out, their hosts told apart by segment
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tell_apart.h"

#include "tally/builder_private.h"
#include "tally/tally_builder.h"

const HgTally *hg_tally_finish(HgTallyBuilder *builder) {
  hg_builder_finish_tables(builder);
  if (!builder->apart)
    builder->apart = hg_tally_tell_apart(&builder->tally);
  builder->finished = builder->apart ? *builder->apart : builder->tally;
  builder->finished.by_segment = builder->apart ? &builder->tally : NULL;
  return &builder->finished;
}

HgTally *hg_tally_builder_end(HgTallyBuilder *builder) {
  hg_tally_finish(builder);
  HgTally *apart = g_steal_pointer(&builder->apart), *tally = hg_builder_end_tables(builder);
  if (!apart)
    return tally;
  apart->by_segment = tally;
  return apart;
}

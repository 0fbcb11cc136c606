/* observed_pair.h - an observation as one between two hosts of the tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_OBSERVED_PAIR_H
#define HG_ANALYSIS_OBSERVED_PAIR_H

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct {
  guint32 client, server;           /* the actor and the peer, as hosts */
  const HgObservation *observation; /* borrowed from the tally */
} HgObservedPair;

/* Reads the observation of this number. FALSE: the actor or the peer is no host of the tally (another layer, a
 * cap). */
gboolean hg_observed_pair_read(const HgTally *tally, guint32 number, HgObservedPair *pair);

/* The same number for the same client and server. */
static inline guint64 hg_observed_pair_key(const HgObservedPair *pair) {
  return (guint64)pair->client << 32 | pair->server;
}

G_END_DECLS
#endif

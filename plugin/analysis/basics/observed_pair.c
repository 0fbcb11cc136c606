/* observed_pair.c - an observation as one between two hosts of the tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "observed_pair.h"

gboolean hg_observed_pair_read(const HgTally *tally, guint32 number, HgObservedPair *pair) {
  const HgObservation *observation = hg_observation_table_get(hg_tally_observations(tally), number);
  const HgHost *client = hg_tally_find_host(tally, &observation->actor);
  const HgHost *server = hg_tally_find_host(tally, &observation->peer);
  if (!client || !server)
    return FALSE;
  *pair = (HgObservedPair){client->number, server->number, observation};
  return TRUE;
}

/* known_dhcp.c - the DHCP servers of known-normal traffic, and the settings that they gave
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "known_dhcp.h"

#include "new_devices.h"

void hg_known_dhcp_init(HgKnownDhcp *known, HgRuleRun *run) {
  const HgBaseline *baseline = hg_rule_run_baseline(run);
  known->servers = g_hash_table_new(hg_address_hash, hg_address_equal);
  known->settings = g_hash_table_new(g_str_hash, g_str_equal);
  if (!baseline || !hg_new_devices_are_at_home(run, NULL, NULL))
    return;
  const HgObservationTable *observations =
      hg_tally_observations(hg_baseline_normal(baseline)->tally);
  GArray *all = hg_observation_table_of_kind(observations, HG_OBSERVED_DHCP_SERVER);
  for (guint i = 0; i < all->len; i++) {
    const HgObservation *answer =
        hg_observation_table_get(observations, g_array_index(all, guint32, i));
    g_hash_table_add(known->servers, (gpointer)&answer->actor);
    g_hash_table_add(known->settings, answer->subject);
  }
  g_array_unref(all);
}

void hg_known_dhcp_clear(HgKnownDhcp *known) {
  g_hash_table_destroy(known->servers);
  g_hash_table_destroy(known->settings);
}

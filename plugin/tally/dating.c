/* dating.c - gives what has no time yet a time
 *
 * Packets before the first that has a time take that of the first, so whatever they were counted in has
 * HG_TIME_NONE until then.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"

static void date_pair(HgTraffic traffic[2], gint64 ns) {
  hg_traffic_date(&traffic[0], ns);
  hg_traffic_date(&traffic[1], ns);
}

void hg_builder_date(HgTallyBuilder *builder, gint64 ns) {
  HgTally *const tally = &builder->tally;
  hg_builder_count(builder);
  hg_traffic_date(&tally->traffic, ns);
  for (guint i = 0; i < hg_protocol_table_count(tally->protocols); i++)
    hg_traffic_date(&hg_protocol_table_get(tally->protocols, (guint16)i)->traffic, ns);
  for (guint32 i = 0; i < hg_conversation_table_protocol_count(tally->conversations); i++)
    date_pair(hg_conversation_table_get_protocol(tally->conversations, i)->traffic, ns);
  for (guint i = 0; i < tally->unattributed->len; i++)
    date_pair(g_array_index(tally->unattributed, HgUnattributed, i).traffic, ns);
  for (guint i = 0; i < tally->pending_errors->len; i++)
    g_array_index(tally->pending_errors, HgPendingIcmpError, i).time_ns = ns;
  hg_binding_table_date(tally->bindings, ns);
  hg_contact_log_date(tally->contacts, ns);
  hg_connection_table_date(tally->connections, ns);
  hg_names_and_logins_date(tally->names_and_logins, ns);
  hg_observation_table_date(tally->observations, ns);
  hg_recent_claims_date(&builder->recent_claims, ns);
  builder->summed = FALSE;
}

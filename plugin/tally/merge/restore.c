/* restore.c - builds a tally from stored tables
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "restore.h"

#include "tally/builder_private.h"

#include <string.h>

#define NO_BOUND (G_MAXUINT32 - 1)

guint32 hg_tally_restore_protocol(HgTallyBuilder *builder, const char *name,
                                  const HgTraffic *traffic) {
  const guint before = hg_protocol_table_count(builder->tally.protocols);
  const guint16 protocol = hg_protocol_table_intern(builder->tally.protocols, name);
  HgTraffic *known = &hg_protocol_table_get(builder->tally.protocols, protocol)->traffic;
  const gboolean fresh =
      *name ? hg_protocol_table_count(builder->tally.protocols) > before : known->packets == 0;
  if (!fresh)
    return HG_RESTORE_FAILED;
  *known = *traffic;
  return protocol;
}

guint32 hg_tally_restore_host(HgTallyBuilder *builder, const HgAddress *address,
                              const HgTraffic *sent, const HgTraffic *received,
                              gboolean link_broadcast) {
  if (address->kind == HG_ADDRESS_NONE || hg_host_table_find(builder->tally.hosts, address) ||
      hg_host_table_count(builder->tally.hosts) >= NO_BOUND)
    return HG_RESTORE_FAILED;
  HgHost *host = hg_host_table_add(builder->tally.hosts, address, NULL);
  host->sent = *sent;
  host->received = *received;
  host->link_broadcast = link_broadcast;
  return host->number;
}

guint32 hg_tally_restore_conversation(HgTallyBuilder *builder, const guint32 host[2],
                                      const HgTraffic traffic[2], const HgCopies copies[2]) {
  const guint32 hosts = hg_host_table_count(builder->tally.hosts);
  for (int side = 0; side < 2; side++)
    if (host[side] >= hosts && host[side] != HG_NO_HOST)
      return HG_RESTORE_FAILED;
  if ((host[0] == HG_NO_HOST && host[1] == HG_NO_HOST) ||
      hg_conversation_table_find(builder->tally.conversations, host[0], host[1], NULL) ||
      hg_conversation_table_count(builder->tally.conversations) >= NO_BOUND)
    return HG_RESTORE_FAILED;
  HgConversation *conversation =
      hg_conversation_table_add(builder->tally.conversations, host[0], host[1]);
  for (int direction = 0; direction < 2; direction++) {
    conversation->traffic[direction] = traffic[direction];
    conversation->copies[direction] = copies[direction];
  }
  return conversation->number;
}

guint32 hg_tally_restore_conversation_protocol(HgTallyBuilder *builder, guint32 conversation,
                                               guint32 protocol, const HgTraffic traffic[2],
                                               const char *const info[2]) {
  HgConversationTable *const table = builder->tally.conversations;
  const guint32 count = hg_conversation_table_protocol_count(table);
  if (conversation >= hg_conversation_table_count(table) ||
      protocol >= hg_protocol_table_count(builder->tally.protocols) || count >= NO_BOUND)
    return HG_RESTORE_FAILED;
  const guint32 number = hg_conversation_table_protocol(
      table, hg_conversation_table_get(table, conversation), (guint16)protocol);
  if (number != count)
    return HG_RESTORE_FAILED;
  HgConversationProtocol *const entry = hg_conversation_table_get_protocol(table, number);
  for (int direction = 0; direction < 2; direction++) {
    entry->traffic[direction] = traffic[direction];
    if (!hg_builder_keep_info(builder, entry, direction, info[direction]))
      builder->tally.left_out[HG_CAP_INFO]++;
  }
  return number;
}

gboolean hg_tally_restore_conversation_vlan(HgTallyBuilder *builder, guint32 conversation,
                                            HgVlan vlan, const guint64 packets[2]) {
  HgConversationTable *const table = builder->tally.conversations;
  if (conversation >= hg_conversation_table_count(table) || vlan == 0 ||
      hg_conversation_table_vlan_count(table) >= NO_BOUND || (packets[0] | packets[1]) == 0)
    return FALSE;
  HgConversation *of = hg_conversation_table_get(table, conversation);
  HgConversationVlan *entry = hg_conversation_table_vlan(table, of, vlan);
  if ((entry->packets[0] | entry->packets[1]) != 0 || packets[0] > of->traffic[0].packets ||
      packets[1] > of->traffic[1].packets)
    return FALSE;
  memcpy(entry->packets, packets, sizeof entry->packets);
  return TRUE;
}

gboolean hg_tally_restore_connection(HgTallyBuilder *builder, const HgConnection *connection) {
  if (connection->conversation >= hg_conversation_table_count(builder->tally.conversations) ||
      connection->protocol >= hg_protocol_table_count(builder->tally.protocols) ||
      connection->detected >= hg_protocol_table_count(builder->tally.protocols) ||
      connection->client > 1 || connection->transport == HG_TRANSPORT_NONE ||
      connection->transport >= HG_TRANSPORT_COUNT ||
      hg_connection_table_count(builder->tally.connections) >= NO_BOUND)
    return FALSE;
  HgConversation *conversation =
      hg_conversation_table_get(builder->tally.conversations, connection->conversation);
  if (conversation->host[0] == HG_NO_HOST || conversation->host[1] == HG_NO_HOST)
    return FALSE;
  hg_connection_table_append(builder->tally.connections, conversation, connection);
  return TRUE;
}

gboolean hg_tally_restore_pending_icmp_error(HgTallyBuilder *builder,
                                             const HgPendingIcmpError *error) {
  if (builder->tally.pending_errors->len >= NO_BOUND)
    return FALSE;
  hg_pending_icmp_errors_add(builder->tally.pending_errors, error);
  return TRUE;
}

gboolean hg_tally_restore_run(HgTallyBuilder *builder, const HgContactRun *run) {
  const guint32 number = run->contact.conversation_protocol;
  if (number >= hg_conversation_table_protocol_count(builder->tally.conversations) ||
      run->last_ns < run->contact.time_ns || run->packets == 0)
    return FALSE;
  const HgConversation *conversation = hg_conversation_table_get(
      builder->tally.conversations,
      hg_conversation_table_get_protocol(builder->tally.conversations, number)->conversation);
  if (conversation->host[0] == HG_NO_HOST || conversation->host[1] == HG_NO_HOST)
    return FALSE;
  hg_contact_log_append_run(builder->tally.contacts, run);
  return TRUE;
}

gboolean hg_tally_restore_binding(HgTallyBuilder *builder, const HgBinding *binding) {
  const guint32 before = hg_binding_table_count(builder->tally.bindings);
  HgBinding *ours = hg_binding_table_intern(builder->tally.bindings, binding->mac,
                                            &binding->address, binding->source, NO_BOUND);
  if (hg_binding_table_count(builder->tally.bindings) == before)
    return FALSE;
  ours->traffic = binding->traffic;
  return TRUE;
}

gboolean hg_tally_restore_login(HgTallyBuilder *builder, const HgLogin *login) {
  const guint32 before = hg_names_and_logins_login_count(builder->tally.names_and_logins);
  hg_names_and_logins_add_login(builder->tally.names_and_logins, &login->client, &login->server,
                                login->protocol, login->user, &login->traffic, NO_BOUND);
  return hg_names_and_logins_login_count(builder->tally.names_and_logins) > before;
}

gboolean hg_tally_restore_name(HgTallyBuilder *builder, const HgName *name) {
  const guint32 before = hg_names_and_logins_name_count(builder->tally.names_and_logins);
  hg_names_and_logins_add_name(builder->tally.names_and_logins, &name->address, name->name,
                               name->sources, name->first_frame, NO_BOUND);
  return hg_names_and_logins_name_count(builder->tally.names_and_logins) > before;
}

/* Whoever reads ARP and neighbour discovery takes their actor for a MAC. */
static gboolean has_right_actor(const HgObservation *observation) {
  switch (observation->kind) {
  case HG_OBSERVED_ARP_QUESTION:
  case HG_OBSERVED_ARP_REPLY:
  case HG_OBSERVED_ND_SOLICITATION:
  case HG_OBSERVED_ND_ADVERTISEMENT:
    return observation->actor.kind == HG_ADDRESS_MAC;
  default:
    return TRUE;
  }
}

gboolean hg_tally_restore_observation(HgTallyBuilder *builder, const HgObservation *observation) {
  if (!has_right_actor(observation))
    return FALSE;
  const guint32 before = hg_observation_table_count(builder->tally.observations);
  hg_observation_table_add(builder->tally.observations, observation, NO_BOUND);
  return hg_observation_table_count(builder->tally.observations) > before;
}

static gboolean traffic_equal(const HgTraffic *a, const HgTraffic *b) {
  return a->packets == b->packets &&
         (a->packets == 0 ||
          (a->bytes == b->bytes && a->first_ns == b->first_ns && a->last_ns == b->last_ns &&
           a->first_frame == b->first_frame && a->last_frame == b->last_frame));
}

/* What a host has beyond the sum of its conversations is what a cap left out of these. */
static gboolean deduce_unattributed(HgTallyBuilder *builder, guint32 host, int end,
                                    const HgTraffic *summed, const HgTraffic *given) {
  HgTraffic unattributed = *given;
  if (given->packets < summed->packets || given->bytes < summed->bytes)
    return FALSE;
  unattributed.packets -= summed->packets;
  unattributed.bytes -= summed->bytes;
  hg_builder_add_unattributed(builder, host, end, &unattributed);
  return TRUE;
}

/* The hosts' sums are those given, once what is in no conversation is deduced. `given`:
 * HgUnattributed. */
static gboolean restore_hosts(HgTallyBuilder *builder, const GArray *given) {
  for (guint32 i = 0; i < given->len; i++) {
    const HgHost *host = hg_host_table_get(builder->tally.hosts, i);
    const HgUnattributed *one = &g_array_index(given, HgUnattributed, i);
    if (!deduce_unattributed(builder, i, HG_UNATTRIBUTED_SENT, &host->sent,
                             &one->traffic[HG_UNATTRIBUTED_SENT]) ||
        !deduce_unattributed(builder, i, HG_UNATTRIBUTED_RECEIVED, &host->received,
                             &one->traffic[HG_UNATTRIBUTED_RECEIVED]))
      return FALSE;
  }
  builder->summed = FALSE;
  hg_builder_sum_up(builder);
  for (guint32 i = 0; i < given->len; i++) {
    const HgHost *host = hg_host_table_get(builder->tally.hosts, i);
    const HgUnattributed *one = &g_array_index(given, HgUnattributed, i);
    if (!traffic_equal(&host->sent, &one->traffic[HG_UNATTRIBUTED_SENT]) ||
        !traffic_equal(&host->received, &one->traffic[HG_UNATTRIBUTED_RECEIVED]))
      return FALSE;
  }
  return TRUE;
}

gboolean hg_tally_restore_totals(HgTallyBuilder *builder, const HgTraffic *traffic,
                                 GArray *captures, const guint64 left_out[HG_CAP_COUNT]) {
  const guint32 hosts = hg_host_table_count(builder->tally.hosts);
  const guint32 conversations = hg_conversation_table_count(builder->tally.conversations);
  GArray *given = g_array_sized_new(FALSE, FALSE, sizeof(HgUnattributed), hosts);
  GArray *pairs = g_array_sized_new(FALSE, FALSE, sizeof(HgUnattributed), conversations);
  builder->tally.traffic = *traffic;
  for (guint i = 0; i < captures->len; i++)
    hg_copies_merge(&builder->tally.copies, &g_array_index(captures, HgCapture, i).copies);
  memcpy(builder->tally.left_out, left_out, sizeof builder->tally.left_out);
  for (guint i = 0; i < captures->len; i++)
    builder->tally.without_time += g_array_index(captures, HgCapture, i).without_time;
  hg_builder_set_captures(builder, captures);
  for (guint32 i = 0; i < hosts; i++) {
    const HgHost *host = hg_host_table_get(builder->tally.hosts, i);
    const HgUnattributed one = {{host->sent, host->received}};
    g_array_append_val(given, one);
  }
  for (guint32 i = 0; i < conversations; i++) {
    const HgConversation *conversation = hg_conversation_table_get(builder->tally.conversations, i);
    const HgUnattributed one = {{conversation->traffic[0], conversation->traffic[1]}};
    g_array_append_val(pairs, one);
  }
  builder->summed = FALSE;
  hg_builder_sum_up(builder);
  gboolean good = TRUE;
  for (guint32 i = 0; i < conversations && good; i++) {
    const HgConversation *conversation = hg_conversation_table_get(builder->tally.conversations, i);
    const HgTraffic *one = g_array_index(pairs, HgUnattributed, i).traffic;
    good = traffic_equal(&conversation->traffic[0], &one[0]) &&
           traffic_equal(&conversation->traffic[1], &one[1]);
  }
  good = good && restore_hosts(builder, given);
  g_array_unref(given);
  g_array_unref(pairs);
  return good;
}

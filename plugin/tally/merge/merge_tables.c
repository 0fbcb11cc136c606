/* merge_tables.c - adds the tables of one tally to those of another
 *
 * Each table is translated in turn: protocols and hosts get new numbers, the sides of a
 * conversation may be swapped, frames count on. "ours" are rows of `into`, "theirs" those of
 * `from`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "merge_tables.h"

#include "merge_names_and_logins.h"

/* The name of a capture interface can tell whose it is; the numbers of VLANs and tunnels stay. (transfer
 * full) */
static char *translate_segment(const HgMerge *m, const char *name) {
  const char *interface = m->plan->pseudonyms ? hg_segment_interface(name) : NULL;
  if (!interface)
    return g_strdup(name);
  g_autofree char *hidden = hg_pseudonyms_name(m->plan->pseudonyms, "segment", interface);
  return g_strdup_printf("%.*s%s", (int)(interface - name), name, hidden);
}

static void merge_segments(HgMerge *m) {
  const guint count = hg_segment_table_count(m->from->segments);
  m->segment = g_new0(guint16, (gsize)count + 1);
  for (guint i = 0; i < count; i++) {
    HgSegment segment = *hg_segment_table_get(m->from->segments, (guint16)i);
    g_autofree char *name = translate_segment(m, segment.name);
    segment.name = name;
    m->segment[i] = hg_segment_table_intern(m->into->tally.segments, &segment);
  }
}

static void merge_protocols(HgMerge *m) {
  const guint count = hg_protocol_table_count(m->from->protocols);
  m->protocol = g_new(guint16, count);
  for (guint i = 0; i < count; i++) {
    const HgProtocol *protocol = hg_protocol_table_get(m->from->protocols, (guint16)i);
    m->protocol[i] = hg_protocol_table_intern(m->into->tally.protocols, protocol->name);
    hg_merge_traffic(m, &hg_protocol_table_get(m->into->tally.protocols, m->protocol[i])->traffic,
                     &protocol->traffic);
  }
}

/* `host`: its number in `from`. Does nothing when a cap left the host out. */
static void merge_unattributed(HgMerge *m, guint32 host, int end, const HgTraffic *traffic) {
  const HgTraffic moved = hg_merge_later(m, traffic);
  if (host != HG_NO_HOST && m->host[host] != HG_NO_HOST)
    hg_builder_add_unattributed(m->into, m->host[host], end, &moved);
}

/* Remembers the address that a host of `from` had, where a fold gave it another one. */
static void keep_alias(HgMerge *m, guint32 ours, const HgAddress *theirs) {
  const gpointer key = GUINT_TO_POINTER(ours);
  if (!m->plan->fold || !m->plan->fold->keeps_aliases ||
      hg_address_equal(theirs, &hg_host_table_get(m->into->tally.hosts, ours)->address))
    return;
  GArray *aliases = g_hash_table_lookup(m->into->tally.aliases, key);
  if (!aliases) {
    aliases = g_array_new(FALSE, FALSE, sizeof(HgAddress));
    g_hash_table_insert(m->into->tally.aliases, key, aliases);
  }
  HgAddress *alias = g_new(HgAddress, 1);
  *alias = *theirs;
  alias->data = g_memdup2(theirs->data, theirs->length);
  g_array_append_val(aliases, *alias);
  g_hash_table_insert(m->into->tally.alias_hosts, alias, key);
}

static void merge_hosts(HgMerge *m) {
  const guint32 count = hg_host_table_count(m->from->hosts);
  m->host = g_new(guint32, count);
  for (guint32 n = 0; n < count; n++) {
    const guint32 i = m->plan->host_order ? m->plan->host_order[n] : n;
    const HgHost *theirs = hg_host_table_get(m->from->hosts, i);
    HgAddressBuffer buffer;
    const HgAddress address = hg_merge_host_address(m, &theirs->address, &buffer);
    HgHost *ours = hg_builder_intern_host(m->into, &address);
    m->host[i] = ours ? ours->number : HG_NO_HOST;
    if (!ours) {
      m->into->tally.left_out[HG_CAP_HOSTS] += theirs->sent.packets + theirs->received.packets;
      continue;
    }
    for (int end = 0; end < 2 && i < m->from->unattributed->len; end++)
      merge_unattributed(m, i, end,
                         &g_array_index(m->from->unattributed, HgUnattributed, i).traffic[end]);
    ours->link_broadcast |= theirs->link_broadcast;
    keep_alias(m, ours->number, &theirs->address);
  }
}

/* The direction in `into` of what goes in `direction` of a conversation of `from`. */
static int direction_of(const HgMerge *m, guint32 conversation, int direction) {
  return m->within[conversation] ? 0 : direction ^ m->flipped[conversation];
}

static void merge_conversations(HgMerge *m) {
  const guint32 count = hg_conversation_table_count(m->from->conversations);
  m->conversation = g_new(guint32, count);
  m->flipped = g_new0(gboolean, count);
  m->within = g_new0(gboolean, count);
  for (guint32 n = 0; n < count; n++) {
    const guint32 i = m->plan->conversation_order ? m->plan->conversation_order[n] : n;
    const HgConversation *theirs = hg_conversation_table_get(m->from->conversations, i);
    guint32 host[2];
    gboolean capped = FALSE;
    for (int side = 0; side < 2; side++) {
      host[side] = theirs->host[side] == HG_NO_HOST ? HG_NO_HOST : m->host[theirs->host[side]];
      capped |= theirs->host[side] != HG_NO_HOST && host[side] == HG_NO_HOST;
    }
    const int first = m->plan->conversation_order ? hg_conversation_first_side(theirs) : HG_SIDE_A;
    int side = HG_SIDE_A;
    HgConversation *ours =
        capped ? NULL
               : hg_builder_intern_conversation(m->into, host[first], host[1 - first], &side);
    m->conversation[i] = ours ? ours->number : G_MAXUINT32;
    m->flipped[i] = (side == HG_SIDE_B) != (first == HG_SIDE_B);
    m->within[i] = !capped && host[0] == host[1];
    for (int direction = 0; ours && direction < 2; direction++)
      hg_copies_merge(&ours->copies[direction_of(m, i, direction)], &theirs->copies[direction]);
    if (!ours) {
      if (!capped)
        m->into->tally.left_out[HG_CAP_CONVERSATIONS] +=
            theirs->traffic[0].packets + theirs->traffic[1].packets;
      for (int from = 0; from < 2; from++) {
        merge_unattributed(m, theirs->host[from], HG_UNATTRIBUTED_SENT, &theirs->traffic[from]);
        merge_unattributed(m, theirs->host[1 - from], HG_UNATTRIBUTED_RECEIVED,
                           &theirs->traffic[from]);
      }
    }
  }
}

/* Takes over the Info text of the earlier first packet. To be called before their traffic is
 * added. */
static void merge_info(const HgMerge *m, HgConversationProtocol *ours, int to,
                       const HgTraffic *theirs, const char *info) {
  const HgTraffic *known = &ours->traffic[to];
  const gboolean earlier =
      known->packets == 0 || theirs->first_ns < known->first_ns ||
      (theirs->first_ns == known->first_ns && theirs->first_frame < known->first_frame);
  if (theirs->packets > 0 && earlier && !hg_builder_keep_info(m->into, ours, to, info))
    m->into->tally.left_out[HG_CAP_INFO]++;
}

static void merge_conversation_protocols(HgMerge *m) {
  const guint32 count = hg_conversation_table_protocol_count(m->from->conversations);
  m->conversation_protocol = g_new(guint32, count);
  for (guint32 n = 0; n < count; n++) {
    const guint32 i =
        m->plan->conversation_protocol_order ? m->plan->conversation_protocol_order[n] : n;
    const HgConversationProtocol *theirs =
        hg_conversation_table_get_protocol(m->from->conversations, i);
    m->conversation_protocol[i] = HG_NO_LINK;
    if (m->conversation[theirs->conversation] == G_MAXUINT32)
      continue;
    HgConversation *conversation = hg_conversation_table_get(m->into->tally.conversations,
                                                             m->conversation[theirs->conversation]);
    m->conversation_protocol[i] = hg_conversation_table_protocol(
        m->into->tally.conversations, conversation, m->protocol[theirs->protocol]);
    HgConversationProtocol *ours = hg_conversation_table_get_protocol(m->into->tally.conversations,
                                                                      m->conversation_protocol[i]);
    for (int direction = 0; direction < 2; direction++) {
      const int to = direction_of(m, theirs->conversation, direction);
      const HgTraffic traffic = hg_merge_later(m, &theirs->traffic[direction]);
      if (!m->plan->pseudonyms) /* an Info text can hold anything that is in the packet */
        merge_info(m, ours, to, &traffic, theirs->info[direction]);
      hg_traffic_merge(&ours->traffic[to], &traffic);
    }
  }
}

static void merge_conversation_vlans(HgMerge *m) {
  for (guint32 i = 0; i < hg_conversation_table_vlan_count(m->from->conversations); i++) {
    const HgConversationVlan *theirs = hg_conversation_table_get_vlan(m->from->conversations, i);
    const guint32 number = m->conversation[theirs->conversation];
    if (number == G_MAXUINT32)
      continue;
    HgConversationTable *table = m->into->tally.conversations;
    HgConversationVlan *ours =
        hg_conversation_table_vlan(table, hg_conversation_table_get(table, number), theirs->vlan);
    for (int direction = 0; direction < 2; direction++)
      ours->packets[direction_of(m, theirs->conversation, direction)] += theirs->packets[direction];
  }
}

static void merge_contacts(HgMerge *m) {
  const guint64 count = hg_contact_log_count(m->from->contacts);
  for (guint64 i = 0; i < count; i++) {
    HgContactRun run = hg_contact_log_run(m->from->contacts, i);
    HgContact *contact = &run.contact;
    const HgConversationProtocol *theirs =
        hg_conversation_table_get_protocol(m->from->conversations, contact->conversation_protocol);
    const guint32 number = m->conversation_protocol[contact->conversation_protocol];
    if (number == HG_NO_LINK)
      continue;
    if (hg_contact_log_count(m->into->tally.contacts) >=
            m->into->tally.options.caps[HG_CAP_CONTACTS] ||
        number > HG_CONTACT_MAX_CONVERSATION_PROTOCOL) {
      m->into->tally.left_out[HG_CAP_CONTACTS] += run.packets;
      continue;
    }
    contact->frame = hg_merge_frame(m, contact->frame);
    run.last_frame = hg_merge_frame(m, run.last_frame);
    contact->conversation_protocol = number & HG_CONTACT_MAX_CONVERSATION_PROTOCOL;
    contact->direction = direction_of(m, theirs->conversation, contact->direction) & 1u;
    if (hg_contact_log_has_runs(m->from->contacts))
      hg_contact_log_append_run(m->into->tally.contacts, &run);
    else
      hg_contact_log_append(m->into->tally.contacts, contact);
  }
}

static void swap_sides(HgConnection *c) {
  const HgConnection other = *c;
  for (int side = 0; side < 2; side++) {
    c->port[side] = other.port[1 - side];
    c->history[side] = other.history[1 - side];
    c->packets[side] = other.packets[1 - side];
    c->bytes[side] = other.bytes[1 - side];
    c->payload[side] = other.payload[1 - side];
  }
  c->client = (guint8)(1 - other.client);
}

static void merge_connections(HgMerge *m) {
  const guint32 count = hg_connection_table_count(m->from->connections);
  const guint32 max = hg_builder_max(m->into, HG_CAP_CONNECTIONS);
  for (guint32 i = 0; i < count; i++) {
    HgConnection connection = *hg_connection_table_get(m->from->connections, i);
    const guint32 conversation = connection.conversation;
    if (m->conversation[conversation] == G_MAXUINT32)
      continue;
    if (hg_connection_table_count(m->into->tally.connections) >= max) {
      m->into->tally.left_out[HG_CAP_CONNECTIONS] += connection.packets[0] + connection.packets[1];
      continue;
    }
    connection.conversation = m->conversation[conversation];
    connection.protocol = m->protocol[connection.protocol];
    connection.detected = m->protocol[connection.detected];
    connection.first_frame = hg_merge_frame(m, connection.first_frame);
    connection.last_frame = hg_merge_frame(m, connection.last_frame);
    connection.protocol_frame = hg_merge_frame(m, connection.protocol_frame);
    if (m->within[conversation] ? !hg_connection_is_within(&connection) : m->flipped[conversation])
      swap_sides(&connection);
    hg_connection_table_append(
        m->into->tally.connections,
        hg_conversation_table_get(m->into->tally.conversations, connection.conversation),
        &connection);
  }
}

/* Networks that were given for either tally are one's own. */
static void merge_home(HgTallyOptions *into, const HgTallyOptions *from) {
  if (!from->home || into->home == from->home)
    return;
  GArray *both = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  if (into->home) {
    g_array_append_vals(both, into->home->data, into->home->len);
    g_array_unref(into->home);
  }
  g_array_append_vals(both, from->home->data, from->home->len);
  hg_home_networks_settle_given(both);
  into->home = both;
}

void hg_builder_merge(HgTallyBuilder *into, const HgTally *from, const HgMergePlan *plan) {
  HgMerge m = {.into = into, .from = from, .plan = plan};
  if (from->by_segment && !plan->fold) /* the sum may tell more apart */
    m.from = from = from->by_segment;
  hg_builder_count(into);
  hg_builder_forget_apart(into);
  hg_merge_traffic(&m, &into->tally.traffic, &from->traffic);
  if (!plan->fold)
    merge_segments(&m);
  hg_copies_merge(&into->tally.copies, &from->copies);
  merge_protocols(&m);
  merge_hosts(&m);
  merge_conversations(&m);
  merge_conversation_protocols(&m);
  merge_conversation_vlans(&m);
  merge_contacts(&m);
  merge_connections(&m);
  hg_merge_names_and_logins(&m);
  into->summed = FALSE;
  into->tally.without_time += from->without_time;
  for (int cap = 0; cap < HG_CAP_COUNT; cap++)
    into->tally.left_out[cap] += from->left_out[cap];
  into->tally.options.keep_duplicates |= from->options.keep_duplicates;
  if (!plan->pseudonyms) { /* else no Info text came along, and `into` has other networks */
    into->tally.options.full_info |= from->options.full_info;
    merge_home(&into->tally.options, &from->options);
  }

  g_free(m.segment);
  g_free(m.protocol);
  g_free(m.host);
  g_free(m.conversation);
  g_free(m.flipped);
  g_free(m.within);
  g_free(m.conversation_protocol);
}

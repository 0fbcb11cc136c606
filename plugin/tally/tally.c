/* tally.c - everything that was counted over a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_private.h"

#include <string.h>

/* Longest Info text kept, bytes: a line of the text report with room to spare. */
#define INFO_MAX 160

const char *hg_layer_name(HgLayer layer) {
  static const char *const names[] = {"auto", "net", "link"};
  return names[layer];
}

void hg_tally_options_init(HgTallyOptions *options) {
  *options = (HgTallyOptions){.layer = HG_LAYER_AUTO, .evidence = TRUE};
  for (int cap = 0; cap < HG_CAP_COUNT; cap++)
    options->caps[cap] = hg_caps[cap].value;
}

HgTally *hg_tally_new(const HgTallyOptions *options) {
  HgTally *tally = g_new0(HgTally, 1);
  tally->options = *options;
  tally->options.protocols = g_strdupv(options->protocols);
  tally->captures = hg_capture_array_new();
  tally->infos = g_string_chunk_new(64 * 1024);
  tally->pairs = hg_pair_cache_new();
  tally->protocols = hg_protocol_table_new();
  tally->hosts = hg_host_table_new();
  tally->conversations = hg_conversation_table_new();
  tally->connections = hg_connection_table_new();
  tally->undelivered = hg_undelivered_array_new();
  tally->contacts = hg_contact_log_new();
  tally->bindings = hg_binding_table_new();
  tally->knowledge = hg_knowledge_new();
  tally->observations = hg_observation_table_new();
  return tally;
}

void hg_tally_free(HgTally *tally) {
  if (!tally)
    return;
  g_strfreev(tally->options.protocols);
  g_array_unref(tally->captures);
  g_string_chunk_free(tally->infos);
  hg_pair_cache_free(tally->pairs);
  hg_protocol_table_free(tally->protocols);
  hg_host_table_free(tally->hosts);
  hg_conversation_table_free(tally->conversations);
  hg_connection_table_free(tally->connections);
  g_array_unref(tally->undelivered);
  hg_contact_log_free(tally->contacts);
  hg_binding_table_free(tally->bindings);
  hg_knowledge_free(tally->knowledge);
  hg_observation_table_free(tally->observations);
  g_free(tally);
}

guint32 hg_tally_max(const HgTally *tally, HgCap cap) {
  return (guint32)MIN(tally->options.caps[cap], G_MAXUINT32 - 1);
}

HgHost *hg_tally_intern_host(HgTally *tally, const HgAddress *address) {
  HgHost *host = hg_host_table_find(tally->hosts, address);
  if (!host && hg_host_table_count(tally->hosts) < hg_tally_max(tally, HG_CAP_HOSTS))
    host = hg_host_table_add(tally->hosts, address);
  return host;
}

HgConversation *hg_tally_intern_conversation(HgTally *tally, guint32 from, guint32 to, int *side) {
  HgConversation *conversation = hg_conversation_table_find(tally->conversations, from, to, side);
  if (!conversation && hg_conversation_table_count(tally->conversations) <
                           hg_tally_max(tally, HG_CAP_CONVERSATIONS)) {
    conversation = hg_conversation_table_add(tally->conversations, from, to);
    *side = HG_SIDE_A;
  }
  return conversation;
}

gboolean hg_tally_keep_info(HgTally *tally, HgConversationProtocol *entry, int direction,
                            const char *info) {
  char *const before = g_steal_pointer(&entry->info[direction]);
  if (!info)
    return TRUE;
  gsize length = strnlen(info, INFO_MAX);
  while (length == INFO_MAX && length > 0 && ((guchar)info[length] & 0xC0) == 0x80)
    length--;                               /* not in the middle of a character */
  if (before && strlen(before) >= length) { /* an earlier packet came late: use its place */
    memcpy(before, info, length);
    before[length] = '\0';
    entry->info[direction] = before;
    return TRUE;
  }
  if (tally->info_bytes + length > tally->options.caps[HG_CAP_INFO])
    return FALSE;
  entry->info[direction] = g_string_chunk_insert_len(tally->infos, info, (gssize)length);
  tally->info_bytes += length;
  return TRUE;
}

static gboolean is_wanted(const HgTally *tally, const char *protocol) {
  char **wanted = tally->options.protocols;
  if (!wanted)
    return TRUE;
  for (; *wanted; wanted++)
    if (g_ascii_strcasecmp(*wanted, protocol ? protocol : "") == 0)
      return TRUE;
  return FALSE;
}

/* Finds or adds both hosts and their conversation, and counts what a cap leaves out. */
static void intern_pair(HgTally *tally, const HgPacket *packet, HgPair *pair) {
  gboolean capped = FALSE;
  *pair = (HgPair){0};
  if (!hg_address_is_none(&packet->source))
    capped |= !(pair->source = hg_tally_intern_host(tally, &packet->source));
  if (!hg_address_is_none(&packet->destination))
    capped |= !(pair->destination = hg_tally_intern_host(tally, &packet->destination));
  if (capped) {
    tally->left_out[HG_CAP_HOSTS]++;
    return;
  }
  if (!pair->source && !pair->destination)
    return;
  pair->conversation = hg_tally_intern_conversation(
      tally, pair->source ? pair->source->number : HG_NO_HOST,
      pair->destination ? pair->destination->number : HG_NO_HOST, &pair->side);
  if (!pair->conversation)
    tally->left_out[HG_CAP_CONVERSATIONS]++;
}

static void find_pair(HgTally *tally, const HgPacket *packet, HgPair *pair) {
  if (hg_pair_cache_find(tally->pairs, &packet->source, &packet->destination, pair))
    return;
  intern_pair(tally, packet, pair);
  hg_pair_cache_store(tally->pairs, &packet->source, &packet->destination, pair);
}

static void count_peer(HgTally *tally, const HgConversation *conversation, int side) {
  const int other = 1 - side;
  if (conversation->host[0] == conversation->host[1] || conversation->host[0] == HG_NO_HOST ||
      conversation->host[1] == HG_NO_HOST)
    return;
  HgHost *from = hg_host_table_get(tally->hosts, conversation->host[side]);
  HgHost *to = hg_host_table_get(tally->hosts, conversation->host[other]);
  from->peers_out++;
  to->peers_in++;
  if (conversation->traffic[other].packets == 0) {
    from->peers++;
    to->peers++;
  }
}

static void log_contact(HgTally *tally, const HgPacket *packet, const HgPair *pair,
                        guint32 spoken) {
  if (!pair->source->unicast || !pair->destination->unicast)
    return;
  if (hg_contact_log_count(tally->contacts) >= tally->options.caps[HG_CAP_CONTACTS] ||
      spoken > HG_CONTACT_MAX_CONVERSATION_PROTOCOL) {
    tally->left_out[HG_CAP_CONTACTS]++;
    return;
  }
  const HgContact contact = {.time_ns = packet->time_ns,
                             .frame = packet->frame,
                             .conversation_protocol = spoken,
                             .direction = pair->side == HG_SIDE_B,
                             .payload = packet->payload_length > 0};
  hg_contact_log_append(tally->contacts, &contact);
}

static void tally_conversation(HgTally *tally, const HgPacket *packet, const HgPair *pair,
                               guint16 protocol) {
  HgConversation *conversation = pair->conversation;
  const int side = pair->side;
  if (conversation->traffic[side].packets == 0)
    count_peer(tally, conversation, side);
  hg_traffic_add(&conversation->traffic[side], packet->frame, packet->time_ns, packet->wire_length);

  const guint32 spoken =
      hg_conversation_table_protocol(tally->conversations, conversation, protocol);
  HgConversationProtocol *entry = hg_conversation_table_get_protocol(tally->conversations, spoken);
  hg_traffic_add(&entry->traffic[side], packet->frame, packet->time_ns, packet->wire_length);
  if (entry->traffic[side].first_frame == packet->frame && /* also when it came late */
      !hg_tally_keep_info(tally, entry, side, packet->info))
    tally->left_out[HG_CAP_INFO]++;

  if (!pair->source || !pair->destination)
    return;
  log_contact(tally, packet, pair, spoken);
  const gboolean application = !hg_protocol_table_get(tally->protocols, protocol)->transport;
  if (!hg_connection_table_packet(tally->connections, conversation, side, packet, protocol,
                                  application, hg_tally_max(tally, HG_CAP_CONNECTIONS)))
    tally->left_out[HG_CAP_CONNECTIONS]++;
}

/* The sender's MAC as its Ethernet header shows it. */
static void tally_binding(HgTally *tally, const HgPacket *packet, HgHost *source) {
  if (packet->link_source.kind != HG_ADDRESS_MAC || !source->unicast ||
      (source->address.kind != HG_ADDRESS_IPV4 && source->address.kind != HG_ADDRESS_IPV6))
    return;
  if (!source->last_binding || memcmp(source->last_mac, packet->link_source.data, 6) != 0) {
    memcpy(source->last_mac, packet->link_source.data, 6);
    source->last_binding =
        hg_binding_table_intern(tally->bindings, source->last_mac, &source->address,
                                HG_BINDING_LINK, hg_tally_max(tally, HG_CAP_BINDINGS));
  }
  if (source->last_binding)
    hg_traffic_add(&source->last_binding->traffic, packet->frame, packet->time_ns,
                   packet->wire_length);
  else
    tally->left_out[HG_CAP_BINDINGS]++;
}

void hg_tally_set_start(HgTally *tally, gint64 time_ns) {
  tally->start_ns = time_ns;
  tally->started = TRUE;
}

void hg_tally_packet(HgTally *tally, const HgPacket *packet) {
  if (!tally->started)
    hg_tally_set_start(tally, packet->time_ns);
  tally->last_frame = MAX(tally->last_frame, packet->frame);
  tally->skipped = !is_wanted(tally, packet->protocol);
  if (tally->skipped)
    return;
  const guint16 protocol = hg_protocol_table_intern(tally->protocols, packet->protocol);
  HgProtocol *spoken = hg_protocol_table_get(tally->protocols, protocol);
  hg_traffic_add(&tally->traffic, packet->frame, packet->time_ns, packet->wire_length);
  hg_traffic_add(&spoken->traffic, packet->frame, packet->time_ns, packet->wire_length);

  HgPair pair;
  find_pair(tally, packet, &pair);
  if (pair.source) {
    hg_traffic_add(&pair.source->sent, packet->frame, packet->time_ns, packet->wire_length);
    tally_binding(tally, packet, pair.source);
  }
  if (pair.destination) {
    hg_traffic_add(&pair.destination->received, packet->frame, packet->time_ns,
                   packet->wire_length);
    if (packet->link_destination.kind == HG_ADDRESS_MAC &&
        hg_address_scope(&packet->link_destination) == HG_SCOPE_BROADCAST)
      pair.destination->link_broadcast = TRUE;
  }
  if (pair.conversation)
    tally_conversation(tally, packet, &pair, protocol);
}

void hg_tally_settle(HgTally *tally) {
  hg_contact_log_sort(tally->contacts);
}

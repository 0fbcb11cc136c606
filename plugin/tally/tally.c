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
  tally->loose = g_array_new(FALSE, TRUE, sizeof(HgLoose));
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
  g_array_unref(tally->loose);
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

static gboolean is_unicast_host(const HgTally *tally, guint32 number) {
  return number != HG_NO_HOST && hg_host_table_get(tally->hosts, number)->unicast;
}

HgConversation *hg_tally_intern_conversation(HgTally *tally, guint32 from, guint32 to, int *side) {
  HgConversation *conversation = hg_conversation_table_find(tally->conversations, from, to, side);
  if (!conversation && hg_conversation_table_count(tally->conversations) <
                           hg_tally_max(tally, HG_CAP_CONVERSATIONS)) {
    conversation = hg_conversation_table_add(tally->conversations, from, to);
    conversation->unicast = is_unicast_host(tally, from) && is_unicast_host(tally, to);
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

/* Finds or adds both hosts and their conversation, and counts what a cap leaves out. `host`: source
 * and destination; NULL: no address, or left out. */
static HgConversation *intern_pair(HgTally *tally, const HgPacket *packet, HgHost *host[2],
                                   int *side) {
  gboolean capped = FALSE;
  host[0] = host[1] = NULL;
  if (!hg_address_is_none(&packet->source))
    capped |= !(host[0] = hg_tally_intern_host(tally, &packet->source));
  if (!hg_address_is_none(&packet->destination))
    capped |= !(host[1] = hg_tally_intern_host(tally, &packet->destination));
  if (capped) {
    tally->left_out[HG_CAP_HOSTS]++;
    return NULL;
  }
  if (!host[0] && !host[1])
    return NULL;
  HgConversation *conversation = hg_tally_intern_conversation(
      tally, host[0] ? host[0]->number : HG_NO_HOST, host[1] ? host[1]->number : HG_NO_HOST, side);
  if (!conversation)
    tally->left_out[HG_CAP_CONVERSATIONS]++;
  return conversation;
}

static void log_contact(HgTally *tally, const HgPacket *packet, guint32 spoken, int side) {
  if (hg_contact_log_count(tally->contacts) >= tally->options.caps[HG_CAP_CONTACTS] ||
      spoken > HG_CONTACT_MAX_CONVERSATION_PROTOCOL) {
    tally->left_out[HG_CAP_CONTACTS]++;
    return;
  }
  const HgContact contact = {.time_ns = packet->time_ns,
                             .frame = packet->frame,
                             .conversation_protocol = spoken,
                             .direction = side == HG_SIDE_B,
                             .payload = packet->payload_length > 0};
  hg_contact_log_append(tally->contacts, &contact);
}

/* The binding of the sender's address to the MAC that its Ethernet header shows; NULL: none, or left
 * out. */
static HgBinding *intern_binding(HgTally *tally, const HgPacket *packet, const HgHost *source) {
  if (!source->unicast ||
      (source->address.kind != HG_ADDRESS_IPV4 && source->address.kind != HG_ADDRESS_IPV6))
    return NULL;
  HgBinding *binding =
      hg_binding_table_intern(tally->bindings, packet->link_source.data, &source->address,
                              HG_BINDING_LINK, hg_tally_max(tally, HG_CAP_BINDINGS));
  if (!binding)
    tally->left_out[HG_CAP_BINDINGS]++;
  return binding;
}

static void count_binding(HgBinding *binding, const HgPacket *packet) {
  if (binding)
    hg_traffic_add(&binding->traffic, packet->frame, packet->time_ns, packet->wire_length);
}

/* Most packets have the MAC of the last one of their conversation. */
static void tally_binding(HgTally *tally, const HgPacket *packet, HgConversation *conversation,
                          int side) {
  HgBinding **binding = &conversation->binding[side];
  const guint32 source = conversation->host[side];
  if (packet->link_source.kind != HG_ADDRESS_MAC || source == HG_NO_HOST)
    return;
  if (!*binding || memcmp((*binding)->mac, packet->link_source.data, sizeof(*binding)->mac) != 0)
    *binding = intern_binding(tally, packet, hg_host_table_get(tally->hosts, source));
  count_binding(*binding, packet);
}

static gboolean is_link_broadcast(const HgPacket *packet) {
  return packet->link_destination.kind == HG_ADDRESS_MAC &&
         hg_address_scope(&packet->link_destination) == HG_SCOPE_BROADCAST;
}

static void tally_conversation(HgTally *tally, const HgPacket *packet, HgConversation *conversation,
                               int side, guint16 protocol) {
  const guint32 destination = conversation->host[1 - side];
  const guint32 spoken =
      hg_conversation_table_protocol(tally->conversations, conversation, protocol);
  HgConversationProtocol *entry = hg_conversation_table_get_protocol(tally->conversations, spoken);
  hg_traffic_add(&entry->traffic[side], packet->frame, packet->time_ns, packet->wire_length);
  if (entry->traffic[side].first_frame == packet->frame && /* also when it came late */
      !hg_tally_keep_info(tally, entry, side, packet->info))
    tally->left_out[HG_CAP_INFO]++;

  tally_binding(tally, packet, conversation, side);
  if (is_link_broadcast(packet) && destination != HG_NO_HOST)
    hg_host_table_get(tally->hosts, destination)->link_broadcast = TRUE;
  if (conversation->host[side] == HG_NO_HOST || destination == HG_NO_HOST)
    return;
  if (conversation->unicast)
    log_contact(tally, packet, spoken, side);
  const gboolean application = !hg_protocol_table_get(tally->protocols, protocol)->transport;
  if (!hg_connection_table_packet(tally->connections, conversation, side, packet, protocol,
                                  application, hg_tally_max(tally, HG_CAP_CONNECTIONS)))
    tally->left_out[HG_CAP_CONNECTIONS]++;
}

/* A packet that a cap left out of the conversations. `host`: as of intern_pair. */
static void tally_loose(HgTally *tally, const HgPacket *packet, HgHost *const host[2]) {
  for (int end = 0; end < 2; end++) {
    HgTraffic one = {0};
    hg_traffic_add(&one, packet->frame, packet->time_ns, packet->wire_length);
    if (host[end])
      hg_tally_add_loose(tally, host[end]->number, end, &one);
  }
  if (host[0] && packet->link_source.kind == HG_ADDRESS_MAC)
    count_binding(intern_binding(tally, packet, host[0]), packet);
  if (host[1] && is_link_broadcast(packet))
    host[1]->link_broadcast = TRUE;
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
  tally->summed = FALSE;
  const guint16 protocol = hg_protocol_table_intern(tally->protocols, packet->protocol);
  HgProtocol *spoken = hg_protocol_table_get(tally->protocols, protocol);
  hg_traffic_add(&tally->traffic, packet->frame, packet->time_ns, packet->wire_length);
  hg_traffic_add(&spoken->traffic, packet->frame, packet->time_ns, packet->wire_length);

  int side;
  HgConversation *conversation =
      hg_pair_cache_find(tally->pairs, &packet->source, &packet->destination, &side);
  if (!conversation) {
    HgHost *host[2];
    conversation = intern_pair(tally, packet, host, &side);
    if (!conversation) {
      tally_loose(tally, packet, host);
      return;
    }
    hg_pair_cache_store(tally->pairs, &packet->source, &packet->destination, conversation, side);
  }
  tally_conversation(tally, packet, conversation, side, protocol);
}

void hg_tally_settle(HgTally *tally) {
  hg_tally_sum_up(tally);
  hg_contact_log_sort(tally->contacts);
}

/* count.c - packets into the tables of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/memory/cache_line.h"
#include "tally_private.h"

#include <string.h>

static gboolean is_wanted(const HgTally *tally, const char *protocol) {
  char **wanted = tally->options.protocols;
  if (!wanted)
    return TRUE;
  for (; *wanted; wanted++)
    if (g_ascii_strcasecmp(*wanted, protocol ? protocol : "") == 0)
      return TRUE;
  return FALSE;
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
      hg_binding_table_intern(tally->bindings, packet->link_source.bytes, &source->address,
                              HG_BINDING_LINK, hg_tally_max(tally, HG_CAP_BINDINGS));
  if (!binding)
    tally->left_out[HG_CAP_BINDINGS]++;
  return binding;
}

static gboolean is_of(const HgBinding *binding, const HgPacket *packet) {
  return binding && memcmp(binding->mac, packet->link_source.bytes, sizeof binding->mac) == 0;
}

static void count_binding(HgBinding *binding, const HgPacket *packet) {
  if (binding)
    hg_traffic_add(&binding->traffic, packet->frame, packet->time_ns, packet->wire_length);
}

/* Most packets have the MAC of the last one of their conversation, most conversations that of their
 * host's others. */
static void tally_binding(HgTally *tally, const HgPacket *packet, HgConversation *conversation,
                          int side) {
  HgBinding **binding = &conversation->binding[side];
  if (!packet->link_source.known || conversation->host[side] == HG_NO_HOST)
    return;
  if (!is_of(*binding, packet)) {
    HgHost *host = hg_host_table_get(tally->hosts, conversation->host[side]);
    if (!is_of(host->binding, packet))
      host->binding = intern_binding(tally, packet, host);
    *binding = host->binding;
  }
  count_binding(*binding, packet);
}

static gboolean is_link_broadcast(const HgPacket *packet) {
  const HgMac *mac = &packet->link_destination;
  const HgAddress address = {HG_ADDRESS_MAC, sizeof mac->bytes, mac->bytes};
  return mac->known && hg_address_scope(&address) == HG_SCOPE_BROADCAST;
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

/* A packet that a cap left out of the conversations, or that has no address. */
static void tally_unattributed(HgTally *tally, const HgPacket *packet, HgHost *const host[2]) {
  for (int end = 0; end < 2; end++) {
    HgTraffic one = {0};
    hg_traffic_add(&one, packet->frame, packet->time_ns, packet->wire_length);
    if (host[end])
      hg_tally_add_unattributed(tally, host[end]->number, end, &one);
  }
  if (host[0] && packet->link_source.known)
    count_binding(intern_binding(tally, packet, host[0]), packet);
  if (host[1] && is_link_broadcast(packet))
    host[1]->link_broadcast = TRUE;
}

static void tally_queued(HgTally *tally, const HgQueuedPacket *queued) {
  const HgPacket *packet = &queued->packet;
  HgProtocol *spoken = hg_protocol_table_get(tally->protocols, queued->protocol);
  hg_traffic_add(&tally->traffic, packet->frame, packet->time_ns, packet->wire_length);
  hg_traffic_add(&spoken->traffic, packet->frame, packet->time_ns, packet->wire_length);
  if (queued->conversation)
    tally_conversation(tally, packet, queued->conversation, queued->side, queued->protocol);
  else
    tally_unattributed(tally, packet, queued->host);
}

/* What counting a packet will write to. */
static void fetch_counters(HgTally *tally, const HgQueuedPacket *queued) {
  const HgConversation *conversation = queued->conversation;
  if (!conversation)
    return;
  hg_fetch_ahead(conversation->latest, sizeof(HgConnection));
  hg_fetch_ahead(conversation->binding[queued->side], sizeof *conversation->binding[0]);
  if (conversation->first_protocol != HG_NO_LINK) {
    const HgConversationProtocol *entry =
        hg_conversation_table_get_protocol(tally->conversations, conversation->first_protocol);
    hg_fetch_ahead(entry, G_STRUCT_OFFSET(HgConversationProtocol, info));
  }
}

void hg_tally_count(HgTally *tally) {
  guint count;
  HgQueuedPacket *waiting = hg_packet_queue_all(tally->waiting, &count);
  hg_tally_find(tally, waiting, count);
  for (guint i = 0; i < count; i++)
    fetch_counters(tally, &waiting[i]);
  for (guint i = 0; i < count; i++)
    tally_queued(tally, &waiting[i]);
  hg_packet_queue_clear(tally->waiting);
}

void hg_tally_packet(HgTally *tally, const HgPacket *packet) {
  if (!tally->started)
    hg_tally_set_start(tally, packet->time_ns);
  tally->last_frame = MAX(tally->last_frame, packet->frame);
  tally->skipped = !is_wanted(tally, packet->protocol);
  if (tally->skipped)
    return;
  tally->summed = FALSE;
  hg_packet_queue_add(tally->waiting, packet,
                      hg_protocol_table_intern(tally->protocols, packet->protocol));
  if (hg_packet_queue_is_full(tally->waiting))
    hg_tally_count(tally);
}

/* count.c - counts queued packets in the tables of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "builder_private.h"
#include "tally/memory/cache_line.h"

#include <string.h>

static void log_contact(HgTallyBuilder *builder, const HgPacket *packet, guint32 number, int side) {
  if (hg_contact_log_count(builder->tally.contacts) >=
          builder->tally.options.caps[HG_CAP_CONTACTS] ||
      number > HG_CONTACT_MAX_CONVERSATION_PROTOCOL) {
    builder->tally.left_out[HG_CAP_CONTACTS]++;
    return;
  }
  const HgContact contact = {.time_ns = packet->time_ns,
                             .frame = packet->frame,
                             .conversation_protocol = number,
                             .direction = side == HG_SIDE_B,
                             .payload = packet->payload_length > 0};
  hg_contact_log_append(builder->tally.contacts, &contact);
}

/* The binding of the source address to the MAC address in the link header; NULL: there is none,
 * or a cap left it out. */
static HgBinding *intern_binding(HgTallyBuilder *builder, const HgPacket *packet,
                                 const HgHost *source) {
  if (!source->unicast || !hg_address_is_ip(&source->address))
    return NULL;
  HgBinding *binding =
      hg_binding_table_intern(builder->tally.bindings, packet->link_source.bytes, &source->address,
                              HG_BINDING_LINK, hg_builder_max(builder, HG_CAP_BINDINGS));
  if (!binding)
    builder->tally.left_out[HG_CAP_BINDINGS]++;
  return binding;
}

static gboolean is_of(const HgBinding *binding, const HgPacket *packet) {
  return binding && memcmp(binding->mac, packet->link_source.bytes, sizeof binding->mac) == 0;
}

static void count_binding(HgBinding *binding, const HgPacket *packet) {
  if (binding)
    hg_traffic_add(&binding->traffic, packet->frame, packet->time_ns, packet->wire_length);
}

/* Most packets have the MAC address of the last packet of their conversation, and most
 * conversations that of the host's other conversations: so both remember their last binding. */
static void tally_binding(HgTallyBuilder *builder, const HgPacket *packet,
                          HgConversation *conversation, int side) {
  HgBinding **binding = &conversation->binding[side];
  if (!packet->link_source.known || conversation->host[side] == HG_NO_HOST)
    return;
  if (!is_of(*binding, packet)) {
    HgHost *host = hg_host_table_get(builder->tally.hosts, conversation->host[side]);
    if (!is_of(host->binding, packet))
      host->binding = intern_binding(builder, packet, host);
    *binding = host->binding;
  }
  count_binding(*binding, packet);
}

static gboolean is_link_broadcast(const HgPacket *packet) {
  static const guint8 broadcast[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  const HgMac *mac = &packet->link_destination;
  return mac->known && memcmp(mac->bytes, broadcast, sizeof broadcast) == 0;
}

static void tally_conversation(HgTallyBuilder *builder, const HgQueuedPacket *queued) {
  const HgPacket *packet = &queued->packet;
  HgConversation *conversation = queued->conversation;
  const int side = queued->side;
  const guint16 protocol = queued->protocol;
  const guint32 destination = conversation->host[1 - side];
  const guint32 number =
      hg_conversation_table_protocol(builder->tally.conversations, conversation, protocol);
  HgConversationProtocol *entry =
      hg_conversation_table_get_protocol(builder->tally.conversations, number);
  hg_traffic_add(&entry->traffic[side], packet->frame, packet->time_ns, packet->wire_length);
  if (entry->traffic[side].first_frame == packet->frame && /* even when it is late in the file */
      !hg_builder_keep_info(builder, entry, side, packet->info))
    builder->tally.left_out[HG_CAP_INFO]++;

  if (packet->vlan != 0)
    hg_conversation_table_vlan(builder->tally.conversations, conversation, packet->vlan)
        ->packets[side]++;
  tally_binding(builder, packet, conversation, side);
  if (is_link_broadcast(packet) && destination != HG_NO_HOST)
    hg_host_table_get(builder->tally.hosts, destination)->link_broadcast = TRUE;
  if (packet->copy) {
    hg_copies_add(&conversation->copies[side], packet->wire_length);
    return;
  }
  if (conversation->host[side] == HG_NO_HOST || destination == HG_NO_HOST)
    return;
  if (conversation->unicast)
    log_contact(builder, packet, number, side);
  const gboolean application =
      !hg_protocol_table_get(builder->tally.protocols, protocol)->transport;
  const HgConnectionProtocols protocols = {protocol, application, queued->detected};
  if (!hg_connection_table_packet(builder->tally.connections, conversation, side, packet,
                                  &protocols, hg_builder_max(builder, HG_CAP_CONNECTIONS)))
    builder->tally.left_out[HG_CAP_CONNECTIONS]++;
}

/* Counts a packet that a cap left out of the conversations, or that has no address. */
static void tally_unattributed(HgTallyBuilder *builder, const HgPacket *packet,
                               HgHost *const host[2]) {
  for (int end = 0; end < 2; end++) {
    HgTraffic one = {0};
    hg_traffic_add(&one, packet->frame, packet->time_ns, packet->wire_length);
    if (host[end])
      hg_builder_add_unattributed(builder, host[end]->number, end, &one);
  }
  if (host[0] && packet->link_source.known)
    count_binding(intern_binding(builder, packet, host[0]), packet);
  if (host[1] && is_link_broadcast(packet))
    host[1]->link_broadcast = TRUE;
}

static void tally_queued(HgTallyBuilder *builder, const HgQueuedPacket *queued) {
  const HgPacket *packet = &queued->packet;
  HgProtocol *protocol = hg_protocol_table_get(builder->tally.protocols, queued->protocol);
  hg_traffic_add(&builder->tally.traffic, packet->frame, packet->time_ns, packet->wire_length);
  hg_traffic_add(&protocol->traffic, packet->frame, packet->time_ns, packet->wire_length);
  if (packet->copy)
    hg_copies_add(&builder->tally.copies, packet->wire_length);
  if (queued->conversation)
    tally_conversation(builder, queued);
  else
    tally_unattributed(builder, packet, queued->host);
}

/* Fetches what counting the packet will write to. */
static void fetch_counters(HgTallyBuilder *builder, const HgQueuedPacket *queued) {
  const HgConversation *conversation = queued->conversation;
  if (!conversation)
    return;
  hg_fetch_ahead(conversation->latest, sizeof(HgConnection));
  hg_fetch_ahead(conversation->binding[queued->side], sizeof *conversation->binding[0]);
  if (conversation->first_protocol != HG_NO_LINK) {
    const HgConversationProtocol *entry = hg_conversation_table_get_protocol(
        builder->tally.conversations, conversation->first_protocol);
    hg_fetch_ahead(entry, G_STRUCT_OFFSET(HgConversationProtocol, info));
  }
}

void hg_builder_count(HgTallyBuilder *builder) {
  guint count;
  HgQueuedPacket *waiting = hg_packet_queue_all(builder->queue, &count);
  hg_builder_find(builder, waiting, count);
  for (guint i = 0; i < count; i++)
    fetch_counters(builder, &waiting[i]);
  for (guint i = 0; i < count; i++)
    tally_queued(builder, &waiting[i]);
  hg_packet_queue_clear(builder->queue);
}

/* nearby.c - what the packets just before tell of a packet that proves nothing itself
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "nearby.h"

#include "copy_detector.h"

/* A sender with so many packets in a row that have the same identification gives all the same one, or with
 * a single one whose content differs. Those with the same content may be one packet whose ends or numbers
 * were changed on its way. */
#define CONSTANT 3

/* The identification that tools give all their packets, if they are not told another (scapy). */
#define IDENTIFICATION_OF_TOOLS 1

/* The place in a table of 1 << HG_NEARBY_BITS. */
static guint place_of(guint64 number) {
  return (guint)(number * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15) >>
                 (64 - HG_NEARBY_BITS)); /* Fibonacci hashing */
}

/* The same for both directions. */
static guint link_of(const HgPacket *packet) {
  return place_of(hg_mac_number(&packet->link_source) + hg_mac_number(&packet->link_destination));
}

static gboolean is_nearby(gint64 time_ns, const HgPacket *packet) {
  return hg_time_distance(time_ns, packet->time_ns) <= HG_COPY_NEARBY_NS;
}

void hg_nearby_init(HgNearby *nearby) {
  *nearby = (HgNearby){.doubled_ns = HG_TIME_NONE};
  for (guint i = 0; i < G_N_ELEMENTS(nearby->links); i++)
    nearby->links[i].latest_ns = nearby->links[i].single_ns = HG_TIME_NONE;
  for (guint i = 0; i < G_N_ELEMENTS(nearby->senders); i++)
    nearby->senders[i].time_ns = HG_TIME_NONE;
}

static void note_sender(HgNearby *nearby, const HgPacket *packet) {
  const HgContentKey *key = &packet->key;
  HgNearbySender *sender = &nearby->senders[place_of(key->address[0])];
  if (sender->address != key->address[0] || sender->identification != key->identification ||
      !is_nearby(sender->time_ns, packet))
    sender->same = 0;
  else if (sender->same < CONSTANT)
    sender->same = sender->content == key->content ? sender->same + 1 : CONSTANT;
  sender->address = key->address[0];
  sender->identification = key->identification;
  sender->content = key->content;
  sender->time_ns = packet->time_ns;
}

void hg_nearby_first(HgNearby *nearby, const HgPacket *packet) {
  HgNearbyLink *link = &nearby->links[link_of(packet)];
  if (!link->again && hg_time_is_known(packet->time_ns) && hg_time_is_known(link->latest_ns) &&
      hg_time_distance(link->latest_ns, packet->time_ns) > HG_COPY_CLOSE_NS)
    link->single_ns = link->latest_ns;
  link->latest = packet->key.packet;
  link->latest_ns = packet->time_ns;
  link->again = FALSE;
  if (packet->key.identification != 0)
    note_sender(nearby, packet);
}

void hg_nearby_again(HgNearby *nearby, const HgPacket *packet, guint times, gboolean proven) {
  HgNearbyLink *link = &nearby->links[link_of(packet)];
  link->again |= link->latest == packet->key.packet;
  if (!proven)
    return;
  nearby->doubled_ns = packet->time_ns;
  nearby->times = times;
}

gboolean hg_nearby_is_identified(const HgNearby *nearby, const HgPacket *packet) {
  const HgContentKey *key = &packet->key;
  const HgNearbySender *sender = &nearby->senders[place_of(key->address[0])];
  if (key->identification <= IDENTIFICATION_OF_TOOLS)
    return FALSE;
  return sender->same < CONSTANT || sender->address != key->address[0] ||
         sender->identification != key->identification || !is_nearby(sender->time_ns, packet);
}

gboolean hg_nearby_is_single(const HgNearby *nearby, const HgPacket *packet) {
  return is_nearby(nearby->links[link_of(packet)].single_ns, packet);
}

guint hg_nearby_times(const HgNearby *nearby, const HgPacket *packet) {
  return is_nearby(nearby->doubled_ns, packet) ? MAX(nearby->times, 1) : 1;
}

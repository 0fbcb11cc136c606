/* packet_queue.c - packets that wait to be counted together
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "packet_queue.h"

#include <string.h>

#define BYTES (16 * 1024) /* for addresses and Info texts: more than 64 usual packets need */

struct HgPacketQueue {
  guint count;
  gsize used; /* of bytes */
  HgQueuedPacket packets[HG_QUEUED_PACKETS];
  guint8 bytes[BYTES];
};

HgPacketQueue *hg_packet_queue_new(void) {
  return g_new0(HgPacketQueue, 1);
}

void hg_packet_queue_free(HgPacketQueue *queue) {
  g_free(queue);
}

gboolean hg_packet_queue_is_full(const HgPacketQueue *queue) {
  return queue->count == HG_QUEUED_PACKETS ||
         queue->used + 2 * (gsize)HG_ADDRESS_MAX_LENGTH + HG_INFO_MAX + 1 > BYTES;
}

static inline guint8 *keep(HgPacketQueue *queue, const void *data, gsize length) {
  guint8 *copy = queue->bytes + queue->used;
  memcpy(copy, data, length);
  queue->used += length;
  return copy;
}

/* Most addresses are IPv4: a copy of a fixed size takes no call. */
static inline void keep_address(HgPacketQueue *queue, HgAddress *address, guint16 segment) {
  address->segment = hg_address_is_ip(address) ? segment : 0;
  if (address->length == 4)
    address->data = keep(queue, address->data, 4);
  else if (!hg_address_is_none(address))
    address->data = keep(queue, address->data, address->length);
}

void hg_packet_queue_add(HgPacketQueue *queue, const HgPacket *packet, guint16 protocol,
                         guint16 detected) {
  g_return_if_fail(!hg_packet_queue_is_full(queue));
  HgQueuedPacket *queued = &queue->packets[queue->count++];
  queued->packet = *packet;
  queued->packet.protocol = queued->packet.detected = NULL;
  queued->protocol = protocol;
  queued->detected = detected;
  keep_address(queue, &queued->packet.source, packet->segment);
  keep_address(queue, &queued->packet.destination, packet->segment);
  if (packet->info) {
    const gsize length = hg_packet_info_length(packet->info);
    queued->packet.info = (const char *)keep(queue, packet->info, length);
    keep(queue, "", 1); /* its end */
  }
}

HgQueuedPacket *hg_packet_queue_all(HgPacketQueue *queue, guint *count) {
  *count = queue->count;
  return queue->packets;
}

void hg_packet_queue_clear(HgPacketQueue *queue) {
  queue->count = 0;
  queue->used = 0;
}

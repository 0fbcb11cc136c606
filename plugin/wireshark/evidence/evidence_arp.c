/* evidence_arp.c - ARP: who claims an address, who asks for one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"

/* RFC 826, for IPv4 on any link with MACs of 6 bytes: a header of 8 bytes, then MAC and IP of
 * sender and target. NULL for anything else than a request or a reply. */
static const guint8 *message_of(const HgFrame *frame) {
  static const guint8 header[] = {0, 1, 8, 0, 6, 4, 0};
  guint length = 0;
  const guint8 *arp =
      hg_frame_was_read(frame, HG_LAYER_ID_ARP)
          ? frame->reader->datagram.bytes
          : hg_field_bytes(hg_frame_field(frame, HG_FIELD_ARP, 0), HG_ARP_LENGTH, &length);
  if (arp == NULL || (arp[7] != 1 && arp[7] != 2))
    return NULL;
  for (guint i = 2; i < sizeof header; i++) {
    if (arp[i] != header[i])
      return NULL;
  }
  return arp;
}

void hg_arp_read(const HgFrame *frame) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_ARP};
  const guint8 *arp = message_of(frame);
  if (arp == NULL)
    return;
  evidence.arp.mac = (HgAddress){HG_ADDRESS_MAC, 6, arp + 8};
  evidence.arp.ip = (HgAddress){HG_ADDRESS_IPV4, 4, arp + 14};
  evidence.arp.target_ip = (HgAddress){HG_ADDRESS_IPV4, 4, arp + 24};
  evidence.arp.is_reply = arp[7] == 2;
  hg_frame_report(frame, &evidence);
}

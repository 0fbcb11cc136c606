/* arp.c - ARP: who claims an address, who asks for one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#define MESSAGE_LENGTH 28 /* for IPv4 and MACs, bytes */

enum { MESSAGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {[MESSAGE] = {"arp"}};

static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->payload.bytes != NULL && frame->payload.captured >= MESSAGE_LENGTH;
}

/* RFC 826, for IPv4 on any link with MACs of 6 bytes: a header of 8 bytes, then MAC and IP of
 * sender and target. NULL for anything else than a request or a reply. */
static const guint8 *message_of(const HgFrame *frame) {
  static const guint8 header[] = {0, 1, 8, 0, 6, 4, 0};
  guint length = 0;
  const guint8 *arp = is_in_bytes(frame) ? frame->payload.bytes
                                         : hg_field_bytes(hg_frame_field(frame, MESSAGE, 0),
                                                          MESSAGE_LENGTH, &length);
  if (arp == NULL || (arp[7] != 1 && arp[7] != 2))
    return NULL;
  for (guint i = 2; i < sizeof header; i++) {
    if (arp[i] != header[i])
      return NULL;
  }
  return arp;
}

static void read(const HgFrame *frame) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_ARP};
  const guint8 *arp = message_of(frame);
  if (arp == NULL)
    return;
  evidence.arp.mac = (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = arp + 8};
  evidence.arp.ip = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = arp + 14};
  evidence.arp.target_ip = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = arp + 24};
  evidence.arp.is_reply = arp[7] == 2;
  hg_frame_report(frame, &evidence);
}

static const HgInfoPolicy info[] = {
    {"ARP", HG_INFO_WHOLE, NULL},
    {"RARP", HG_INFO_WHOLE, NULL},
    {"InARP", HG_INFO_WHOLE, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_arp = {
    .id = "arp",
    .title = "ARP",
    .what = "which MAC claims which IPv4 address, and who asks for which",
    .layers = (const char *const[]){"arp", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .is_in_bytes = is_in_bytes,
    .read = read,
};

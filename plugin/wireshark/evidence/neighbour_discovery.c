/* neighbour_discovery.c - IPv6 neighbour discovery: who claims an address, who asks for one, and which
 * prefixes routers advertise as on the link
 *
 * Layouts: RFC 4861.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

enum { MESSAGE, HOP_LIMIT, FIELDS };
static const HgFieldNames fields[FIELDS] = {[MESSAGE] = {"icmpv6"}, [HOP_LIMIT] = {"ipv6.hlim"}};

enum { ROUTER_ADVERTISEMENT = 134, NEIGHBOUR_SOLICITATION = 135, NEIGHBOUR_ADVERTISEMENT = 136 };
enum { SOURCE_LINK_ADDRESS = 1, TARGET_LINK_ADDRESS = 2, PREFIX_INFORMATION = 3 };

#define NEIGHBOUR_LENGTH 24 /* a solicitation or advertisement before its options, bytes */
#define ROUTER_LENGTH 16    /* a router advertisement before its options */
#define PREFIX_LENGTH 32    /* the option */
#define ON_LINK 0x80        /* flag L of the option */

/* No router passed the packet on: others do not count (RFC 4861, 6.1 and 7.1). */
#define HOPS_OF_NEIGHBOURS 255

/* The next option of this type from `*at` on, at least `least` bytes; NULL: there is none, or it is
 * cut off. `*at` moves behind it. */
static const guint8 *next_option(const HgMessageBytes *message, guint *at, guint8 type,
                                 guint least) {
  while (*at + 8 <= message->captured && message->bytes[*at + 1] > 0) {
    const guint8 *option = message->bytes + *at;
    const guint length = option[1] * 8u;
    if (*at + length > message->captured)
      return NULL;
    *at += length;
    if (option[0] == type && length >= least)
      return option;
  }
  return NULL;
}

/* The MAC in the option; where there is none, as in answers to one neighbour, that of the frame. */
static HgAddress mac_of(const HgFrame *frame, const HgMessageBytes *message, guint8 option_type) {
  guint at = NEIGHBOUR_LENGTH;
  const guint8 *option = next_option(message, &at, option_type, 8);
  if (option != NULL)
    return (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = option + 2};
  if (frame->packet->link_source.known)
    return (HgAddress){
        .kind = HG_ADDRESS_MAC, .length = 6, .data = frame->packet->link_source.bytes};
  return (HgAddress){0};
}

static void read_neighbour(const HgFrame *frame, const HgMessageBytes *message, gboolean reply) {
  const HgAddress target = {.kind = HG_ADDRESS_IPV6, .length = 16, .data = message->bytes + 8};
  HgEvidence evidence = {.kind = HG_EVIDENCE_ND};
  evidence.arp.mac = mac_of(frame, message, reply ? TARGET_LINK_ADDRESS : SOURCE_LINK_ADDRESS);
  evidence.arp.ip = reply ? target : hg_frame_network_source(frame);
  evidence.arp.target_ip = reply ? hg_frame_network_destination(frame) : target;
  evidence.arp.is_reply = reply;
  hg_frame_report(frame, &evidence);
}

static gboolean is_link_local(const HgAddress *address) {
  return address->kind == HG_ADDRESS_IPV6 && hg_address_scope(address) == HG_SCOPE_LINK_LOCAL;
}

/* A router speaks from its link-local address; a prefix whose valid lifetime is 0 is taken back. */
static void read_router(const HgFrame *frame, const HgMessageBytes *message) {
  static const guint8 ended[4];
  const HgAddress router = hg_frame_network_source(frame);
  guint at = ROUTER_LENGTH;
  const guint8 *option;
  if (!is_link_local(&router))
    return;
  while ((option = next_option(message, &at, PREFIX_INFORMATION, PREFIX_LENGTH)) != NULL) {
    const HgAddress prefix = {.kind = HG_ADDRESS_IPV6, .length = 16, .data = option + 16};
    char length[sizeof "128"];
    if ((option[3] & ON_LINK) == 0 || memcmp(option + 4, ended, sizeof ended) == 0 ||
        option[2] > 128 || !hg_scope_is_unicast(hg_address_scope(&prefix)))
      continue;
    g_snprintf(length, sizeof length, "%u", option[2]);
    hg_frame_report_observation(frame, HG_OBSERVED_ROUTER_PREFIX, &router, &prefix, length, 0);
  }
}

/* The hop limit of the innermost packet. */
static gint64 hops_of(const HgFrame *frame, const HgMessageBytes *message) {
  const guint headers = hg_frame_field_count(frame, HOP_LIMIT);
  gint64 hops = message->hops;
  if (!hg_frame_has_message(frame) && headers > 0)
    hg_field_number(hg_frame_field(frame, HOP_LIMIT, headers - 1), &hops);
  return hops;
}

static void read(const HgFrame *frame) {
  if (frame->packet->transport != HG_TRANSPORT_ICMPV6)
    return;
  const HgMessageBytes message = hg_frame_message(frame, MESSAGE);
  if (message.captured < ROUTER_LENGTH || hops_of(frame, &message) != HOPS_OF_NEIGHBOURS)
    return;
  const guint8 type = message.bytes[0];
  if (type == ROUTER_ADVERTISEMENT)
    read_router(frame, &message);
  else if ((type == NEIGHBOUR_SOLICITATION || type == NEIGHBOUR_ADVERTISEMENT) &&
           message.captured >= NEIGHBOUR_LENGTH)
    read_neighbour(frame, &message, type == NEIGHBOUR_ADVERTISEMENT);
}

const HgEvidenceSource hg_evidence_neighbour_discovery = {
    .id = "neighbour-discovery",
    .title = "IPv6 neighbour discovery",
    .what = "which MAC claims which IPv6 address, and who asks for which; prefixes that routers "
            "advertise as on the link; nothing that a router passed on (hop limit below 255)",
    .layers = (const char *const[]){"icmpv6", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .is_in_bytes = hg_frame_has_message,
    .read = read,
};

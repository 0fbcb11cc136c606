/* tunnel.c - packets within packets: between whom the outer ones go
 *
 * The packet list, and so the tally, shows the addresses of the innermost packet alone.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

enum { SOURCE4, DESTINATION4, SOURCE6, DESTINATION6, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [SOURCE4] = {"ip.src"},
    [DESTINATION4] = {"ip.dst"},
    [SOURCE6] = {"ipv6.src"},
    [DESTINATION6] = {"ipv6.dst"},
};

/* The addresses of one IP header. */
typedef struct {
  HgAddress source, destination;
} Ends;

/* Headers from the outside in. */
typedef struct {
  guint count;
  Ends ends[HG_IP_HEADERS_MAX];
} Headers;

/* Taps told of all headers: dissection once more would tell nothing else. */
static gboolean is_in_bytes(const HgFrame *frame) {
  return frame->tapped;
}

/* Within a header the source comes before the destination. */
static void add_field(guint field, field_info *info, gpointer data) {
  const gboolean is_ipv4 = field == SOURCE4 || field == DESTINATION4;
  Headers *headers = data;
  guint length = 0;
  const HgAddress address = {.kind = is_ipv4 ? HG_ADDRESS_IPV4 : HG_ADDRESS_IPV6,
                             .length = is_ipv4 ? 4 : 16,
                             .data = hg_field_bytes(info, is_ipv4 ? 4 : 16, &length)};
  if (address.data == NULL || headers->count >= HG_IP_HEADERS_MAX)
    return;
  if (field == SOURCE4 || field == SOURCE6)
    headers->ends[headers->count].source = address;
  else
    headers->ends[headers->count++].destination = address;
}

static void read_headers(const HgFrame *frame, Headers *headers) {
  *headers = (Headers){0};
  if (!frame->tapped) {
    hg_frame_visit(frame, add_field, headers);
    return;
  }
  headers->count = frame->ip->count;
  for (guint i = 0; i < headers->count; i++)
    hg_ip_headers_get(frame->ip, i, &headers->ends[i].source, &headers->ends[i].destination);
}

static gboolean is_shown(const HgFrame *frame, const Ends *ends) {
  return hg_address_equal(&ends->source, &frame->packet->source) &&
         hg_address_equal(&ends->destination, &frame->packet->destination);
}

/* What only carries a tunnel. */
static gboolean is_carrier(const char *filter_name) {
  static const char *const carriers[] = {"udp", "tcp", "sctp", "data"};
  for (guint i = 0; i < G_N_ELEMENTS(carriers); i++) {
    if (strcmp(filter_name, carriers[i]) == 0)
      return TRUE;
  }
  return g_str_has_prefix(filter_name, "ipv6."); /* extension headers */
}

/* The protocol right behind IP header `number`, from 0 at the outside: "GRE", "VXLAN"; of IP right within IP
 * that of the inner one. */
static const char *tunnel_name(const packet_info *pinfo, guint number) {
  guint headers = 0;
  for (wmem_list_frame_t *at = wmem_list_head(pinfo->layers); at != NULL;
       at = wmem_list_frame_next(at)) {
    const int protocol = GPOINTER_TO_INT(wmem_list_frame_data(at));
    const char *filter_name = proto_get_protocol_filter_name(protocol);
    if (headers == number + 1 && !is_carrier(filter_name))
      return proto_get_protocol_short_name(find_protocol_by_id(protocol));
    headers += strcmp(filter_name, "ip") == 0 || strcmp(filter_name, "ipv6") == 0;
  }
  return "";
}

/* Headers outside of the packet that is shown. Where that is no IP packet, but a frame within a frame (ARP
 * in VXLAN), all are. What an ICMP error quotes stands behind it. */
static void read(const HgFrame *frame) {
  Headers headers;
  read_headers(frame, &headers);
  for (guint i = 0; i < headers.count && !is_shown(frame, &headers.ends[i]); i++) {
    const Ends *ends = &headers.ends[i];
    if (!hg_address_is_none(&ends->source) && !hg_address_is_none(&ends->destination))
      hg_frame_report_observation(frame, HG_OBSERVED_TUNNEL, &ends->source, &ends->destination,
                                  tunnel_name(frame->pinfo, i), frame->packet->wire_length);
  }
}

const HgEvidenceSource hg_evidence_tunnel = {
    .id = "tunnel",
    .title = "Tunnels",
    .what = "the outer addresses of packets within packets (IP in IP, GRE, VXLAN, GTP, ...)",
    .layers = (const char *const[]){"ip", "ipv6", "eth", "wlan", NULL},
    .nested = TRUE,
    .fields = fields,
    .field_count = FIELDS,
    .is_in_bytes = is_in_bytes,
    .read = read,
};

/* ip_headers.c - the IP headers of a frame, as taps told of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ip_headers.h"

#include <epan/dissectors/packet-ip.h>

void hg_ip_headers_add(HgIpHeaders *headers, const void *data) {
  if (headers->count < HG_IP_HEADERS_MAX)
    headers->header[headers->count++] = data;
}

HgAddress hg_address_of_ip(const address *from) {
  HgAddress to = {.data = from->data, .length = (guint8)from->len};
  if (from->type == AT_IPv4 && from->len == 4)
    to.kind = HG_ADDRESS_IPV4;
  else if (from->type == AT_IPv6 && from->len == 16)
    to.kind = HG_ADDRESS_IPV6;
  else
    return (HgAddress){0};
  return to;
}

void hg_ip_headers_get(const HgIpHeaders *headers, guint i, HgAddress *source,
                       HgAddress *destination) {
  const ws_ip4 *ip4 = WS_IP4_PTR(headers->header[i]);
  const ws_ip6 *ip6 = WS_IP6_PTR(headers->header[i]);
  *source = *destination = (HgAddress){0};
  if (ip4 != NULL) {
    *source = hg_address_of_ip(&ip4->ip_src);
    *destination = hg_address_of_ip(&ip4->ip_dst);
  } else if (ip6 != NULL) {
    *source = hg_address_of_ip(&ip6->ip6_src);
    *destination = hg_address_of_ip(&ip6->ip6_dst);
  }
}

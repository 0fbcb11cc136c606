/* ip_headers.c - the IP headers of a frame, as taps told of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ip_headers.h"

#include <epan/dissectors/packet-ip.h>

#include "ip_address.h"

void hg_ip_headers_add(HgIpHeaders *headers, const void *data) {
  if (headers->count < HG_IP_HEADERS_MAX)
    headers->header[headers->count++] = data;
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

/* ip_address.h - Wireshark's IP addresses as the tally's
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_IP_ADDRESS_H
#define HG_WIRESHARK_IP_ADDRESS_H

#include "wireshark/compat.h"

#include "tally/types/address.h"

/* IPv4 and IPv6 addresses, borrowed; none where they are of another kind. */
static inline HgAddress hg_address_of_ip(const address *from) {
  HgAddress to = {.data = from->data, .length = (guint8)from->len};
  if (from->type == AT_IPv4 && from->len == 4)
    to.kind = HG_ADDRESS_IPV4;
  else if (from->type == AT_IPv6 && from->len == 16)
    to.kind = HG_ADDRESS_IPV6;
  else
    return (HgAddress){0};
  return to;
}

#endif

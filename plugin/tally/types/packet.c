/* packet.c - names of transports, and what is kept of an Info text
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "packet.h"

#include <string.h>

const char *hg_transport_name(HgTransport transport) {
  static const char *const names[HG_TRANSPORT_COUNT] = {"",     "tcp",  "udp",   "sctp",
                                                        "dccp", "icmp", "icmpv6"};
  return names[transport];
}

gsize hg_packet_info_length(const char *info) {
  gsize length = strnlen(info, HG_INFO_MAX);
  if (length < HG_INFO_MAX)
    return length;
  while (length > 0 && ((guchar)info[length] & 0xC0) == 0x80)
    length--;
  return length;
}

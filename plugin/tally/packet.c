/* packet.c - names of transports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "packet.h"

const char *hg_transport_name(HgTransport transport) {
  static const char *const names[HG_TRANSPORT_COUNT] = {"",     "tcp",  "udp",   "sctp",
                                                        "dccp", "icmp", "icmpv6"};
  return names[transport];
}

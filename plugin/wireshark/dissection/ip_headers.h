/* ip_headers.h - the IP headers of a frame, as taps told of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_IP_HEADERS_H
#define HG_WIRESHARK_IP_HEADERS_H

#include "wireshark/compat.h"

#include "tally/types/address.h"

/* More packets within packets than that are no tunnels that anybody runs. */
#define HG_IP_HEADERS_MAX 8

/* From the outside in; what an ICMP error quotes is not among them. Borrowed from the dissection. */
typedef struct {
  guint count;
  const void *header[HG_IP_HEADERS_MAX];
} HgIpHeaders;

/* `data`: what the tap "ip" or "ipv6" was given. */
void hg_ip_headers_add(HgIpHeaders *headers, const void *data);

/* The addresses of one header, which live as long as the dissection. */
void hg_ip_headers_get(const HgIpHeaders *headers, guint i, HgAddress *source,
                       HgAddress *destination);

#endif

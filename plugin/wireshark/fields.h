/* fields.h - the fields of dissectors that evidence is read from
 *
 * Only those that this version of Wireshark has are asked for; the others are simply absent.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIELDS_H
#define HG_WIRESHARK_FIELDS_H

#include "compat.h"

#include "tally/address.h"

typedef enum {
  HG_FIELD_ARP_OPCODE,
  HG_FIELD_ARP_MAC,
  HG_FIELD_ARP_IP,
  HG_FIELD_ARP_TARGET_IP,
  HG_FIELD_ICMP_TYPE,
  HG_FIELD_ICMP_CODE,
  HG_FIELD_ICMP_IDENT,
  HG_FIELD_ICMPV6_TYPE,
  HG_FIELD_ICMPV6_IDENT,
  HG_FIELD_IP_SOURCE,
  HG_FIELD_IP_DESTINATION,
  HG_FIELD_IPV6_SOURCE,
  HG_FIELD_IPV6_DESTINATION,
  HG_FIELD_TCP_SOURCE_PORT,
  HG_FIELD_TCP_DESTINATION_PORT,
  HG_FIELD_UDP_SOURCE_PORT,
  HG_FIELD_UDP_DESTINATION_PORT,
  HG_FIELD_DNS_NAME,
  HG_FIELD_DNS_A,
  HG_FIELD_DNS_AAAA,
  HG_FIELD_TLS_NAME,
  HG_FIELD_HTTP_HOST,
  HG_FIELD_HTTP_URI,
  HG_FIELD_HTTP_PARAMETER,
  HG_FIELD_DHCP_NAME,
  HG_FIELD_DHCP_TYPE,
  HG_FIELD_DHCP_MAC,
  HG_FIELD_DHCP_CLIENT_IP,
  HG_FIELD_DHCP_YOUR_IP,
  HG_FIELD_DHCP_REQUESTED_IP,
  HG_FIELD_FORM_KEY,
  HG_FIELD_FORM_VALUE,
  HG_FIELD_TELNET_DATA,
  HG_FIELD_PAP_CODE,
  HG_FIELD_PAP_USER,
  HG_FIELD_SNMP_COMMUNITY,
  HG_FIELD_POP_REQUEST,
  HG_FIELD_POP_COMMAND,
  HG_FIELD_POP_PARAMETER,
  HG_FIELD_IMAP_REQUEST,
  HG_FIELD_COUNT
} HgField;

typedef struct {
  int id[HG_FIELD_COUNT]; /* -1: this Wireshark has no such field */
} HgFields;

void hg_fields_init(HgFields *fields);

/* "frame || arp.opcode || ..." of those that exist. (transfer full) */
char *hg_fields_filter(const HgFields *fields);

/* Occurrences of a field in the frame, in the order of dissection. Borrowed from the tree. */
guint hg_field_count(const HgFields *fields, const epan_dissect_t *edt, HgField field);
field_info *hg_field_get(const HgFields *fields, const epan_dissect_t *edt, HgField field,
                         guint i); /* NULL: there is none */

/* The bytes that the field stands for in the packet; NULL when fewer than `least` were captured. */
const guint8 *hg_field_bytes(const field_info *info, guint least, guint *length);

/* A number of 1 to 4 bytes in network order; FALSE when the field is absent or cut off. */
gboolean hg_field_number(const field_info *info, guint32 *number);

/* IPv4, IPv6 or MAC, by its length in the packet; HG_ADDRESS_NONE when absent or cut off. */
HgAddress hg_field_address(const field_info *info);

/* A string as the dissector decoded it; NULL when absent. */
const char *hg_field_string(field_info *info);

#endif

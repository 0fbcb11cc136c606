/* fields.h - the fields of dissectors that evidence is read from
 *
 * Messages of a fixed layout are asked for whole, and read here. Fields that this version lacks are
 * simply absent, and so are all where there is no dissection (NULL) to look in.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIELDS_H
#define HG_WIRESHARK_FIELDS_H

#include "compat.h"

#include "tally/address.h"

typedef enum {
  HG_FIELD_ARP, /* the whole message, as the four after it */
  HG_FIELD_ICMP,
  HG_FIELD_ICMPV6,
  HG_FIELD_DHCP,
  HG_FIELD_PAP,
  HG_FIELD_DNS_ID, /* where a message begins */
  HG_FIELD_TLS_NAME,
  HG_FIELD_HTTP_HOST,
  HG_FIELD_HTTP_AUTHORIZATION,
  HG_FIELD_HTTP_URI,
  HG_FIELD_HTTP_STATUS,
  HG_FIELD_HTTP_CHALLENGE,
  HG_FIELD_FORM_KEY,
  HG_FIELD_FORM_VALUE,
  HG_FIELD_TELNET_DATA,
  HG_FIELD_SNMP_COMMUNITY,
  HG_FIELD_POP_COMMAND,
  HG_FIELD_POP_PARAMETER,
  HG_FIELD_IMAP_REQUEST,
  HG_FIELD_PGSQL_CODE,
  HG_FIELD_TDS_ERROR,
  HG_FIELD_VNC_RESULT,
  HG_FIELD_SMB2_TREE,
  HG_FIELD_SMB2_FILE,
  HG_FIELD_SMB2_DISPOSITION,
  HG_FIELD_COUNT
} HgField;

typedef struct {
  int id[HG_FIELD_COUNT]; /* -1: this Wireshark has no such field */
} HgFields;

void hg_fields_init(HgFields *fields);

/* Occurrences of a field in the frame, in the order of dissection. Borrowed from the tree. */
guint hg_field_count(const HgFields *fields, const epan_dissect_t *edt, HgField field);
field_info *hg_field_get(const HgFields *fields, const epan_dissect_t *edt, HgField field,
                         guint i); /* NULL: there is none */

/* The bytes that the field stands for, as many as were captured; NULL when fewer than `least`. */
const guint8 *hg_field_bytes(const field_info *info, guint least, guint *length);

/* The bytes from the field on, to the end of the buffer that it is in: as many as were captured, and
 * how many there were on the wire. NULL when there are none. */
const guint8 *hg_field_onward(const field_info *info, guint *captured, guint *length);

/* A string as the dissector decoded it; NULL when absent. */
const char *hg_field_string(field_info *info);

#endif

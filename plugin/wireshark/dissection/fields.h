/* fields.h - the fields of dissectors that evidence is read from
 *
 * Messages of a fixed layout are asked for whole, and read here. Fields that this version lacks are
 * simply absent, and so are all where there is no dissection (NULL) to look in. What a reader asks for
 * together stands together here.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FIELDS_H
#define HG_WIRESHARK_FIELDS_H

#include "wireshark/compat.h"

#include "tally/types/address.h"

typedef enum {
  HG_FIELD_RETRANSMISSION,
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
  HG_FIELD_FTP_COMMAND,
  HG_FIELD_FTP_CODE,
  HG_FIELD_POP_COMMAND,
  HG_FIELD_POP_PARAMETER,
  HG_FIELD_POP_INDICATOR,
  HG_FIELD_IMAP_REQUEST,
  HG_FIELD_IMAP_REQUEST_TAG,
  HG_FIELD_IMAP_COMMAND,
  HG_FIELD_IMAP_RESPONSE_TAG,
  HG_FIELD_IMAP_STATUS,
  HG_FIELD_SMTP_CODE,
  HG_FIELD_LDAP_OPERATION,
  HG_FIELD_LDAP_RESULT,
  HG_FIELD_KERBEROS_ERROR,
  HG_FIELD_MYSQL_ERROR,
  HG_FIELD_PGSQL_CODE,
  HG_FIELD_TDS_ERROR,
  HG_FIELD_VNC_RESULT,
  HG_FIELD_SMB_COMMAND,
  HG_FIELD_SMB_PATH,
  HG_FIELD_SMB_FILE,
  HG_FIELD_SMB_DISPOSITION,
  HG_FIELD_SMB_TRANS2,
  HG_FIELD_SMB_NT_FUNCTION,
  HG_FIELD_SMB2_COMMAND,
  HG_FIELD_SMB2_TREE,
  HG_FIELD_RPC_TYPE,
  HG_FIELD_RPC_CONTEXT,
  HG_FIELD_RPC_INTERFACE,
  HG_FIELD_RPC_OPERATION,
  HG_FIELD_SVCCTL_OPERATION,
  HG_FIELD_ATSVC_OPERATION,
  HG_FIELD_TASKS_OPERATION,
  HG_FIELD_WINREG_OPERATION,
  HG_FIELD_COUNT
} HgField;

/* Several fields may have one name: their ids stand together. */
typedef struct {
  int *ids;
  guint begin[HG_FIELD_COUNT + 1]; /* where the ids of a field do; none: this Wireshark lacks it */
} HgFields;

void hg_fields_init(HgFields *fields);
void hg_fields_clear(HgFields *fields);

/* Occurrences of a field in the frame, in the order of dissection. Borrowed from the tree. */
guint hg_field_count(const HgFields *fields, const epan_dissect_t *edt, HgField field);
field_info *hg_field_get(const HgFields *fields, const epan_dissect_t *edt, HgField field,
                         guint i); /* NULL: there is none */

/* Calls back for every occurrence of the fields from `first` up to `last`, in the order of dissection:
 * where a frame holds several messages, those of one before those of the next. */
typedef void (*HgFieldVisit)(HgField field, field_info *info, gpointer data);
void hg_fields_visit(const HgFields *fields, const epan_dissect_t *edt, HgField first, HgField last,
                     HgFieldVisit visit, gpointer data);

/* The bytes that the field stands for, as many as were captured; NULL when fewer than `least`. */
const guint8 *hg_field_bytes(const field_info *info, guint least, guint *length);

/* The bytes from the field on, to the end of the buffer that it is in: as many as were captured, and
 * how many there were on the wire. NULL when there are none. */
const guint8 *hg_field_remaining(const field_info *info, guint *captured, guint *length);

/* `length` bytes of the buffer that the field is in, from `at` bytes after its begin on, or before: of a
 * message with a fixed layout around it. NULL when absent, or not all were captured. */
const guint8 *hg_field_within(const field_info *info, gint at, guint length);

/* Of four bytes. */
static inline guint32 hg_little_endian(const guint8 *bytes) {
  return bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
}

/* A string as the dissector decoded it; NULL when absent, or no string in this version. */
const char *hg_field_string(field_info *info);

/* An integer of up to 32 bits; FALSE when absent, or no such in this version. */
gboolean hg_field_number(field_info *info, gint64 *number);

/* A UUID, in the order in which it is written; FALSE as above. */
gboolean hg_field_uuid(field_info *info, guint8 uuid[16]);

#endif

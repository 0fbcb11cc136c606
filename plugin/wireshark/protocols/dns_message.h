/* dns_message.h - the questions and records of a DNS message (RFC 1035), from its bytes
 *
 * Every byte is hostile and some may not have been captured: what is there is read, up to the first
 * thing that is cut off or makes no sense. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DNS_MESSAGE_H
#define HG_WIRESHARK_DNS_MESSAGE_H

#include <glib.h>

G_BEGIN_DECLS

/* A name has at most 255 bytes, each written with at most 4. */
#define HG_DNS_NAME_SIZE (255 * 4 + 1)

typedef struct {
  const guint8 *bytes;
  guint length, at;
  guint questions, records; /* that are still to come, as the header has it */
  gboolean is_response;
  guint8 opcode; /* 0: a query */
  guint8 code;   /* of a response: 3 is "no such name" */
} HgDnsMessage;

typedef struct {
  char
      name[HG_DNS_NAME_SIZE]; /* "www.example.com", "." for the root; see hg_dns_message_question */
  guint16 type, klass;
  const guint8 *data; /* of a record; borrowed from the message */
  guint16 length;     /* of the data */
} HgDnsRecord;

/* FALSE when the header is cut off. `bytes` must outlive the message. */
gboolean hg_dns_message_begin(HgDnsMessage *message, const guint8 *bytes, guint length);

/* The next question; FALSE: there is no more. In names, what could be mistaken is written as zone
 * files do (RFC 1035, 5.1): "\." for a dot and "\\" for a backslash within a label, "\DDD" for bytes
 * that are no printable UTF-8, and for blanks. Valid UTF-8, letters as they came. */
gboolean hg_dns_message_question(HgDnsMessage *message, HgDnsRecord *question);
/* The next record of any section, once there are no more questions. */
gboolean hg_dns_message_record(HgDnsMessage *message, HgDnsRecord *record);

/* "A", "TXT"; NULL when it has no name here: RFC 3597 calls it "TYPE" and its number. */
const char *hg_dns_type_name(guint16 type);
/* "NOERROR", "NXDOMAIN"; NULL when it has no name here. */
const char *hg_dns_code_name(guint8 code);

G_END_DECLS
#endif

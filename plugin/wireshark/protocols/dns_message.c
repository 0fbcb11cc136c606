/* dns_message.c - the questions and records of a DNS message (RFC 1035), from its bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dns_message.h"

#include <string.h>

#include "big_endian.h"

#define HEADER 12

gboolean hg_dns_message_begin(HgDnsMessage *message, const guint8 *bytes, guint length) {
  if (length < HEADER)
    return FALSE;
  *message = (HgDnsMessage){
      .bytes = bytes,
      .length = length,
      .at = HEADER,
      .questions = hg_big_endian16(bytes + 4),
      .records =
          hg_big_endian16(bytes + 6) + hg_big_endian16(bytes + 8) + hg_big_endian16(bytes + 10),
      .is_response = bytes[2] >> 7,
      .opcode = bytes[2] >> 3 & 15,
      .code = bytes[3] & 15,
  };
  return TRUE;
}

static gboolean is_text(const guint8 *label, guint length) {
  for (const char *at = (const char *)label, *end = at + length; at < end;) {
    const gunichar character = g_utf8_get_char_validated(at, end - at);
    if (character == (gunichar)-1 || character == (gunichar)-2 || !g_unichar_isgraph(character))
      return FALSE;
    at = g_utf8_next_char(at);
  }
  return TRUE;
}

/* Appends a label; returns the end of the text. */
static char *put_label(char *to, const guint8 *label, guint length) {
  const gboolean text = is_text(label, length);
  for (guint i = 0; i < length; i++) {
    if (label[i] == '.' || label[i] == '\\') {
      *to++ = '\\';
      *to++ = (char)label[i];
    } else if (text || g_ascii_isgraph(label[i])) {
      *to++ = (char)label[i];
    } else {
      g_snprintf(to, 5, "\\%03u", label[i]);
      to += 4;
    }
  }
  return to;
}

/* A pointer must lead to what came before the labels that it ends: so there is an end. */
static gboolean read_name(HgDnsMessage *message, char name[HG_DNS_NAME_SIZE]) {
  guint at = message->at, limit = message->at, total = 1;
  gboolean jumped = FALSE;
  char *to = name;
  while (at < message->length) {
    const guint length = message->bytes[at];
    if (length == 0) {
      if (!jumped)
        message->at = at + 1;
      if (to == name)
        *to++ = '.';
      *to = '\0';
      return TRUE;
    }
    if (length >= 0xc0) {
      if (at + 2 > message->length)
        return FALSE;
      if (!jumped)
        message->at = at + 2;
      jumped = TRUE;
      at = hg_big_endian16(message->bytes + at) & 0x3fff;
      if (at >= limit)
        return FALSE;
      limit = at;
      continue;
    }
    total += length + 1;
    if (length >= 0x40 || at + 1 + length > message->length || total > 255)
      return FALSE;
    if (to > name)
      *to++ = '.';
    to = put_label(to, message->bytes + at + 1, length);
    at += 1 + length;
  }
  return FALSE;
}

/* Nothing can be told of what follows something that makes no sense. */
static gboolean stop(HgDnsMessage *message) {
  message->questions = message->records = 0;
  return FALSE;
}

gboolean hg_dns_message_question(HgDnsMessage *message, HgDnsRecord *question) {
  if (message->questions == 0)
    return FALSE;
  if (!read_name(message, question->name) || message->at + 4 > message->length)
    return stop(message);
  message->questions--;
  question->type = hg_big_endian16(message->bytes + message->at);
  question->klass = hg_big_endian16(message->bytes + message->at + 2);
  question->data = NULL;
  question->length = 0;
  message->at += 4;
  return TRUE;
}

gboolean hg_dns_message_record(HgDnsMessage *message, HgDnsRecord *record) {
  if (message->records == 0)
    return FALSE;
  if (!read_name(message, record->name) || message->at + 10 > message->length)
    return stop(message);
  message->records--;
  record->type = hg_big_endian16(message->bytes + message->at);
  record->klass = hg_big_endian16(message->bytes + message->at + 2);
  record->length = hg_big_endian16(message->bytes + message->at + 8);
  message->at += 10;
  if (message->at + record->length > message->length)
    return stop(message);
  record->data = message->bytes + message->at;
  message->at += record->length;
  return TRUE;
}

const char *hg_dns_type_name(guint16 type) {
  static const struct {
    guint16 type;
    const char *name;
  } names[] = {
      {1, "A"},      {28, "AAAA"},  {65, "HTTPS"},  {12, "PTR"},   {16, "TXT"},  {5, "CNAME"},
      {15, "MX"},    {33, "SRV"},   {2, "NS"},      {6, "SOA"},    {10, "NULL"}, {13, "HINFO"},
      {24, "SIG"},   {25, "KEY"},   {35, "NAPTR"},  {39, "DNAME"}, {41, "OPT"},  {43, "DS"},
      {46, "RRSIG"}, {47, "NSEC"},  {48, "DNSKEY"}, {50, "NSEC3"}, {52, "TLSA"}, {64, "SVCB"},
      {99, "SPF"},   {251, "IXFR"}, {252, "AXFR"},  {255, "ANY"},  {257, "CAA"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    if (names[i].type == type)
      return names[i].name;
  }
  return NULL;
}

const char *hg_dns_code_name(guint8 code) {
  static const char *const names[] = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN",
                                      "NOTIMP",  "REFUSED", "YXDOMAIN", "YXRRSET",
                                      "NXRRSET", "NOTAUTH", "NOTZONE"};
  return code < G_N_ELEMENTS(names) ? names[code] : NULL;
}

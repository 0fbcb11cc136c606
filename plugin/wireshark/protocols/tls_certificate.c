/* tls_certificate.c - the first certificate of a TLS server, from the first bytes that it sends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tls_certificate.h"

#include <string.h>

#include "byte_reader.h"
#include "tally/types/tor_name.h"

enum { RECORD_HANDSHAKE = 22, SERVER_HELLO = 2, CERTIFICATE = 11 };

/* Tags of DER (X.690). */
enum {
  DER_INTEGER = 0x02,
  DER_OID = 0x06,
  DER_UTC_TIME = 0x17,
  DER_GENERALIZED_TIME = 0x18,
  DER_SEQUENCE = 0x30,
  DER_SET = 0x31,
  DER_VERSION = 0xa0
};

static const guint8 common_name[] = {0x55, 0x04, 0x03};

/* --- X.509 --- */

static gboolean take_length(HgByteReader *rest, guint *length) {
  guint size;
  if (!hg_byte_reader_number(rest, 1, length))
    return FALSE;
  if (*length < 0x80)
    return TRUE;
  size = *length & 0x7f;
  return size >= 1 && size <= 3 && hg_byte_reader_number(rest, size, length);
}

/* The contents of an element with this tag. `cut`: its end may be missing. */
static gboolean take_element(HgByteReader *rest, guint tag, gboolean cut, HgByteReader *contents) {
  guint found, length;
  if (!hg_byte_reader_number(rest, 1, &found) || found != tag || !take_length(rest, &length))
    return FALSE;
  return hg_byte_reader_take(rest, cut ? MIN(length, rest->length) : length, contents);
}

/* RFC 5280, 4.1.2.5. */
static gboolean take_day(HgByteReader *rest, guint32 *day) {
  const guint tag = rest->length > 0 ? rest->bytes[0] : 0;
  const guint digits = tag == DER_GENERALIZED_TIME ? 4 : 2;
  HgByteReader text;
  guint numbers[3] = {0}; /* year, month, day */
  if ((tag != DER_UTC_TIME && tag != DER_GENERALIZED_TIME) ||
      !take_element(rest, tag, FALSE, &text) || text.length < digits + 4)
    return FALSE;
  for (guint i = 0; i < digits + 4; i++) {
    guint *number = &numbers[i < digits ? 0 : 1 + (i - digits) / 2];
    if (!g_ascii_isdigit(text.bytes[i]))
      return FALSE;
    *number = *number * 10 + (guint)(text.bytes[i] - '0');
  }
  if (digits == 2)
    numbers[0] += numbers[0] < 50 ? 2000 : 1900;
  if (!g_date_valid_dmy((GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]))
    return FALSE;
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]);
  *day = g_date_get_julian(&date);
  return TRUE;
}

static guint days_of(HgByteReader validity) {
  guint32 first, last;
  if (!take_day(&validity, &first) || !take_day(&validity, &last) || last < first)
    return 0;
  return last - first;
}

/* The last common name: the most specific one. */
static HgX509Text common_name_of(HgByteReader name) {
  HgX509Text found = {0};
  HgByteReader set, attribute, type, value;
  while (take_element(&name, DER_SET, FALSE, &set)) {
    while (take_element(&set, DER_SEQUENCE, FALSE, &attribute)) {
      if (take_element(&attribute, DER_OID, FALSE, &type) && type.length == sizeof common_name &&
          memcmp(type.bytes, common_name, sizeof common_name) == 0 && attribute.length > 0 &&
          take_element(&attribute, attribute.bytes[0], FALSE, &value) && value.length > 0)
        found = (HgX509Text){value.bytes, value.length};
    }
  }
  return found;
}

gboolean hg_x509_read(const guint8 *bytes, guint length, HgTlsCertificate *certificate) {
  HgByteReader rest = {bytes, length}, outer, inner, skipped, issuer, validity, subject;
  *certificate = (HgTlsCertificate){0};
  if (!take_element(&rest, DER_SEQUENCE, TRUE, &outer) ||
      !take_element(&outer, DER_SEQUENCE, TRUE, &inner))
    return FALSE;
  if (inner.length > 0 && inner.bytes[0] == DER_VERSION)
    take_element(&inner, DER_VERSION, FALSE, &skipped);
  if (!take_element(&inner, DER_INTEGER, FALSE, &skipped) ||
      !take_element(&inner, DER_SEQUENCE, FALSE, &skipped) /* algorithm */ ||
      !take_element(&inner, DER_SEQUENCE, FALSE, &issuer) ||
      !take_element(&inner, DER_SEQUENCE, FALSE, &validity) ||
      !take_element(&inner, DER_SEQUENCE, FALSE, &subject))
    return FALSE;
  certificate->self_issued =
      issuer.length == subject.length && memcmp(issuer.bytes, subject.bytes, issuer.length) == 0;
  certificate->days = days_of(validity);
  certificate->issuer = common_name_of(issuer);
  certificate->subject = common_name_of(subject);
  return TRUE;
}

/* --- TLS --- */

/* The body of a message of this kind; the last one may be cut. */
static gboolean read_message(HgByteReader body, HgTlsCertificate *certificate) {
  guint list, length;
  if (!hg_byte_reader_number(&body, 3, &list) || !hg_byte_reader_number(&body, 3, &length) ||
      !hg_x509_read(body.bytes, MIN(length, body.length), certificate))
    return FALSE;
  certificate->alone = list == length + 3;
  return TRUE;
}

/* The messages of a record, up to a certificate. `*more`: it may follow in the next record. */
static gboolean read_record(HgByteReader record, HgTlsCertificate *certificate, gboolean *more) {
  HgByteReader body;
  guint type, length;
  *more = FALSE;
  while (hg_byte_reader_number(&record, 1, &type) && hg_byte_reader_number(&record, 3, &length)) {
    if (type == CERTIFICATE)
      return hg_byte_reader_take(&record, MIN(length, record.length), &body) &&
             read_message(body, certificate);
    if (type != SERVER_HELLO || !hg_byte_reader_take(&record, length, &body))
      return FALSE;
  }
  *more = record.length == 0;
  return FALSE;
}

gboolean hg_tls_certificate_read(const guint8 *bytes, guint length, HgTlsCertificate *certificate) {
  HgByteReader rest = {bytes, length}, record;
  guint type, version, size;
  gboolean more = TRUE;
  *certificate = (HgTlsCertificate){0};
  while (more && hg_byte_reader_number(&rest, 1, &type) && type == RECORD_HANDSHAKE &&
         hg_byte_reader_number(&rest, 2, &version) && version >> 8 == 3 &&
         hg_byte_reader_number(&rest, 2, &size) &&
         hg_byte_reader_take(&rest, MIN(size, rest.length), &record)) {
    if (read_record(record, certificate, &more))
      return TRUE;
  }
  *certificate = (HgTlsCertificate){0};
  return FALSE;
}

/* --- Tor --- */

static gboolean is_made_up(const HgX509Text *name, const char *suffix) {
  return name->bytes != NULL &&
         hg_tor_name_is_made_up((const char *)name->bytes, name->length, 8, 20, suffix);
}

gboolean hg_tls_certificate_is_tor(const HgTlsCertificate *certificate) {
  return is_made_up(&certificate->subject, ".net") && is_made_up(&certificate->issuer, ".com");
}

/* datagram_answer.c - datagrams that by their own words answer another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "datagram_answer.h"

#include "big_endian.h"

#define DNS_HEADER 12
#define NTP_HEADER 48
#define RADIUS_HEADER 20

gboolean hg_dns_is_answer(const guint8 *bytes, guint captured) {
  return captured >= DNS_HEADER && (bytes[2] & 0x80) != 0 && hg_big_endian16(bytes + 4) <= 1;
}

gboolean hg_ntp_is_answer(const guint8 *bytes, guint captured, guint length) {
  enum { SYMMETRIC_PASSIVE = 2, SERVER = 4 };
  if (captured == 0 || length < NTP_HEADER)
    return FALSE;
  return (bytes[0] & 7) == SERVER || (bytes[0] & 7) == SYMMETRIC_PASSIVE;
}

static gboolean radius_code_answers(guint8 code) {
  switch (code) {
  case 2:  /* Access-Accept */
  case 3:  /* Access-Reject */
  case 5:  /* Accounting-Response */
  case 11: /* Access-Challenge */
  case 41: /* Disconnect-ACK, */
  case 42: /* -NAK */
  case 44: /* CoA-ACK, */
  case 45: /* -NAK */
    return TRUE;
  default:
    return FALSE;
  }
}

/* What follows the length that a message has is padding (RFC 2865, section 3). */
gboolean hg_radius_is_answer(const guint8 *bytes, guint captured, guint length) {
  if (captured < 4 || !radius_code_answers(bytes[0]))
    return FALSE;
  const guint16 told = hg_big_endian16(bytes + 2);
  return told >= RADIUS_HEADER && told <= length;
}

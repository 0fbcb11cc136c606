/* fingerprints.c - what is kept of each packet of a capture, to tell it again in another capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fingerprints.h"

#include "packet_time.h"

enum { KEY_BYTES = 6, DELTA_BITS = 7, DELTA_BYTES = 10 };

/* The first fingerprint is packed as if one of this time had been before it. */
#define BEFORE_ALL_US (HG_TIME_MIN / 1000 - 1)

gboolean hg_fingerprint_init(HgFingerprint *fingerprint, guint64 key, gint64 time_ns) {
  if (key == 0 || !hg_time_is_known(time_ns))
    return FALSE;
  fingerprint->key = key >> 16;
  fingerprint->time_us = time_ns / 1000 - (time_ns % 1000 < 0);
  return TRUE;
}

/* --- packed --- */

static gint compare(gconstpointer a, gconstpointer b) {
  const HgFingerprint *x = a, *y = b;
  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

GBytes *hg_fingerprints_pack(GArray *fingerprints) {
  GByteArray *packed = g_byte_array_sized_new(fingerprints->len * 8);
  gint64 before = BEFORE_ALL_US;
  g_array_sort(fingerprints, compare);
  for (guint i = 0; i < fingerprints->len; i++) {
    const HgFingerprint *one = &g_array_index(fingerprints, HgFingerprint, i);
    guint8 bytes[DELTA_BYTES + KEY_BYTES];
    guint length = 0;
    guint64 delta = (guint64)(one->time_us - before);
    for (; delta >> DELTA_BITS != 0; delta >>= DELTA_BITS)
      bytes[length++] = (guint8)(delta | 0x80);
    bytes[length++] = (guint8)delta;
    for (guint byte = 0; byte < KEY_BYTES; byte++)
      bytes[length++] = (guint8)(one->key >> (8 * byte));
    g_byte_array_append(packed, bytes, length);
    before = one->time_us;
  }
  return g_byte_array_free_to_bytes(packed);
}

/* Reads the next one after `one`. FALSE: there are not enough bytes, or the time is none. */
static gboolean unpack(const guint8 **at, const guint8 *end, HgFingerprint *one) {
  guint64 delta = 0;
  guint shift = 0;
  do {
    if (*at == end || shift >= 9 * DELTA_BITS)
      return FALSE;
    delta |= (guint64)(**at & 0x7f) << shift;
    shift += DELTA_BITS;
  } while (*(*at)++ & 0x80);
  if (end - *at < KEY_BYTES || delta > (guint64)(HG_TIME_MAX / 1000 - one->time_us))
    return FALSE;
  one->time_us += (gint64)delta;
  one->key = 0;
  for (guint byte = 0; byte < KEY_BYTES; byte++)
    one->key |= (guint64) * (*at)++ << (8 * byte);
  return TRUE;
}

/* Appends them to `fingerprints`, where it is not NULL. FALSE: they are none, or too many. */
static gboolean unpack_all(GBytes *packed, GArray *fingerprints, guint *count) {
  gsize length;
  const guint8 *at = g_bytes_get_data(packed, &length), *end = at + length;
  HgFingerprint one = {0, BEFORE_ALL_US};
  for (*count = 0; at != end; ++*count) {
    if (*count == HG_FINGERPRINTS_MAX || !unpack(&at, end, &one))
      return FALSE;
    if (fingerprints)
      g_array_append_val(fingerprints, one);
  }
  return TRUE;
}

gboolean hg_fingerprints_count(GBytes *packed, guint *count) {
  return unpack_all(packed, NULL, count);
}

GArray *hg_fingerprints_unpack(GBytes *packed) {
  guint count;
  GArray *fingerprints = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
  if (!unpack_all(packed, fingerprints, &count))
    g_clear_pointer(&fingerprints, g_array_unref);
  return fingerprints;
}

/* --- log --- */

struct HgFingerprintLog {
  GArray *first, *last; /* HgFingerprint: of the first packets, and of those after them */
  guint64 added;        /* to `last`, which begins anew where it is full */
  guint64 without;      /* packets that have none */
};

HgFingerprintLog *hg_fingerprint_log_new(void) {
  HgFingerprintLog *log = g_new0(HgFingerprintLog, 1);
  log->first = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
  log->last = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
  return log;
}

void hg_fingerprint_log_free(HgFingerprintLog *log) {
  if (!log)
    return;
  g_array_unref(log->first);
  g_array_unref(log->last);
  g_free(log);
}

void hg_fingerprint_log_add(HgFingerprintLog *log, guint64 key, gint64 time_ns) {
  enum { HALF = HG_FINGERPRINTS_MAX / 2 };
  HgFingerprint one;
  if (!hg_fingerprint_init(&one, key, time_ns)) {
    log->without++;
  } else if (log->first->len < HALF) {
    g_array_append_val(log->first, one);
  } else if (log->added++ < HALF) {
    g_array_append_val(log->last, one);
  } else {
    g_array_index(log->last, HgFingerprint, (log->added - 1) % HALF) = one;
    log->without++;
  }
}

GBytes *hg_fingerprint_log_pack(const HgFingerprintLog *log, guint64 *without) {
  GArray *all =
      g_array_sized_new(FALSE, FALSE, sizeof(HgFingerprint), log->first->len + log->last->len);
  if (log->first->len > 0)
    g_array_append_vals(all, log->first->data, log->first->len);
  if (log->last->len > 0)
    g_array_append_vals(all, log->last->data, log->last->len);
  GBytes *packed = hg_fingerprints_pack(all);
  g_array_unref(all);
  *without = log->without;
  return packed;
}

/* known_packets.c - the packets that a store has already, and which of another capture they are
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "known_packets.h"

#include "fingerprints.h"
#include "siphash.h"

typedef struct {
  guint64 key; /* as HgFingerprint */
  gint64 time_us;
  guint32 capture;
} Known;

struct HgKnownPackets {
  char *of;
  GArray *captures; /* HgCapture */
  GArray *packets;  /* Known, by key and time */
  gint64 first_us, last_us;
  gboolean hashed;
  guint64 hash_key[2];
};

HgKnownPackets *hg_known_packets_new(const char *of) {
  HgKnownPackets *known = g_new0(HgKnownPackets, 1);
  known->of = g_strdup(of);
  known->captures = hg_capture_array_new();
  known->packets = g_array_new(FALSE, FALSE, sizeof(Known));
  known->first_us = G_MAXINT64;
  known->last_us = G_MININT64;
  return known;
}

void hg_known_packets_free(HgKnownPackets *known) {
  if (!known)
    return;
  g_free(known->of);
  g_array_unref(known->captures);
  g_array_unref(known->packets);
  g_free(known);
}

gboolean hg_known_packets_add(HgKnownPackets *known, const HgCapture *capture) {
  HgCapture plain = *capture;
  plain.fingerprints = NULL;
  const guint32 number = known->captures->len;
  hg_capture_array_add(known->captures, &plain);
  if (!capture->fingerprints)
    return TRUE;
  GArray *fingerprints = hg_fingerprints_unpack(capture->fingerprints);
  if (!fingerprints)
    return FALSE;
  for (guint i = 0; i < fingerprints->len; i++) {
    const HgFingerprint *one = &g_array_index(fingerprints, HgFingerprint, i);
    const Known packet = {one->key, one->time_us, number};
    g_array_append_val(known->packets, packet);
    known->first_us = MIN(known->first_us, one->time_us);
    known->last_us = MAX(known->last_us, one->time_us);
  }
  g_array_unref(fingerprints);
  return TRUE;
}

static gint compare(gconstpointer a, gconstpointer b) {
  const Known *x = a, *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->capture < y->capture ? -1 : x->capture > y->capture;
}

void hg_known_packets_complete(HgKnownPackets *known, const guint64 hash_key[2]) {
  g_array_sort(known->packets, compare);
  known->hashed = hash_key != NULL;
  for (int i = 0; i < 2 && hash_key; i++)
    known->hash_key[i] = hash_key[i];
}

guint64 hg_known_packets_hash(const guint64 hash_key[2], guint64 key) {
  HgSipHash hash;
  guint64 result[2];
  hg_siphash_init(&hash, hash_key);
  hg_siphash_add(&hash, key);
  hg_siphash_result(&hash, result);
  return result[0] >> 16;
}

const char *hg_known_packets_of(const HgKnownPackets *known) {
  return known->of;
}

const GArray *hg_known_packets_captures(const HgKnownPackets *known) {
  return known->captures;
}

/* --- matching --- */

/* By how much a stored capture's clock is ahead of this one's. */
typedef struct {
  gboolean known;
  gint64 ahead_us;
} Clock;

struct HgPacketMatcher {
  const HgKnownPackets *known;
  guint8 *used;  /* by packet */
  Clock *clocks; /* by capture */
  guint64 count;
};

HgPacketMatcher *hg_packet_matcher_new(const HgKnownPackets *known) {
  HgPacketMatcher *matcher = g_new0(HgPacketMatcher, 1);
  matcher->known = known;
  matcher->used = g_new0(guint8, (gsize)known->packets->len + 1);
  matcher->clocks = g_new0(Clock, (gsize)known->captures->len + 1);
  return matcher;
}

void hg_packet_matcher_free(HgPacketMatcher *matcher) {
  if (!matcher)
    return;
  g_free(matcher->used);
  g_free(matcher->clocks);
  g_free(matcher);
}

guint64 hg_packet_matcher_count(const HgPacketMatcher *matcher) {
  return matcher->count;
}

/* The first packet with this key that is not before this time. */
static guint find_first(const GArray *packets, guint64 key, gint64 time_us) {
  guint low = 0, high = packets->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const Known *one = &g_array_index(packets, Known, middle);
    if (one->key < key || (one->key == key && one->time_us < time_us))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Its sender sends no other one like it soon, but to repeat it. */
static gboolean is_numbered(const HgPacket *packet) {
  return packet->key.identification != 0 ||
         (packet->transport == HG_TRANSPORT_TCP &&
          (packet->payload_length > 1 || packet->tcp_flags & (HG_TCP_SYN | HG_TCP_FIN)));
}

static void learn(Clock *clock, gint64 ahead_us) {
  clock->ahead_us = clock->known ? clock->ahead_us + (ahead_us - clock->ahead_us) / 8 : ahead_us;
  clock->known = TRUE;
}

/* Whether the stored capture was being taken when the packet was sent, by its own clock. What repeats itself
 * goes on where one capture ends and the next begins. */
static gboolean is_within(const HgPacketMatcher *matcher, const Known *one, gint64 time_us) {
  const HgTraffic *taken =
      &g_array_index(matcher->known->captures, HgCapture, one->capture).traffic;
  const gint64 then_us = time_us + matcher->clocks[one->capture].ahead_us;
  return then_us >= taken->first_ns / 1000 - 1 && then_us <= taken->last_ns / 1000 + 1;
}

gboolean hg_packet_matcher_take(HgPacketMatcher *matcher, const HgPacket *packet) {
  const HgKnownPackets *known = matcher->known;
  HgFingerprint own;
  if (!hg_fingerprint_init(&own, packet->key.packet, packet->time_ns) ||
      own.time_us < known->first_us - HG_KNOWN_SKEW_US ||
      own.time_us > known->last_us + HG_KNOWN_SKEW_US)
    return FALSE;
  if (known->hashed)
    own.key = hg_known_packets_hash(known->hash_key, own.key);
  const guint first = find_first(known->packets, own.key, own.time_us - HG_KNOWN_SKEW_US);
  guint alike = 0, best = 0;
  gint64 least_us = G_MAXINT64;
  for (guint i = first; i < known->packets->len; i++, alike++) {
    const Known *one = &g_array_index(known->packets, Known, i);
    if (one->key != own.key || one->time_us > own.time_us + HG_KNOWN_SKEW_US)
      break;
    const gint64 off_us = ABS(one->time_us - own.time_us - matcher->clocks[one->capture].ahead_us);
    if (!matcher->used[i] && off_us < least_us &&
        (is_numbered(packet) || is_within(matcher, one, own.time_us))) {
      least_us = off_us;
      best = i;
    }
  }
  if (least_us > HG_KNOWN_JITTER_US &&
      (least_us == G_MAXINT64 || alike != 1 || !is_numbered(packet)))
    return FALSE;
  const Known *one = &g_array_index(known->packets, Known, best);
  matcher->used[best] = TRUE;
  matcher->count++;
  learn(&matcher->clocks[one->capture], one->time_us - own.time_us);
  return TRUE;
}

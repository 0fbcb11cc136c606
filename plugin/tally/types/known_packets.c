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
  GArray *packets;  /* Known, by key, capture and time */
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
  if (x->capture != y->capture)
    return x->capture < y->capture ? -1 : 1;
  return x->time_us < y->time_us ? -1 : x->time_us > y->time_us;
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

/* Ways from one packet to the next one that is left. */
typedef enum { BACK, ON } Way;

struct HgPacketMatcher {
  const HgKnownPackets *known;
  /* By way and place, which is one more than a packet's, so that there is one on either side of them all: how
   * far on packets are taken at least; 0: the one here is left. */
  guint32 *taken[2];
  Clock *clocks; /* by capture */
  guint64 count;
};

HgPacketMatcher *hg_packet_matcher_new(const HgKnownPackets *known) {
  HgPacketMatcher *matcher = g_new0(HgPacketMatcher, 1);
  matcher->known = known;
  for (Way way = BACK; way <= ON; way++)
    matcher->taken[way] = g_new0(guint32, (gsize)known->packets->len + 2);
  matcher->clocks = g_new0(Clock, (gsize)known->captures->len + 1);
  return matcher;
}

void hg_packet_matcher_free(HgPacketMatcher *matcher) {
  if (!matcher)
    return;
  for (Way way = BACK; way <= ON; way++)
    g_free(matcher->taken[way]);
  g_free(matcher->clocks);
  g_free(matcher);
}

guint64 hg_packet_matcher_count(const HgPacketMatcher *matcher) {
  return matcher->count;
}

/* The first packet, of those from `low` on, that is not before this one. */
static guint find_first(const GArray *packets, guint low, const Known *wanted) {
  guint high = packets->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (compare(&g_array_index(packets, Known, middle), wanted) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The nearest place from `place` on where a packet is left. Shortens the way for the next look-up. */
static guint find_left(HgPacketMatcher *matcher, guint place, Way way) {
  guint32 *taken = matcher->taken[way];
  guint left = place;
  while (taken[left])
    left = way == ON ? left + taken[left] : left - taken[left];
  while (place != left) {
    const guint next = way == ON ? place + taken[place] : place - taken[place];
    taken[place] = way == ON ? left - place : place - left;
    place = next;
  }
  return left;
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
static gboolean is_within(const HgPacketMatcher *matcher, guint32 capture, gint64 time_us) {
  const HgTraffic *taken = &g_array_index(matcher->known->captures, HgCapture, capture).traffic;
  const gint64 then_us = time_us + matcher->clocks[capture].ahead_us;
  return then_us >= taken->first_ns / 1000 - 1 && then_us <= taken->last_ns / 1000 + 1;
}

/* The packets that one may be, as far as they were looked at. */
typedef struct {
  guint alike;     /* with its key, and no further off than clocks may differ */
  guint best;      /* of those that are left, the one that is least off where it is expected */
  gint64 least_us; /* by so much; G_MAXINT64: there is none */
} Search;

static void consider(Search *search, const GArray *packets, guint number, gint64 expected_us) {
  const gint64 time_us = g_array_index(packets, Known, number).time_us;
  const gint64 off_us = ABS(time_us - expected_us);
  if (off_us < search->least_us ||
      (off_us == search->least_us &&
       time_us < g_array_index(packets, Known, search->best).time_us)) {
    search->least_us = off_us;
    search->best = number;
  }
}

/* Looks among the packets from number `first` on and before `end`, which are of one capture, with the same key,
 * and by time. */
static void search_run(HgPacketMatcher *matcher, Search *search, guint first, guint end,
                       gint64 expected_us) {
  const GArray *packets = matcher->known->packets;
  Known expected = g_array_index(packets, Known, first);
  expected.time_us = expected_us;
  const guint place = MIN(find_first(packets, first, &expected), end) + 1;
  const guint before = find_left(matcher, place - 1, BACK), after = find_left(matcher, place, ON);
  if (before > first)
    consider(search, packets, before - 1, expected_us);
  if (after <= end)
    consider(search, packets, after - 1, expected_us);
}

/* Looks among all packets with the key, capture by capture. */
static Search search_all(HgPacketMatcher *matcher, const HgPacket *packet,
                         const HgFingerprint *own) {
  const GArray *packets = matcher->known->packets;
  const Known any = {.key = own->key, .time_us = G_MININT64};
  Search search = {.least_us = G_MAXINT64};
  guint at = find_first(packets, 0, &any);
  while (at < packets->len && g_array_index(packets, Known, at).key == own->key) {
    const guint32 capture = g_array_index(packets, Known, at).capture;
    const Known from = {own->key, own->time_us - HG_KNOWN_SKEW_US, capture};
    const Known to = {own->key, own->time_us + HG_KNOWN_SKEW_US + 1, capture};
    const Known next = {own->key, G_MININT64, capture + 1};
    const guint first = find_first(packets, at, &from), end = find_first(packets, first, &to);
    search.alike += end - first;
    if (first < end && (is_numbered(packet) || is_within(matcher, capture, own->time_us)))
      search_run(matcher, &search, first, end, own->time_us + matcher->clocks[capture].ahead_us);
    at = find_first(packets, end, &next);
  }
  return search;
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
  const Search found = search_all(matcher, packet, &own);
  if (found.least_us > HG_KNOWN_JITTER_US &&
      (found.least_us == G_MAXINT64 || found.alike != 1 || !is_numbered(packet)))
    return FALSE;
  const Known *one = &g_array_index(known->packets, Known, found.best);
  for (Way way = BACK; way <= ON; way++)
    matcher->taken[way][found.best + 1] = 1;
  matcher->count++;
  learn(&matcher->clocks[one->capture], one->time_us - own.time_us);
  return TRUE;
}

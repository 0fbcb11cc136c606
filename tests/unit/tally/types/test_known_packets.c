/* test_known_packets.c - which packets of a capture another one has
 *
 * A link's packets are made up; each sensor captures some of them, by its own clock. What both captured is
 * known, so how many packets there are without counting one twice is known, too.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/fingerprints.h"
#include "tally/types/known_packets.h"

#define MS G_GINT64_CONSTANT(1000000)
#define SECOND (1000 * MS)

typedef struct {
  gint64 time_ns;
  guint64 key;
  guint16 identification;
} Sent;

static HgPacket packet_of(const Sent *sent, gint64 clock_ns) {
  HgPacket packet = {.time_ns = sent->time_ns + clock_ns};
  packet.key.packet = sent->key << 20 | 1;
  packet.key.identification = sent->identification;
  return packet;
}

/* How a sensor captures: from when to when, with its clock ahead, and losing one packet in `loses`. */
typedef struct {
  gint64 from_ns, to_ns, ahead_ns;
  guint loses;
} Sensor;

static gboolean captures(const Sensor *sensor, const Sent *sent, guint number) {
  return sent->time_ns >= sensor->from_ns && sent->time_ns <= sensor->to_ns &&
         (sensor->loses == 0 || (number * 2654435761u >> 16) % sensor->loses != 0);
}

static void add_capture(HgKnownPackets *known, GArray *fingerprints) {
  HgCapture capture = {.fingerprints = hg_fingerprints_pack(fingerprints)};
  capture.traffic.packets = fingerprints->len;
  capture.traffic.first_ns = G_MAXINT64;
  capture.traffic.last_ns = G_MININT64;
  for (guint i = 0; i < fingerprints->len; i++) {
    const gint64 ns = g_array_index(fingerprints, HgFingerprint, i).time_us * 1000;
    capture.traffic.first_ns = MIN(capture.traffic.first_ns, ns);
    capture.traffic.last_ns = MAX(capture.traffic.last_ns, ns);
  }
  g_assert_true(hg_known_packets_add(known, &capture));
  g_bytes_unref(capture.fingerprints);
}

/* Adds the sensors' captures one after the other: how many packets count. */
static guint add_all(const GArray *link, const Sensor *const *sensors, guint count) {
  GPtrArray *stored = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
  guint packets = 0;
  for (guint i = 0; i < count; i++) {
    HgKnownPackets *known = hg_known_packets_new("x.sqlite");
    for (guint k = 0; k < stored->len; k++)
      add_capture(known, stored->pdata[k]);
    hg_known_packets_complete(known, NULL);
    HgPacketMatcher *matcher = hg_packet_matcher_new(known);
    GArray *rest = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
    guint taken = 0;
    for (guint p = 0; p < link->len; p++) {
      const Sent *sent = &g_array_index(link, Sent, p);
      if (!captures(sensors[i], sent, p))
        continue;
      const HgPacket packet = packet_of(sent, sensors[i]->ahead_ns);
      HgFingerprint one;
      if (hg_packet_matcher_take(matcher, &packet)) {
        taken++;
      } else {
        hg_fingerprint_init(&one, packet.key.packet, packet.time_ns);
        g_array_append_val(rest, one);
      }
    }
    g_assert_cmpuint(hg_packet_matcher_count(matcher), ==, taken);
    packets += rest->len;
    g_ptr_array_add(stored, rest);
    hg_packet_matcher_free(matcher);
    hg_known_packets_free(known);
  }
  g_ptr_array_unref(stored);
  return packets;
}

static guint count_captured(const GArray *link, const Sensor *const *sensors, guint count) {
  guint packets = 0;
  for (guint p = 0; p < link->len; p++) {
    gboolean any = FALSE;
    for (guint i = 0; i < count; i++)
      any |= captures(sensors[i], &g_array_index(link, Sent, p), p);
    packets += any;
  }
  return packets;
}

/* Numbered packets with keys of their own, and among them some that repeat themselves every `period`. */
static GArray *make_link(guint seconds, gint64 period_ns) {
  GArray *link = g_array_new(FALSE, FALSE, sizeof(Sent));
  const gint64 end = seconds * SECOND;
  gint64 next_repeat = period_ns;
  guint number = 0;
  for (gint64 time = 0; time < end; time += 37 * MS) {
    const Sent one = {time, 1000 + number, (guint16)(number % 65535 + 1)};
    g_array_append_val(link, one);
    number++;
    for (; period_ns > 0 && next_repeat <= time; next_repeat += period_ns) {
      const Sent again = {next_repeat, 7, 0};
      g_array_append_val(link, again);
    }
  }
  return link;
}

/* In each order of the captures the same, whatever their clocks say. */
static void assert_counts(const GArray *link, const Sensor *sensors, guint count) {
  static const guint orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
    const Sensor *order[3];
    guint used = 0;
    for (guint k = 0; k < 3; k++)
      if (orders[i][k] < count)
        order[used++] = &sensors[orders[i][k]];
    g_assert_cmpuint(add_all(link, order, count), ==, count_captured(link, order, count));
  }
}

static void test_overlap(void) {
  static const gint64 skews[] = {0, 3 * MS, -40 * MS, 400 * MS, -900 * MS};
  static const gint64 periods[] = {0, 1500 * MS, 500 * MS, 250 * MS};
  for (guint i = 0; i < G_N_ELEMENTS(periods); i++) {
    GArray *link = make_link(60, periods[i]);
    for (guint k = 0; k < G_N_ELEMENTS(skews); k++) {
      const gboolean large = ABS(skews[k]) > 100 * MS;
      const Sensor sensors[] = {{0, 40 * SECOND, 0, 0},
                                {20 * SECOND + 1, 60 * SECOND, skews[k], 0},
                                {10 * SECOND, 50 * SECOND, -skews[k] / 3, 0}};
      if (large && periods[i] > 0 && periods[i] < 1000 * MS)
        continue; /* what repeats itself faster than clocks differ cannot be told */
      assert_counts(link, sensors, 2);
      if (!large)
        assert_counts(link, sensors, 3);
    }
    g_array_unref(link);
  }
}

/* Sensors lose packets, each others. */
static void test_losses(void) {
  GArray *link = make_link(60, 0);
  const Sensor sensors[] = {
      {0, 60 * SECOND, 0, 7}, {0, 60 * SECOND, 5 * MS, 11}, {5 * SECOND, 55 * SECOND, -5 * MS, 3}};
  assert_counts(link, sensors, 2);
  assert_counts(link, sensors, 3);
  g_array_unref(link);
}

/* A flood of packets that are all alike: each stands for one, and is found without looking at all others. */
static void test_flood(void) {
  GArray *link = g_array_new(FALSE, FALSE, sizeof(Sent));
  for (guint i = 0; i < 150000; i++) {
    const Sent one = {i * G_GINT64_CONSTANT(10000), 7, 0};
    g_array_append_val(link, one);
  }
  const Sensor sensors[] = {
      {0, SECOND, 0, 0}, {SECOND / 2, 3 * SECOND / 2, 0, 0}, {SECOND / 4, 5 * SECOND / 4, 0, 0}};
  assert_counts(link, sensors, 3);
  g_array_unref(link);
}

/* The same capture again has nothing new; another link's packets are all new. */
static void test_all_and_nothing(void) {
  GArray *link = make_link(20, 300 * MS);
  const Sensor sensors[] = {{0, 20 * SECOND, 0, 0}, {0, 20 * SECOND, 0, 0}};
  assert_counts(link, sensors, 2);
  HgKnownPackets *none = hg_known_packets_new("x.sqlite");
  hg_known_packets_complete(none, NULL);
  HgPacketMatcher *matcher = hg_packet_matcher_new(none);
  const HgPacket packet = packet_of(&g_array_index(link, Sent, 0), 0);
  const HgPacket keyless = {.time_ns = 5}, timeless = {.time_ns = HG_TIME_NONE};
  g_assert_false(hg_packet_matcher_take(matcher, &packet));
  g_assert_false(hg_packet_matcher_take(matcher, &keyless));
  g_assert_false(hg_packet_matcher_take(matcher, &timeless));
  hg_packet_matcher_free(matcher);
  hg_known_packets_free(none);
  g_array_unref(link);
}

/* A packet of the store stands for one packet, and none further off than clocks may differ. */
static void test_once(void) {
  static const Sent sent[] = {{10 * SECOND, 1, 9}, {20 * SECOND, 2, 0}, {20 * SECOND + MS, 2, 0}};
  static const struct {
    Sent packet;
    gboolean there;
  } asked[] = {
      {{8 * SECOND, 1, 9}, FALSE},           {{10 * SECOND + 900 * MS, 1, 9}, TRUE},
      {{10 * SECOND, 1, 9}, FALSE},          {{20 * SECOND + 2 * SECOND, 2, 0}, FALSE},
      {{20 * SECOND + 1, 2, 0}, TRUE},       {{20 * SECOND + MS, 2, 0}, TRUE},
      {{20 * SECOND + 2 * MS, 2, 0}, FALSE},
  };
  GArray *fingerprints = g_array_new(FALSE, FALSE, sizeof(HgFingerprint));
  for (guint i = 0; i < G_N_ELEMENTS(sent); i++) {
    const HgPacket packet = packet_of(&sent[i], 0);
    HgFingerprint one;
    hg_fingerprint_init(&one, packet.key.packet, packet.time_ns);
    g_array_append_val(fingerprints, one);
  }
  HgKnownPackets *known = hg_known_packets_new("x.sqlite");
  add_capture(known, fingerprints);
  hg_known_packets_complete(known, NULL);
  HgPacketMatcher *matcher = hg_packet_matcher_new(known);
  for (guint i = 0; i < G_N_ELEMENTS(asked); i++) {
    const HgPacket packet = packet_of(&asked[i].packet, 0);
    g_assert_cmpint(hg_packet_matcher_take(matcher, &packet), ==, asked[i].there);
    if (i == 1) { /* forget the large skew */
      hg_packet_matcher_free(matcher);
      matcher = hg_packet_matcher_new(known);
      const HgPacket first = packet_of(&asked[2].packet, 0);
      g_assert_true(hg_packet_matcher_take(matcher, &first));
    }
  }
  g_assert_cmpuint(hg_packet_matcher_count(matcher), ==, 3);
  g_assert_cmpstr(hg_known_packets_of(known), ==, "x.sqlite");
  g_assert_cmpuint(hg_known_packets_captures(known)->len, ==, 1);
  hg_packet_matcher_free(matcher);
  hg_known_packets_free(known);
  g_array_unref(fingerprints);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/known-packets/overlap", test_overlap);
  g_test_add_func("/known-packets/losses", test_losses);
  g_test_add_func("/known-packets/flood", test_flood);
  g_test_add_func("/known-packets/all-and-nothing", test_all_and_nothing);
  g_test_add_func("/known-packets/once", test_once);
  return g_test_run();
}

/* test_copy_detector.c - copies are told from what was sent twice
 *
 * What is right comes from what senders do: Linux retransmits after 200 ms or more and gives each packet
 * another identification (RFC 6864), receivers repeat ACKs at once (RFC 5681), tools flood.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/copies/copy_detector.h"
#include "tally/types/packet_time.h"

#include <string.h>

#define US G_GINT64_CONSTANT(1000)
#define MS (1000 * US)
#define START (G_GINT64_CONSTANT(1767607200) * 1000 * MS)

enum { CLIENT = 0x0a000005, OTHER = 0x0a000006, SERVER = 0xc6336407, PUBLIC = 0xc000024d };

/* A packet, as far as the detector looks at it. Equal fields give equal keys. */
typedef struct {
  guint32 frame;
  gint64 time_ns;
  guint32 source, destination;
  guint16 source_port, destination_port;
  guint16 identification;
  guint8 hops;
  guint8 mac; /* last byte of the source MAC */
  HgTransport transport;
  guint8 flags;
  guint32 sequence, acknowledged, payload;
  guint16 content; /* stands for the rest */
} Sent;

static guint64 mix(guint64 hash, guint64 word) {
  hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static gboolean give(HgCopyDetector *detector, const Sent *sent) {
  HgPacket packet = {.frame = sent->frame,
                     .time_ns = sent->time_ns,
                     .transport = (guint8)sent->transport,
                     .tcp_flags = sent->flags,
                     .tcp_sequence = sent->sequence,
                     .tcp_acknowledged = sent->acknowledged,
                     .payload_length = sent->payload,
                     .link_source = {TRUE, {2, 0, 0, 0, 0, sent->mac}},
                     .link_destination = {TRUE, {2, 0, 0, 0, 1, 0}}};
  const guint8 bytes[4] = {(guint8)(sent->destination >> 24), (guint8)(sent->destination >> 16),
                           (guint8)(sent->destination >> 8), (guint8)sent->destination};
  packet.destination = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = sizeof bytes, .data = bytes};
  HgContentKey *key = &packet.key;
  key->address[0] = sent->source;
  key->address[1] = sent->destination;
  key->port[0] = sent->source_port;
  key->port[1] = sent->destination_port;
  key->identification = sent->identification;
  key->hops = sent->hops;
  key->content =
      mix(mix(mix(mix(1, sent->identification), sent->flags), sent->payload), sent->content);
  key->packet = mix(mix(key->content, (guint64)sent->source << 32 | sent->destination),
                    (guint64)sent->source_port << 16 | sent->destination_port);
  key->packet = mix(key->packet, (guint64)sent->sequence << 32 | sent->acknowledged);
  return hg_copy_detector_packet(detector, &packet);
}

/* How many of so many packets, the nth of which `made` makes, are copies. */
static guint copies_of(guint count, void (*made)(Sent *sent, guint n)) {
  HgCopyDetector *detector = hg_copy_detector_new();
  guint copies = 0;
  for (guint n = 0; n < count; n++) {
    Sent sent = {.frame = n + 1,
                 .source = CLIENT,
                 .destination = SERVER,
                 .source_port = 50000,
                 .destination_port = 53,
                 .hops = 64,
                 .mac = 5,
                 .transport = HG_TRANSPORT_UDP,
                 .payload = 40};
    made(&sent, n);
    copies += give(detector, &sent);
  }
  hg_copy_detector_free(detector);
  return copies;
}

/* --- the same bytes --- */

static void mirrored(Sent *sent, guint n) {
  sent->content = (guint16)(n / 2);
  sent->time_ns = START + n / 2 * 20 * MS + n % 2 * 5 * US;
}

static void mirrored_late(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->identification = (guint16)(100 + n / 2);
  sent->time_ns = START + n / 2 * 100 * MS + n % 2 * 45 * MS;
}

static void routed(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->time_ns = START + n / 2 * 20 * MS + n % 2 * 9 * MS;
  sent->hops = (guint8)(64 - n % 2);
}

static void moved_mac(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->time_ns = START + n / 2 * 20 * MS + n % 2 * 9 * MS;
  sent->mac = (guint8)(5 + n % 2);
}

static void looping(Sent *sent, guint n) {
  sent->time_ns = START + n * MS;
  sent->hops = (guint8)(64 - n);
}

static void test_copies(void) {
  g_assert_cmpuint(copies_of(40, mirrored), ==, 20);
  g_assert_cmpuint(copies_of(40, routed), ==, 20);
  g_assert_cmpuint(copies_of(40, moved_mac), ==, 20);
  g_assert_cmpuint(copies_of(60, looping), ==, 59);
  /* The first has no other packet that shows that identifications differ. */
  g_assert_cmpuint(copies_of(40, mirrored_late), >=, 19);
}

/* --- what was sent twice --- */

static void retransmitted(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->time_ns = START + n / 2 * 1000 * MS + n % 2 * 200 * MS;
}

static void fast_retransmitted(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->transport = HG_TRANSPORT_TCP;
  sent->time_ns = START + n / 20 * 1000 * MS + n % 20 / 2 * 10 * US + n % 2 * 5 * MS;
  sent->sequence = n % 2 == 0 || n % 20 == 1 ? n / 2 : 1000 + n; /* one of ten */
}

static void numbered_retransmission(Sent *sent, guint n) {
  mirrored(sent, n);
  sent->identification = (guint16)(n + 1);
}

/* RFC 5681: at once for each segment that is out of order. */
static void duplicate_acks(Sent *sent, guint n) {
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = HG_TCP_ACK;
  sent->payload = 0;
  sent->acknowledged = 1 + n / 4;
  sent->sequence = 1000;
  sent->time_ns = START + n / 4 * 10 * MS + n % 4 * 3 * US;
}

static void keep_alives(Sent *sent, guint n) {
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = HG_TCP_ACK;
  sent->payload = 1;
  sent->sequence = 1000;
  sent->time_ns = START + n * 1000 * MS;
}

static void test_repetitions(void) {
  g_assert_cmpuint(copies_of(40, retransmitted), ==, 0);
  g_assert_cmpuint(copies_of(40, fast_retransmitted), ==, 0);
  g_assert_cmpuint(copies_of(40, numbered_retransmission), ==, 0);
  g_assert_cmpuint(copies_of(40, duplicate_acks), ==, 0);
  g_assert_cmpuint(copies_of(40, keep_alives), ==, 0);
}

static void flood(Sent *sent, guint n) {
  sent->time_ns = START + n * 10 * US;
}

static void flood_with_ident(Sent *sent, guint n) {
  flood(sent, n);
  sent->identification = 54321;
}

static void flood_of_syns(Sent *sent, guint n) {
  flood_with_ident(sent, n);
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = HG_TCP_SYN;
  sent->payload = 0;
  sent->sequence = n * 2654435761u;
}

static void flood_after_talk(Sent *sent, guint n) {
  if (n < 20)
    sent->content = (guint16)n;
  sent->time_ns = START + n * 10 * US;
}

static void test_floods(void) {
  g_assert_cmpuint(copies_of(10000, flood), <, HG_COPY_MOST);
  g_assert_cmpuint(copies_of(10000, flood_with_ident), <, HG_COPY_MOST);
  g_assert_cmpuint(copies_of(10000, flood_of_syns), <, 3 * HG_COPY_MOST);
  g_assert_cmpuint(copies_of(10000, flood_after_talk), <, HG_COPY_MOST);
}

/* In a capture where each packet comes twice, two duplicate ACKs are four packets, two of which are copies. */
static void mirrored_acks(Sent *sent, guint n) {
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = HG_TCP_ACK;
  sent->payload = n < 8 ? 10 : 0;
  sent->acknowledged = n < 8 ? 1 : 2 + n / 4;
  sent->sequence = n < 8 ? 1000 + n / 2 : 2000;
  sent->time_ns = START + n / 2 * 100 * US + n % 2 * 3 * US;
}

static void test_mirrored_acks(void) {
  g_assert_cmpuint(copies_of(88, mirrored_acks), ==, 44);
}

/* --- addresses and numbers that change on the way --- */

/* A connection: four packets each way, captured inside and outside of a translator. In a second connection
 * all is the same but the ports. */
static void translated(Sent *sent, guint n) {
  const guint exchange = n / 4, step = n % 4;
  const gboolean answer = step >= 2, outside = step == 1 || step == 2;
  const guint16 port = (guint16)(50000 + exchange / 4), public_port = (guint16)(port + 7);
  const guint32 client = outside ? PUBLIC : CLIENT;
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = exchange % 4 == 0 ? HG_TCP_SYN | (answer ? HG_TCP_ACK : 0) : HG_TCP_ACK;
  sent->payload = exchange % 4 == 0 ? 0 : 500;
  sent->source = answer ? SERVER : client;
  sent->destination = answer ? client : SERVER;
  sent->source_port = answer ? 443 : outside ? public_port : port;
  sent->destination_port = !answer ? 443 : outside ? public_port : port;
  sent->hops = (guint8)((answer ? 50 : 64) - (answer != outside ? 1 : 0));
  sent->mac = (guint8)(answer ? outside ? 9 : 8 : outside ? 7 : 5);
  sent->sequence = (answer ? 0x70000000 : 0x30000000) + exchange % 4 * 500;
  sent->acknowledged = answer              ? 0x30000001 + exchange % 4 * 500
                       : exchange % 4 == 0 ? 0
                                           : 0x70000001 + exchange % 4 * 500;
  sent->content = (guint16)answer;
  sent->time_ns = START + exchange * 30 * MS + (answer ? 10 * MS : 0) + step % 2 * 100 * US;
}

static void test_translation(void) {
  g_assert_cmpuint(copies_of(32, translated), ==, 16);
}

/* The answers on the outside come first, and yet the inside is what counts: else there would be an answer
 * without a question. */
static void test_translation_counts_one_side(void) {
  HgCopyDetector *detector = hg_copy_detector_new();
  for (guint n = 0; n < 16; n++) {
    Sent sent = {0};
    translated(&sent, n);
    g_assert_cmpint(give(detector, &sent), ==, n % 4 == 1 || n % 4 == 2);
  }
  hg_copy_detector_free(detector);
}

/* Two clients of a tool that makes all packets alike, each with the MAC of its own. */
static void alike(Sent *sent, guint n) {
  sent->transport = HG_TRANSPORT_TCP;
  sent->source = n % 2 ? OTHER : CLIENT;
  sent->mac = (guint8)(5 + n % 2);
  sent->identification = 1;
  sent->sequence = 1 + n / 2;
  sent->payload = 100;
  sent->time_ns = START + n * MS;
}

static void test_alike(void) {
  g_assert_cmpuint(copies_of(100, alike), ==, 0);
}

/* The firewall adds to the numbers of the client; all segments have the same payload, and no identification. */
static void renumbered(Sent *sent, guint n) {
  const guint32 offset = n % 2 ? 0x12345678 : 0;
  sent->transport = HG_TRANSPORT_TCP;
  sent->flags = HG_TCP_ACK;
  sent->payload = 1000;
  sent->sequence = 5000 + n / 2 * 1000 + offset;
  sent->acknowledged = 77;
  sent->time_ns = START + n / 2 * MS + n % 2 * 100 * US;
}

static void test_renumbering(void) {
  g_assert_cmpuint(copies_of(2000, renumbered), ==, 1000);
}

/* --- what files may say --- */

static void at_the_ends_of_time(Sent *sent, guint n) {
  sent->time_ns = n % 2 ? HG_TIME_MAX : HG_TIME_MIN;
}

/* Without times a copy stands next to its packet; the same is sent again later. */
static void without_times(Sent *sent, guint n) {
  sent->content = (guint16)(n / 2 % 10);
  sent->time_ns = HG_TIME_NONE;
}

static void at_0(Sent *sent, guint n) {
  sent->content = (guint16)(n % 10);
  sent->time_ns = 0;
}

static void test_times(void) {
  g_assert_cmpuint(copies_of(2, at_the_ends_of_time), ==, 0);
  g_assert_cmpuint(copies_of(40, without_times), ==, 20);
  g_assert_cmpuint(copies_of(40, at_0), ==, 0);
}

static void test_without_key(void) {
  HgCopyDetector *detector = hg_copy_detector_new();
  const HgPacket packet = {.frame = 1};
  for (int i = 0; i < 4; i++)
    g_assert_false(hg_copy_detector_packet(detector, &packet));
  hg_copy_detector_free(detector);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/copy_detector/copies", test_copies);
  g_test_add_func("/copy_detector/repetitions", test_repetitions);
  g_test_add_func("/copy_detector/floods", test_floods);
  g_test_add_func("/copy_detector/mirrored_acks", test_mirrored_acks);
  g_test_add_func("/copy_detector/translation", test_translation);
  g_test_add_func("/copy_detector/translation_counts_one_side", test_translation_counts_one_side);
  g_test_add_func("/copy_detector/alike", test_alike);
  g_test_add_func("/copy_detector/renumbering", test_renumbering);
  g_test_add_func("/copy_detector/times", test_times);
  g_test_add_func("/copy_detector/without_key", test_without_key);
  return g_test_run();
}

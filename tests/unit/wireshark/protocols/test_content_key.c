/* test_content_key.c - what changes on a packet's way does not change its key, and all else does
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/content_key.h"

#include <string.h>

enum { IPV4 = 20, IPV6 = 40, TCP = 20, PAYLOAD = 40 };

/* A header of `protocol` and a payload behind an IPv4 header without options. */
static GByteArray *ipv4(guint8 protocol, const guint8 *transport, guint length) {
  const guint8 header[IPV4] = {0x45, 0,        0,    (guint8)(IPV4 + length),
                               0x12, 0x34,     0x40, 0,
                               64,   protocol, 0xaa, 0xbb,
                               10,   0,        0,    5,
                               198,  51,       100,  7};
  GByteArray *packet = g_byte_array_new();
  g_byte_array_append(packet, header, sizeof header);
  g_byte_array_append(packet, transport, length);
  return packet;
}

static GByteArray *ipv6(guint8 protocol, const guint8 *transport, guint length) {
  guint8 header[IPV6] = {0x60, 0, 0, 0, 0, (guint8)length, protocol, 64, 0x20, 1};
  header[23] = 5;
  header[24] = 0x20;
  header[39] = 7;
  GByteArray *packet = g_byte_array_new();
  g_byte_array_append(packet, header, sizeof header);
  g_byte_array_append(packet, transport, length);
  return packet;
}

static guint8 segment[TCP + PAYLOAD] = {0xc0, 0x00, 0x01, 0xbb, 1,    2,    3,    4,    5,
                                        6,    7,    8,    0x50, 0x18, 0x10, 0x00, 0xcc, 0xdd};
static guint8 datagram[8 + PAYLOAD] = {0xc0, 0x00, 0x00, 0x35, 0x00, 8 + PAYLOAD, 0xcc, 0xdd};
static guint8 echo[8 + PAYLOAD] = {8, 0, 0xcc, 0xdd, 0x12, 0x34, 0x00, 0x07};

/* Of a copy, so that a sanitizer sees what is read beyond it. */
static HgContentKey key_of(const guint8 *packet, gsize length) {
  guint8 *copy = g_memdup2(packet, length);
  HgContentKey key = {0};
  g_assert_true(hg_content_key_ip(copy, length, &key));
  g_assert_cmpuint(key.packet, !=, 0);
  g_assert_cmpuint(key.content, !=, 0);
  g_free(copy);
  return key;
}

/* What a change of one byte must do. */
enum { STAYS, CONTENT_STAYS, CHANGES };

static void check(const GByteArray *packet, guint at, int expected) {
  guint8 *changed = g_memdup2(packet->data, packet->len);
  changed[at] ^= 0x04;
  const HgContentKey before = key_of(packet->data, packet->len),
                     after = key_of(changed, packet->len);
  g_test_message("byte %u", at);
  g_assert_true((before.packet == after.packet) == (expected == STAYS));
  g_assert_true((before.content == after.content) == (expected != CHANGES));
  g_free(changed);
}

static void check_all(GByteArray *packet, guint from, const char *expected) {
  for (guint i = 0; expected[i] != '\0'; i++)
    check(packet, from + i,
          expected[i] == '.'   ? STAYS
          : expected[i] == 'c' ? CONTENT_STAYS
                               : CHANGES);
  g_byte_array_unref(packet);
}

/* RFC 791: version and length; type of service; total length; identification; flags and offset; time to
 * live; protocol; checksum; addresses. One letter a byte: "." stays, "c" of the key without what a translator
 * rewrites, "!" changes. DF is not among the bits that are flipped: it has a test of its own. */
static void test_ipv4(void) {
  check_all(ipv4(6, segment, sizeof segment), 1, ".");
  check_all(ipv4(6, segment, sizeof segment), 4, "!!!!.");
  check_all(ipv4(6, segment, sizeof segment), 10, "..cccccccc");
}

static void test_df(void) {
  GByteArray *packet = ipv4(17, datagram, sizeof datagram);
  const HgContentKey with = key_of(packet->data, packet->len);
  packet->data[6] = 0;
  g_assert_cmpuint(key_of(packet->data, packet->len).packet, ==, with.packet);
  g_byte_array_unref(packet);
}

static void test_transports(void) {
  check_all(ipv4(6, segment, sizeof segment), IPV4, "cccccccccccc");
  check_all(ipv4(6, segment, sizeof segment), IPV4 + 13, "!!!..!!!!!!!!!!!");
  check_all(ipv4(17, datagram, sizeof datagram), IPV4, "cccc....!!!!");
  check_all(ipv4(1, echo, sizeof echo), IPV4, "!!..cc!!!!!!");
  check_all(ipv6(6, segment, sizeof segment), 8, "cccccccccccccccccccccccccccccccccccccccccccc");
  check_all(ipv6(58, echo, sizeof echo), 7, ".");
  check_all(ipv6(58, echo, sizeof echo), IPV6, "!!..cc!!!!!!");
}

/* Options of TCP: a router that clamps the segment size rewrites one. */
static void test_options(void) {
  guint8 syn[TCP + 4] = {0xc0, 0x00, 0x01, 0xbb, 1, 2, 3, 4, 0, 0, 0, 0,
                         0x60, 0x02, 0x10, 0x00, 0, 0, 0, 0, 2, 4, 5, 0xb4};
  check_all(ipv4(6, syn, sizeof syn), IPV4 + TCP, "cccc");
}

/* A fragment's bytes are no transport header, also where they look like one. */
static void test_fragment(void) {
  GByteArray *packet = ipv4(6, segment, sizeof segment);
  packet->data[7] = 100;
  check_all(packet, IPV4, "!!!!!!!!!!!!!!!!!!!!!!");
}

static void test_fields(void) {
  GByteArray *packet = ipv4(6, segment, sizeof segment);
  HgContentKey key = key_of(packet->data, packet->len);
  g_assert_cmphex(key.address[0], ==, 0x0a000005);
  g_assert_cmphex(key.address[1], ==, 0xc6336407);
  g_assert_cmphex(key.identification, ==, 0x1234);
  g_assert_cmpuint(key.hops, ==, 64);
  g_assert_cmphex(key.port[0], ==, 0xc000);
  g_assert_cmphex(key.port[1], ==, 0x01bb);
  g_assert_cmphex(key.checksum, ==, 0xccdd);
  packet->data[7] = 1; /* a fragment */
  key = key_of(packet->data, packet->len);
  g_assert_cmphex(key.port[0], ==, 0);
  g_assert_cmphex(key.checksum, ==, 0);
  g_byte_array_unref(packet);

  packet = ipv4(1, echo, sizeof echo);
  key = key_of(packet->data, packet->len);
  g_assert_cmphex(key.port[0], ==, 0x1234);
  g_assert_cmphex(key.port[1], ==, 0);
  packet->data[IPV4] = 0; /* a reply */
  key = key_of(packet->data, packet->len);
  g_assert_cmphex(key.port[0], ==, 0);
  g_assert_cmphex(key.port[1], ==, 0x1234);
  g_byte_array_unref(packet);
}

/* Short frames are padded to 60 bytes, which is none of the packet's. */
static void test_padding(void) {
  GByteArray *packet = ipv4(6, segment, TCP);
  const HgContentKey bare = key_of(packet->data, packet->len);
  g_byte_array_append(packet, (const guint8 *)"padding", 6);
  g_assert_cmpuint(key_of(packet->data, packet->len).packet, ==, bare.packet);
  g_byte_array_unref(packet);
}

/* Each length that a frame can be cut to. */
static void test_cut(void) {
  GByteArray *all[] = {ipv4(6, segment, sizeof segment), ipv6(17, datagram, sizeof datagram)};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
    for (guint length = 0; length < all[i]->len; length++) {
      guint8 *copy = g_memdup2(all[i]->data, MAX(length, 1));
      HgContentKey key = {.packet = 1};
      if (!hg_content_key_ip(copy, length, &key))
        g_assert_cmpuint(key.packet, ==, 1);
      g_assert_true((key.packet == 1) == (length < (i == 0 ? IPV4 : IPV6)));
      g_free(copy);
    }
    g_byte_array_unref(all[i]);
  }
}

static void test_not_ip(void) {
  GByteArray *packet = ipv4(6, segment, sizeof segment);
  HgContentKey key;
  packet->data[0] = 0x44; /* four words: too short for a header */
  g_assert_false(hg_content_key_ip(packet->data, packet->len, &key));
  packet->data[0] = 0x55;
  g_assert_false(hg_content_key_ip(packet->data, packet->len, &key));
  g_byte_array_unref(packet);
}

/* --- Ethernet without IP --- */

static guint64 ethernet_key(const guint8 *frame, gsize length) {
  guint8 *copy = g_memdup2(frame, length);
  HgContentKey key = {0};
  hg_content_key_ethernet(copy, length, &key);
  g_free(copy);
  return key.packet;
}

static void test_ethernet(void) {
  guint8 arp[14 + 28] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0,
                         0,    1,    0x08, 0x06, 0,    1,    8, 0, 6, 4};
  guint8 tagged[18 + 28 + 4] = {0}; /* and padding */
  memcpy(tagged, arp, 12);
  memcpy(tagged + 12, "\x81\x00\x00\x0a", 4);
  memcpy(tagged + 16, arp + 12, sizeof arp - 12);
  tagged[sizeof tagged - 1] = 7;
  const guint64 key = ethernet_key(arp, sizeof arp);
  g_assert_cmpuint(key, !=, 0);
  g_assert_cmpuint(ethernet_key(tagged, sizeof tagged), ==, key);
  for (guint at = 0; at < sizeof arp; at++) {
    arp[at] ^= 0x40;
    g_assert_cmpuint(ethernet_key(arp, sizeof arp), !=, key);
    arp[at] ^= 0x40;
  }
  for (gsize length = 1; length <= 14; length++)
    g_assert_cmpuint(ethernet_key(arp, length), ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  for (guint i = 0; i < PAYLOAD; i++)
    segment[TCP + i] = datagram[8 + i] = echo[8 + i] = (guint8)(i * 7 + 1);
  g_test_add_func("/content_key/ipv4", test_ipv4);
  g_test_add_func("/content_key/df", test_df);
  g_test_add_func("/content_key/transports", test_transports);
  g_test_add_func("/content_key/options", test_options);
  g_test_add_func("/content_key/fragment", test_fragment);
  g_test_add_func("/content_key/fields", test_fields);
  g_test_add_func("/content_key/padding", test_padding);
  g_test_add_func("/content_key/cut", test_cut);
  g_test_add_func("/content_key/not_ip", test_not_ip);
  g_test_add_func("/content_key/ethernet", test_ethernet);
  return g_test_run();
}

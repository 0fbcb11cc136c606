/* test_pseudonym.c - pseudonyms: prefixes and scopes are kept, nothing else is
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/pseudonym.h"

#include <string.h>

#include "script.h"
#include "tally/builder_private.h"
#include "tally/merge/pseudonym_tally.h"

static const guint8 key[] = "a key that the tests share", other_key[] = "a key that the tests have";

typedef struct {
  HgAddress address;
  HgAddressBuffer buffer;
} Held;

static Held map(const HgPseudonyms *pseudonyms, HgAddressKind kind, const guint8 *data,
                guint8 length) {
  Held held;
  const HgAddress from = {.kind = kind, .length = length, .data = data};
  hg_pseudonyms_address(pseudonyms, &from, &held.address, &held.buffer);
  g_assert_cmpint(held.address.kind, ==, kind);
  held.address.data = NULL; /* of a buffer that has moved */
  return held;
}

static guint common_bits(const guint8 *a, const guint8 *b, guint bits) {
  guint n = 0;
  while (n < bits && ((a[n / 8] ^ b[n / 8]) & (0x80 >> n % 8)) == 0)
    n++;
  return n;
}

/* Random, but often of one of the ranges with a scope of their own, or just beside. */
static void random_ip(guint8 *ip, guint length) {
  static const char *const edges[][2] = {
      {"10.0.0.0", "fe80::"},        {"11.0.0.0", "fec0::"},        {"172.16.0.0", "fc00::"},
      {"172.32.0.0", "fd00::"},      {"192.168.0.0", "ff02::"},     {"192.167.255.255", "ff0e::"},
      {"169.254.0.0", "2001:db8::"}, {"127.0.0.1", "::1"},          {"0.0.0.0", "::"},
      {"224.0.0.251", "::ffff:0:0"}, {"239.255.255.250", "fbff::"}, {"255.255.255.255", "::2"},
      {"100.64.0.0", "64:ff9b::"},   {"100.128.0.0", "fe00::"},     {"240.0.0.0", "::fffe:0:0"},
      {"128.0.0.0", "::ffff:a00:1"}, {"1.0.0.0", "::ffff:7f00:1"},  {"223.255.255.255", "4000::"},
  };
  const char *edge = edges[g_test_rand_int_range(0, G_N_ELEMENTS(edges))][length == 16];
  HgAddressBuffer buffer;
  HgAddress address;
  g_assert_true(hg_address_parse(edge, &address, &buffer));
  g_assert_cmpuint(address.length, ==, length);
  memcpy(ip, buffer.bytes, length);
  const guint from = (guint)g_test_rand_int_range(0, (gint)length * 8 + 1);
  for (guint bit = from; bit < length * 8; bit++)
    if (g_test_rand_bit())
      ip[bit / 8] ^= (guint8)(0x80 >> bit % 8);
}

/* Of random pairs that share a random number of bits, also across the borders of scopes. */
static void check_prefixes(HgAddressKind kind, guint8 length) {
  HgPseudonyms *pseudonyms = hg_pseudonyms_new(key, sizeof key);
  guint changed = 0;
  for (guint round = 0; round < 4000; round++) {
    guint8 a[16], b[16];
    random_ip(a, length);
    random_ip(b, length);
    if (g_test_rand_bit())
      memcpy(b, a, (gsize)g_test_rand_int_range(0, length + 1));
    const Held x = map(pseudonyms, kind, a, length), y = map(pseudonyms, kind, b, length);
    g_assert_cmpuint(common_bits(x.buffer.bytes, y.buffer.bytes, length * 8u), ==,
                     common_bits(a, b, length * 8u));
    const HgAddress before = {.kind = kind, .length = length, .data = a},
                    after = {.kind = kind, .length = length, .data = x.buffer.bytes};
    g_assert_cmpint(hg_address_scope(&after), ==, hg_address_scope(&before));
    changed += memcmp(a, x.buffer.bytes, length) != 0;
  }
  g_assert_cmpuint(changed, >, 3000);
  hg_pseudonyms_free(pseudonyms);
}

static void test_ipv4(void) {
  check_prefixes(HG_ADDRESS_IPV4, 4);
}

static void test_ipv6(void) {
  check_prefixes(HG_ADDRESS_IPV6, 16);
}

/* Every bit that may change does in about half of the keys. */
static void test_bits_change(void) {
  static const guint8 ip[] = {93, 184, 216, 34};
  guint flips[32] = {0};
  for (guint32 round = 0; round < 400; round++) {
    HgPseudonyms *pseudonyms = hg_pseudonyms_new((const guint8 *)&round, sizeof round);
    const Held held = map(pseudonyms, HG_ADDRESS_IPV4, ip, 4);
    for (guint bit = 0; bit < 32; bit++)
      flips[bit] += (held.buffer.bytes[bit / 8] ^ ip[bit / 8]) >> (7 - bit % 8) & 1;
    hg_pseudonyms_free(pseudonyms);
  }
  /* 93 begins with 010; 100.64/10 and 127/8, which stay in their places, begin with 011. */
  for (guint bit = 0; bit < 32; bit++) {
    g_assert_cmpuint(flips[bit], >=, bit < 3 ? 0 : 140);
    g_assert_cmpuint(flips[bit], <=, bit < 3 ? 0 : 260);
  }
}

static void assert_maps(const HgPseudonyms *pseudonyms, const char *from, const char *to) {
  char *text = hg_pseudonyms_address_text(pseudonyms, from);
  g_assert_cmpstr(text, ==, to);
  g_free(text);
}

static void test_constants(void) {
  static const char *const kept[] = {
      "0.0.0.0", "127.0.0.1", "255.255.255.255",   "::",
      "::1",     "",          "ff:ff:ff:ff:ff:ff", "00:00:00:00:00:00"};
  HgPseudonyms *pseudonyms = hg_pseudonyms_new(key, sizeof key);
  for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
    assert_maps(pseudonyms, kept[i], kept[i]);
  /* An IPv4 address within an IPv6 address is the same host. */
  char *alone = hg_pseudonyms_address_text(pseudonyms, "10.1.2.3");
  char *mapped = g_strconcat("::ffff:", alone, NULL);
  assert_maps(pseudonyms, "::ffff:10.1.2.3", mapped);
  g_free(mapped);
  g_free(alone);
  hg_pseudonyms_free(pseudonyms);
}

/* One to one, in the group and local bits that it had, and no vendor is left. */
static void test_mac(void) {
  HgPseudonyms *pseudonyms = hg_pseudonyms_new(key, sizeof key);
  GHashTable *seen =
      g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  const guint count = 20000;
  guint same_vendor = 0;
  for (guint i = 0; i < count; i++) {
    const guint8 mac[] = {(guint8)(i & 3), 0x1b, 0x21, 0, (guint8)(i >> 8), (guint8)i};
    const Held held = map(pseudonyms, HG_ADDRESS_MAC, mac, 6);
    g_assert_cmpint(held.buffer.bytes[0] & 3, ==, mac[0] & 3);
    same_vendor += memcmp(mac, held.buffer.bytes, 3) == 0;
    g_assert_true(g_hash_table_add(seen, g_bytes_new(held.buffer.bytes, 6)));
  }
  g_assert_cmpuint(same_vendor, <, 10);
  g_hash_table_unref(seen);
  hg_pseudonyms_free(pseudonyms);
}

static void test_texts(void) {
  HgPseudonyms *one = hg_pseudonyms_new(key, sizeof key);
  HgPseudonyms *same = hg_pseudonyms_new(key, sizeof key);
  HgPseudonyms *other = hg_pseudonyms_new(other_key, sizeof other_key);
  static const char *const texts[] = {"10.0.0.1", "2001:db8::1", "02:00:00:00:00:01",    "1.2.3",
                                      "host",     "\xff\x01\"<", "00000001.ffffffffffff"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    char *first = hg_pseudonyms_address_text(one, texts[i]);
    assert_maps(same, texts[i], first);
    char *second = hg_pseudonyms_address_text(other, texts[i]);
    g_assert_cmpstr(first, !=, second);
    g_assert_cmpstr(first, !=, texts[i]);
    g_free(first);
    g_free(second);
  }
  char *everybody = hg_pseudonyms_address_text(one, "00000001.ffffffffffff");
  g_assert_true(g_str_has_suffix(everybody, ".ffffffffffff"));
  char *node = hg_pseudonyms_address_text(one, "1.2.3");
  g_assert_true(g_regex_match_simple("^node-[0-9a-f]{16}$", node, 0, 0));
  char *host = hg_pseudonyms_name(one, "host", "web"),
       *user = hg_pseudonyms_name(one, "user", "web");
  g_assert_true(g_regex_match_simple("^host-[0-9a-f]{12}$", host, 0, 0));
  g_assert_cmpstr(host + 5, !=, user + 5); /* that a user is called like a host does not show */
  char *ip = hg_pseudonyms_name(one, "host", "10.0.0.1");
  assert_maps(one, "10.0.0.1", ip); /* a name that only repeats the address still does */
  g_free(ip);
  char *empty = hg_pseudonyms_name(one, "user", "");
  g_assert_cmpstr(empty, ==, "");
  g_free(empty);
  g_free(user);
  g_free(host);
  g_free(node);
  g_free(everybody);
  hg_pseudonyms_free(one);
  hg_pseudonyms_free(same);
  hg_pseudonyms_free(other);
}

static const char script[] = "100 10.0.0.1 10.0.0.2 DNS udp=5000:53 info=secret.example\n"
                             "101 10.0.0.2 10.0.0.1 DNS udp=53:5000 len=200\n"
                             "name 10.0.0.2 resolver dns\n"
                             "102 10.0.0.1 10.0.0.3 FTP tcp=6000:21:S smac=02:00:00:00:00:01\n"
                             "login 10.0.0.1 10.0.0.3 FTP alice\n"
                             "arp 02:00:00:00:00:01 10.0.0.1 10.0.0.3\n"
                             "observe dns-query 10.0.0.1 10.0.0.2 \"A secret.example\" 40\n"
                             "observe login-failure 10.0.0.1 - \"FTP password-g\talice\"\n"
                             "unreachable 10.0.0.2 10.0.0.3 udp 9 9\n"
                             "103 10.0.0.1 - STP\n";

static void test_tally(void) {
  HgPseudonyms *pseudonyms = hg_pseudonyms_new(key, sizeof key);
  HgTallyOptions whole;
  hg_tally_options_init(&whole);
  whole.full_info = TRUE; /* as of a store that was loaded */
  HgTally *tally = hg_script_tally_with(script, &whole),
          *copy = hg_pseudonyms_tally(pseudonyms, tally);
  g_assert_false(hg_tally_options(copy)->full_info); /* it has no Info text, see below */
  g_assert_cmpuint(hg_tally_host_count(copy), ==, 3);
  for (guint32 i = 0; i < 3; i++) {
    const HgHost *before = hg_tally_host(tally, i), *after = hg_tally_host(copy, i);
    assert_maps(pseudonyms, before->text, after->text);
    g_assert_cmpuint(after->sent.packets, ==, before->sent.packets);
    g_assert_cmpuint(after->received.bytes, ==, before->received.bytes);
    g_assert_cmpuint(after->peers, ==, before->peers);
    g_assert_cmpuint(hg_host_traffic(after).first_frame, ==, hg_host_traffic(before).first_frame);
  }
  g_assert_cmpuint(hg_tally_connection_count(copy), ==, hg_tally_connection_count(tally));
  g_assert_cmpuint(hg_contact_log_count(hg_tally_contacts(copy)), ==, 3);
  g_assert_cmpint(hg_tally_start(copy), ==, hg_tally_start(tally));
  for (guint32 i = 0; i < hg_tally_conversation_protocol_count(copy); i++)
    for (guint side = 0; side < 2; side++)
      g_assert_null(hg_tally_conversation_protocol(copy, i)->info[side]);
  const HgLogin *login = hg_names_and_logins_login(hg_tally_names_and_logins(copy), 0);
  g_assert_true(g_str_has_prefix(login->user, "user-"));
  g_assert_cmpstr(login->protocol, ==, "FTP");
  g_assert_true(hg_address_equal(&login->client, &hg_tally_host(copy, 0)->address));
  const HgName *name = hg_names_and_logins_name(hg_tally_names_and_logins(copy), 0);
  g_assert_true(g_str_has_prefix(name->name, "host-"));
  g_assert_true(hg_address_equal(&name->address, &hg_tally_host(copy, 1)->address));
  const HgObservation *query = hg_observation_table_get(hg_tally_observations(copy), 1);
  g_assert_true(g_str_has_prefix(query->subject, "name-"));
  g_assert_true(hg_address_equal(&query->peer, &hg_tally_host(copy, 1)->address));
  g_assert_cmpuint(query->traffic.bytes, ==, 40);
  const HgObservation *failure = hg_observation_table_get(hg_tally_observations(copy), 2);
  char *subject = g_strdup_printf("FTP password-g\t%s", login->user);
  g_assert_cmpstr(failure->subject, ==, subject);
  g_free(subject);
  g_assert_cmpint(failure->peer.kind, ==, HG_ADDRESS_NONE);
  const HgPendingIcmpError *error =
      &g_array_index(hg_tally_pending_icmp_errors(copy), HgPendingIcmpError, 0);
  g_assert_true(hg_address_equal(&error->source, &hg_tally_host(copy, 1)->address));
  g_assert_cmpuint(hg_binding_table_count(hg_tally_bindings(copy)), ==, 2);
  const HgBinding *binding = hg_binding_table_get(hg_tally_bindings(copy), 0);
  g_assert_cmpint(binding->mac[0] & 3, ==, 2);
  g_assert_true(hg_address_equal(&binding->address, &hg_tally_host(copy, 0)->address));
  hg_tally_free(copy);
  hg_tally_free(tally);
  hg_pseudonyms_free(pseudonyms);
}

static void test_captures(void) {
  HgPseudonyms *pseudonyms = hg_pseudonyms_new(key, sizeof key);
  HgTallyBuilder *builder = hg_script_builder(script, NULL);
  GArray *captures = hg_tally_captures(hg_tally_finish(builder));
  HgCapture *capture = &g_array_index(captures, HgCapture, 0);
  capture->name = g_strdup("lan.pcap");
  capture->filter = g_strdup("ip.addr == 10.0.0.1");
  capture->unmarked = 0;
  capture->fingerprints = g_bytes_new_static("\x80", 1); /* cut short */
  hg_builder_set_captures(builder, captures);
  HgTally *copy = hg_pseudonyms_tally(pseudonyms, hg_tally_finish(builder));
  GArray *shown = hg_tally_captures(copy);
  g_assert_cmpuint(shown->len, ==, 1);
  g_assert_true(g_str_has_prefix(g_array_index(shown, HgCapture, 0).name, "capture-"));
  g_assert_cmpstr(g_array_index(shown, HgCapture, 0).filter, ==, HG_PSEUDONYMS_FILTER);
  g_assert_null(g_array_index(shown, HgCapture, 0).fingerprints);
  g_assert_cmpuint(g_array_index(shown, HgCapture, 0).unmarked, ==,
                   g_array_index(shown, HgCapture, 0).traffic.packets);
  g_array_unref(shown);
  hg_tally_free(copy);
  hg_tally_builder_free(builder);
  hg_pseudonyms_free(pseudonyms);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pseudonym/prefixes/ipv4", test_ipv4);
  g_test_add_func("/pseudonym/prefixes/ipv6", test_ipv6);
  g_test_add_func("/pseudonym/bits-change", test_bits_change);
  g_test_add_func("/pseudonym/constants", test_constants);
  g_test_add_func("/pseudonym/mac", test_mac);
  g_test_add_func("/pseudonym/texts", test_texts);
  g_test_add_func("/pseudonym/tally", test_tally);
  g_test_add_func("/pseudonym/captures", test_captures);
  return g_test_run();
}

/* test_tell_apart.c - one address in several segments: two machines, or one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/fold.h"
#include "tally/merge/merge.h"
#include "tally_text.h"

#include <string.h>

#define PACKETS 300
#define ROUNDS 60

static char *hosts_of(const HgTally *tally) {
  GPtrArray *texts = g_ptr_array_new();
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++)
    g_ptr_array_add(texts, hg_tally_host(tally, i)->text);
  g_ptr_array_add(texts, NULL);
  char *text = g_strjoinv(" ", (char **)texts->pdata);
  g_ptr_array_unref(texts);
  return text;
}

static void assert_hosts(const char *script, const char *expected) {
  HgTally *tally = hg_script_tally(script);
  g_autofree char *hosts = hosts_of(tally);
  g_assert_cmpstr(hosts, ==, expected);
  hg_tally_free(tally);
}

/* Two tenants with the same addresses, as ARP says. */
#define TENANT(vlan, mac, peer)                                                                    \
  "1 02:00:00:00:" mac ":05 ff:ff:ff:ff:ff:ff ARP net=\"VLAN " vlan "\"\n"                         \
  "arp 02:00:00:00:" mac ":05 10.0.0.5 10.0.0.1\n"                                                 \
  "1.1 10.0.0.5 " peer " TCP tcp=40000:443:S seq=7 smac=02:00:00:00:" mac ":05 net=\"VLAN " vlan   \
  "\"\n"                                                                                           \
  "1.2 " peer " 10.0.0.5 TCP tcp=443:40000:SA smac=02:00:00:00:" mac ":01 net=\"VLAN " vlan "\"\n"
static const char tenants[] = TENANT("9", "0a", "192.0.2.10") TENANT("10", "14", "198.51.100.20");

static void test_claimed(void) {
  assert_hosts(tenants, "02:00:00:00:0a:05 ff:ff:ff:ff:ff:ff 10.0.0.5 (VLAN 9) 192.0.2.10 "
                        "02:00:00:00:14:05 10.0.0.5 (VLAN 10) 198.51.100.20");
  HgTally *tally = hg_script_tally(tenants);
  const HgHost *first = hg_tally_host(tally, 2), *second = hg_tally_host(tally, 5);
  g_assert_cmpstr(hg_tally_segment(tally, &first->address)->filter, ==, "vlan.id == 9");
  g_assert_cmpint(hg_address_compare(&first->address, &second->address), <, 0);
  g_assert_null(hg_tally_segment(tally, &hg_tally_host(tally, 3)->address));
  g_assert_cmpuint(first->sent.packets, ==, 1);
  g_assert_cmpuint(first->peers, ==, 1);
  char **macs = hg_binding_table_macs(hg_tally_bindings(tally), &second->address);
  g_assert_cmpuint(g_strv_length(macs), ==, 1);
  g_strfreev(macs);
  hg_tally_free(tally);
}

/* The same connection, at the same time, with the same numbers in both: ARP settles it. */
static void test_clones(void) {
  assert_hosts(TENANT("9", "0a", "10.0.0.1") TENANT("10", "14", "10.0.0.1"),
               "02:00:00:00:0a:05 ff:ff:ff:ff:ff:ff 10.0.0.5 (VLAN 9) 10.0.0.1 (VLAN 9) "
               "02:00:00:00:14:05 10.0.0.5 (VLAN 10) 10.0.0.1 (VLAN 10)");
}

#define SENDS(time, from, to, mac, vlan, ports)                                                    \
  time " " from " " to " TCP tcp=" ports ":S seq=" time " smac=02:00:00:00:00:" mac                \
       " net=\"VLAN " vlan "\"\n"

/* Without ARP: each sends with a MAC that has no other address. */
static void test_own_macs(void) {
  assert_hosts(SENDS("1", "10.0.0.5", "10.0.0.9", "01", "10", "40000:80")
                   SENDS("2", "10.0.0.5", "10.0.0.9", "02", "20", "40000:80"),
               "10.0.0.5 (VLAN 10) 10.0.0.9 10.0.0.5 (VLAN 20)");
  assert_hosts(SENDS("1", "fd00::5", "fd00::9", "01", "10", "40000:80")
                   SENDS("2", "fd00::5", "fd00::9", "02", "20", "40000:80"),
               "fd00::5 (VLAN 10) fd00::9 fd00::5 (VLAN 20)");
}

/* What comes from the Internet comes by a router. */
static void test_external(void) {
  assert_hosts(SENDS("1", "192.0.2.5", "10.0.0.9", "01", "10", "40000:80")
                   SENDS("2", "192.0.2.5", "10.0.0.9", "02", "20", "40000:80"),
               "192.0.2.5 10.0.0.9");
}

/* A router on a stick: the packet from VLAN 10 is in VLAN 20 again, and the answer the other way. */
static void test_routed(void) {
  /* one MAC in both VLANs */
  assert_hosts(SENDS("1", "10.0.10.5", "10.0.20.9", "01", "10", "40000:80")
                   SENDS("1", "10.0.10.5", "10.0.20.9", "0f", "20", "40000:80")
                       SENDS("2", "10.0.20.9", "10.0.10.5", "02", "20", "5000:80")
                           SENDS("2", "10.0.20.9", "10.0.10.5", "0f", "10", "5000:80"),
               "10.0.10.5 10.0.20.9");
  /* a MAC for each VLAN */
  assert_hosts(SENDS("1", "10.0.10.5", "10.0.20.9", "01", "10", "40000:80")
                   SENDS("1", "10.0.10.5", "10.0.20.9", "0e", "20", "40000:80")
                       SENDS("2", "10.0.20.9", "10.0.10.5", "02", "20", "5000:80")
                           SENDS("2", "10.0.20.9", "10.0.10.5", "0f", "10", "5000:80"),
               "10.0.10.5 10.0.20.9");
}

/* The same without sequence numbers, and with a packet of the server stored before the one that it answers. */
static void test_routed_datagrams(void) {
#define DATAGRAM(time, from, to, ports, mac, vlan)                                                 \
  time " " from " " to " DNS udp=" ports " smac=02:00:00:00:00:" mac " net=\"VLAN " vlan "\"\n"
  assert_hosts(DATAGRAM("1.000", "10.0.10.5", "10.0.20.9", "5000:53", "01", "10")
                   DATAGRAM("1.001", "10.0.20.9", "10.0.10.5", "53:5000", "02", "20")
                       DATAGRAM("1.002", "10.0.10.5", "10.0.20.9", "5000:53", "0e", "20")
                           DATAGRAM("1.003", "10.0.20.9", "10.0.10.5", "53:5000", "0f", "10"),
               "10.0.10.5 10.0.20.9");
}

/* A port that carries a VLAN tagged and another untagged shows one machine in both. */
static void test_trunk(void) {
  assert_hosts(
      SENDS("1", "10.0.0.5", "10.0.0.9", "01", "10",
            "40000:80") "1 10.0.0.5 10.0.0.9 TCP tcp=40000:80:S seq=1 smac=02:00:00:00:00:01\n",
      "10.0.0.5 10.0.0.9");
}

/* Each direction in a VLAN of its own: one conversation, one connection. */
static void test_asymmetric(void) {
  HgTally *tally = hg_script_tally(
      "1 10.0.0.5 10.0.0.9 TCP tcp=40000:80:S seq=7 smac=02:00:00:00:00:05 net=\"VLAN 10\"\n"
      "2 10.0.0.9 10.0.0.5 TCP tcp=80:40000:SA smac=02:00:00:00:00:09 net=\"VLAN 20\"\n");
  g_autofree char *hosts = hosts_of(tally);
  g_assert_cmpstr(hosts, ==, "10.0.0.5 10.0.0.9");
  g_assert_cmpuint(hg_tally_conversation_count(tally), ==, 1);
  hg_tally_free(tally);
}

/* No router passes link-local addresses on, so that many addresses behind the MAC do not matter. */
static void test_link_local(void) {
  assert_hosts(SENDS("1", "fe80::1", "fe80::5", "01", "10", "1:2")
                   SENDS("2", "fe80::1", "fe80::6", "02", "20", "1:2")
                       SENDS("3", "10.1.1.1", "10.0.0.6", "02", "20", "1:2")
                           SENDS("3", "10.1.1.2", "10.0.0.6", "02", "20", "1:2"),
               "fe80::1 (VLAN 10) fe80::5 fe80::1 (VLAN 20) fe80::6 10.1.1.1 10.0.0.6 10.1.1.2");
  assert_hosts(SENDS("1", "fe80::1", "fe80::5", "01", "10", "1:2")
                   SENDS("2", "fe80::1", "fe80::6", "01", "20", "1:2"),
               "fe80::1 fe80::5 fe80::6");
}

/* A router that answers ARP for several (RFC 1027). */
static void test_proxy_arp(void) {
  assert_hosts(SENDS("1", "10.0.0.5", "10.0.0.9", "01", "10",
                     "40000:80") "2 02:00:00:00:00:0f ff:ff:ff:ff:ff:ff ARP net=\"VLAN 20\"\n"
                                 "arp 02:00:00:00:00:0f 10.0.0.5 10.0.9.9 reply\n"
                                 "arp 02:00:00:00:00:0f 10.0.0.6 10.0.9.9 reply\n"
                                 "arp 02:00:00:00:00:0f 10.0.0.7 10.0.9.9 reply\n"
                                 "3 10.0.9.9 10.0.0.5 TCP net=\"VLAN 20\"\n",
               "10.0.0.5 10.0.0.9 02:00:00:00:00:0f ff:ff:ff:ff:ff:ff 10.0.9.9");
}

/* --- the whole from its parts --- */

static char *random_line(GRand *rand, double time, gboolean with_segments) {
  static const char *const segments[] = {"untagged", "VLAN 10", "VLAN 20", "VLAN 30"};
  const guint segment = (guint)g_rand_int_range(rand, 0, 4);
  const int a = g_rand_int_range(rand, 1, 5), b = g_rand_int_range(rand, 1, 5);
  const int port = 1000 + 10 * a + b + 100 * (int)segment;
  /* 10.0.0.1 is another machine in each segment, as is 10.0.0.2 in VLAN 30. */
  const guint machine = a == 1 || (a == 2 && segment == 3) ? segment : 9;
  g_autofree char *net = with_segments ? g_strdup_printf("net=\"%s\"", segments[segment])
                                       : g_strdup_printf("vlan=%u", 10 * segment);
  if (g_rand_int_range(rand, 0, 6) == 0)
    return g_strdup_printf("%.6f 02:00:00:00:0%u:0%d ff:ff:ff:ff:ff:ff ARP %s\n"
                           "arp 02:00:00:00:0%u:0%d 10.0.0.%d 10.0.0.%d\n",
                           time, machine, a, net, machine, a, a, b);
  return g_strdup_printf("%.6f 10.0.0.%d 10.0.0.%d TCP tcp=%d:80:A smac=02:00:00:00:0%u:0%d %s\n"
                         "name 10.0.0.%d n%d.example\n"
                         "login 10.0.0.%d 10.0.0.%d FTP u%d\n",
                         time, a, b, port, machine, a, net, b, port, a, b, b);
}

static GPtrArray *random_lines(guint32 seed, gboolean with_segments) {
  GRand *rand = g_rand_new_with_seed(seed);
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < PACKETS; i++)
    g_ptr_array_add(lines, random_line(rand, 1000.0 + i, with_segments));
  g_rand_free(rand);
  return lines;
}

static HgTally *tally_of(const GPtrArray *lines, guint first, guint end) {
  GString *script = g_string_new(NULL);
  for (guint i = first; i < end; i++)
    g_string_append(script, g_ptr_array_index(lines, i));
  HgTally *tally = hg_script_tally(script->str);
  g_string_free(script, TRUE);
  return tally;
}

/* The text of the whole, which its parts give, too, in whatever order they come. (transfer full) */
static char *text_of_parts(const GPtrArray *lines, guint32 seed) {
  HgTally *whole = tally_of(lines, 0, PACKETS), *united = hg_script_tally("");
  HgTallyBuilder *builder = hg_script_builder("", NULL);
  for (guint first = 0, end; first < PACKETS; first = end) {
    end = MIN(first + 1 + (seed * 7 + first * 13) % 60, PACKETS);
    HgTally *part = tally_of(lines, first, end), *more = hg_tally_union(part, united);
    hg_tally_builder_merge(builder, part);
    hg_tally_free(united);
    hg_tally_free(part);
    united = more;
  }
  HgTally *merged = hg_tally_builder_end(builder);
  char *expected = hg_tally_text(whole);
  g_autofree char *of_merged = hg_tally_text(merged), *of_united = hg_tally_text(united);
  g_assert_cmpstr(of_merged, ==, expected);
  g_assert_cmpstr(of_united, ==, expected);
  hg_tally_free(merged);
  hg_tally_free(united);
  hg_tally_free(whole);
  return expected;
}

/* What only the whole proves, no part may have settled. */
static void test_parts(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GPtrArray *lines = random_lines(seed, TRUE);
    g_autofree char *text = text_of_parts(lines, seed);
    g_assert_nonnull(strstr(text, "10.0.0.1 (VLAN 20)"));
    g_assert_nonnull(strstr(text, "10.0.0.2 (VLAN 30)"));
    g_assert_null(strstr(text, "10.0.0.3 ("));
    g_ptr_array_unref(lines);
  }
}

#define PACKETS_SHARED 16

/* Connections that are in two segments at once, each begun by a SYN; parts begin within them. */
static GPtrArray *shared_lines(guint32 seed, gboolean passed_on) {
  GRand *rand = g_rand_new_with_seed(seed);
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < PACKETS; i++) {
    const guint nth = i % PACKETS_SHARED, port = 5000 + i / PACKETS_SHARED;
    const guint segment = nth < 2 ? nth + 1 : (guint)g_rand_int_range(rand, 1, 3);
    g_ptr_array_add(lines, g_strdup_printf("%.6f 10.0.1.6 10.0.1.7 TCP tcp=%u:80:%s seq=%u "
                                           "smac=02:00:00:00:0%u:06 net=\"VLAN %u0\"\n",
                                           1000 + 0.05 * i, port, nth < 2 ? "S" : "A",
                                           passed_on ? 7 : segment, segment, segment));
  }
  g_rand_free(rand);
  return lines;
}

/* A half of a connection, which knows no sequence number, proves nothing where the whole does. */
static void test_parts_of_connections(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    const gboolean passed_on = seed % 2;
    GPtrArray *lines = shared_lines(seed, passed_on);
    g_autofree char *text = text_of_parts(lines, seed);
    g_assert_true((strstr(text, "10.0.1.6 (VLAN 20)") == NULL) == passed_on);
    g_ptr_array_unref(lines);
  }
}

static HgAddress bare(const HgAddress *address, gconstpointer data) {
  HgAddress one = *address;
  (void)data;
  one.segment = 0;
  return one;
}

/* The hosts of an address add up to what a tally without segments has. */
static void test_sum(void) {
  const HgFold fold = {.becomes = bare};
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GPtrArray *with = random_lines(seed, TRUE), *without = random_lines(seed, FALSE);
    HgTally *told = tally_of(with, 0, PACKETS), *plain = tally_of(without, 0, PACKETS);
    HgTally *folded = hg_tally_fold(told, &fold);
    g_autofree char *got = hg_tally_text(folded), *expected = hg_tally_text(plain);
    g_assert_cmpstr(got, ==, expected);
    hg_tally_free(folded);
    hg_tally_free(plain);
    hg_tally_free(told);
    g_ptr_array_unref(with);
    g_ptr_array_unref(without);
  }
}

/* A live capture asks again and again. */
static void test_finish_again(void) {
  HgTallyBuilder *builder = hg_script_builder(tenants, NULL);
  const HgTally *tally = hg_tally_finish(builder);
  g_assert_cmpuint(hg_tally_host_count(tally), ==, 7);
  g_assert_true(hg_tally_finish(builder) == tally);
  g_assert_true(hg_script_read(builder, "3 10.0.0.7 10.0.0.5 TCP frame=7 net=\"VLAN 10\"\n", NULL));
  g_assert_true(hg_tally_finish(builder) == tally);
  g_assert_cmpuint(hg_tally_host_count(tally), ==, 8);
  g_assert_cmpuint(hg_tally_traffic(tally)->packets, ==, 7);
  /* with the names of hosts, each time; what is known changes nothing that was lent */
  const HgHost *first = NULL;
  for (int i = 0; i < 2; i++) {
    hg_tally_builder_name(builder, &hg_tally_host(hg_tally_builder_by_segment(builder), 0)->address,
                          "one.example", HG_NAME_RESOLVED, 1);
    g_assert_true(hg_tally_finish(builder) == tally);
    g_assert_true(first == NULL || hg_tally_host(tally, 0) == first);
    first = hg_tally_host(tally, 0);
  }
  hg_tally_builder_free(builder);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tell-apart/claimed", test_claimed);
  g_test_add_func("/tell-apart/clones", test_clones);
  g_test_add_func("/tell-apart/own-macs", test_own_macs);
  g_test_add_func("/tell-apart/external", test_external);
  g_test_add_func("/tell-apart/routed", test_routed);
  g_test_add_func("/tell-apart/routed-datagrams", test_routed_datagrams);
  g_test_add_func("/tell-apart/trunk", test_trunk);
  g_test_add_func("/tell-apart/asymmetric", test_asymmetric);
  g_test_add_func("/tell-apart/link-local", test_link_local);
  g_test_add_func("/tell-apart/proxy-arp", test_proxy_arp);
  g_test_add_func("/tell-apart/parts", test_parts);
  g_test_add_func("/tell-apart/parts-of-connections", test_parts_of_connections);
  g_test_add_func("/tell-apart/sum", test_sum);
  g_test_add_func("/tell-apart/finish-again", test_finish_again);
  return g_test_run();
}

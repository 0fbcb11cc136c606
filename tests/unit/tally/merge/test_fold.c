/* test_fold.c - a folded tally equals that of the packets with the hosts' new addresses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/fold.h"
#include "tally/merge/merge.h"
#include "tally_text.h"

#include <string.h>

#define HOSTS 6
#define PACKETS 300
#define ROUNDS 60

/* By last byte: the last byte of the address that 10.0.0.N and fd00::N become. */
typedef struct {
  guint8 becomes[HOSTS + 1];
} Map;

static char *random_line(GRand *rand, double time, const Map *map) {
  static const char *const flags[] = {"S", "SA", "A", "PA", "FA", "R", "RA"};
  static const char *const protocols[] = {"TCP", "HTTP", "TLSv1.2"};
  const int client = g_rand_int_range(rand, 1, HOSTS + 1);
  const int server = g_rand_int_range(rand, 1, HOSTS + 1);
  /* Connections of one pair of hosts have ports of their own, or else the oracle would join them. */
  const int port = 1000 + 100 * client + 10 * server + g_rand_int_range(rand, 0, 2);
  const char *net = g_rand_int_range(rand, 0, 4) ? "10.0.0." : "fd00::";
  const gboolean back = g_rand_boolean(rand);
  const int client_now = map->becomes[client], server_now = map->becomes[server];
  const int from = back ? server_now : client_now, to = back ? client_now : server_now;
  const int mac = g_rand_int_range(rand, 0, 3);
  switch (g_rand_int_range(rand, 0, 7)) {
  case 0:
    return g_strdup_printf("%.6f %s%d %s%d ICMP echo=%s:%d smac=02:00:00:00:00:0%d\n", time, net,
                           from, net, to, back ? "reply" : "request", port, mac);
  case 1:
    return g_strdup_printf("%.6f %s%d %s%d DNS udp=%d:%d info=q%d\n"
                           "name %s%d n%d.example\n"
                           "observe dns-query %s%d %s%d \"A n%d.example\" 40\n"
                           "observe login-failure %s%d - FTP\n",
                           time, net, from, net, to, back ? 53 : port, back ? port : 53, port, net,
                           client_now, server, net, client_now, net, server_now, port, net, from);
  case 2:
    return g_strdup_printf("%.6f %s %s%d XYZ len=77 dmac=ff:ff:ff:ff:ff:ff\n", time,
                           back ? "-" : "10.0.0.99", net, to);
  case 3:
    return g_strdup_printf("%.6f 10.0.0.99 %s%d ICMP\nunreachable %s%d %s%d %s %d %d\n", time, net,
                           client_now, net, client_now, net, server_now, back ? "udp" : "tcp", port,
                           back ? 53 : 80);
  default:
    return g_strdup_printf(
        "%.6f %s%d %s%d %s tcp=%d:%d:%s seq=%d payload=%d len=%d info=%d vlan=%d\n"
        "login %s%d %s%d FTP u%d\n",
        time, net, from, net, to, protocols[g_rand_int_range(rand, 0, 3)], back ? 80 : port,
        back ? port : 80, flags[g_rand_int_range(rand, 0, 7)], g_rand_int_range(rand, 1, 3),
        g_rand_int_range(rand, 0, 9), g_rand_int_range(rand, 60, 99), port,
        g_rand_int_range(rand, 0, 3), net, client_now, net, server_now, server);
  }
}

static HgTally *random_tally(guint32 seed, const Map *map) {
  GRand *rand = g_rand_new_with_seed(seed);
  GString *script = g_string_new(NULL);
  double time = 1000;
  for (guint i = 0; i < PACKETS; i++) {
    time += g_rand_int_range(rand, 0, 20) == 0 ? 45 : g_rand_double(rand);
    g_autofree char *line = random_line(rand, time, map);
    g_string_append(script, line);
  }
  HgTally *tally = hg_script_tally(script->str);
  g_string_free(script, TRUE);
  g_rand_free(rand);
  return tally;
}

static Map random_map(guint32 seed) {
  Map map = {{0}};
  for (guint i = 1; i <= HOSTS; i++)
    map.becomes[i] = (guint8)(1 + (seed >> i) % i % HOSTS); /* a host up to itself */
  return map;
}

static Map identity(void) {
  Map map;
  for (guint i = 0; i <= HOSTS; i++)
    map.becomes[i] = (guint8)i;
  return map;
}

/* Room for what `becomes` answers: addresses by kind and last byte. */
static guint8 bytes[2][HOSTS + 1][16];

static HgAddress becomes(const HgAddress *address, gconstpointer data) {
  const Map *map = data;
  const gsize length = address->length;
  if (address->kind != HG_ADDRESS_IPV4 && address->kind != HG_ADDRESS_IPV6)
    return *address;
  const guint8 last = address->data[length - 1];
  if (last == 0 || last > HOSTS)
    return *address;
  guint8 *moved = bytes[address->kind == HG_ADDRESS_IPV6][map->becomes[last]];
  memcpy(moved, address->data, length);
  moved[length - 1] = map->becomes[last];
  return (HgAddress){.kind = address->kind, .length = address->length, .data = moved};
}

static void assert_same_numbers(const HgTally *a, const HgTally *b) {
  g_assert_cmpuint(hg_tally_host_count(a), ==, hg_tally_host_count(b));
  g_assert_cmpuint(hg_tally_conversation_count(a), ==, hg_tally_conversation_count(b));
  for (guint32 i = 0; i < hg_tally_host_count(a); i++)
    g_assert_cmpstr(hg_tally_host(a, i)->text, ==, hg_tally_host(b, i)->text);
  for (guint32 i = 0; i < hg_tally_conversation_count(a); i++)
    g_assert_cmpmem(hg_tally_conversation(a, i)->host, sizeof(guint32[2]),
                    hg_tally_conversation(b, i)->host, sizeof(guint32[2]));
}

static void assert_same(HgTally *got, HgTally *expected) {
  g_autofree char *got_text = hg_tally_text(got), *expected_text = hg_tally_text(expected);
  g_assert_cmpstr(got_text, ==, expected_text);
  assert_same_numbers(got, expected);
  g_assert_cmpint(hg_tally_start(got), ==, hg_tally_start(expected));
  hg_tally_free(got);
  hg_tally_free(expected);
}

static void test_oracle(void) {
  const Map all = identity();
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    const Map map = random_map(seed * 2654435761u);
    HgTally *tally = random_tally(seed, &all);
    const HgFold fold = {.becomes = becomes, .data = &map};
    assert_same(hg_tally_fold(tally, &fold), random_tally(seed, &map));
    hg_tally_free(tally);
  }
}

static void test_identity(void) {
  const Map all = identity();
  const HgFold fold = {.becomes = becomes, .data = &all};
  HgTally *tally = random_tally(7, &all);
  assert_same(hg_tally_fold(tally, &fold), random_tally(7, &all));
  hg_tally_free(tally);
}

/* Folding what was merged equals merging what was folded. */
static void test_merged(void) {
  const Map all = identity(), map = random_map(0x9E3779B9u);
  const HgFold fold = {.becomes = becomes, .data = &map};
  HgTally *parts[2] = {random_tally(1, &all), random_tally(2, &all)};
  HgTallyBuilder *merged = hg_tally_builder_new(hg_tally_options(parts[0]));
  HgTallyBuilder *folded = hg_tally_builder_new(hg_tally_options(parts[0]));
  for (guint i = 0; i < 2; i++) {
    HgTally *one = hg_tally_fold(parts[i], &fold);
    hg_tally_builder_merge(merged, parts[i]);
    hg_tally_builder_merge(folded, one);
    hg_tally_free(one);
    hg_tally_free(parts[i]);
  }
  HgTally *both = hg_tally_builder_end(merged);
  assert_same(hg_tally_fold(both, &fold), hg_tally_builder_end(folded));
  hg_tally_free(both);
}

static const char two_to_two[] = "1 10.0.0.1 10.0.0.3 FTP tcp=2000:21:S len=60\n"
                                 "name 10.0.0.2 two.example\n"
                                 "login 10.0.0.2 10.0.0.3 FTP user\n"
                                 "2 10.0.0.3 10.0.0.2 FTP tcp=21:2001:SA len=70\n"
                                 "3 10.0.0.1 10.0.0.2 XYZ len=80\n";

static HgTally *fold_two(gboolean keeps_evidence) {
  HgTally *tally = hg_script_tally(two_to_two); /* hosts .1, .3, .2 */
  const HgAddress one = hg_tally_host(tally, 0)->address, three = hg_tally_host(tally, 1)->address;
  const HgAddress becomes_one[] = {one, three, one};
  HgTally *folded = hg_tally_fold_hosts(tally, becomes_one, keeps_evidence);
  hg_tally_free(tally);
  return folded;
}

static void test_by_number(void) {
  HgTally *folded = fold_two(FALSE);
  g_assert_cmpuint(hg_tally_host_count(folded), ==, 2);
  const HgHost *one = hg_tally_host(folded, 0);
  g_assert_cmpstr(one->text, ==, "10.0.0.1");
  g_assert_cmpuint(one->sent.packets, ==, 2); /* one of them to itself */
  g_assert_cmpuint(one->received.packets, ==, 2);
  g_assert_cmpuint(one->sent.bytes, ==, 140);
  g_assert_cmpuint(one->peers, ==, 1);
  g_assert_cmpuint(hg_tally_conversation_count(folded), ==, 2);
  const HgName *name = hg_names_and_logins_name(hg_tally_names_and_logins(folded), 0);
  g_assert_true(hg_address_equal(&name->address, &one->address));
  hg_tally_free(folded);
}

static void test_evidence_stays(void) {
  HgTally *folded = fold_two(TRUE);
  const HgName *name = hg_names_and_logins_name(hg_tally_names_and_logins(folded), 0);
  const HgLogin *login = hg_names_and_logins_login(hg_tally_names_and_logins(folded), 0);
  g_autofree char *named = hg_address_to_text(&name->address);
  g_autofree char *client = hg_address_to_text(&login->client);
  g_assert_cmpstr(named, ==, "10.0.0.2");
  g_assert_cmpstr(client, ==, "10.0.0.2");
  hg_tally_free(folded);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/fold/oracle", test_oracle);
  g_test_add_func("/fold/identity", test_identity);
  g_test_add_func("/fold/merged", test_merged);
  g_test_add_func("/fold/by-number", test_by_number);
  g_test_add_func("/fold/evidence-stays", test_evidence_stays);
  return g_test_run();
}

/* test_filter.c - display filters and the lists of a finding
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "../analyse.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/finding_private.h"

#include <string.h>

static void assert_text(char *actual, const char *expected) {
  g_assert_cmpstr(actual, ==, expected);
  g_free(actual);
}

static guint32 number_of(const HgTally *tally, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  return hg_tally_find_host(tally, &address)->number;
}

static void test_addresses(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.1 IP\n"
                                   "2 fe80::1 10.0.0.1 IP\n"
                                   "3 00:11:22:33:44:55 host_||_frame USB\n");
  const guint32 four = number_of(tally, "10.0.0.1"), six = number_of(tally, "fe80::1");
  const guint32 mac = number_of(tally, "00:11:22:33:44:55");
  const guint32 usb = number_of(tally, "host_||_frame");
  assert_text(hg_filter_host(tally, four, HG_FILTER_SOURCE), "ip.src == 10.0.0.1");
  assert_text(hg_filter_host(tally, six, HG_FILTER_EITHER), "ipv6.addr == fe80::1");
  assert_text(hg_filter_host(tally, mac, HG_FILTER_DESTINATION), "eth.dst == 00:11:22:33:44:55");
  g_assert_null(hg_filter_host(tally, usb, HG_FILTER_EITHER));
  assert_text(hg_filter_pair(tally, four, four), "ip.src == 10.0.0.1 && ip.dst == 10.0.0.1");
  g_assert_null(hg_filter_pair(tally, four, six));
  g_assert_null(hg_filter_pair(tally, usb, usb));
  hg_tally_free(tally);
}

/* Each packet has addresses of one kind at both ends, and a device of several kinds sends all. */
static void test_aliases(void) {
  const char *script = "1 10.0.0.1 10.0.0.2 IP smac=02:00:00:00:00:0a\n"
                       "2 10.0.0.2 10.0.0.1 IP smac=02:00:00:00:00:0b\n"
                       "3 2001:db8::1 2001:db8::2 IP smac=02:00:00:00:00:0a\n"
                       "4 2001:db8::2 2001:db8::1 IP smac=02:00:00:00:00:0b\n"
                       "5 fe80::1 ff02::1 IP smac=02:00:00:00:00:0a\n"
                       "6 10.0.0.1 198.51.100.1 IP smac=02:00:00:00:00:0a\n";
  HgTally *tally = hg_script_tally(script);
  HgDevices *devices = hg_devices_new(tally);
  HgTally *folded = hg_devices_fold(devices, tally, FALSE);
  const guint32 one = number_of(folded, "10.0.0.1"), other = number_of(folded, "10.0.0.2");
  const guint32 outside = number_of(folded, "198.51.100.1");
  assert_text(hg_filter_host(folded, one, HG_FILTER_SOURCE),
              "ip.src == 10.0.0.1 || ipv6.src in {2001:db8::1, fe80::1}");
  assert_text(hg_filter_directed(folded, one, other),
              "(ip.src == 10.0.0.1 && ip.dst == 10.0.0.2) || "
              "(ipv6.src in {2001:db8::1, fe80::1} && ipv6.dst == 2001:db8::2)");
  assert_text(hg_filter_pair(folded, outside, one),
              "ip.addr == 198.51.100.1 && ip.addr == 10.0.0.1");
  assert_text(hg_filter_and(hg_filter_host(folded, other, HG_FILTER_DESTINATION), g_strdup("dns")),
              "(ip.dst == 10.0.0.2 || ipv6.dst == 2001:db8::2) && dns");
  hg_tally_free(folded);
  hg_devices_free(devices);
  hg_tally_free(tally);
}

static void assert_frames(const guint32 *numbers, guint count, const char *expected) {
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_array_append_vals(frames, numbers, count);
  assert_text(hg_filter_frames(frames), expected);
  g_assert_cmpuint(frames->len, ==, count);
  g_array_free(frames, TRUE);
}

static void test_frames(void) {
  static const guint32 mixed[] = {9, 1, 10, 5, 12, 11, 5}, pair[] = {7, 6};
  static const guint32 high[] = {G_MAXUINT32, G_MAXUINT32 - 1, G_MAXUINT32 - 2};
  assert_frames(mixed, 7, "frame.number in {1, 5, 9..12}");
  assert_frames(mixed, 1, "frame.number == 9");
  assert_frames(pair, 2, "frame.number in {6, 7}");
  assert_frames(high, 3, "frame.number in {4294967293..4294967295}");
  assert_frames(NULL, 0, "frame.number == 0");
}

static void test_and(void) {
  assert_text(hg_filter_and(NULL, NULL), NULL);
  assert_text(hg_filter_and(g_strdup("a"), NULL), "a");
  assert_text(hg_filter_and(NULL, g_strdup("b")), "b");
  assert_text(hg_filter_and(g_strdup("a"), g_strdup("b")), "a && b");
  assert_text(hg_filter_and(g_strdup("a || b"), g_strdup("c")), "(a || b) && c");
  assert_text(hg_filter_and(g_strdup("(a) || (b)"), g_strdup("c")), "((a) || (b)) && c");
  assert_text(hg_filter_and(g_strdup("(a || b)"), g_strdup("c")), "(a || b) && c");
  assert_text(hg_filter_or(g_strdup("a"), g_strdup("b && c")), "(a) || (b && c)");
}

static void test_service(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 DNS udp=5000:53\n"
                                   "2 10.0.0.1 10.0.0.2 ICMP echo=request:7\n");
  HgServiceTable *services = hg_service_table_new(tally);
  g_assert_cmpuint(hg_service_table_count(services), ==, 2);
  for (guint32 i = 0; i < 2; i++) {
    const HgService *service = hg_service_table_get(services, i);
    assert_text(hg_filter_service(tally, service),
                service->transport == HG_TRANSPORT_UDP
                    ? "ip.addr == 10.0.0.1 && ip.addr == 10.0.0.2 && udp.port == 53 && !icmp && "
                      "!icmpv6"
                    : "ip.addr == 10.0.0.1 && ip.addr == 10.0.0.2 && icmp.type in {0, 8}");
  }
  hg_service_table_free(services);
  hg_tally_free(tally);
}

/* Each service while they are few; then the ports of the host that they have in common. */
static void test_services(void) {
  g_autoptr(GString) script = g_string_new(NULL);
  for (guint i = 1; i <= HG_FILTER_MAX_HOSTS + 1; i++)
    g_string_append_printf(script, "%u 10.0.0.%u 10.0.1.1 TCP tcp=5000:%u:S\n", i, i, 2121 + i % 2);
  HgTally *tally = hg_script_tally(script->str);
  HgServiceTable *table = hg_service_table_new(tally);
  GPtrArray *services = g_ptr_array_new();
  const guint32 host = number_of(tally, "10.0.1.1");
  g_assert_null(hg_filter_services(tally, host, services));
  g_ptr_array_add(services, (gpointer)hg_service_table_get(table, 0));
  g_ptr_array_add(services, (gpointer)hg_service_table_get(table, 1));
  assert_text(
      hg_filter_services(tally, host, services),
      "(ip.addr == 10.0.0.1 && ip.addr == 10.0.1.1 && tcp.port == 2122 && !icmp && !icmpv6) || "
      "(ip.addr == 10.0.0.2 && ip.addr == 10.0.1.1 && tcp.port == 2121 && !icmp && !icmpv6)");
  for (guint i = 2; i <= HG_FILTER_MAX_HOSTS; i++)
    g_ptr_array_add(services, (gpointer)hg_service_table_get(table, i));
  assert_text(hg_filter_services(tally, host, services),
              "ip.addr == 10.0.1.1 && tcp.port in {2121, 2122} && !icmp && !icmpv6");
  g_ptr_array_unref(services);
  hg_service_table_free(table);
  hg_tally_free(tally);
}

static void test_finding_lists(void) {
  HgFinding *finding = hg_finding_new(3, hg_rules[0], hg_rules[0]->kind);
  g_assert_cmpstr(finding->filter, ==, "");
  for (guint32 i = 100; i > 0; i--) {
    hg_finding_add_frame(finding, i);
    hg_finding_add_frame(finding, i);
    hg_finding_add_peer(finding, i);
    hg_finding_add_peer(finding, i);
  }
  g_assert_cmpuint(finding->first_frame, ==, 1);
  g_assert_cmpuint(finding->last_frame, ==, 100);
  g_assert_cmpuint(finding->frames->len, ==, HG_FINDING_MAX_FRAMES);
  for (guint i = 0; i < HG_FINDING_MAX_FRAMES; i++)
    g_assert_cmpuint(g_array_index(finding->frames, guint32, i), ==, i + 1);
  g_assert_cmpuint(finding->peers->len, ==, HG_FINDING_MAX_PEERS);
  g_assert_cmpuint(g_array_index(finding->peers, guint32, 0), ==, 100);
  hg_finding_set_evidence(finding, "%s", "a\xff");
  g_assert_true(g_utf8_validate(finding->evidence, -1, NULL));
  hg_finding_take_filter(finding, NULL);
  g_assert_cmpstr(finding->filter, ==, "");
  hg_finding_free(finding);
}

/* Of a full list nobody knows how many peers there were, whatever becomes of those that it names. */
static void test_full_list_stays_cut(void) {
  guint32 becomes[HG_FINDING_MAX_PEERS + 1];
  for (guint32 i = 0; i < G_N_ELEMENTS(becomes); i++)
    becomes[i] = i / 2;
  for (guint32 count = HG_FINDING_MAX_PEERS - 1; count <= HG_FINDING_MAX_PEERS; count++) {
    HgFinding *finding = hg_finding_new(0, hg_rules[0], hg_rules[0]->kind);
    g_assert_false(finding->peers_cut);
    for (guint32 i = 0; i < count; i++) {
      hg_finding_add_peer(finding, i);
      hg_finding_add_peer(finding, i);
    }
    HgFinding *folded = hg_finding_fold(finding, becomes);
    hg_finding_renumber(finding, becomes);
    g_assert_cmpuint(finding->peers->len, ==, HG_FINDING_MAX_PEERS / 2);
    g_assert_cmpuint(folded->peers->len, ==, HG_FINDING_MAX_PEERS / 2);
    g_assert_cmpint(finding->peers_cut, ==, count == HG_FINDING_MAX_PEERS);
    g_assert_cmpint(folded->peers_cut, ==, count == HG_FINDING_MAX_PEERS);
    hg_finding_free(folded);
    hg_finding_free(finding);
  }
}

static void test_wording(void) {
  static const struct {
    gint64 ns;
    const char *text;
  } spans[] = {{0, "0 ms"},
               {1500000, "1.5 ms"},
               {999000000, "999 ms"},
               {G_GINT64_CONSTANT(1000000000), "1 s"},
               {G_GINT64_CONSTANT(119500000000), "119.5 s"},
               {G_GINT64_CONSTANT(120000000000), "2 min"},
               {G_GINT64_CONSTANT(300000000000), "5 min"},
               {G_GINT64_CONSTANT(9000000000000), "2.5 h"},
               {G_GINT64_CONSTANT(604800000000000), "7 days"}};
  for (guint i = 0; i < G_N_ELEMENTS(spans); i++)
    assert_text(hg_wording_span(spans[i].ns), spans[i].text);
  assert_text(hg_wording_number(0.83, 3), "0.83");
  assert_text(hg_wording_number(1200000, 2), "1200000");
  assert_text(hg_wording_number(-0.0001, 2), "0");
  assert_text(hg_wording_number(100, 0), "100");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/filter/addresses", test_addresses);
  g_test_add_func("/filter/aliases", test_aliases);
  g_test_add_func("/filter/frames", test_frames);
  g_test_add_func("/filter/and", test_and);
  g_test_add_func("/filter/service", test_service);
  g_test_add_func("/filter/services", test_services);
  g_test_add_func("/finding/lists", test_finding_lists);
  g_test_add_func("/finding/full-list", test_full_list_stays_cut);
  g_test_add_func("/wording", test_wording);
  return g_test_run();
}

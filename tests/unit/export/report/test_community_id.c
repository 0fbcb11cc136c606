/* test_community_id.c - the Community ID against its published test data
 * (github.com/corelight/community-id-spec, baseline/baseline_deflt.json: seed 0, base64)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/community_id.h"

static char *id_of(HgTransport transport, const char *client, const char *server,
                   guint16 client_port, guint16 server_port) {
  HgAddressBuffer room[2];
  HgAddress address[2];
  g_assert_true(hg_address_parse(client, &address[0], &room[0]));
  g_assert_true(hg_address_parse(server, &address[1], &room[1]));
  return hg_community_id(transport, &address[0], &address[1], client_port, server_port);
}

/* Each both ways: the direction does not count. */
static void test_published(void) {
  static const struct {
    HgTransport transport;
    const char *source, *destination;
    guint16 source_port, destination_port;
    const char *id;
  } cases[] = {
      {HG_TRANSPORT_TCP, "128.232.110.120", "66.35.250.204", 34855, 80,
       "1:LQU9qZlK+B5F3KDmev6m5PMibrg="},
      {HG_TRANSPORT_TCP, "2001:470:e5bf:dead:4957:2174:e82c:4887", "2607:f8b0:400c:c03::1a", 63943,
       25, "1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="},
      {HG_TRANSPORT_UDP, "192.168.1.52", "8.8.8.8", 54585, 53, "1:d/FP5EW3wiY1vCndhwleRRKHowQ="},
      {HG_TRANSPORT_SCTP, "192.168.170.8", "192.168.170.56", 7, 7,
       "1:MP2EtRCAUIZvTw6MxJHLV7N7JDs="},
      {HG_TRANSPORT_ICMP, "192.168.0.89", "192.168.0.1", 8, 0, "1:X0snYXpgwiv9TZtqg64sgzUn6Dk="},
      {HG_TRANSPORT_ICMPV6, "3ffe:507:0:1:200:86ff:fe05:80da", "3ffe:501:0:1001::2", 128, 129,
       "1:+TW+HtLHvV1xnGhV1lv7XoJrqQg="},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *there = id_of(cases[i].transport, cases[i].source, cases[i].destination,
                                   cases[i].source_port, cases[i].destination_port);
    g_autofree char *back = id_of(cases[i].transport, cases[i].destination, cases[i].source,
                                  cases[i].destination_port, cases[i].source_port);
    g_assert_cmpstr(there, ==, cases[i].id);
    g_assert_cmpstr(back, ==, cases[i].id);
  }
}

static void test_echo_ports(void) {
  guint16 port[2] = {1, 1};
  g_assert_true(hg_community_id_echo_ports(HG_TRANSPORT_ICMP, port));
  g_assert_cmpuint(port[0], ==, 8);
  g_assert_cmpuint(port[1], ==, 0);
  g_assert_true(hg_community_id_echo_ports(HG_TRANSPORT_ICMPV6, port));
  g_assert_cmpuint(port[0], ==, 128);
  g_assert_cmpuint(port[1], ==, 129);
  g_assert_false(hg_community_id_echo_ports(HG_TRANSPORT_TCP, port));
}

/* Of a host that talks to itself the ports decide the order. */
static void test_one_host(void) {
  g_autofree char *there = id_of(HG_TRANSPORT_TCP, "127.0.0.1", "127.0.0.1", 4000, 80);
  g_autofree char *back = id_of(HG_TRANSPORT_TCP, "127.0.0.1", "127.0.0.1", 80, 4000);
  g_assert_cmpstr(there, ==, back);
}

static void test_none(void) {
  g_assert_null(id_of(HG_TRANSPORT_TCP, "00:11:22:33:44:55", "00:11:22:33:44:66", 4000, 80));
  g_assert_null(id_of(HG_TRANSPORT_TCP, "10.0.0.1", "fe80::1", 4000, 80));
  g_assert_null(id_of(HG_TRANSPORT_TCP, "host", "10.0.0.1", 4000, 80));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/community-id/published", test_published);
  g_test_add_func("/community-id/echo-ports", test_echo_ports);
  g_test_add_func("/community-id/one-host", test_one_host);
  g_test_add_func("/community-id/none", test_none);
  return g_test_run();
}

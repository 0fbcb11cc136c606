/* test_devices.c - which addresses are one machine, and which must never be joined
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/devices.h"

#include "../analyse.h"

#include <string.h>

#define A_MAC "02:00:00:00:00:0a"
#define B_MAC "02:00:00:00:00:0b"
#define ROUTER "02:00:00:00:00:01"
#define EVERYBODY "ff:ff:ff:ff:ff:ff"

#define ARP(time, mac, ip, whom)                                                                   \
  time " " mac " " EVERYBODY " ARP smac=" mac " len=60\narp " mac " " ip " " whom "\n"
#define SENT(time, from, mac, to) time " " from " " to " UDP udp=5000:5001 smac=" mac " len=90\n"

/* The other addresses of the host's device as one text, the one that stands for it first; "": it is
 * the only one. */
static char *device_of(const HgTally *tally, const HgDevices *devices, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  GString *all = g_string_new(NULL);
  guint count;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  const HgHost *host = hg_tally_find_host(tally, &address);
  g_assert_nonnull(host);
  const HgDeviceMember *members = hg_devices_members(devices, host->number, &count);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(all, "%s%s", i ? " " : "", hg_tally_host(tally, members[i].host)->text);
  g_assert_cmpuint(hg_devices_of(devices, host->number), ==,
                   count ? members[0].host : host->number);
  return g_string_free(all, FALSE);
}

typedef struct {
  const char *what, *script, *host, *device;
} Case;

static const Case cases[] = {
    {"dual stack, heard by ARP and from a link-local address",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1")
         SENT("3", "fe80::10", A_MAC, "ff02::fb"),
     "fe80::10", "10.0.0.10 fe80::10 " A_MAC},
    {"three addresses that talk to a neighbour with three addresses, no ARP",
     SENT("1", "10.0.0.10", A_MAC, "10.0.0.11") SENT("2", "10.0.0.11", B_MAC, "10.0.0.10") SENT(
         "3", "2001:db8::a", A_MAC, "2001:db8::b") SENT("4", "2001:db8::b", B_MAC, "2001:db8::a"),
     "2001:db8::a", "10.0.0.10 2001:db8::a"},
    {"privacy addresses of several days, and one made from the MAC",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1")
         SENT("3", "2001:db8::1:1", A_MAC, "2001:db8::b")
             SENT("4", "2001:db8::b", B_MAC, "2001:db8::1:1")
                 SENT("90000", "2001:db8::2:2", A_MAC, "2001:db8::b")
                     SENT("90001", "2001:db8::b", B_MAC, "2001:db8::2:2")
                         SENT("90001.5", "2001:db8::2:2", A_MAC, "2001:db8::b")
                             SENT("90002", "2001:db8:7::ff:fe00:a", A_MAC, "2001:db8:9::1"),
     "2001:db8::1:1", "10.0.0.10 2001:db8::2:2 2001:db8::1:1 2001:db8:7::ff:fe00:a " A_MAC},
    {"no IPv4: a global address stands for it, before a local one",
     SENT("1", "fd00::a", A_MAC, "fd00::b") SENT("2", "fd00::b", B_MAC, "fd00::a") SENT(
         "3", "2001:db8::a", A_MAC, "2001:db8::b") SENT("4", "2001:db8::b", B_MAC, "2001:db8::a"),
     "fd00::a", "2001:db8::a fd00::a"},
    {"only link-local",
     SENT("1", "fe80::10", A_MAC, "ff02::1") SENT("2", "169.254.1.1", A_MAC, "224.0.0.251"),
     "fe80::10", "169.254.1.1 fe80::10"},
    {"a temporary address that only talks to the Internet is not proven",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1")
         SENT("3", "2001:db8::77", A_MAC, "2001:db8:9::1"),
     "2001:db8::77", ""},
    {"unless it is claimed by neighbour discovery",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1") SENT(
         "3", "2001:db8::77", A_MAC, "2001:db8:9::1") "4 fe80::a fe80::1 ICMPv6 len=86 smac=" A_MAC
                                                      "\nnd " A_MAC " 2001:db8::77 fe80::1 reply\n",
     "2001:db8::77", "10.0.0.10 2001:db8::77 fe80::a " A_MAC},
    {"or a router advertises its prefix",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1")
         SENT("3", "2001:db8::77", A_MAC,
              "2001:db8:9::1") "4 fe80::1 ff02::1 ICMPv6 len=110 smac=" ROUTER
                               "\nobserve router-prefix fe80::1 2001:db8:: 64\n",
     "2001:db8::77", "10.0.0.10 2001:db8::77 " A_MAC},
    {"and does not keep the others apart",
     ARP("1", A_MAC, "10.0.0.10", "10.0.0.1") SENT("2", "10.0.0.10", A_MAC, "198.51.100.1")
         SENT("3", "2001:db8::77", A_MAC, "2001:db8:9::1"),
     "10.0.0.10", "10.0.0.10 " A_MAC},
    {"behind a router: one address of each family",
     SENT("1", "203.0.113.5", ROUTER, "10.0.0.10")
         SENT("2", "2001:db8:9::1", ROUTER, "2001:db8::a"),
     "203.0.113.5", ""},
    {"the router's own address and those behind it",
     ARP("1", ROUTER, "10.0.0.1", "10.0.0.10") SENT("2", "10.0.0.1", ROUTER, "10.0.0.10")
         SENT("3", "203.0.113.5", ROUTER, "10.0.0.10")
             SENT("4", "198.51.100.5", ROUTER, "10.0.0.10") SENT("5", "fe80::1", ROUTER, "ff02::1"),
     "fe80::1", ""},
    {"a proxy-ARP router", /* claims addresses of others */
     ARP("1", ROUTER, "10.0.0.1", "10.0.0.10") SENT("2", "10.0.0.1", ROUTER, "10.0.0.10")
         ARP("3", ROUTER, "10.0.5.5", "10.0.0.10") SENT("4", "10.0.5.5", ROUTER, "10.0.0.10"),
     "10.0.5.5", ""},
    {"VRRP: a MAC of several routers",
     ARP("1", "00:00:5e:00:01:07", "10.0.0.1", "10.0.0.10")
         SENT("2", "10.0.0.1", "00:00:5e:00:01:07", "10.0.0.10")
             SENT("3", "fe80::1", "00:00:5e:00:01:07", "ff02::1"),
     "10.0.0.1", ""},
    {"HSRP",
     ARP("1", "00:00:0c:07:ac:01", "10.0.0.1", "10.0.0.10")
         SENT("2", "10.0.0.1", "00:00:0c:07:ac:01", "10.0.0.10"),
     "10.0.0.1", ""},
    {"a Wi-Fi repeater that puts its MAC before two guests'",
     ARP("1", A_MAC, "10.0.0.20", "10.0.0.1") ARP("2", A_MAC, "10.0.0.21", "10.0.0.1")
         SENT("3", "10.0.0.20", A_MAC, "10.0.0.1") SENT("4", "10.0.0.21", A_MAC, "10.0.0.1")
             SENT("5", "fe80::20", A_MAC, "ff02::1"),
     "10.0.0.20", ""},
    {"a bridge that translates, told by an address made from another MAC",
     ARP("1", A_MAC, "10.0.0.20", "10.0.0.1") SENT("2", "10.0.0.20", A_MAC, "10.0.0.1")
         SENT("3", "fe80::ff:fe00:99", A_MAC, "ff02::1"),
     "10.0.0.20", ""},
    {"two link-local addresses of one MAC",
     SENT("1", "fe80::20", A_MAC, "ff02::1") SENT("2", "fe80::21", A_MAC, "ff02::1"), "fe80::20",
     ""},
    {"a lease that moved to another machine",
     ARP("1", A_MAC, "10.0.0.20", "10.0.0.1") SENT("2", "10.0.0.20", A_MAC, "10.0.0.1")
         SENT("3", "fe80::a", A_MAC, "ff02::1") ARP("4", B_MAC, "10.0.0.20", "10.0.0.1")
             SENT("5", "10.0.0.20", B_MAC, "10.0.0.1") SENT("6", "fe80::b", B_MAC, "ff02::1"),
     "10.0.0.20", ""},
    {"and does not join its holders by it", /* they keep their other addresses */
     ARP("1", A_MAC, "10.0.0.20", "10.0.0.1") SENT("2", "10.0.0.20", A_MAC, "10.0.0.1")
         SENT("3", "fe80::a", A_MAC, "ff02::1") ARP("4", B_MAC, "10.0.0.20", "10.0.0.1")
             SENT("5", "10.0.0.20", B_MAC, "10.0.0.1") SENT("6", "fe80::b", B_MAC, "ff02::1"),
     "fe80::b", "fe80::b " B_MAC},
    {"ARP spoofer in the middle: nobody can tell what is its own",
     ARP("1", ROUTER, "10.0.0.1", "10.0.0.10") SENT("2", "10.0.0.1", ROUTER, "10.0.0.10")
         ARP("3", A_MAC, "10.0.0.66", "10.0.0.10") SENT("4", "10.0.0.66", A_MAC, "10.0.0.10")
             ARP("5", A_MAC, "10.0.0.1", "10.0.0.10") SENT("6", "fe80::66", A_MAC, "ff02::1"),
     "fe80::66", ""},
    {"nor the gateway's",
     ARP("1", ROUTER, "10.0.0.1", "10.0.0.10") SENT("2", "10.0.0.1", ROUTER, "10.0.0.10")
         ARP("3", A_MAC, "10.0.0.66", "10.0.0.10") SENT("4", "10.0.0.66", A_MAC, "10.0.0.10")
             ARP("5", A_MAC, "10.0.0.1", "10.0.0.10") SENT("6", "fe80::66", A_MAC, "ff02::1"),
     "10.0.0.1", ""},
    {"a host of virtual machines that puts its MAC before theirs on Wi-Fi, seen from inside",
     ARP("1", A_MAC, "10.0.0.61", "10.0.0.1") SENT("2", "10.0.0.61", A_MAC, "10.0.0.1")
         ARP("3", B_MAC, "10.0.0.62", "10.0.0.1") ARP("3.00001", A_MAC, "10.0.0.62", "10.0.0.1")
             SENT("4", "10.0.0.62", B_MAC, "10.0.0.1"),
     "10.0.0.61", ""},
    {"loopback without MACs",
     SENT("1", "127.0.0.1", "00:00:00:00:00:00", "127.0.0.1")
         SENT("2", "::1", "00:00:00:00:00:00", "::1"),
     "::1", ""},
    {"no MAC at all",
     "1 10.0.0.10 10.0.0.11 UDP udp=1:2 len=60\n2 fe80::10 fe80::11 UDP udp=1:2 len=60\n",
     "10.0.0.10", ""},
    {"only one direction was captured: nothing shows the neighbour's MAC",
     SENT("1", "10.0.0.10", A_MAC, "10.0.0.11") SENT("2", "2001:db8::a", A_MAC, "2001:db8::b"),
     "10.0.0.10", ""},
};

static void check_case(gconstpointer data) {
  const Case *one = data;
  HgTally *tally = hg_script_tally(one->script);
  HgDevices *devices = hg_devices_new(tally);
  g_autofree char *device = device_of(tally, devices, one->host);
  g_assert_cmpstr(device, ==, one->device);
  hg_devices_free(devices);
  hg_tally_free(tally);
}

/* Forged sources: thousands of addresses of one MAC. */
static void test_forged_sources(void) {
  GString *script = g_string_new(NULL);
  for (guint i = 0; i < 1000; i++)
    g_string_append_printf(script, "%u 10.0.%u.%u 10.0.0.9 UDP udp=1:2 smac=" A_MAC " len=60\n", i,
                           1 + i / 200, 1 + i % 200);
  g_string_append(script, SENT("1001", "10.0.0.9", B_MAC, "10.0.1.1"));
  HgTally *tally = hg_script_tally(script->str);
  HgDevices *devices = hg_devices_new(tally);
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
    g_assert_cmpuint(hg_devices_of(devices, host), ==, host);
  g_assert_cmpuint(hg_devices_count(devices), ==, hg_tally_host_count(tally));
  hg_devices_free(devices);
  hg_tally_free(tally);
  g_string_free(script, TRUE);
}

/* How each address was joined, and where that shows. Multicast addresses are no devices. */
static void test_members(void) {
  static const struct {
    const char *host;
    HgDeviceEvidence evidence;
    guint32 frame;
  } expected[] = {{"10.0.0.10", HG_DEVICE_ARP, 1},
                  {"fe80::10", HG_DEVICE_LINK_LOCAL, 3},
                  {A_MAC, HG_DEVICE_MAC, 1}};
  HgTally *tally = hg_script_tally(cases[0].script);
  HgDevices *devices = hg_devices_new(tally);
  guint count;
  const HgDeviceMember *members = hg_devices_members(devices, 0, &count);
  g_assert_cmpuint(count, ==, G_N_ELEMENTS(expected));
  for (guint i = 0; i < count; i++) {
    const HgHost *host = hg_tally_host(tally, members[i].host);
    g_assert_cmpstr(host->text, ==, expected[i].host);
    g_assert_cmpint(members[i].evidence, ==, expected[i].evidence);
    g_assert_cmpuint(members[i].frame, ==, expected[i].frame);
    g_assert_cmpuint(hg_devices_reached_as(devices, host->number), ==,
                     host->address.kind == HG_ADDRESS_MAC ? host->number : members[0].host);
  }
  g_assert_true(hg_devices_have_several_ips(devices));
  g_assert_cmpuint(hg_devices_count(devices), ==, 2); /* and 198.51.100.1 */
  hg_devices_free(devices);
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autofree char *path = g_strdup_printf("/devices/%s", cases[i].what);
    g_test_add_data_func(path, &cases[i], check_case);
  }
  g_test_add_func("/devices/forged sources", test_forged_sources);
  g_test_add_func("/devices/members", test_members);
  return g_test_run();
}

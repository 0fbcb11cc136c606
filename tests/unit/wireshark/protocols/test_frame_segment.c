/* test_frame_segment.c - which segment the headers of a frame name, laid out as in their standards
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/frame_segment.h"

#include <string.h>

#define MACS                                                                                       \
  "\x02\x00\x00\x00\x00\x01"                                                                       \
  "\x02\x00\x00\x00\x00\x02"
#define V4 "\x08\x00"
#define V6 "\x86\xdd"
#define TAG(id) "\x81\x00" id
#define TAG_AD(id) "\x88\xa8" id
#define TAG_OLD(id) "\x91\x00" id
#define TRANSPARENT "\x65\x58"

#define FRAGMENT4(offset, protocol)                                                                \
  "\x45\x00\x00\x40"                                                                               \
  "\x00\x01" offset "\x40" protocol "\x00\x00"                                                     \
  "\xc0\x00\x02\x01"                                                                               \
  "\xc0\x00\x02\x02"
#define IP4(protocol) FRAGMENT4("\x00\x00", protocol)
#define ADDRESS6 "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01"
#define IP6(next)                                                                                  \
  "\x60\x00\x00\x00"                                                                               \
  "\x00\x40" next "\x40" ADDRESS6 ADDRESS6
#define OPTIONS6(next) next "\x00\x04\x01\x04\x01\x01\x00" /* RFC 2473, 4.1.1 */

#define UDP(from, to) from to "\x00\x20\x00\x00"
#define ANY "\xc3\x50"
#define VXLAN                                                                                      \
  "\x08\x00\x00\x00"                                                                               \
  "\x00\x13\x89"                                                                                   \
  "\x00"
#define GENEVE                                                                                     \
  "\x01\x00" TRANSPARENT "\x00\x13\x89"                                                            \
  "\x00"                                                                                           \
  "\x00\x00\x00\x00" /* with an option */
#define GTP                                                                                        \
  "\x30\xff\x00\x20"                                                                               \
  "\x00\x00\x00\x01"
#define GTP_EXTENDED                                                                               \
  "\x34\xff\x00\x20"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x00\x00\x00\x85"                                                                               \
  "\x01\x00\x09\x00"
#define GTP_ECHO                                                                                   \
  "\x32\x01\x00\x04"                                                                               \
  "\x00\x00\x00\x00"                                                                               \
  "\x00\x00\x00\x00"
#define L2TP                                                                                       \
  "\x00\x02"                                                                                       \
  "\x00\x07\x00\x09"                                                                               \
  "\xff\x03\x00\x21"
#define L2TP_FULL                                                                                  \
  "\x4a\x02\x00\x20"                                                                               \
  "\x00\x07\x00\x09"                                                                               \
  "\x00\x00\x00\x00"                                                                               \
  "\x00\x02\xee\xee"                                                                               \
  "\x00\x21"
#define L2TP_CONTROL                                                                               \
  "\xc8\x02\x00\x0c"                                                                               \
  "\x00\x07\x00\x00"                                                                               \
  "\x00\x00\x00\x00"

#define GRE(type) "\x00\x00" type
#define GRE_KEY(type)                                                                              \
  "\xa0\x00" type "\x00\x00\x00\x00"                                                               \
  "\x00\x50\x01\x00" /* a checksum, too */
#define GRE_PPTP                                                                                   \
  "\x30\x81\x88\x0b"                                                                               \
  "\x00\x20\x00\x07"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x00\x21"
#define ERSPAN_I GRE("\x88\xbe")
#define ERSPAN_II                                                                                  \
  "\x10\x00\x88\xbe"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x10\x05\x00\x01"                                                                               \
  "\x00\x00\x00\x00"
#define ERSPAN_III                                                                                 \
  "\x10\x00\x22\xeb"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x20\x05\x00\x01"                                                                               \
  "\x00\x00\x00\x00"                                                                               \
  "\x00\x00\x00\x01"                                                                               \
  "\x00\x00\x00\x00\x00\x00\x00\x00"
#define MPLS                                                                                       \
  "\x88\x47"                                                                                       \
  "\x00\x01\x00\x40"                                                                               \
  "\x00\x01\x11\x40"
#define PPPOE                                                                                      \
  "\x88\x64"                                                                                       \
  "\x11\x00\x00\x2a\x00\x20"                                                                       \
  "\x00\x21"

#define SLL(type)                                                                                  \
  "\x00\x00"                                                                                       \
  "\x00\x01"                                                                                       \
  "\x00\x06"                                                                                       \
  "\x02\x00\x00\x00\x00\x01\x00\x00" type
#define SLL2(type)                                                                                 \
  type "\x00\x00"                                                                                  \
       "\x00\x00\x00\x01"                                                                          \
       "\x00\x01"                                                                                  \
       "\x00"                                                                                      \
       "\x06"                                                                                      \
       "\x02\x00\x00\x00\x00\x01\x00\x00"

#define IN4 IP4("\x06") /* the packet within */
#define IN6 IP6("\x06")
#define FRAME4 MACS V4 IN4

/* `headers`: of Ethernet and IP, as in the bytes, up to the innermost. */
#define CASE(start, headers, bytes, name, filter, routed)                                          \
  { start, headers, bytes, sizeof(bytes) - 1, name, filter, routed }
#define WIRE(headers, bytes, name, filter, routed)                                                 \
  CASE(HG_FRAME_ETHERNET, headers, bytes, name, filter, routed)
static const struct {
  HgFrameStart start;
  guint headers;
  const char *bytes;
  gsize length;
  const char *name, *filter; /* NULL: of what has no label */
  gboolean routed;
} cases[] = {
    WIRE(2, FRAME4, "untagged", NULL, FALSE),
    WIRE(2, MACS TAG("\x00\x14") V4 IN4, "VLAN 20", "vlan.id == 20", FALSE),
    WIRE(2, MACS TAG("\xe0\x14") V6 IN6, "VLAN 20", "vlan.id == 20", FALSE), /* with a priority */
    WIRE(2, MACS TAG("\xe0\x00") V4 IN4, "untagged", NULL, FALSE),
    WIRE(2, MACS TAG_AD("\x00\x64") TAG("\x00\x14") V4 IN4, "VLAN 100.20",
         "(ieee8021ad.id == 100 && vlan.id == 20)", FALSE),
    WIRE(2, MACS TAG_OLD("\x00\x64") TAG("\x00\x14") V4 IN4, "VLAN 100.20",
         "(vlan.id == 100 && vlan.id == 20)", FALSE),
    WIRE(2,
         MACS TAG("\x00\x01") TAG("\x00\x02") TAG("\x00\x03") TAG("\x00\x04") TAG("\x00\x05")
             V4 IN4,
         "VLAN 1.2.3.4", "(vlan.id == 1 && vlan.id == 2 && vlan.id == 3 && vlan.id == 4)", FALSE),

    WIRE(4, MACS V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4, "VNI 5001", "vxlan.vni == 5001",
         FALSE),
    WIRE(4, MACS V4 IP4("\x11") UDP(ANY, "\x21\x18") VXLAN FRAME4, "VNI 5001", "vxlan.vni == 5001",
         FALSE),
    WIRE(4,
         MACS TAG("\x00\x14") V6 IP6("\x11") UDP(ANY, "\x12\xb5") VXLAN MACS TAG("\x00\x05") V4 IN4,
         "VNI 5001, VLAN 5", "(vxlan.vni == 5001 && vlan.id == 5)", FALSE),
    WIRE(4, MACS V4 IP4("\x11") UDP(ANY, "\x17\xc1") GENEVE FRAME4, "VNI 5001",
         "geneve.vni == 5001", FALSE),
    WIRE(3, MACS V4 IP4("\x11") UDP(ANY, "\x08\x68") GTP IN4, "GTP", "gtp", TRUE),
    WIRE(3, MACS V4 IP4("\x11") UDP(ANY, "\x08\x68") GTP_EXTENDED IN6, "GTP", "gtp", TRUE),
    WIRE(3, MACS V4 IP4("\x11") UDP(ANY, "\x06\xa5") L2TP IN4, "L2TP", "l2tp", TRUE),
    WIRE(3, MACS V4 IP4("\x11") UDP("\x06\xa5", "\x06\xa5") L2TP_FULL IN4, "L2TP", "l2tp", TRUE),
    /* The other end may answer from there to any port (RFC 2661, 8.1). */
    WIRE(3, MACS V4 IP4("\x11") UDP("\x06\xa5", ANY) L2TP IN4, "L2TP", "l2tp", TRUE),

    WIRE(3, MACS V4 IP4("\x2f") GRE(V4) IN4, "GRE", "gre", TRUE),
    WIRE(3, MACS V6 IP6("\x2f") GRE_KEY(V6) IN6, "GRE key 5243136", "gre.key == 5243136", TRUE),
    WIRE(4, MACS V4 IP4("\x2f") GRE_KEY(TRANSPARENT) FRAME4, "GRE key 5243136",
         "gre.key == 5243136", FALSE),
    WIRE(3, MACS V4 IP4("\x2f") GRE_PPTP IN4, "GRE", "gre", TRUE),
    WIRE(4, MACS V4 IP4("\x2f") ERSPAN_I FRAME4, "untagged", NULL, FALSE),
    WIRE(4, MACS TAG("\x00\x14") V4 IP4("\x2f") ERSPAN_II MACS TAG("\x00\x05") V4 IN4, "VLAN 5",
         "vlan.id == 5", FALSE),
    WIRE(4, MACS V4 IP4("\x2f") ERSPAN_III MACS TAG("\x00\x05") V4 IN4, "VLAN 5", "vlan.id == 5",
         FALSE),
    WIRE(2, MACS MPLS IN4, "MPLS", "mpls", TRUE),
    WIRE(2, MACS PPPOE IN4, "PPPoE session 42", "pppoe.session_id == 42", TRUE),
    /* What the link itself carries leaves it in its VLAN. */
    WIRE(2, MACS TAG("\x00\x64") TAG("\x00\x14") PPPOE IN4, "VLAN 100.20, PPPoE session 42",
         "(vlan.id == 100 && vlan.id == 20 && pppoe.session_id == 42)", TRUE),
    WIRE(2, MACS TAG("\x00\x14") MPLS IN4, "VLAN 20, MPLS", "(vlan.id == 20 && mpls)", TRUE),
    /* A tunnel within another: the inner one says where the packet is. */
    WIRE(5, MACS V4 IP4("\x04") IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4, "VNI 5001",
         "vxlan.vni == 5001", FALSE),

    CASE(HG_FRAME_IP, 2, IP4("\x2f") GRE(V4) IN4, "GRE", "gre", TRUE),
    CASE(HG_FRAME_SLL, 1, SLL("\x81\x00") "\x00\x14" V4 IN4, "VLAN 20", "vlan.id == 20", FALSE),
    CASE(HG_FRAME_SLL2, 1, SLL2("\x81\x00") "\x00\x14" V4 IN4, "VLAN 20", "vlan.id == 20", FALSE),
};

/* Of a copy, so that a sanitizer sees what is read beyond it. */
static HgFrameSegment segment_of(HgFrameStart start, const char *bytes, gsize length,
                                 guint headers) {
  guint8 *copy = g_memdup2(bytes, length);
  HgFrameSegment segment, outer;
  memset(&segment, 0xff, sizeof segment);
  hg_frame_segment_read(start, copy, length, headers, &segment, &outer);
  g_free(copy);
  g_assert_cmpuint(segment.count, <=, HG_SEGMENT_LABELS);
  for (guint i = segment.count; i < HG_SEGMENT_LABELS; i++)
    g_assert_true(segment.kind[i] == 0 && segment.number[i] == 0);
  return segment;
}

static void assert_name(const HgFrameSegment *segment, const char *expected) {
  g_autofree char *name = hg_frame_segment_name(segment);
  g_assert_cmpstr(name, ==, expected);
}

static void test_kinds(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_test_message("case %u", i);
    const HgFrameSegment segment =
        segment_of(cases[i].start, cases[i].bytes, cases[i].length, cases[i].headers);
    assert_name(&segment, cases[i].name);
    g_autofree char *filter = hg_frame_segment_filter(&segment);
    if (cases[i].filter)
      g_assert_cmpstr(filter, ==, cases[i].filter);
    else
      g_assert_true(g_str_has_prefix(filter, "!("));
    g_assert_true(hg_frame_segment_is_routed(&segment) == cases[i].routed);
  }
}

/* Of the innermost packet's link: not what a tunnel goes through. */
static void test_vlan(void) {
  static const struct {
    const char *bytes;
    gsize length;
    guint headers;
    const char *vlan;
    gboolean in_tunnel;
  } frames[] = {
#define IN_VLAN(headers, bytes, vlan, in_tunnel)                                                   \
  {bytes, sizeof(bytes) - 1, headers, vlan, in_tunnel}
      IN_VLAN(2, FRAME4, "", FALSE),
      IN_VLAN(2, MACS TAG("\x00\x00") V4 IN4, "", FALSE),
      IN_VLAN(2, MACS TAG("\xef\xff") V4 IN4, "4095", FALSE),
      IN_VLAN(2, MACS TAG_AD("\x00\x64") TAG("\x00\x14") V4 IN4, "100.20", FALSE),
      IN_VLAN(2, MACS TAG_AD("\x00\x64") TAG("\x00\x00") V4 IN4, "100", FALSE),
      IN_VLAN(2, MACS TAG("\x00\x01") TAG("\x00\x02") TAG("\x00\x03") V4 IN4, "1.2", FALSE),
      IN_VLAN(2, MACS TAG("\x00\x14") PPPOE IN4, "20", FALSE),
      IN_VLAN(2, MACS TAG("\x00\x14") MPLS IN4, "20", FALSE),
      IN_VLAN(4, MACS TAG("\x00\x14") V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4, "", TRUE),
      IN_VLAN(4,
              MACS TAG("\x00\x14") V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN MACS TAG("\x00\x05")
                  V4 IN4,
              "5", TRUE),
      IN_VLAN(4, MACS TAG("\x00\x14") V4 IP4("\x2f") ERSPAN_II MACS TAG("\x00\x05") V4 IN4, "5",
              FALSE)};
  for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
    g_test_message("frame %u", i);
    const HgFrameSegment segment =
        segment_of(HG_FRAME_ETHERNET, frames[i].bytes, frames[i].length, frames[i].headers);
    g_autofree char *vlan = hg_vlan_text(hg_frame_segment_vlan(&segment));
    g_assert_cmpstr(vlan, ==, frames[i].vlan);
    g_assert_true(hg_frame_segment_is_in_tunnel(&segment) == frames[i].in_tunnel);
  }
}

/* 4in4, 6in4 (RFC 2003, 4213), 4in6 and 6in6 (RFC 2473), with options between the headers, too. */
static void test_ip_in_ip(void) {
  static const struct {
    const char *bytes;
    gsize length;
  } tunnels[] = {
      {MACS V4 IP4("\x04") IN4, sizeof MACS V4 IP4("\x04") IN4 - 1},
      {MACS V4 IP4("\x29") IN6, sizeof MACS V4 IP4("\x29") IN6 - 1},
      {MACS V6 IP6("\x04") IN4, sizeof MACS V6 IP6("\x04") IN4 - 1},
      {MACS V6 IP6("\x29") IN6, sizeof MACS V6 IP6("\x29") IN6 - 1},
      {MACS V6 IP6("\x3c") OPTIONS6("\x29") IN6,
       sizeof MACS V6 IP6("\x3c") OPTIONS6("\x29") IN6 - 1},
  };
  for (guint i = 0; i < G_N_ELEMENTS(tunnels); i++) {
    const HgFrameSegment segment =
        segment_of(HG_FRAME_ETHERNET, tunnels[i].bytes, tunnels[i].length, 3);
    assert_name(&segment, "IP in IP");
    g_assert_true(hg_frame_segment_is_routed(&segment));
  }
}

/* Where nothing is dissected within, a port is a port: of a resolver's client, of an end that says it is alive. */
static void test_nothing_within(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    if (cases[i].start != HG_FRAME_ETHERNET || cases[i].headers == 2)
      continue;
    g_test_message("case %u", i);
    const HgFrameSegment segment =
        segment_of(HG_FRAME_ETHERNET, cases[i].bytes, cases[i].length, 2);
    assert_name(&segment, cases[i].bytes[12] == '\x81' ? "VLAN 20" : "untagged");
  }
}

/* What carries no packet, and a later part of a packet, has no header of a tunnel, whatever is behind it. */
static void test_no_tunnel(void) {
#define UNTAGGED(bytes)                                                                            \
  { bytes, sizeof(bytes) - 1 }
  static const struct {
    const char *bytes;
    gsize length;
  } frames[] = {
      UNTAGGED(MACS V4 IP4("\x11") UDP("\x08\x68", "\x08\x68") GTP_ECHO IN4),
      UNTAGGED(MACS V4 IP4("\x11") UDP("\x06\xa5", "\x06\xa5") L2TP_CONTROL IN4),
      UNTAGGED(MACS V4 FRAGMENT4("\x00\xb9", "\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4),
      UNTAGGED(MACS V4 FRAGMENT4("\x00\xb9", "\x04") IN4),
      /* VXLAN with less than an Ethernet header in it */
      UNTAGGED(MACS V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN "no frame"),
      UNTAGGED(MACS "\x00\x40" IN4), /* a length: IEEE 802.3 */
  };
  for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
    const HgFrameSegment segment =
        segment_of(HG_FRAME_ETHERNET, frames[i].bytes, frames[i].length, 9);
    assert_name(&segment, "untagged");
  }
}

/* Where the tunnel's own packets are: of tunnels within each other the outermost. */
static void test_outer(void) {
  static const struct {
    const char *bytes;
    gsize length;
    guint headers;
    const char *outer;
  } frames[] = {
#define OUTSIDE(headers, bytes, outer) {bytes, sizeof(bytes) - 1, headers, outer}
      OUTSIDE(2, FRAME4, "untagged"),
      OUTSIDE(2, MACS TAG("\x00\x14") V4 IN4, "VLAN 20"),
      OUTSIDE(4, MACS TAG("\x00\x14") V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4, "VLAN 20"),
      OUTSIDE(4, MACS V4 IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN MACS TAG("\x00\x05") V4 IN4,
              "untagged"),
      OUTSIDE(5, MACS TAG("\x00\x14") V4 IP4("\x04") IP4("\x11") UDP(ANY, "\x12\xb5") VXLAN FRAME4,
              "VLAN 20"),
      OUTSIDE(4, MACS TAG("\x00\x14") V4 IP4("\x2f") ERSPAN_II MACS TAG("\x00\x05") V4 IN4,
              "VLAN 20")};
  for (guint i = 0; i < G_N_ELEMENTS(frames); i++) {
    g_test_message("frame %u", i);
    HgFrameSegment segment, outer;
    hg_frame_segment_read(HG_FRAME_ETHERNET, (const guint8 *)frames[i].bytes, frames[i].length,
                          frames[i].headers, &segment, &outer);
    assert_name(&outer, frames[i].outer);
  }
}

static void test_cut_off(void) {
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    for (gsize length = 1; length < cases[i].length; length++)
      segment_of(cases[i].start, cases[i].bytes, length, cases[i].headers);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/frame-segment/kinds", test_kinds);
  g_test_add_func("/frame-segment/vlan", test_vlan);
  g_test_add_func("/frame-segment/ip-in-ip", test_ip_in_ip);
  g_test_add_func("/frame-segment/nothing-within", test_nothing_within);
  g_test_add_func("/frame-segment/no-tunnel", test_no_tunnel);
  g_test_add_func("/frame-segment/outer", test_outer);
  g_test_add_func("/frame-segment/cut-off", test_cut_off);
  return g_test_run();
}

/* test_repeated_claims.c - what counts as a message that a bridge passes on
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/copies/repeated_claims.h"
#include "tally/types/packet_time.h"

#define START_NS G_GINT64_CONSTANT(1700000000000000000)

static const guint8 guest[] = {2, 0, 0, 0, 0, 1}, bridge[] = {2, 0, 0, 0, 0, 2};
static const guint8 mine[] = {10, 0, 0, 1}, theirs[] = {10, 0, 0, 2}, other[] = {10, 0, 0, 3};
static const guint8 mine6[16] = {0xfe, 0x80, [15] = 1}, theirs6[16] = {0xfe, 0x80, [15] = 2};

static HgAddress mac(const guint8 *bytes) {
  return (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = bytes};
}

static HgAddress ipv4(const guint8 *bytes) {
  return (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = bytes};
}

static HgEvidence question(const guint8 *from) {
  HgEvidence evidence = {.kind = HG_EVIDENCE_ARP};
  evidence.arp.mac = mac(from);
  evidence.arp.ip = ipv4(mine);
  evidence.arp.target_ip = ipv4(theirs);
  return evidence;
}

/* Whether the second message, so much later, is a repeat of the first. */
static gboolean repeats(HgEvidence first, HgEvidence second, gint64 later_ns) {
  HgRecentClaims claims = {0};
  g_assert_false(hg_recent_claims_repeat(&claims, &first, START_NS));
  return hg_recent_claims_repeat(&claims, &second, START_NS + later_ns);
}

static void test_times(void) {
  g_assert_true(repeats(question(guest), question(bridge), 1));
  g_assert_true(repeats(question(guest), question(bridge), HG_REPEATED_CLAIM_NS));
  g_assert_false(repeats(question(guest), question(bridge), HG_REPEATED_CLAIM_NS + 1));
  g_assert_false(repeats(question(guest), question(bridge), 0));
  g_assert_false(repeats(question(guest), question(bridge), -1));
}

/* Packets before the first that has a time take that of the first. */
static void test_without_times(void) {
  const HgEvidence first = question(guest), second = question(bridge);
  HgRecentClaims claims = {0};
  g_assert_false(hg_recent_claims_repeat(&claims, &first, HG_TIME_NONE));
  g_assert_false(hg_recent_claims_repeat(&claims, &second, HG_TIME_NONE));
  hg_recent_claims_date(&claims, START_NS);
  g_assert_false(hg_recent_claims_repeat(&claims, &second, START_NS));
  g_assert_true(hg_recent_claims_repeat(&claims, &second, START_NS + HG_REPEATED_CLAIM_NS));
  hg_recent_claims_date(&claims, START_NS + HG_REPEATED_CLAIM_NS); /* all have one */
  g_assert_false(hg_recent_claims_repeat(&claims, &second, START_NS + HG_REPEATED_CLAIM_NS + 1));
}

static void test_differences(void) {
  HgEvidence differs = question(bridge);
  g_assert_false(repeats(question(guest), question(guest), 1)); /* asked twice */
  differs.arp.is_reply = TRUE;
  g_assert_false(repeats(question(guest), differs, 1));
  differs = question(bridge);
  differs.arp.target_ip = ipv4(other);
  g_assert_false(repeats(question(guest), differs, 1));
  differs = question(bridge);
  differs.arp.ip = ipv4(other);
  g_assert_false(repeats(question(guest), differs, 1));
  differs = question(bridge);
  differs.arp.ip.segment = 1; /* the same address in another network */
  g_assert_false(repeats(question(guest), differs, 1));
  differs = question(bridge);
  differs.kind = HG_EVIDENCE_ND;
  g_assert_false(repeats(question(guest), differs, 1));
}

static void test_ipv6(void) {
  HgEvidence first = {.kind = HG_EVIDENCE_ND}, second;
  first.arp.mac = mac(guest);
  first.arp.ip = (HgAddress){.kind = HG_ADDRESS_IPV6, .length = 16, .data = mine6};
  second = first;
  second.arp.mac = mac(bridge);
  g_assert_true(repeats(first, second, 20000));
  second.arp.ip.data = theirs6; /* the first 15 bytes are the same */
  g_assert_false(repeats(first, second, 20000));
}

/* Others may speak in between, but for a storm. */
static void test_in_between(void) {
  for (guint between = HG_CLAIMS_REMEMBERED - 2; between <= HG_CLAIMS_REMEMBERED; between++) {
    HgRecentClaims claims = {0};
    HgEvidence message = question(guest);
    guint8 last[] = {10, 0, 1, 0};
    hg_recent_claims_repeat(&claims, &message, START_NS);
    for (guint i = 0; i < between; i++) {
      HgEvidence one = question(guest);
      last[3] = (guint8)i;
      one.arp.target_ip = ipv4(last);
      g_assert_false(hg_recent_claims_repeat(&claims, &one, START_NS + i));
    }
    message = question(bridge);
    g_assert_cmpint(hg_recent_claims_repeat(&claims, &message, START_NS + 100), ==,
                    between < HG_CLAIMS_REMEMBERED);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/repeated-claims/times", test_times);
  g_test_add_func("/repeated-claims/without-times", test_without_times);
  g_test_add_func("/repeated-claims/differences", test_differences);
  g_test_add_func("/repeated-claims/ipv6", test_ipv6);
  g_test_add_func("/repeated-claims/in-between", test_in_between);
  return g_test_run();
}

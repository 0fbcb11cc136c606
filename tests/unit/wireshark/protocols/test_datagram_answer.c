/* test_datagram_answer.c - which datagrams answer others
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/datagram_answer.h"

/* RFC 1035: identifier, flags, counts of questions, answers, authorities, additional. */
static void test_dns(void) {
  guint8 message[12] = {0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0};
  g_assert_true(hg_dns_is_answer(message, 12));
  g_assert_false(hg_dns_is_answer(message, 11)); /* cut short */
  g_assert_false(hg_dns_is_answer(message, 0));
  message[5] = 0; /* mDNS repeats no question (RFC 6762, section 6) */
  g_assert_true(hg_dns_is_answer(message, 12));
  message[4] = 0x5c; /* random bytes */
  g_assert_false(hg_dns_is_answer(message, 12));
  message[4] = 0;
  message[2] = 0x01; /* a question */
  g_assert_false(hg_dns_is_answer(message, 12));
}

/* RFC 5905, figure 8: leap indicator, version, mode. */
static void test_ntp(void) {
  const guint8 server = 0x24, client = 0x23, active = 0x21, passive = 0x22, broadcast = 0x25;
  g_assert_true(hg_ntp_is_answer(&server, 1, 48));
  g_assert_true(hg_ntp_is_answer(&passive, 1, 68)); /* with a digest */
  g_assert_false(hg_ntp_is_answer(&client, 1, 48));
  g_assert_false(hg_ntp_is_answer(&active, 1, 48));
  g_assert_false(hg_ntp_is_answer(&broadcast, 1, 48));
  g_assert_false(hg_ntp_is_answer(&server, 1, 47)); /* no message of NTP */
  g_assert_false(hg_ntp_is_answer(&server, 0, 48));
}

/* RFC 2865, section 3: code, identifier, length, 16 bytes of authenticator. */
static void test_radius(void) {
  static const guint8 answers[] = {2, 3, 5, 11, 41, 42, 44, 45}, asks[] = {1, 4, 12, 40, 43};
  for (guint i = 0; i < G_N_ELEMENTS(answers); i++) {
    const guint8 message[] = {answers[i], 7, 0, 20};
    g_assert_true(hg_radius_is_answer(message, 4, 20));
    g_assert_true(hg_radius_is_answer(message, 4, 60)); /* padded */
    g_assert_false(hg_radius_is_answer(message, 4, 19));
    g_assert_false(hg_radius_is_answer(message, 3, 20));
  }
  for (guint i = 0; i < G_N_ELEMENTS(asks); i++) {
    const guint8 message[] = {asks[i], 7, 0, 20};
    g_assert_false(hg_radius_is_answer(message, 4, 20));
  }
  const guint8 random[] = {2, 7, 0x5c, 20}, too_short[] = {2, 7, 0, 19};
  g_assert_false(hg_radius_is_answer(random, 4, 100));
  g_assert_false(hg_radius_is_answer(too_short, 4, 100));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/datagram-answer/dns", test_dns);
  g_test_add_func("/datagram-answer/ntp", test_ntp);
  g_test_add_func("/datagram-answer/radius", test_radius);
  return g_test_run();
}

/* test_ping_data.c - what programs for pings send, and what they do not
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/ping_data.h"

#include <string.h>

/* Behind as many bytes as may vary. */
static gboolean is_usual(const char *rest, gsize length) {
  guint8 *data = g_malloc(HG_PING_VARIES + length);
  memset(data, 0x5a, HG_PING_VARIES);
  memcpy(data + HG_PING_VARIES, rest, length);
  const gboolean usual = hg_ping_data_is_usual(data, HG_PING_VARIES + length);
  g_free(data);
  return usual;
}

static void test_programs(void) {
  guint8 up[56];
  for (guint i = 0; i < sizeof up; i++)
    up[i] = (guint8)i;
  g_assert_true(hg_ping_data_is_usual(up, sizeof up)); /* iputils, BSD */
  g_assert_true(
      hg_ping_data_is_usual((const guint8 *)"abcdefghijklmnopqrstuvwabcdefghi", 32)); /* Windows */
  g_assert_true(is_usual("\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16));                    /* fping */
  g_assert_true(is_usual("\xab\xcd\xab\xcd\xab\xcd\xab\xcd\xab\xcd", 10));            /* Cisco */
  g_assert_true(is_usual("0123456789abcdef0123456789abcdef012", 35));                 /* ping -p */
  g_assert_true(hg_ping_data_is_usual(up, 0));
  g_assert_true(is_usual("x7.!q&Z", 7)); /* too little */
}

static void test_others(void) {
  g_assert_false(is_usual("x7.!q&Zm", 8));
  g_assert_false(is_usual("uid=0(root) gid=0(root)", 23));
  g_assert_false(is_usual("abcdefghX", 9));
  g_assert_false(is_usual("0123456789abcdefX123456789abcdef", 32));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/ping-data/programs", test_programs);
  g_test_add_func("/ping-data/others", test_others);
  return g_test_run();
}

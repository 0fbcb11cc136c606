/* test_contact_log.c - the contact log keeps everything, in order once sorted
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/tables/contact_log.h"

/* More than two pieces of the log. */
#define COUNT 150000

static void test_keeps_everything_in_order(void) {
  HgContactLog *log = hg_contact_log_new();
  for (guint32 i = 0; i < COUNT; i++) {
    const HgContact contact = {.time_ns = (gint64)((i * 7919u) % 1000) - 500,
                               .frame = i + 1,
                               .conversation_protocol = i,
                               .direction = i & 1,
                               .payload = (i >> 1) & 1};
    hg_contact_log_append(log, &contact);
  }
  g_assert_cmpuint(hg_contact_log_count(log), ==, COUNT);
  g_assert_cmpuint(sizeof(HgContact), <=, 32); /* the design's bound a packet */
  hg_contact_log_sort(log);
  hg_contact_log_sort(log);
  guint8 *seen = g_malloc0(COUNT);
  for (guint32 i = 0; i < COUNT; i++) {
    const HgContact *c = hg_contact_log_get(log, i);
    const guint32 n = c->frame - 1;
    g_assert_cmpint(c->time_ns, ==, (gint64)((n * 7919u) % 1000) - 500);
    g_assert_cmpuint(c->conversation_protocol, ==, n);
    g_assert_cmpuint(c->direction, ==, n & 1);
    g_assert_cmpuint(c->payload, ==, (n >> 1) & 1);
    g_assert_false(seen[n]);
    seen[n] = TRUE;
    if (i > 0) {
      const HgContact *before = hg_contact_log_get(log, i - 1);
      g_assert_true(before->time_ns < c->time_ns ||
                    (before->time_ns == c->time_ns && before->frame < c->frame));
    }
  }
  g_free(seen);
  hg_contact_log_free(log);
  hg_contact_log_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/contact-log/keeps-everything-in-order", test_keeps_everything_in_order);
  return g_test_run();
}

/* test_sums.c - hosts have all of their packets, also those that a cap left out of conversations
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/merge.h"
#include "traffic.h"

#define ROUNDS 60
#define PACKETS 400

static HgTallyBuilder *read_lines(const GPtrArray *lines, guint first, guint end,
                                  guint64 conversations) {
  HgTallyOptions options;
  GString *script = g_string_new(NULL);
  for (guint i = first; i < end; i++)
    g_string_append_printf(script, "%s\n", (const char *)g_ptr_array_index(lines, i));
  hg_tally_options_init(&options);
  options.caps[HG_CAP_CONVERSATIONS] = conversations;
  HgTallyBuilder *builder = hg_script_builder(script->str, &options);
  g_string_free(script, TRUE);
  return builder;
}

static void assert_traffic(const HgTraffic *a, const HgTraffic *b) {
  g_assert_cmpuint(a->packets, ==, b->packets);
  g_assert_cmpuint(a->bytes, ==, b->bytes);
  if (a->packets == 0)
    return;
  g_assert_cmpint(a->first_ns, ==, b->first_ns);
  g_assert_cmpint(a->last_ns, ==, b->last_ns);
  g_assert_cmpuint(a->first_frame, ==, b->first_frame);
  g_assert_cmpuint(a->last_frame, ==, b->last_frame);
}

static void assert_hosts(const HgTally *got, const HgTally *expected) {
  g_assert_cmpuint(hg_tally_host_count(got), ==, hg_tally_host_count(expected));
  for (guint32 i = 0; i < hg_tally_host_count(got); i++) {
    const HgHost *a = hg_tally_host(got, i), *b = hg_tally_host(expected, i);
    g_assert_cmpstr(a->text, ==, b->text);
    assert_traffic(&a->sent, &b->sent);
    assert_traffic(&a->received, &b->received);
    g_assert_cmpint(a->link_broadcast, ==, b->link_broadcast);
  }
}

/* What is in conversations and what is not are all packets with an address. */
static void assert_complete(const HgTally *tally, const HgTally *whole) {
  guint64 packets = hg_tally_left_out(tally, HG_CAP_CONVERSATIONS), all = 0;
  for (guint32 i = 0; i < hg_tally_conversation_count(tally); i++)
    packets += hg_tally_conversation(tally, i)->traffic[0].packets +
               hg_tally_conversation(tally, i)->traffic[1].packets;
  for (guint32 i = 0; i < hg_tally_conversation_count(whole); i++)
    all += hg_tally_conversation(whole, i)->traffic[0].packets +
           hg_tally_conversation(whole, i)->traffic[1].packets;
  g_assert_cmpuint(packets, ==, all);
}

static void test_capped(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, PACKETS);
    const guint64 cap = (guint64)g_rand_int_range(rand, 1, 6);
    const guint cut = (guint)g_rand_int_range(rand, 0, PACKETS);
    HgTally *whole = hg_tally_builder_end(read_lines(lines, 0, PACKETS, 1000));
    HgTally *capped = hg_tally_builder_end(read_lines(lines, 0, PACKETS, cap));
    g_assert_cmpuint(hg_tally_conversation_count(capped), ==, cap);
    assert_hosts(capped, whole);
    assert_complete(capped, whole);
    /* The same in two pieces, the second of which knows conversations that the first has not. */
    HgTallyBuilder *first = read_lines(lines, 0, cut, cap);
    HgTally *second = hg_tally_builder_end(read_lines(lines, cut, PACKETS, cap));
    hg_tally_builder_merge(first, second);
    HgTally *merged = hg_tally_builder_end(first);
    assert_hosts(merged, whole);
    assert_complete(merged, whole);
    hg_tally_free(second);
    hg_tally_free(merged);
    hg_tally_free(capped);
    hg_tally_free(whole);
    g_ptr_array_unref(lines);
    g_rand_free(rand);
  }
}

/* A tally can be read, then packets follow, and it is finished again. */
static void test_again(void) {
  HgTallyBuilder *builder = hg_script_builder("1 10.0.0.1 10.0.0.2 X len=60\n", NULL);
  const HgTally *tally = hg_tally_finish(builder);
  g_assert_cmpuint(hg_tally_host(tally, 0)->sent.bytes, ==, 60);
  g_assert_cmpuint(hg_tally_host(tally, 0)->received.packets, ==, 0);
  GError *error = NULL;
  hg_script_read(builder, "2 10.0.0.2 10.0.0.1 Y len=70\n", &error);
  g_assert_no_error(error);
  for (int again = 0; again < 2; again++) {
    tally = hg_tally_finish(builder);
    g_assert_cmpuint(hg_tally_host(tally, 0)->sent.bytes, ==, 60);
    g_assert_cmpuint(hg_tally_host(tally, 0)->received.bytes, ==, 70);
    g_assert_cmpuint(hg_tally_host(tally, 0)->peers, ==, 1);
    g_assert_cmpuint(hg_tally_conversation(tally, 0)->traffic[1].packets, ==, 1);
  }
  HgTally *owned = hg_tally_builder_end(builder);
  g_assert_cmpuint(hg_tally_host(owned, 0)->received.bytes, ==, 70);
  g_assert_cmpstr(hg_tally_host(owned, 1)->text, ==, "10.0.0.2");
  hg_tally_free(owned);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sums/capped", test_capped);
  g_test_add_func("/sums/again", test_again);
  return g_test_run();
}

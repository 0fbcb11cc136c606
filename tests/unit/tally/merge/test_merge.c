/* test_merge.c - merge(tally(A), tally(B)) equals tally(A followed by B)
 *
 * Random traffic is cut at random places; the pieces, tallied apart and merged, must give the same
 * text as the whole.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/merge.h"
#include "tally_text.h"
#include "traffic.h"

#define PACKETS 400
#define ROUNDS 60

static HgTally *tally_of(const GPtrArray *lines, guint first, guint end) {
  GString *script = g_string_new(NULL);
  for (guint i = first; i < end; i++)
    g_string_append(script, g_ptr_array_index(lines, i));
  HgTally *tally = hg_script_tally(script->str);
  g_string_free(script, TRUE);
  return tally;
}

/* Where a piece ends that begins at `first`. */
static guint random_end(GRand *rand, guint first) {
  const guint end = first + (guint)g_rand_int_range(rand, 1, 150);
  return MIN(end, PACKETS);
}

static void test_random_cuts(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, PACKETS);
    HgTally *whole = tally_of(lines, 0, PACKETS);
    HgTallyBuilder *builder = hg_script_builder("", NULL);
    for (guint first = 0; first < PACKETS;) {
      const guint end = random_end(rand, first);
      HgTally *piece = tally_of(lines, first, end);
      hg_tally_builder_merge(builder, piece);
      hg_tally_free(piece);
      first = end;
    }
    HgTally *merged = hg_tally_builder_end(builder);
    char *expected = hg_tally_text(whole), *got = hg_tally_text(merged);
    g_assert_cmpstr(got, ==, expected);
    g_free(expected);
    g_free(got);
    hg_tally_free(whole);
    hg_tally_free(merged);
    g_ptr_array_free(lines, TRUE);
    g_rand_free(rand);
  }
}

/* Pieces that come in any order: put in order of their times they are the whole again, frame by
 * frame, with everything numbered alike. */
static void test_any_order(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++) {
    GRand *rand = g_rand_new_with_seed(seed);
    GPtrArray *lines = hg_traffic_random(rand, PACKETS);
    GPtrArray *pieces = g_ptr_array_new_with_free_func((GDestroyNotify)hg_tally_free);
    HgTally *whole = tally_of(lines, 0, PACKETS);
    for (guint first = 0; first < PACKETS;) {
      const guint end = random_end(rand, first);
      g_ptr_array_add(pieces, tally_of(lines, first, end));
      first = end;
    }
    HgTally *merged = hg_script_tally("");
    while (pieces->len > 0) {
      const guint next = (guint)g_rand_int_range(rand, 0, (gint32)pieces->len);
      HgTally *more = hg_tally_union(merged, g_ptr_array_index(pieces, next));
      hg_tally_free(merged);
      merged = more;
      g_ptr_array_remove_index_fast(pieces, next);
    }
    char *expected = hg_tally_text(whole), *got = hg_tally_text(merged);
    g_assert_cmpstr(got, ==, expected);
    for (guint32 i = 0; i < hg_tally_host_count(whole); i++)
      g_assert_cmpstr(hg_tally_host(merged, i)->text, ==, hg_tally_host(whole, i)->text);
    for (guint32 i = 0; i < hg_tally_conversation_count(whole); i++)
      g_assert_cmpmem(hg_tally_conversation(merged, i)->host, sizeof(guint32[2]),
                      hg_tally_conversation(whole, i)->host, sizeof(guint32[2]));
    g_assert_cmpint(hg_tally_start(merged), ==, hg_tally_start(whole));
    g_free(expected);
    g_free(got);
    hg_tally_free(whole);
    hg_tally_free(merged);
    g_ptr_array_free(pieces, TRUE);
    g_ptr_array_free(lines, TRUE);
    g_rand_free(rand);
  }
}

/* The ends of tunnels have no packets of their own whose frames would put them in order. */
static void test_hosts_without_packets(void) {
  HgTally *a = hg_script_tally("1 10.0.0.1 10.0.0.2 TCP\nobserve tunnel 192.0.2.2 192.0.2.9 GRE\n");
  HgTally *b = hg_script_tally("2 10.0.0.1 10.0.0.2 TCP\nobserve tunnel 192.0.2.9 192.0.2.1 GRE\n");
  HgTally *ab = hg_tally_union(a, b), *ba = hg_tally_union(b, a);
  g_assert_cmpuint(hg_tally_host_count(ab), ==, 5);
  g_assert_cmpuint(hg_tally_host_count(ba), ==, 5);
  for (guint32 i = 0; i < 5; i++)
    g_assert_cmpstr(hg_tally_host(ab, i)->text, ==, hg_tally_host(ba, i)->text);
  hg_tally_free(a);
  hg_tally_free(b);
  hg_tally_free(ab);
  hg_tally_free(ba);
}

static void test_caps_hold(void) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  options.caps[HG_CAP_HOSTS] = 1;
  HgTallyBuilder *builder = hg_tally_builder_new(&options);
  HgTally *from = hg_script_tally("1 10.0.0.1 10.0.0.2 DNS udp=1:53\n2 10.0.0.2 10.0.0.1 DNS\n");
  hg_tally_builder_merge(builder, from);
  HgTally *into = hg_tally_builder_end(builder);
  g_assert_cmpuint(hg_tally_host_count(into), ==, 1);
  g_assert_cmpuint(hg_tally_left_out(into, HG_CAP_HOSTS), >, 0);
  g_assert_cmpuint(hg_tally_conversation_count(into), ==, 0);
  g_assert_cmpuint(hg_tally_connection_count(into), ==, 0);
  g_assert_cmpuint(hg_tally_traffic(into)->packets, ==, 2);
  hg_tally_free(from);
  hg_tally_free(into);
}

/* Once an Info text may be whole, it may be in all that is made of it; so may packets that came twice. */
static void test_options_of_either(void) {
  static const char script[] = "1 10.0.0.1 10.0.0.2 DNS udp=1:53 info=\"secret\"\n";
  for (guint which = 0; which < 4; which++) {
    HgTallyOptions options[2];
    HgTally *parts[2];
    for (guint i = 0; i < 2; i++) {
      hg_tally_options_init(&options[i]);
      options[i].full_info = options[i].keep_duplicates = (which >> i & 1) == 1;
      parts[i] = hg_script_tally_with(script, &options[i]);
    }
    HgTally *both = hg_tally_union(parts[0], parts[1]);
    g_assert_cmpint(hg_tally_options(both)->full_info, ==, which > 0);
    g_assert_cmpint(hg_tally_options(both)->keep_duplicates, ==, which > 0);
    hg_tally_free(both);
    HgTallyBuilder *builder = hg_tally_builder_new(&options[0]);
    hg_tally_builder_merge(builder, parts[1]);
    both = hg_tally_builder_end(builder);
    g_assert_cmpint(hg_tally_options(both)->full_info, ==, which > 0);
    g_assert_cmpint(hg_tally_options(both)->keep_duplicates, ==, which > 0);
    hg_tally_free(both);
    hg_tally_free(parts[0]);
    hg_tally_free(parts[1]);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/merge/random-cuts", test_random_cuts);
  g_test_add_func("/merge/any-order", test_any_order);
  g_test_add_func("/merge/hosts-without-packets", test_hosts_without_packets);
  g_test_add_func("/merge/caps-hold", test_caps_hold);
  g_test_add_func("/merge/options-of-either", test_options_of_either);
  return g_test_run();
}

/* test_packet_queue.c - packets that wait before they are counted give the same tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/memory/packet_queue.h"

#include <string.h>

#include "script.h"
#include "tally/merge/merge.h"
#include "tally_text.h"
#include "traffic.h"

#define PACKETS 400
#define ROUNDS 60

/* What random traffic lacks: changing MACs, ARP, long addresses and texts. */
static char *unusual_packet(GRand *rand, guint i) {
  const int a = g_rand_int_range(rand, 1, 6), b = g_rand_int_range(rand, 1, 6);
  g_autofree char *name = g_strnfill((gsize)g_rand_int_range(rand, 1, 256), (char)('a' + b));
  g_autofree char *info = g_strnfill((gsize)g_rand_int_range(rand, 0, 300), (char)('A' + a));
  switch (g_rand_int_range(rand, 0, 3)) {
  case 0:
    return g_strdup_printf("%u 10.0.0.%d 10.0.0.%d TCP tcp=9:80:S smac=02:00:00:00:00:0%d "
                           "dmac=ff:ff:ff:ff:ff:ff\n",
                           2000 + i, a, b, b);
  case 1:
    return g_strdup_printf("%u 02:00:00:00:00:0%d ff:ff:ff:ff:ff:ff ARP\n"
                           "arp 02:00:00:00:00:0%d 10.0.0.%d 10.0.0.%d reply\n",
                           2000 + i, a, a, b, a);
  default:
    return g_strdup_printf("%u host-%s 10.0.0.%d OTHER info=\"%s\"\n", 2000 + i, name, a, info);
  }
}

static GPtrArray *random_packets(GRand *rand) {
  GPtrArray *lines = hg_traffic_random(rand, PACKETS / 2);
  for (guint i = 0; i < PACKETS / 2; i++)
    g_ptr_array_add(lines, unusual_packet(rand, i));
  return lines;
}

/* `at_once`: each packet is counted before the next one comes. */
static HgTallyBuilder *builder_of(const GPtrArray *lines, const HgTallyOptions *options,
                                  gboolean at_once) {
  HgTallyBuilder *builder = hg_tally_builder_new(options);
  for (guint i = 0; i < lines->len; i++) {
    const char *line = g_ptr_array_index(lines, i);
    const int packet = (int)strcspn(line, "\n"); /* its evidence follows */
    g_autofree char *script =
        g_strdup_printf("%.*s frame=%u%s", packet, line, i + 1, line + packet);
    GError *error = NULL;
    hg_script_read(builder, script, &error);
    g_assert_no_error(error);
    if (at_once)
      hg_tally_finish(builder);
  }
  return builder;
}

static void assert_same(const HgTally *got, const HgTally *expected) {
  g_autofree char *one = hg_tally_text(got), *other = hg_tally_text(expected);
  g_assert_cmpstr(one, ==, other);
  for (int cap = 0; cap < HG_CAP_COUNT; cap++)
    g_assert_cmpuint(hg_tally_left_out(got, cap), ==, hg_tally_left_out(expected, cap));
  for (guint32 i = 0; i < hg_tally_host_count(expected); i++)
    g_assert_cmpstr(hg_tally_host(got, i)->text, ==, hg_tally_host(expected, i)->text);
}

/* `cap`: of what there is room for only a few; HG_CAP_COUNT: of nothing. */
static void compare_random(guint32 seed, int cap) {
  HgTallyOptions options;
  GRand *rand = g_rand_new_with_seed(seed);
  GPtrArray *lines = random_packets(rand);
  hg_tally_options_init(&options);
  if (cap < HG_CAP_COUNT)
    options.caps[cap] = (guint64)g_rand_int_range(rand, 1, 6);
  HgTally *waiting = hg_tally_builder_end(builder_of(lines, &options, FALSE));
  HgTally *counted = hg_tally_builder_end(builder_of(lines, &options, TRUE));
  assert_same(waiting, counted);
  hg_tally_free(waiting);
  hg_tally_free(counted);
  g_ptr_array_unref(lines);
  g_rand_free(rand);
}

static void test_random(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++)
    compare_random(seed, HG_CAP_COUNT);
}

static void test_capped(void) {
  for (guint32 seed = 0; seed < ROUNDS; seed++)
    compare_random(seed, (int)(seed % HG_CAP_COUNT));
}

/* A merge numbers what it brings behind what came before. */
static void test_merge(void) {
  GRand *rand = g_rand_new_with_seed(1);
  GPtrArray *lines = random_packets(rand);
  HgTallyOptions options;
  hg_tally_options_init(&options);
  HgTally *counted = hg_tally_builder_end(builder_of(lines, &options, TRUE));
  HgTallyBuilder *waiting = builder_of(lines, &options, FALSE);
  hg_tally_builder_merge(waiting, counted);
  HgTallyBuilder *expected = builder_of(lines, &options, TRUE);
  hg_tally_builder_merge(expected, counted);
  assert_same(hg_tally_finish(waiting), hg_tally_finish(expected));
  hg_tally_builder_free(expected);
  hg_tally_builder_free(waiting);
  hg_tally_free(counted);
  g_ptr_array_unref(lines);
  g_rand_free(rand);
}

/* It holds what it copied, whatever becomes of the original, until it is full. */
static void test_copies(void) {
  HgPacketQueue *queue = hg_packet_queue_new();
  char name[HG_ADDRESS_MAX_LENGTH], info[HG_INFO_MAX + 10];
  const HgAddress address = {
      .kind = HG_ADDRESS_OTHER, .length = sizeof name, .data = (const guint8 *)name};
  guint given = 0, count;
  for (int full = 0; full < 2; full++) {
    for (given = 0; !hg_packet_queue_is_full(queue); given++) {
      memset(name, (int)('a' + given % 26), sizeof name);
      memset(info, (int)('A' + given % 26), sizeof info - 1);
      info[sizeof info - 1] = '\0';
      const HgPacket packet = {.frame = given + 1,
                               .source = address,
                               .destination = address,
                               .info = given % 2 ? info : NULL};
      hg_packet_queue_add(queue, &packet, (guint16)given, (guint16)(given + 7));
    }
    const HgQueuedPacket *all = hg_packet_queue_all(queue, &count);
    g_assert_cmpuint(count, ==, given);
    g_assert_cmpuint(count, >, 1);
    for (guint i = 0; i < count; i++) {
      memset(name, (int)('a' + i % 26), sizeof name);
      g_assert_cmpuint(all[i].packet.frame, ==, i + 1);
      g_assert_cmpuint(all[i].protocol, ==, i);
      g_assert_cmpuint(all[i].detected, ==, i + 7);
      g_assert_cmpmem(all[i].packet.source.data, all[i].packet.source.length, name, sizeof name);
      g_assert_cmpmem(all[i].packet.destination.data, all[i].packet.destination.length, name,
                      sizeof name);
      if (i % 2)
        g_assert_cmpuint(strlen(all[i].packet.info), ==, HG_INFO_MAX);
      else
        g_assert_null(all[i].packet.info);
    }
    hg_packet_queue_clear(queue);
  }
  hg_packet_queue_free(queue);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/packet-queue/random", test_random);
  g_test_add_func("/packet-queue/capped", test_capped);
  g_test_add_func("/packet-queue/merge", test_merge);
  g_test_add_func("/packet-queue/copies", test_copies);
  return g_test_run();
}

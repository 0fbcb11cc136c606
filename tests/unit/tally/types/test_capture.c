/* test_capture.c - which captures are the same
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/capture.h"

#include <string.h>

#define PACKETS 500

typedef struct {
  gint64 time_ns;
  guint32 length;
  guint64 key;
} Packet;

static void random_packets(GRand *rand, Packet *packets) {
  for (guint i = 0; i < PACKETS; i++)
    packets[i] = (Packet){(gint64)i * 1000000 + g_rand_int_range(rand, -500000, 500000),
                          (guint32)g_rand_int_range(rand, 60, 1515),
                          (guint64)g_rand_int(rand) << 32 | g_rand_int(rand)};
}

static HgCaptureDigest digest_of(const Packet *packets) {
  HgCaptureDigest digest = {{0}};
  for (guint i = 0; i < PACKETS; i++)
    hg_capture_digest_add(&digest, packets[i].time_ns, packets[i].length, packets[i].key);
  return digest;
}

static gboolean is_equal(const HgCaptureDigest *a, const HgCaptureDigest *b) {
  return a->word[0] == b->word[0] && a->word[1] == b->word[1];
}

/* The order of packets makes no difference, nor do nanoseconds; everything else does. */
static void test_digest(void) {
  GRand *rand = g_rand_new_with_seed(1);
  Packet packets[PACKETS];
  random_packets(rand, packets);
  const HgCaptureDigest whole = digest_of(packets);
  g_assert_true(hg_capture_digest_is_known(&whole));
  for (guint i = 0; i < PACKETS; i++) {
    Packet changed[PACKETS];
    memcpy(changed, packets, sizeof packets);
    const guint other = (guint)g_rand_int_range(rand, 0, PACKETS);
    changed[i] = packets[other];
    changed[other] = packets[i];
    HgCaptureDigest digest = digest_of(changed);
    g_assert_true(is_equal(&digest, &whole));
    changed[i].time_ns -= ((changed[i].time_ns % 1000) + 1000) % 1000; /* as pcap files have it */
    digest = digest_of(changed);
    g_assert_true(is_equal(&digest, &whole));
    changed[i].time_ns += 1000;
    digest = digest_of(changed);
    g_assert_false(is_equal(&digest, &whole));
    changed[i].time_ns -= 1000;
    changed[i].length++;
    digest = digest_of(changed);
    g_assert_false(is_equal(&digest, &whole));
    changed[i].length--;
    changed[i].key ^= G_GUINT64_CONSTANT(1) << (i % 64);
    digest = digest_of(changed);
    g_assert_false(is_equal(&digest, &whole));
  }
  g_rand_free(rand);
}

static void test_text(void) {
  static const char *const bad[] = {"0",
                                    "x",
                                    "0123456789abcdef0123456789abcde",
                                    "0123456789abcdef0123456789abcdeF",
                                    "0123456789abcdef0123456789abcdef0",
                                    " "};
  const HgCaptureDigest none = {{0}};
  HgCaptureDigest digest = {{1, G_GUINT64_CONSTANT(0xfedcba9876543210)}}, read;
  char text[HG_CAPTURE_DIGEST_TEXT];
  hg_capture_digest_text(&digest, text);
  g_assert_cmpstr(text, ==, "0000000000000001fedcba9876543210");
  g_assert_true(hg_capture_digest_parse(text, &read));
  g_assert_true(is_equal(&digest, &read));
  hg_capture_digest_text(&none, text);
  g_assert_cmpstr(text, ==, "");
  g_assert_true(hg_capture_digest_parse(text, &read));
  g_assert_false(hg_capture_digest_is_known(&read));
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
    g_assert_false(hg_capture_digest_parse(bad[i], &read));
}

/* Of captures in older stores no digest is known. */
static void test_same(void) {
  char name_a[] = "a", name_b[] = "b", filter[] = "dns";
  const HgCapture capture = {.name = name_a,
                             .frames = 10,
                             .start_ns = 5,
                             .traffic = {9, 900, 5, 50, 1, 10},
                             .digest = {{1, 2}}};
  HgCapture other = capture;
  other.name = name_b;
  g_assert_true(hg_capture_is_same(&capture, &other));
  other.digest = (HgCaptureDigest){{1, 3}};
  g_assert_false(hg_capture_is_same(&capture, &other));
  other.digest = (HgCaptureDigest){{0}};
  g_assert_true(hg_capture_is_same(&capture, &other));
  other.filter = filter;
  g_assert_false(hg_capture_is_same(&capture, &other));
  other.filter = NULL;
  other.traffic.last_ns++;
  g_assert_false(hg_capture_is_same(&capture, &other));
  const HgCapture empty = {.frames = 3, .start_ns = 5};
  g_assert_false(hg_capture_is_same(&empty, &empty));

  GArray *captures = hg_capture_array_new();
  g_assert_null(hg_capture_array_find(captures, &capture));
  hg_capture_array_add(captures, &empty);
  hg_capture_array_add(captures, &capture);
  g_assert_true(hg_capture_array_find(captures, &capture) ==
                &g_array_index(captures, HgCapture, 1));
  g_array_unref(captures);
}

/* Frames 1 to 5, 6 (one capture without packets begins there, too) to 9, 10 and on. */
static void test_of_frame(void) {
  static const guint32 frames_before[] = {0, 5, 5, 9};
  static const struct {
    guint32 frame;
    guint capture;
  } expected[] = {{0, 0}, {1, 0}, {5, 0}, {6, 2}, {9, 2}, {10, 3}, {G_MAXUINT32, 3}};
  GArray *captures = hg_capture_array_new();
  g_assert_cmpuint(hg_capture_array_of_frame(captures, 7), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS(frames_before); i++) {
    const HgCapture capture = {.frames_before = frames_before[i]};
    hg_capture_array_add(captures, &capture);
  }
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++)
    g_assert_cmpuint(hg_capture_array_of_frame(captures, expected[i].frame), ==,
                     expected[i].capture);
  g_array_unref(captures);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/capture/digest", test_digest);
  g_test_add_func("/capture/text", test_text);
  g_test_add_func("/capture/same", test_same);
  g_test_add_func("/capture/of-frame", test_of_frame);
  return g_test_run();
}

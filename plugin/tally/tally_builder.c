/* tally_builder.c - takes packets in and gives finished tallies out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_builder.h"

#include "builder_private.h"
#include "find_home.h"

HgTallyBuilder *hg_tally_builder_new(const HgTallyOptions *options) {
  HgTallyBuilder *builder = g_new0(HgTallyBuilder, 1);
  hg_tally_init(&builder->tally, options);
  builder->clock.now_ns = builder->given_start_ns = HG_TIME_NONE;
  builder->queue = hg_packet_queue_new();
  builder->pairs = hg_pair_cache_new();
  return builder;
}

/* Frees what belongs to the builder alone. */
static void free_workspace(HgTallyBuilder *builder) {
  hg_packet_queue_free(builder->queue);
  hg_pair_cache_free(builder->pairs);
  g_free(builder);
}

void hg_tally_builder_free(HgTallyBuilder *builder) {
  if (!builder)
    return;
  hg_tally_clear(&builder->tally);
  free_workspace(builder);
}

void hg_tally_builder_set_start(HgTallyBuilder *builder, gint64 time_ns) {
  builder->given_start_ns = time_ns;
}

void hg_builder_set_captures(HgTallyBuilder *builder, GArray *captures) {
  g_array_unref(builder->tally.captures);
  builder->tally.captures = captures;
  if (captures->len == 0)
    return;
  const HgCapture *last = &g_array_index(captures, HgCapture, captures->len - 1);
  builder->tally.last_frame = last->frames_before + last->frames;
  /* the first that has times */
  for (guint i = captures->len; i-- > 0;)
    if (i + 1 == captures->len || hg_time_is_known(g_array_index(captures, HgCapture, i).start_ns))
      builder->tally.start_ns = g_array_index(captures, HgCapture, i).start_ns;
  builder->started = TRUE;
}

static gboolean is_wanted(const HgTallyBuilder *builder, const char *protocol) {
  char **wanted = builder->tally.options.protocols;
  if (!wanted)
    return TRUE;
  for (; *wanted; wanted++)
    if (g_ascii_strcasecmp(*wanted, protocol ? protocol : "") == 0)
      return TRUE;
  return FALSE;
}

/* A start of 0 is one where the clock stands near it, as a time of 0 is. */
static gboolean is_start(const HgTallyBuilder *builder, gint64 first_ns) {
  return hg_time_is_known(builder->given_start_ns) &&
         (builder->given_start_ns != 0 || hg_capture_clock_is_near_zero(first_ns));
}

/* The first packet that has a time: those before it take it, too. */
static void begin_clock(HgTallyBuilder *builder, gint64 first_ns) {
  HgTally *const tally = &builder->tally;
  const gint64 before_ns = hg_capture_clock_first(&builder->clock, first_ns);
  tally->start_ns = is_start(builder, first_ns) ? builder->given_start_ns : before_ns;
  builder->started = TRUE;
  if (before_ns == 0)
    tally->without_time -= builder->clock.zeros;
  if (tally->without_time > 0 || builder->clock.zeros > 0)
    hg_builder_date(builder, before_ns);
}

/* Reads the clock at a packet that has no time, or is the first that has one. */
static void adjust_clock(HgTallyBuilder *builder, gint64 time_ns) {
  HgCaptureClock *const clock = &builder->clock;
  if (hg_capture_clock_knows(clock, time_ns)) {
    begin_clock(builder, time_ns);
    clock->now_ns = time_ns;
    return;
  }
  if (!builder->started)
    builder->tally.start_ns = HG_TIME_NONE;
  builder->tally.without_time += !builder->skipped;
  if (time_ns == 0 && clock->now_ns == HG_TIME_NONE) {
    clock->began_at_0 = TRUE;
    clock->zeros += !builder->skipped;
  }
}

void hg_tally_builder_packet(HgTallyBuilder *builder, const HgPacket *packet) {
  HgPacket dated;
  const gint64 own_time_ns = packet->time_ns;
  builder->tally.last_frame = MAX(builder->tally.last_frame, packet->frame);
  builder->skipped = !is_wanted(builder, packet->protocol);
  if (builder->clock.now_ns != HG_TIME_NONE &&
      hg_capture_clock_knows(&builder->clock, packet->time_ns)) {
    builder->clock.now_ns = packet->time_ns;
  } else {
    adjust_clock(builder, packet->time_ns);
    dated = *packet;
    dated.time_ns = builder->clock.now_ns;
    packet = &dated;
  }
  if (builder->skipped)
    return;
  builder->summed = FALSE;
  hg_capture_digest_add(&builder->tally.digest, own_time_ns, packet->wire_length,
                        packet->key.packet);
  hg_packet_queue_add(builder->queue, packet,
                      hg_protocol_table_intern(builder->tally.protocols, packet->protocol));
  if (hg_packet_queue_is_full(builder->queue))
    hg_builder_count(builder);
}

const HgTally *hg_tally_finish(HgTallyBuilder *builder) {
  hg_builder_count(builder);
  hg_builder_sum_up(builder);
  hg_contact_log_sort(builder->tally.contacts);
  hg_tally_find_home(&builder->tally);
  return &builder->tally;
}

HgTally *hg_tally_builder_end(HgTallyBuilder *builder) {
  HgTally *tally = g_memdup2(hg_tally_finish(builder), sizeof *tally);
  free_workspace(builder);
  return tally;
}

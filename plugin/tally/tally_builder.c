/* tally_builder.c - takes packets in and gives finished tallies out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_builder.h"

#include "builder_private.h"
#include "find_home.h"

static void add_remainder(HgTallyBuilder *builder, const HgTallyOptions *options,
                          const HgKnownPackets *known) {
  HgTallyOptions alone = *options;
  alone.known = NULL;
  const HgBuilderRemainder remainder = {hg_known_packets_of(known), hg_packet_matcher_new(known),
                                        hg_tally_builder_new(&alone)};
  g_array_append_val(builder->remainders, remainder);
}

HgTallyBuilder *hg_tally_builder_new(const HgTallyOptions *options) {
  HgTallyBuilder *builder = g_new0(HgTallyBuilder, 1);
  hg_tally_init(&builder->tally, options);
  builder->clock.now_ns = builder->given_start_ns = HG_TIME_NONE;
  builder->queue = hg_packet_queue_new();
  builder->pairs = hg_pair_cache_new();
  builder->fingerprints = options->fingerprints ? hg_fingerprint_log_new() : NULL;
  builder->remainders = g_array_new(FALSE, FALSE, sizeof(HgBuilderRemainder));
  for (guint i = 0; options->known && i < options->known->len; i++)
    add_remainder(builder, options, options->known->pdata[i]);
  return builder;
}

#define REMAINDER(builder, i) (&g_array_index((builder)->remainders, HgBuilderRemainder, i))

void hg_builder_forget_apart(HgTallyBuilder *builder) {
  if (builder->apart)
    hg_tally_free(g_steal_pointer(&builder->apart));
}

/* Frees what belongs to the builder alone, but for the builders of remainders. */
static void free_workspace(HgTallyBuilder *builder) {
  hg_builder_forget_apart(builder);
  for (guint i = 0; i < builder->remainders->len; i++)
    hg_packet_matcher_free(REMAINDER(builder, i)->matcher);
  g_array_unref(builder->remainders);
  hg_fingerprint_log_free(builder->fingerprints);
  hg_packet_queue_free(builder->queue);
  hg_pair_cache_free(builder->pairs);
  g_free(builder);
}

void hg_tally_builder_free(HgTallyBuilder *builder) {
  if (!builder)
    return;
  for (guint i = 0; i < builder->remainders->len; i++)
    hg_tally_builder_free(REMAINDER(builder, i)->builder);
  hg_tally_clear(&builder->tally);
  free_workspace(builder);
}

void hg_tally_builder_set_start(HgTallyBuilder *builder, gint64 time_ns) {
  builder->given_start_ns = time_ns;
  for (guint i = 0; i < builder->remainders->len; i++)
    hg_tally_builder_set_start(REMAINDER(builder, i)->builder, time_ns);
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

guint16 hg_tally_builder_segment(HgTallyBuilder *builder, const HgSegment *segment) {
  for (guint i = 0; i < builder->remainders->len; i++) /* the same numbers everywhere */
    hg_segment_table_intern(REMAINDER(builder, i)->builder->tally.segments, segment);
  return hg_segment_table_intern(builder->tally.segments, segment);
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

/* `wanted`: it is to be tallied; else it only has a frame number and a time. */
static void add_packet(HgTallyBuilder *builder, const HgPacket *packet, gboolean wanted) {
  HgPacket dated;
  const gint64 own_time_ns = packet->time_ns;
  builder->tally.last_frame = MAX(builder->tally.last_frame, packet->frame);
  builder->segment = packet->segment;
  builder->outer_segment = packet->outer_segment;
  hg_builder_forget_apart(builder);
  builder->skipped = !wanted;
  builder->copy = packet->copy;
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
  builder->summed = builder->packed = FALSE;
  if (builder->fingerprints)
    hg_fingerprint_log_add(builder->fingerprints, packet->key.packet, own_time_ns);
  hg_capture_digest_add(&builder->tally.digest, own_time_ns, packet->wire_length,
                        packet->key.packet);
  const guint16 protocol = hg_protocol_table_intern(builder->tally.protocols, packet->protocol);
  hg_packet_queue_add(builder->queue, packet, protocol,
                      hg_protocol_table_intern(builder->tally.protocols, packet->detected));
  if (hg_packet_queue_is_full(builder->queue))
    hg_builder_count(builder);
}

void hg_tally_builder_packet(HgTallyBuilder *builder, const HgPacket *packet) {
  const gboolean wanted = is_wanted(builder, packet->protocol);
  for (guint i = 0; i < builder->remainders->len; i++) {
    const HgBuilderRemainder *remainder = REMAINDER(builder, i);
    add_packet(remainder->builder, packet,
               wanted && !hg_packet_matcher_take(remainder->matcher, packet));
  }
  add_packet(builder, packet, wanted);
}

static void pack_fingerprints(HgTallyBuilder *builder) {
  if (!builder->fingerprints || builder->packed)
    return;
  if (builder->tally.fingerprints)
    g_bytes_unref(builder->tally.fingerprints);
  builder->tally.fingerprints =
      hg_fingerprint_log_pack(builder->fingerprints, &builder->tally.unmarked);
  builder->packed = TRUE;
}

/* They are of the same capture. */
static void finish_remainders(HgTallyBuilder *builder) {
  HgTally *tally = &builder->tally;
  g_array_set_size(tally->remainders, 0);
  for (guint i = 0; i < builder->remainders->len; i++) {
    const HgBuilderRemainder *from = REMAINDER(builder, i);
    const guint64 known = hg_packet_matcher_count(from->matcher);
    hg_builder_finish_tables(from->builder);
    from->builder->tally.digest = tally->digest;
    from->builder->tally.known = known;
    const HgRemainder remainder = {g_strdup(from->of), known, &from->builder->tally, FALSE};
    g_array_append_val(tally->remainders, remainder);
  }
}

void hg_builder_finish_tables(HgTallyBuilder *builder) {
  hg_builder_count(builder);
  hg_builder_sum_up(builder);
  hg_contact_log_sort(builder->tally.contacts);
  hg_tally_find_home(&builder->tally);
  pack_fingerprints(builder);
  finish_remainders(builder);
}

const HgTally *hg_tally_builder_by_segment(HgTallyBuilder *builder) {
  hg_builder_finish_tables(builder);
  return &builder->tally;
}

HgTally *hg_builder_end_tables(HgTallyBuilder *builder) {
  HgTally *tally = g_memdup2(&builder->tally, sizeof builder->tally);
  for (guint i = 0; i < builder->remainders->len; i++) {
    HgRemainder *remainder = &g_array_index(tally->remainders, HgRemainder, i);
    remainder->tally = hg_builder_end_tables(REMAINDER(builder, i)->builder);
    remainder->owned = TRUE;
  }
  free_workspace(builder);
  return tally;
}

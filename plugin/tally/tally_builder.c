/* tally_builder.c - takes packets in and gives finished tallies out
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_builder.h"

#include "builder_private.h"

HgTallyBuilder *hg_tally_builder_new(const HgTallyOptions *options) {
  HgTallyBuilder *builder = g_new0(HgTallyBuilder, 1);
  hg_tally_init(&builder->tally, options);
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
  builder->tally.start_ns = time_ns;
  builder->started = TRUE;
}

void hg_builder_set_captures(HgTallyBuilder *builder, GArray *captures) {
  g_array_unref(builder->tally.captures);
  builder->tally.captures = captures;
  if (captures->len == 0)
    return;
  const HgCapture *last = &g_array_index(captures, HgCapture, captures->len - 1);
  builder->tally.last_frame = last->frames_before + last->frames;
  hg_tally_builder_set_start(builder, g_array_index(captures, HgCapture, 0).start_ns);
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

void hg_tally_builder_packet(HgTallyBuilder *builder, const HgPacket *packet) {
  if (!builder->started)
    hg_tally_builder_set_start(builder, packet->time_ns);
  builder->tally.last_frame = MAX(builder->tally.last_frame, packet->frame);
  builder->skipped = !is_wanted(builder, packet->protocol);
  if (builder->skipped)
    return;
  builder->summed = FALSE;
  hg_packet_queue_add(builder->queue, packet,
                      hg_protocol_table_intern(builder->tally.protocols, packet->protocol));
  if (hg_packet_queue_is_full(builder->queue))
    hg_builder_count(builder);
}

const HgTally *hg_tally_finish(HgTallyBuilder *builder) {
  hg_builder_count(builder);
  hg_builder_sum_up(builder);
  hg_contact_log_sort(builder->tally.contacts);
  return &builder->tally;
}

HgTally *hg_tally_builder_end(HgTallyBuilder *builder) {
  HgTally *tally = g_memdup2(hg_tally_finish(builder), sizeof *tally);
  free_workspace(builder);
  return tally;
}

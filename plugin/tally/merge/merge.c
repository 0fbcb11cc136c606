/* merge.c - several tallies into one
 *
 * A union is the same for every order of its parts: captures are put in the order of their times,
 * their frames are numbered in that order, and then hosts and conversations by their first frames.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "merge.h"

#include "merge_tables.h"
#include "tally/types/fingerprints.h"

/* --- captures --- */

static gint compare_captures(gconstpointer a, gconstpointer b, gpointer data) {
  const GArray *captures = data;
  return hg_capture_compare(&g_array_index(captures, HgCapture, *(const guint32 *)a),
                            &g_array_index(captures, HgCapture, *(const guint32 *)b));
}

/* 0, 1, 2, ... in the order of `compare`, which keeps equal ones as they are. (transfer full) */
static guint32 *sorted_numbers(guint32 count, GCompareDataFunc compare, gconstpointer data) {
  guint32 *all = g_new(guint32, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    all[i] = i;
  g_qsort_with_data(all, (gint)count, sizeof *all, compare, (gpointer)data);
  return all;
}

/* Keeps those of the captures that began last, within the bound. */
static void forget_fingerprints(GArray *ordered) {
  gsize bytes = 0;
  for (guint i = ordered->len; i-- > 0;) {
    HgCapture *capture = &g_array_index(ordered, HgCapture, i);
    if (!capture->fingerprints)
      continue;
    bytes += g_bytes_get_size(capture->fingerprints);
    if (bytes <= HG_FINGERPRINTS_MAX_BYTES)
      continue;
    g_clear_pointer(&capture->fingerprints, g_bytes_unref);
    capture->unmarked = capture->traffic.packets;
  }
}

/* The captures in order of time. Fills `moved`, by place in `captures`, with the frames_before
 * of each in that order. */
static GArray *order_captures(const GArray *captures, guint32 *moved) {
  GArray *ordered = hg_capture_array_new();
  guint32 *order = sorted_numbers(captures->len, compare_captures, captures), before = 0;
  for (guint i = 0; i < captures->len; i++) {
    HgCapture capture = g_array_index(captures, HgCapture, order[i]);
    moved[order[i]] = before;
    if (capture.traffic.packets > 0) {
      capture.traffic.first_frame += before - capture.frames_before;
      capture.traffic.last_frame += before - capture.frames_before;
    }
    capture.frames_before = before;
    before += capture.frames;
    hg_capture_array_add(ordered, &capture);
  }
  forget_fingerprints(ordered);
  g_free(order);
  return ordered;
}

/* --- order of first sight --- */

static gint compare_sight(const HgTraffic *a, const HgTraffic *b) {
  if (a->packets == 0 || b->packets == 0)
    return (a->packets == 0) - (b->packets == 0);
  return a->first_frame < b->first_frame ? -1 : a->first_frame > b->first_frame;
}

/* The numbers of segments depend on the order of the parts. */
static gint compare_addresses(const HgHost *a, const HgHost *b) {
  const HgAddress x = hg_address_without_segment(&a->address);
  const HgAddress y = hg_address_without_segment(&b->address);
  return hg_address_compare(&x, &y);
}

/* By first frame; of two hosts in one frame the sender comes first. Hosts without packets (the ends of
 * tunnels) come last, by address. */
static gint compare_hosts(gconstpointer a, gconstpointer b, gpointer data) {
  const HgHost *x = hg_tally_host(data, *(const guint32 *)a);
  const HgHost *y = hg_tally_host(data, *(const guint32 *)b);
  const HgTraffic all_x = hg_host_traffic(x), all_y = hg_host_traffic(y);
  const gint order = compare_sight(&all_x, &all_y);
  if (order)
    return order;
  const gboolean sent_x = x->sent.packets > 0 && x->sent.first_frame == all_x.first_frame;
  const gboolean sent_y = y->sent.packets > 0 && y->sent.first_frame == all_y.first_frame;
  return sent_x != sent_y ? sent_y - sent_x : compare_addresses(x, y);
}

static gint compare_conversations(gconstpointer a, gconstpointer b, gpointer data) {
  const HgConversation *x = hg_tally_conversation(data, *(const guint32 *)a);
  const HgConversation *y = hg_tally_conversation(data, *(const guint32 *)b);
  return compare_sight(&x->traffic[hg_conversation_first_side(x)],
                       &y->traffic[hg_conversation_first_side(y)]);
}

static gint compare_conversation_protocols(gconstpointer a, gconstpointer b, gpointer data) {
  const HgConversationProtocol *x = hg_tally_conversation_protocol(data, *(const guint32 *)a);
  const HgConversationProtocol *y = hg_tally_conversation_protocol(data, *(const guint32 *)b);
  return compare_sight(&x->traffic[hg_traffic_is_before(&x->traffic[1], &x->traffic[0])],
                       &y->traffic[hg_traffic_is_before(&y->traffic[1], &y->traffic[0])]);
}

/* A builder with the same in which everything is numbered in order of first sight. (transfer
 * full) */
static HgTallyBuilder *number_by_sight(const HgTally *tally) {
  HgTallyBuilder *ordered = hg_tally_builder_new(hg_tally_options(tally));
  guint32 *hosts = sorted_numbers(hg_tally_host_count(tally), compare_hosts, tally);
  guint32 *conversations =
      sorted_numbers(hg_tally_conversation_count(tally), compare_conversations, tally);
  guint32 *conversation_protocols = sorted_numbers(hg_tally_conversation_protocol_count(tally),
                                                   compare_conversation_protocols, tally);
  const HgMergePlan plan = {.host_order = hosts,
                            .conversation_order = conversations,
                            .conversation_protocol_order = conversation_protocols};
  hg_builder_merge(ordered, tally, &plan);
  g_free(hosts);
  g_free(conversations);
  g_free(conversation_protocols);
  return ordered;
}

HgTally *hg_tally_union(const HgTally *a, const HgTally *b) {
  GArray *captures = hg_tally_captures(a), *more = hg_tally_captures(b);
  const guint split = captures->len;
  for (guint i = 0; i < more->len; i++)
    hg_capture_array_add(captures, &g_array_index(more, HgCapture, i));
  guint32 *moved = g_new(guint32, (gsize)captures->len + 1);
  GArray *ordered = order_captures(captures, moved);
  g_array_set_size(captures, split);

  HgTallyBuilder *both = hg_tally_builder_new(hg_tally_options(a));
  HgMergePlan plan = {.captures = captures, .moved = moved};
  hg_builder_merge(both, a, &plan);
  plan = (HgMergePlan){.captures = more, .moved = moved + split};
  hg_builder_merge(both, b, &plan);
  hg_builder_finish_tables(both);
  HgTallyBuilder *renumbered = number_by_sight(&both->tally);
  hg_builder_set_captures(renumbered, ordered);
  hg_tally_builder_free(both);
  g_free(moved);
  g_array_unref(captures);
  g_array_unref(more);
  return hg_tally_builder_end(renumbered);
}

void hg_tally_builder_merge(HgTallyBuilder *into, const HgTally *from) {
  hg_builder_finish_tables(into);
  const HgTally *before = &into->tally;
  GArray *captures = hg_tally_captures(before), *more = hg_tally_captures(from);
  guint32 *moved = g_new(guint32, (gsize)more->len + 1);
  for (guint i = 0; i < more->len; i++) {
    HgCapture capture = g_array_index(more, HgCapture, i);
    moved[i] = capture.frames_before += before->last_frame;
    capture.traffic.first_frame += before->last_frame;
    capture.traffic.last_frame += before->last_frame;
    hg_capture_array_add(captures, &capture);
  }
  const HgMergePlan plan = {.captures = more, .moved = moved};
  hg_builder_merge(into, from, &plan);
  hg_builder_set_captures(into, captures);
  g_array_unref(more);
  g_free(moved);
}

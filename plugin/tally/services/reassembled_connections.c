/* reassembled_connections.c - the connections of a tally, put together from their halves
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reassembled_connections.h"

#include "tally/memory/counting_sort.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static int compare_ends(const HgConnection *a, const HgConnection *b) {
  ORDER(a->conversation, b->conversation);
  ORDER(a->transport, b->transport);
  ORDER(a->port[0], b->port[0]);
  ORDER(a->port[1], b->port[1]);
  return 0;
}

/* TCP by frame, others by time: see hg_connection_continues. */
static int compare(const HgConnection *a, const HgConnection *b) {
  const int ends = compare_ends(a, b);
  if (ends)
    return ends;
  if (a->transport != HG_TRANSPORT_TCP)
    ORDER(a->first_ns, b->first_ns);
  ORDER(a->first_frame, b->first_frame);
  return 0;
}

static gint compare_items(gconstpointer first, gconstpointer second, gpointer data) {
  (void)data;
  return compare(((const HgCountingSortItem *)first)->item,
                 ((const HgCountingSortItem *)second)->item);
}

/* All of the tally's, in the order of compare: by conversation first, of which most have few. */
static void list_all(HgReassembledConnections *reassembled, const HgTally *tally) {
  const guint32 count = reassembled->count = hg_tally_connection_count(tally);
  HgCountingSortItem *items = g_new(HgCountingSortItem, (gsize)count + 1);
  HgCountingSortItem *sorted = g_new(HgCountingSortItem, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++) {
    const HgConnection *c = hg_tally_connection(tally, i);
    items[i] = (HgCountingSortItem){{c->conversation, 0}, c};
  }
  hg_counting_sort(items, sorted, count, 0, hg_tally_conversation_count(tally));
  g_free(items);
  reassembled->connections = g_new(const HgConnection *, (gsize)count + 1);
  for (guint32 from = 0, to; from < count; from = to) {
    for (to = from + 1; to < count && sorted[to].key[0] == sorted[from].key[0]; to++)
      continue;
    hg_counting_sort_finish(sorted + from, to - from, compare_items, NULL);
    for (guint32 i = from; i < to; i++)
      reassembled->connections[i] = sorted[i].item;
  }
  g_free(sorted);
}

static void add_part(HgReassembledConnections *reassembled, const HgConnection *part,
                     const HgConnection *whole) {
  const HgConnectionPart entry = {part, whole};
  g_array_append_val(reassembled->parts, entry);
}

HgConnection *hg_reassembled_connections_own(HgReassembledConnections *reassembled, guint32 place) {
  const HgConnection *known = reassembled->connections[place];
  HgConnection *copy = g_hash_table_lookup(reassembled->copies, known);
  if (copy)
    return copy;
  copy = g_memdup2(known, sizeof *known);
  g_hash_table_add(reassembled->copies, copy);
  add_part(reassembled, known, copy);
  reassembled->connections[place] = copy;
  return copy;
}

static void join_all(HgReassembledConnections *reassembled) {
  const HgConnection **all = reassembled->connections;
  guint32 kept = 0;
  for (guint32 i = 0; i < reassembled->count; i++) {
    const HgConnection *one = all[i];
    if (kept > 0 && compare_ends(all[kept - 1], one) == 0 &&
        hg_connection_continues(all[kept - 1], one)) {
      HgConnection *whole = hg_reassembled_connections_own(reassembled, kept - 1);
      hg_connection_join(whole, one);
      add_part(reassembled, one, whole);
    } else {
      all[kept++] = one;
    }
  }
  reassembled->count = kept;
}

/* --- pending ICMP errors --- */

/* The error as a connection that begins with it. FALSE when the hosts never talked. */
static gboolean as_key(const HgTally *tally, const HgPendingIcmpError *one, HgConnection *key,
                       int *side) {
  const HgHost *from = hg_tally_find_host(tally, &one->source);
  const HgHost *to = hg_tally_find_host(tally, &one->destination);
  const HgConversation *conversation =
      from && to ? hg_tally_find_conversation(tally, from->number, to->number, side) : NULL;
  if (!conversation)
    return FALSE;
  *side = hg_connection_side(conversation, *side, one->source_port, one->destination_port);
  *key = (HgConnection){.conversation = conversation->number,
                        .transport = (guint8)one->transport,
                        .first_ns = one->time_ns,
                        .first_frame = one->frame};
  key->port[*side] = one->source_port;
  key->port[1 - *side] = one->destination_port;
  return TRUE;
}

static void note(HgReassembledConnections *reassembled, const HgTally *tally,
                 const HgPendingIcmpError *one) {
  HgConnection key;
  int side;
  if (!as_key(tally, one, &key, &side))
    return;
  guint32 low = 0, high = reassembled->count; /* how many are before the error */
  while (low < high) {
    const guint32 middle = low + (high - low) / 2;
    if (compare(reassembled->connections[middle], &key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  const HgConnection *const *all = reassembled->connections;
  if (low > 0 && compare_ends(all[low - 1], &key) == 0)
    low--;
  else if (low == reassembled->count || compare_ends(all[low], &key) != 0 ||
           !hg_connection_is_within_skew(all[low]->first_ns, key.first_ns))
    return;
  if (!(all[low]->history[side] & HG_HISTORY_UNREACHABLE))
    hg_reassembled_connections_own(reassembled, low)->history[side] |= HG_HISTORY_UNREACHABLE;
}

void hg_reassembled_connections_init(HgReassembledConnections *reassembled, const HgTally *tally) {
  const GArray *pending_errors = hg_tally_pending_icmp_errors(tally);
  reassembled->copies = g_hash_table_new_full(NULL, NULL, g_free, NULL);
  reassembled->parts = g_array_new(FALSE, FALSE, sizeof(HgConnectionPart));
  list_all(reassembled, tally);
  join_all(reassembled);
  for (guint i = 0; i < pending_errors->len; i++)
    note(reassembled, tally, &g_array_index(pending_errors, HgPendingIcmpError, i));
}

void hg_reassembled_connections_clear(HgReassembledConnections *reassembled) {
  g_free(reassembled->connections);
  g_hash_table_unref(reassembled->copies);
  g_array_unref(reassembled->parts);
}

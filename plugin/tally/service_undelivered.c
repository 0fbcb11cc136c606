/* service_undelivered.c - a step of gathering services
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "service_undelivered.h"

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

/* As the connections are sorted. */
static int compare(const HgConnection *a, const HgConnection *b) {
  ORDER(a->conversation, b->conversation);
  ORDER(a->transport, b->transport);
  ORDER(a->port[0], b->port[0]);
  ORDER(a->port[1], b->port[1]);
  if (a->transport != HG_TRANSPORT_TCP)
    ORDER(a->first_ns, b->first_ns);
  ORDER(a->first_frame, b->first_frame);
  return 0;
}

/* FALSE when the hosts never talked. */
static gboolean ends_of(const HgTally *tally, const HgUndelivered *one, HgConnection *key,
                        int *side) {
  const HgHost *from = hg_tally_find_host(tally, &one->source);
  const HgHost *to = hg_tally_find_host(tally, &one->destination);
  const HgConversation *conversation =
      from && to ? hg_tally_find_conversation(tally, from->number, to->number, side) : NULL;
  if (!conversation)
    return FALSE;
  *key = (HgConnection){.conversation = conversation->number,
                        .transport = (guint8)one->transport,
                        .first_ns = one->time_ns,
                        .first_frame = one->frame};
  key->port[*side] = one->source_port;
  key->port[1 - *side] = one->destination_port;
  return TRUE;
}

void hg_service_note_undelivered(const HgTally *tally, HgConnection *connections, guint32 count) {
  const GArray *undelivered = hg_tally_undelivered(tally);
  for (guint i = 0; i < undelivered->len; i++) {
    HgConnection key;
    int side;
    if (!ends_of(tally, &g_array_index(undelivered, HgUndelivered, i), &key, &side))
      continue;
    guint32 low = 0, high = count; /* how many are before the error */
    while (low < high) {
      const guint32 middle = low + (high - low) / 2;
      if (compare(&connections[middle], &key) < 0)
        low = middle + 1;
      else
        high = middle;
    }
    HgConnection *last = low > 0 ? &connections[low - 1] : NULL;
    if (last && last->conversation == key.conversation && last->transport == key.transport &&
        last->port[0] == key.port[0] && last->port[1] == key.port[1])
      last->seen[side] |= HG_SEEN_UNREACHABLE;
  }
}

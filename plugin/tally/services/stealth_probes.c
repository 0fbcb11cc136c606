/* stealth_probes.c - probes that look like a part of a TCP connection
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stealth_probes.h"

/* Clients are given ports from here on: Linux begins here, IANA's dynamic ports at 49152. */
#define DYNAMIC_PORTS 32768

/* So many targets from one port: the confirmation that rule address-scan asks of its test. */
#define FROM_ONE_PORT 10
/* So many targets from any ports, within such a time: Zeek's scan policy, as rule port-scan. */
#define FROM_ANY_PORT 15
#define WINDOW_NS (G_GINT64_CONSTANT(300) * 1000000000)

typedef struct {
  guint32 place;          /* in the connections */
  guint32 sender, target; /* hosts */
  guint16 source_port, target_port;
  guint8 side; /* of the sender */
  guint8 syn_ack;
  guint8 to_service; /* by its ports, it goes to a service */
  guint8 proven;
  gint64 time_ns;
} Probe;

/* What the probes of a group have in common, besides sender and kind. */
typedef enum { SOURCE_PORT, TARGET, TARGET_PORT } Common;

static guint32 common_of(const Probe *probe, Common common) {
  switch (common) {
  case SOURCE_PORT:
    return probe->source_port;
  case TARGET:
    return probe->target;
  default:
    return probe->target_port;
  }
}

/* What tells the targets of a group apart. */
static guint32 target_of(const Probe *probe, Common common) {
  return common == TARGET ? probe->target_port : probe->target;
}

/* Single segments of `side`, without payload, or retransmissions of it, that nothing or a RST
 * answered. */
static gboolean can_be_probe(const HgConnection *c, int side) {
  const guint8 sent = c->history[side] & ~HG_HISTORY_UNREACHABLE;
  const guint8 back = c->history[1 - side] & ~HG_HISTORY_UNREACHABLE;
  const gboolean segments =
      sent != 0 && (sent & ~(HG_HISTORY_OTHER | HG_HISTORY_FIN | HG_HISTORY_NO_ACK)) == 0;
  return (segments || sent == HG_HISTORY_SYN_ACK) && (back == 0 || back == HG_HISTORY_RST) &&
         c->payload[side] == 0 && c->packets[side] <= HG_PROBE_PACKETS;
}

static gboolean goes_to_service(guint16 source_port, guint16 target_port) {
  return target_port < HG_SYSTEM_PORTS ||
         (target_port < DYNAMIC_PORTS && source_port >= DYNAMIC_PORTS);
}

/* (transfer full, Probe) */
static GArray *list_candidates(const HgReassembledConnections *reassembled, const HgTally *tally) {
  GArray *probes = g_array_new(FALSE, FALSE, sizeof(Probe));
  for (guint32 i = 0; i < reassembled->count; i++) {
    const HgConnection *c = reassembled->connections[i];
    if (c->begun || c->transport != HG_TRANSPORT_TCP)
      continue;
    const int side = can_be_probe(c, HG_SIDE_A) ? HG_SIDE_A : HG_SIDE_B;
    const guint32 *host = hg_tally_conversation(tally, c->conversation)->host;
    if (!can_be_probe(c, side) || host[0] == host[1])
      continue;
    const Probe probe = {.place = i,
                         .sender = host[side],
                         .target = host[1 - side],
                         .source_port = c->port[side],
                         .target_port = c->port[1 - side],
                         .side = (guint8)side,
                         .syn_ack = (c->history[side] & HG_HISTORY_SYN_ACK) != 0,
                         .to_service = goes_to_service(c->port[side], c->port[1 - side]) != 0,
                         .time_ns = c->first_ns};
    g_array_append_val(probes, probe);
  }
  return probes;
}

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

static gint compare_groups(const Probe *a, const Probe *b, Common common) {
  ORDER(a->sender, b->sender);
  ORDER(a->syn_ack, b->syn_ack);
  ORDER(common_of(a, common), common_of(b, common));
  return 0;
}

/* By group, then time. */
static gint compare(gconstpointer first, gconstpointer second, gpointer common) {
  const Probe *a = first, *b = second;
  const gint groups = compare_groups(a, b, *(const Common *)common);
  if (groups)
    return groups;
  ORDER(a->time_ns, b->time_ns);
  ORDER(a->place, b->place);
  return 0;
}

/* The most targets of the probes within the window. */
static guint busiest_window(const Probe *probes, guint count, Common common) {
  GHashTable *times = g_hash_table_new(NULL, NULL); /* by target: probes in the window */
  guint most = 0;
  for (guint first = 0, last = 0; last < count; last++) {
    gpointer target = GUINT_TO_POINTER(target_of(&probes[last], common));
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(times, target));
    g_hash_table_insert(times, target, GUINT_TO_POINTER(known + 1));
    while (first < last &&
           hg_time_distance(probes[first].time_ns, probes[last].time_ns) > WINDOW_NS) {
      target = GUINT_TO_POINTER(target_of(&probes[first++], common));
      const guint left = GPOINTER_TO_UINT(g_hash_table_lookup(times, target)) - 1;
      if (left == 0)
        g_hash_table_remove(times, target);
      else
        g_hash_table_insert(times, target, GUINT_TO_POINTER(left));
    }
    most = MAX(most, g_hash_table_size(times));
  }
  g_hash_table_unref(times);
  return most;
}

/* No more than a fifth, as many as may answer a slow port scan, goes elsewhere than to a service. */
static gboolean mostly_to_services(const Probe *probes, guint count) {
  guint to_services = 0;
  for (guint i = 0; i < count; i++)
    to_services += probes[i].to_service;
  return count - to_services <= count / 5;
}

/* `probes`: a group, by time. Victims of forged SYNs answer from one port, too: a SYN-ACK proves
 * something only when it comes from a port that no server has. */
static gboolean is_scan(const Probe *probes, guint count, Common common) {
  const gboolean dynamic = probes->source_port >= DYNAMIC_PORTS;
  switch (common) {
  case SOURCE_PORT:
    return count >= FROM_ONE_PORT && (!probes->syn_ack || dynamic) &&
           mostly_to_services(probes, count);
  case TARGET:
    break;
  case TARGET_PORT: /* clients close connections to one service of many hosts by FIN and ACK */
    if (!probes->syn_ack || !dynamic)
      return FALSE;
  }
  return count >= FROM_ANY_PORT && mostly_to_services(probes, count) &&
         busiest_window(probes, count, common) >= FROM_ANY_PORT;
}

static void prove(GArray *probes, Common common) {
  Probe *all = (Probe *)(gpointer)probes->data;
  g_array_sort_with_data(probes, compare, &common);
  for (guint from = 0, to; from < probes->len; from = to) {
    for (to = from + 1; to < probes->len && compare_groups(&all[from], &all[to], common) == 0; to++)
      continue;
    const gboolean scan = is_scan(&all[from], to - from, common);
    for (guint i = from; i < to && scan; i++)
      all[i].proven = TRUE;
  }
}

void hg_stealth_probes_tell(HgReassembledConnections *reassembled, const HgTally *tally) {
  GArray *probes = list_candidates(reassembled, tally);
  for (Common common = SOURCE_PORT; common <= TARGET_PORT; common++)
    prove(probes, common);
  for (guint i = 0; i < probes->len; i++) {
    const Probe *probe = &g_array_index(probes, Probe, i);
    if (!probe->proven)
      continue;
    HgConnection *c = hg_reassembled_connections_own(reassembled, probe->place);
    c->client = probe->side;
    c->begun = TRUE;
  }
  g_array_unref(probes);
}

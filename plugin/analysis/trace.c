/* trace.c - time-respecting reachability over the contact log
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "trace.h"

#include "scopes.h"

/* Place in `reached` of a host that is not reached (yet), and of the start. */
#define NOT_REACHED G_MAXUINT32
#define START (G_MAXUINT32 - 1)

typedef struct {
  const HgTally *tally;
  HgTrace *trace;
  const guint8 *scopes; /* HgScope by host */
  guint32 *place;       /* by host: NOT_REACHED, START, or its index in trace->reached */
  gboolean *loaded;     /* by host: a chain of payload ends here */
} Walk;

const char *hg_trace_direction_name(HgTraceDirection direction) {
  return direction == HG_TRACE_FORWARD ? "forward" : "backward";
}

static gboolean carries(const guint8 *scopes, guint32 host) {
  return host != HG_NO_HOST && hg_scope_is_unicast((HgScope)scopes[host]);
}

/* `from` has it (in the trace's direction of walking) and passes it to `to`. The time, frame and
 * hops of the first touch stay; a chain of payload may come later than that. */
static void pass_on(Walk *walk, const HgContact *contact, guint32 from, guint32 to) {
  GArray *reached = walk->trace->reached;
  const gboolean loaded = contact->payload && walk->loaded[from];
  if (walk->place[from] == NOT_REACHED || from == to)
    return;
  if (walk->place[to] == NOT_REACHED) {
    const HgConversationProtocol *spoken =
        hg_tally_conversation_protocol(walk->tally, contact->conversation_protocol);
    const guint32 place = walk->place[from];
    const HgReached entry = {
        .host = to,
        .hops = place == START ? 1 : g_array_index(reached, HgReached, place).hops + 1,
        .time_ns = contact->time_ns,
        .frame = contact->frame,
        .via = from,
        .protocol = spoken->protocol};
    walk->place[to] = reached->len;
    g_array_append_val(reached, entry);
  }
  if (loaded && !walk->loaded[to]) {
    walk->loaded[to] = TRUE;
    g_array_index(reached, HgReached, walk->place[to]).payload = TRUE;
  }
}

static void walk_contact(Walk *walk, const HgContact *contact) {
  guint32 source, destination;
  hg_tally_contact_ends(walk->tally, contact, &source, &destination);
  if (!carries(walk->scopes, source) || !carries(walk->scopes, destination))
    return;
  if (walk->trace->direction == HG_TRACE_FORWARD)
    pass_on(walk, contact, source, destination);
  else
    pass_on(walk, contact, destination, source);
}

static void walk_log(Walk *walk) {
  const HgContactLog *log = hg_tally_contacts(walk->tally);
  const guint64 count = hg_contact_log_count(log);
  const gint64 at = walk->trace->at_ns;
  if (walk->trace->direction == HG_TRACE_FORWARD) {
    for (guint64 i = 0; i < count; i++) {
      const HgContact *contact = hg_contact_log_get(log, i);
      if (contact->time_ns >= at)
        walk_contact(walk, contact);
    }
  } else {
    for (guint64 i = count; i-- > 0;) {
      const HgContact *contact = hg_contact_log_get(log, i);
      if (contact->time_ns <= at)
        walk_contact(walk, contact);
    }
  }
}

/* --- reachability that is blind to time --- */

/* Neighbours of all hosts in one array; those of host h are from offset[h] to offset[h + 1]. */
typedef struct {
  guint32 *offset, *neighbour;
} Adjacency;

static gboolean next_edge(const Walk *walk, guint32 number, int side, guint32 *from, guint32 *to) {
  const HgConversation *c = hg_tally_conversation(walk->tally, number);
  if (c->traffic[side].packets == 0 || !carries(walk->scopes, c->host[0]) ||
      !carries(walk->scopes, c->host[1]))
    return FALSE;
  const int start = walk->trace->direction == HG_TRACE_FORWARD ? side : 1 - side;
  *from = c->host[start];
  *to = c->host[1 - start];
  return TRUE;
}

static void adjacency_init(Adjacency *a, const Walk *walk) {
  const guint32 hosts = hg_tally_host_count(walk->tally);
  const guint32 conversations = hg_tally_conversation_count(walk->tally);
  guint32 from, to;
  a->offset = g_new0(guint32, (gsize)hosts + 2);
  a->neighbour = g_new(guint32, (gsize)conversations * 2 + 1);
  for (guint32 i = 0; i < conversations; i++)
    for (int side = 0; side < 2; side++)
      if (next_edge(walk, i, side, &from, &to))
        a->offset[from + 2]++;
  for (guint32 h = 0; h < hosts; h++)
    a->offset[h + 2] += a->offset[h + 1];
  /* Filling moves offset[h + 1] from the begin of h's neighbours to their end. */
  for (guint32 i = 0; i < conversations; i++)
    for (int side = 0; side < 2; side++)
      if (next_edge(walk, i, side, &from, &to))
        a->neighbour[a->offset[from + 1]++] = to;
}

static guint32 count_untimed(const Walk *walk) {
  const guint32 hosts = hg_tally_host_count(walk->tally), start = walk->trace->host;
  Adjacency a;
  adjacency_init(&a, walk);
  gboolean *seen = g_new0(gboolean, hosts);
  guint32 *queue = g_new(guint32, hosts);
  guint32 queued = 0;
  queue[queued++] = start;
  seen[start] = TRUE;
  for (guint32 i = 0; i < queued; i++)
    for (guint32 n = a.offset[queue[i]]; n < a.offset[queue[i] + 1]; n++)
      if (!seen[a.neighbour[n]]) {
        seen[a.neighbour[n]] = TRUE;
        queue[queued++] = a.neighbour[n];
      }
  g_free(a.offset);
  g_free(a.neighbour);
  g_free(seen);
  g_free(queue);
  return queued - 1;
}

HgTrace *hg_trace_new(const HgTally *tally, guint32 host, HgTraceDirection direction,
                      gint64 at_ns) {
  const guint32 hosts = hg_tally_host_count(tally);
  g_return_val_if_fail(host < hosts, NULL);
  const HgTraffic own = hg_host_traffic(hg_tally_host(tally, host));
  if (at_ns == HG_TRACE_DEFAULT_TIME)
    at_ns = direction == HG_TRACE_FORWARD ? own.first_ns : own.last_ns;

  HgTrace *trace = g_new0(HgTrace, 1);
  trace->host = host;
  trace->at_ns = at_ns;
  trace->direction = direction;
  trace->reached = g_array_new(FALSE, FALSE, sizeof(HgReached));
  if (!hg_host_is_unicast(hg_tally_host(tally, host)))
    return trace;

  guint8 *scopes = hg_scopes_new(tally);
  Walk walk = {tally, trace, scopes, g_new(guint32, hosts), g_new0(gboolean, hosts)};
  for (guint32 i = 0; i < hosts; i++)
    walk.place[i] = NOT_REACHED;
  walk.place[host] = START;
  walk.loaded[host] = TRUE;
  walk_log(&walk);
  trace->untimed_count = count_untimed(&walk);
  g_free(walk.place);
  g_free(walk.loaded);
  g_free(scopes);
  return trace;
}

void hg_trace_free(HgTrace *trace) {
  if (!trace)
    return;
  g_array_free(trace->reached, TRUE);
  g_free(trace);
}

GArray *hg_trace_chain(const HgTrace *trace, guint i) {
  g_return_val_if_fail(i < trace->reached->len, NULL);
  GArray *chain = g_array_new(FALSE, FALSE, sizeof(guint32));
  /* A host is reached from one that was reached before it: look only further up. */
  for (guint32 at = i;;) {
    g_array_append_val(chain, at);
    const guint32 via = g_array_index(trace->reached, HgReached, at).via;
    if (via == trace->host)
      break;
    while (at-- > 0)
      if (g_array_index(trace->reached, HgReached, at).host == via)
        break;
    g_return_val_if_fail(at < trace->reached->len, chain);
  }
  if (trace->direction == HG_TRACE_FORWARD)
    for (guint a = 0, b = chain->len - 1; a < b; a++, b--) {
      const guint32 swap = g_array_index(chain, guint32, a);
      g_array_index(chain, guint32, a) = g_array_index(chain, guint32, b);
      g_array_index(chain, guint32, b) = swap;
    }
  return chain;
}

/* trace.c - time-respecting reachability over the contact log
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "trace.h"

#include "analysis/basics/scopes.h"

/* Values of `place`: the host is not reached (yet), or it is the start of the trace. */
#define NOT_REACHED G_MAXUINT32
#define START (G_MAXUINT32 - 1)

typedef struct {
  const HgTally *tally;
  const HgDevices *devices; /* NULL: each host for itself */
  HgTrace *trace;
  const guint8 *scopes; /* HgScope by host */
  /* by device, which is the host that stands for it: */
  guint32 *place;   /* NOT_REACHED, START, or the index in trace->reached */
  gboolean *loaded; /* a chain of packets that all carry payload ends here */
  GArray **open;    /* runs of packets (Pass) from it that are not over yet; NULL: none */
  GArray *changed;  /* guint32: devices that were just reached, or just reached by payload */
} Walk;

const char *hg_trace_direction_name(HgTraceDirection direction) {
  return direction == HG_TRACE_FORWARD ? "forward" : "backward";
}

static guint32 device_of(const Walk *walk, guint32 host) {
  return walk->devices ? hg_devices_reached_as(walk->devices, host) : host;
}

static gboolean carries(const guint8 *scopes, guint32 host) {
  return host != HG_NO_HOST && hg_scope_is_unicast((HgScope)scopes[host]);
}

/* A contact as the trace meets it: it begins at `enter` and ends at `leave`, which is later in the
 * direction of the trace (backward: earlier). For a single packet both are the same. */
typedef struct {
  guint32 from, to;                 /* devices */
  guint32 from_address, to_address; /* their hosts in this contact */
  gint64 enter_ns, leave_ns;
  guint32 enter_frame, leave_frame;
  guint16 protocol;
  gboolean payload;
} Pass;

/* `from`, which is reached, reaches `to` at `now`. Time, frame and hops of the first packet that
 * reached `to` stay; a chain of payload may come later than that. */
static void pass_on(Walk *walk, const Pass *pass, gint64 now) {
  GArray *reached = walk->trace->reached;
  const guint32 to = pass->to;
  if (walk->place[pass->from] == NOT_REACHED || pass->from == to)
    return;
  const gboolean fresh = walk->place[to] == NOT_REACHED;
  if (fresh) {
    const guint32 place = walk->place[pass->from];
    const HgReached entry = {
        .host = pass->to_address,
        .hops = place == START ? 1 : g_array_index(reached, HgReached, place).hops + 1,
        .time_ns = now,
        .frame = now == pass->enter_ns ? pass->enter_frame : pass->leave_frame,
        .via = pass->from_address,
        .before = place == START ? G_MAXUINT32 : place,
        .protocol = pass->protocol};
    walk->place[to] = reached->len;
    g_array_append_val(reached, entry);
  }
  const gboolean load = pass->payload && walk->loaded[pass->from] && !walk->loaded[to];
  if (load) {
    walk->loaded[to] = TRUE;
    g_array_index(reached, HgReached, walk->place[to]).payload = TRUE;
  }
  if (fresh || load)
    g_array_append_val(walk->changed, to);
}

static gboolean is_over(const Walk *walk, const Pass *pass, gint64 now) {
  return walk->trace->direction == HG_TRACE_FORWARD ? pass->leave_ns < now : pass->leave_ns > now;
}

/* A run of packets that was under way when its sender was reached counts from that moment on. */
static void spread(Walk *walk, gint64 now) {
  for (guint next = 0; next < walk->changed->len; next++) {
    GArray *open = walk->open[g_array_index(walk->changed, guint32, next)];
    for (guint i = 0; open && i < open->len;) {
      const Pass pass = g_array_index(open, Pass, i);
      if (is_over(walk, &pass, now)) {
        g_array_remove_index_fast(open, i);
      } else {
        pass_on(walk, &pass, now);
        i++;
      }
    }
  }
  g_array_set_size(walk->changed, 0);
}

static void keep_open(Walk *walk, const Pass *pass) {
  /* A sender that is reached by payload has passed it on already: nothing can be added later. */
  if (pass->enter_ns == pass->leave_ns || walk->loaded[pass->from])
    return;
  if (!walk->open[pass->from])
    walk->open[pass->from] = g_array_new(FALSE, FALSE, sizeof(Pass));
  g_array_append_val(walk->open[pass->from], *pass);
}

static void walk_run(Walk *walk, const HgContactRun *run) {
  const HgContact *contact = &run->contact;
  const gboolean forward = walk->trace->direction == HG_TRACE_FORWARD;
  const gint64 at = walk->trace->at_ns;
  guint32 source, destination;
  hg_tally_contact_ends(walk->tally, contact, &source, &destination);
  if (!carries(walk->scopes, source) || !carries(walk->scopes, destination))
    return;
  const HgConversationProtocol *spoken =
      hg_tally_conversation_protocol(walk->tally, contact->conversation_protocol);
  Pass pass = {.from_address = forward ? source : destination,
               .to_address = forward ? destination : source,
               .enter_ns = contact->time_ns,
               .leave_ns = run->last_ns,
               .enter_frame = contact->frame,
               .leave_frame = run->last_frame,
               .protocol = spoken->protocol,
               .payload = contact->payload};
  pass.from = device_of(walk, pass.from_address);
  pass.to = device_of(walk, pass.to_address);
  if (!forward) {
    pass.enter_ns = run->last_ns;
    pass.leave_ns = contact->time_ns;
    pass.enter_frame = run->last_frame;
    pass.leave_frame = contact->frame;
  }
  if (forward ? pass.leave_ns < at : pass.leave_ns > at)
    return;
  const gint64 now = forward ? MAX(at, pass.enter_ns) : MIN(at, pass.enter_ns);
  pass_on(walk, &pass, now);
  keep_open(walk, &pass);
  spread(walk, now);
}

/* Sorts contact numbers by the time of the last packet, then its frame. */
static gint by_last(gconstpointer a, gconstpointer b, gpointer data) {
  const HgContactRun x = hg_contact_log_run(data, *(const guint64 *)a);
  const HgContactRun y = hg_contact_log_run(data, *(const guint64 *)b);
  if (x.last_ns != y.last_ns)
    return x.last_ns < y.last_ns ? -1 : 1;
  return x.last_frame < y.last_frame ? -1 : x.last_frame > y.last_frame;
}

/* Contact numbers in that order; NULL: the log is already in that order. (transfer full) */
static guint64 *order_by_last(const HgContactLog *log) {
  const guint64 count = hg_contact_log_count(log);
  if (!hg_contact_log_has_runs(log))
    return NULL;
  guint64 *order = g_new(guint64, count + 1);
  for (guint64 i = 0; i < count; i++)
    order[i] = i;
  g_qsort_with_data(order, (gint)count, sizeof *order, by_last, (gpointer)log);
  return order;
}

/* Runs are processed in order of time. If `at` lies inside a run, the clamped time may be earlier
 * than that of a run before it, but never earlier than `at`: all of these happen at `at`. */
static void walk_log(Walk *walk) {
  const HgContactLog *log = hg_tally_contacts(walk->tally);
  const guint64 count = hg_contact_log_count(log);
  if (walk->trace->direction == HG_TRACE_FORWARD) {
    for (guint64 i = 0; i < count; i++) {
      const HgContactRun run = hg_contact_log_run(log, i);
      walk_run(walk, &run);
    }
    return;
  }
  guint64 *order = order_by_last(log);
  for (guint64 i = count; i-- > 0;) {
    const HgContactRun run = hg_contact_log_run(log, order ? order[i] : i);
    walk_run(walk, &run);
  }
  g_free(order);
}

/* --- static reachability, regardless of time --- */

/* Neighbours of all devices in one array; those of device h are from offset[h] to offset[h + 1]. */
typedef struct {
  guint32 *offset, *neighbour;
} Adjacency;

static gboolean next_edge(const Walk *walk, guint32 number, int side, guint32 *from, guint32 *to) {
  const HgConversation *c = hg_tally_conversation(walk->tally, number);
  if (c->traffic[side].packets == 0 || !carries(walk->scopes, c->host[0]) ||
      !carries(walk->scopes, c->host[1]))
    return FALSE;
  const int start = walk->trace->direction == HG_TRACE_FORWARD ? side : 1 - side;
  *from = device_of(walk, c->host[start]);
  *to = device_of(walk, c->host[1 - start]);
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
  /* Filling moves offset[h + 1] from the start of h's neighbours to their end. */
  for (guint32 i = 0; i < conversations; i++)
    for (int side = 0; side < 2; side++)
      if (next_edge(walk, i, side, &from, &to))
        a->neighbour[a->offset[from + 1]++] = to;
}

static guint32 count_untimed(const Walk *walk) {
  const guint32 hosts = hg_tally_host_count(walk->tally);
  const guint32 start = device_of(walk, walk->trace->host);
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

/* All packets of the hosts that are reached together with this one. */
static HgTraffic traffic_of(const HgTally *tally, const HgDevices *devices, guint32 host) {
  HgTraffic all = hg_host_traffic(hg_tally_host(tally, host));
  guint count = 0;
  const HgDeviceMember *members = devices ? hg_devices_members(devices, host, &count) : NULL;
  for (guint i = 0; i < count; i++) {
    const guint32 other = members[i].host;
    const HgTraffic one = hg_host_traffic(hg_tally_host(tally, other));
    if (other != host &&
        hg_devices_reached_as(devices, other) == hg_devices_reached_as(devices, host))
      hg_traffic_merge(&all, &one);
  }
  return all;
}

HgTrace *hg_trace_new(const HgTally *tally, const HgDevices *devices, guint32 host,
                      HgTraceDirection direction, gint64 at_ns) {
  const guint32 hosts = hg_tally_host_count(tally);
  g_return_val_if_fail(host < hosts, NULL);
  const HgTraffic own = traffic_of(tally, devices, host);
  if (at_ns == HG_TRACE_DEFAULT_TIME || !hg_time_is_known(own.last_ns))
    at_ns = direction == HG_TRACE_FORWARD ? own.first_ns : own.last_ns;

  HgTrace *trace = g_new0(HgTrace, 1);
  trace->host = host;
  trace->at_ns = at_ns;
  trace->direction = direction;
  trace->reached = g_array_new(FALSE, FALSE, sizeof(HgReached));
  if (!hg_host_is_unicast(hg_tally_host(tally, host)))
    return trace;

  guint8 *scopes = hg_scopes_new(tally);
  Walk walk = {.tally = tally,
               .devices = devices,
               .trace = trace,
               .scopes = scopes,
               .place = g_new(guint32, hosts),
               .loaded = g_new0(gboolean, hosts),
               .open = g_new0(GArray *, hosts),
               .changed = g_array_new(FALSE, FALSE, sizeof(guint32))};
  for (guint32 i = 0; i < hosts; i++)
    walk.place[i] = NOT_REACHED;
  walk.place[device_of(&walk, host)] = START;
  walk.loaded[device_of(&walk, host)] = TRUE;
  walk_log(&walk);
  trace->untimed_count = count_untimed(&walk);
  g_free(walk.place);
  g_free(walk.loaded);
  for (guint32 i = 0; i < hosts; i++)
    if (walk.open[i])
      g_array_unref(walk.open[i]);
  g_free(walk.open);
  g_array_unref(walk.changed);
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
  for (guint32 at = i; at != G_MAXUINT32; at = g_array_index(trace->reached, HgReached, at).before)
    g_array_append_val(chain, at);
  if (trace->direction == HG_TRACE_FORWARD)
    for (guint a = 0, b = chain->len - 1; a < b; a++, b--) {
      const guint32 swap = g_array_index(chain, guint32, a);
      g_array_index(chain, guint32, a) = g_array_index(chain, guint32, b);
      g_array_index(chain, guint32, b) = swap;
    }
  return chain;
}
